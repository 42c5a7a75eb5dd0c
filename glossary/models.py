"""The glossary: one concept, in each language a row with its terms and what they mean.

The rows of one concept share Wagtail's `translation_key`
(docs/adr/0018-the-glossary-is-an-app.md).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin

from glossary.querysets import GlossaryTermQuerySet

LONGEST_TERM = 100
NAMELESS = "term"


class GlossaryTerm(TranslatableMixin, models.Model):
    """What a concept is called in one language, and what that means."""

    term = models.CharField(
        _("term"), max_length=LONGEST_TERM, help_text=_("The preferred one, in its basic form.")
    )
    slug = models.SlugField(
        _("anchor"), max_length=LONGEST_TERM + 20, allow_unicode=True, blank=True, editable=False
    )
    definition = models.TextField(_("definition"), max_length=500, blank=True)
    synonyms = models.TextField(
        _("synonyms"),
        max_length=500,
        blank=True,
        help_text=_("Other terms for the same, one a line. The glossary and search show them."),
    )
    variants = models.TextField(
        _("other forms"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Inflected forms, abbreviations and other spellings, one a line. Search only recognises"
            " them; plain plurals need not be named."
        ),
    )
    is_agreed = models.BooleanField(
        _("agreed"),
        default=False,
        help_text=_("The partners have agreed on it. Until then it is marked as a working term."),
    )

    objects = models.Manager.from_queryset(GlossaryTermQuerySet)()

    panels = [
        FieldPanel("term"),
        FieldPanel("definition"),
        MultiFieldPanel([FieldPanel("synonyms"), FieldPanel("variants")], heading=_("Other words")),
        FieldPanel("is_agreed"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="glossary_anchor_is_unique"),
            models.CheckConstraint(
                name="glossary_term_is_not_blank",
                condition=~models.Q(term=""),
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            beside = GlossaryTerm.objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
            self.take_slug(set(beside.values_list("slug", flat=True)))
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        for name in ("synonyms", "variants"):
            if any(len(line) > LONGEST_TERM for line in lines(getattr(self, name))):
                raise ValidationError(
                    {name: _("A line has at most %(most)d characters.") % {"most": LONGEST_TERM}}
                )

    @property
    def synonym_list(self) -> list[str]:
        """The other terms, as written."""
        return lines(self.synonyms)

    @property
    def language(self) -> str:
        """The code of the term's language."""
        return str(self.locale.language_code)

    def take_slug(self, taken: set[str]) -> None:
        """Give the row an anchor that is not among those taken, and take it; it stays when the term changes."""
        wanted = slugify(self.term, allow_unicode=True) or NAMELESS
        number = 1
        self.slug = wanted
        while self.slug in taken:
            number += 1
            self.slug = f"{wanted}-{number}"
        taken.add(self.slug)


def lines(text: str) -> list[str]:
    """The lines of a text that hold anything, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
