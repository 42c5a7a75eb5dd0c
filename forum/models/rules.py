"""The forum's rules. A decision names the version of the rule that it applied."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import texts


class RuleQuerySet(models.QuerySet["Rule"]):
    def active(self) -> RuleQuerySet:
        """The rules in force, in the order in which they are read."""
        return self.filter(active=True).order_by("position", "code")


class Rule(texts.Versioned):
    """One version of a rule. A change of its words is a new row; the old ones stay."""

    WORDING = ("code", "version", "title", "titles", "text", "texts")

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    title = models.CharField(_("title"), max_length=120)
    titles = models.JSONField(
        _("titles in other languages"),
        default=dict,
        blank=True,
        help_text=_('One text for each language code: {"fr": "…"}.'),
    )
    text = models.TextField(_("text"), max_length=2000)
    texts = models.JSONField(_("texts in other languages"), default=dict, blank=True)
    active = models.BooleanField(_("in force"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RuleQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position", "code", "-version"]
        verbose_name = _("forum rule")
        verbose_name_plural = _("forum rules")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rule_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(active=True), name="rule_one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The title in the active language, else in English."""
        return texts.in_active_language(self.titles, self.title)

    def clean(self) -> None:
        super().clean()
        texts.check(self, "titles", "texts")
