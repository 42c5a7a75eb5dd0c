"""Penalties of members, and what each moderator looks after."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.case_querysets import PenaltyQuerySet, ScopeQuerySet


class PenaltyKind(models.TextChoices):
    """In the order of their weight. Who is suspended can neither post nor report nor moderate."""

    WARN = "warn", _("Warning")
    SILENCE = "silence", _("No posting")
    SUSPEND = "suspend", _("Suspended")


class Penalty(models.Model):
    """A consequence for a member; it ends by its date, or when it is lifted."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_penalties"
    )
    kind = models.CharField(_("penalty"), max_length=10, choices=PenaltyKind.choices)
    until = models.DateTimeField(_("until"), null=True)
    decision = models.OneToOneField(
        "forum.Decision", on_delete=models.CASCADE, related_name="penalty"
    )
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PenaltyQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = [
            models.CheckConstraint(
                name="penalty_kind_and_end",
                condition=Q(kind=PenaltyKind.WARN, until__isnull=True)
                | Q(
                    kind__in=[PenaltyKind.SILENCE, PenaltyKind.SUSPEND],
                    until__gt=F("created_at"),
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.member_id}"


class ModeratorScope(models.Model):
    """The categories and languages that a moderator looks after; empty means all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        on_delete=models.CASCADE,
        related_name="moderator_scope",
    )
    categories = models.ManyToManyField(
        "forum.Category",
        verbose_name=_("categories"),
        blank=True,
        related_name="+",
        help_text=_("None chosen means all."),
    )
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("None chosen means all.")
    )

    objects = ScopeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["user__name", "pk"]
        verbose_name = _("moderator’s scope")
        verbose_name_plural = _("moderators’ scopes")

    def __str__(self) -> str:
        return str(self.user)

    def clean(self) -> None:
        super().clean()
        known = {code for code, _name in settings.LANGUAGES}
        given: Any = self.languages
        if not isinstance(given, list) or not known.issuperset(map(str, given)):
            raise ValidationError({"languages": _("Choose from the languages of this site.")})
