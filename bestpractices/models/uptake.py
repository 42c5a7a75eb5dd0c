"""Who used a practice or wants to, and what came of it (domain.md 1.2, C4b)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bestpractices.models.base import PracticeBase

REPORT_LENGTH = 600
ASKED_AFTER = timedelta(days=90)


class Use(models.TextChoices):
    USED = "used", _("I used this")
    TRY = "try", _("I want to try this")


class Outcome(models.TextChoices):
    WORKED = "worked", _("It worked")
    PARTLY = "partly", _("It worked in part")
    FAILED = "failed", _("It did not work")
    NOT_YET = "not_yet", _("Not tried yet")


class UptakeQuerySet(models.QuerySet["Uptake"]):
    def of(self, practice: PracticeBase) -> UptakeQuerySet:
        """Of a practice, in whichever language it was read."""
        return self.filter(translation_key=practice.translation_key)

    def to_ask(self, now: datetime) -> UptakeQuerySet:
        """Said 90 days ago, neither asked about nor answered."""
        return self.filter(asked_at=None, outcome="", created_at__lte=now - ASKED_AFTER)

    def shown(self) -> UptakeQuerySet:
        """With a report that an editor has put on the page, the newest first."""
        return self.filter(shown_at__isnull=False).order_by("-answered_at", "-pk")


class Uptake(models.Model):
    """One member and one practice, whatever its translations. What they report is evidence: the
    outcome is counted at once, the words are shown once an editor has read them."""

    practice = models.ForeignKey(
        PracticeBase, on_delete=models.CASCADE, related_name="uptakes", verbose_name=_("practice")
    )
    translation_key = models.UUIDField(editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uptakes"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Use.choices)
    created_at = models.DateTimeField(_("said on"), default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    report = models.TextField(_("what came of it"), max_length=REPORT_LENGTH, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    shown_at = models.DateTimeField(_("on the page since"), null=True, blank=True)

    objects = models.Manager.from_queryset(UptakeQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("use of a practice")
        verbose_name_plural = _("uses of practices")
        indexes = [
            models.Index(fields=["translation_key", "kind"], name="uptake_of_practice"),
            models.Index(
                fields=["created_at"],
                name="uptake_to_ask",
                condition=Q(asked_at__isnull=True, outcome=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "translation_key"], name="uptake_once"),
            models.CheckConstraint(name="uptake_kind_known", condition=Q(kind__in=Use.values)),
            models.CheckConstraint(
                name="uptake_outcome_known", condition=Q(outcome__in=["", *Outcome.values])
            ),
            models.CheckConstraint(
                name="uptake_report_has_an_outcome",
                condition=Q(outcome="", report="", answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="uptake_shown_says_something",
                condition=Q(shown_at__isnull=True) | ~Q(report=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.translation_key = self.practice.translation_key
        super().save(*args, **kwargs)
