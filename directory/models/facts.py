"""The facts that an organisation can have several of, and where they come from."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.organisations import Organisation
from directory.querysets import TraitQuerySet
from directory.vocabulary import Capability, Level, LineKind, TraitKind


class Trait(models.Model):
    """One code of one list: a role in the chain, a certificate, a language, a country of export.

    One table for all of them, so that the counts of all their filters are one query.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="traits", db_index=False
    )
    kind = models.CharField(max_length=15, choices=TraitKind.choices)
    code = models.CharField(max_length=20)

    objects = TraitQuerySet.as_manager()

    class Meta:
        verbose_name = _("trait")
        verbose_name_plural = _("traits")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "code"], name="trait_once"),
            models.CheckConstraint(
                name="trait_kind_known", condition=models.Q(kind__in=TraitKind.values)
            ),
        ]
        indexes = [models.Index(fields=["kind", "code", "organisation"], name="trait_by_code")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"


class Line(models.Model):
    """What an organisation offers or seeks: a capability, and in a sentence what exactly."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    kind = models.CharField(max_length=5, choices=LineKind.choices)
    capability = models.CharField(_("what"), max_length=20, choices=Capability.choices)
    text = models.CharField(_("in a sentence"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "capability", "text"], name="line_once"
            ),
            models.CheckConstraint(
                name="line_kind_known", condition=models.Q(kind__in=LineKind.values)
            ),
            models.CheckConstraint(
                name="line_capability_known",
                condition=models.Q(capability__in=Capability.values),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "capability", "organisation"], name="line_by_capability")
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_capability_display()}"


class NameWord(models.Model):
    """A word of an organisation's name, folded: what lists are searched by, from its beginning.

    A table of words rather than a text with them: the beginning of any word is then found by an index
    that needs no extension of the database.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="name_words", db_index=False
    )
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("word of a name")
        verbose_name_plural = _("words of names")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "word"], name="name_word_once")
        ]
        indexes = [
            models.Index(
                fields=["word"], opclasses=["varchar_pattern_ops"], name="name_word_by_beginning"
            )
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.word


class Source(models.Model):
    """A fact about a real organisation with the public page that says it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    fact = models.CharField(_("fact"), max_length=300)
    url = models.URLField(_("source"), max_length=500)
    # The day on which the fact was taken from there.
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "pk"]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.fact


class ExcellenceLabel(models.Model):
    """One award of a label of cluster management excellence; the rows are its history."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="awards")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # The smallest number of months before the end at which its people were reminded.
    reminded_months = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("label of cluster excellence")
        verbose_name_plural = _("labels of cluster excellence")
        ordering = [models.F("awarded_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="label_level_known", condition=models.Q(level__in=Level.values)
            ),
            models.CheckConstraint(
                name="label_ends_after_its_award",
                condition=models.Q(awarded_on__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("awarded_on")),
                violation_error_message=_("A label ends after it was awarded."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "level", "awarded_on"], name="label_award_once"
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_level_display()}"

    def holds_on(self, day: date | None = None) -> bool:
        """Whether the label is not known to have ended."""
        return self.valid_until is None or self.valid_until >= (day or timezone.localdate())
