"""The navigation and the footer: one of each for every language, edited as snippets.

A language without its own has the English one, with links to translated pages where they exist
(docs/adr/0009-navigation-per-language.md).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from core.blocks.links import LinkBlock
from core.blocks.targets import TargetBlock


class NavigationItemBlock(TargetBlock):
    """An item of the main navigation, with the items of its menu."""

    title = CharBlock(
        max_length=40,
        required=False,
        label=_("Title"),
        help_text=_("Empty: the title of the page."),
    )
    children = ListBlock(LinkBlock(), required=False, max_num=8, default=[], label=_("Menu"))

    class Meta:
        icon = "link"
        label = _("Item")
        label_format = "{title}"
        form_layout = ["page", "url", "title", "children"]


class FooterColumnBlock(StructBlock):
    title = CharBlock(max_length=60, label=_("Title"))
    links = ListBlock(LinkBlock(), min_num=1, max_num=8, label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{title}"


class PerLanguage(TranslatableMixin, models.Model):
    """One row for each language."""

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        code = self.locale.language_code
        return dict(settings.LANGUAGES).get(code, code)

    @classmethod
    def for_language(cls, code: str) -> PerLanguage | None:
        """The row of this language, else that of the site's first language, else None."""
        codes = [code, settings.LANGUAGE_CODE]
        rows = cls._default_manager.filter(locale__language_code__in=codes)
        found = {row.locale.language_code: row for row in rows.select_related("locale")}
        return found.get(code) or found.get(settings.LANGUAGE_CODE)


class Navigation(PerLanguage):
    items = StreamField(
        [("item", NavigationItemBlock())],
        blank=True,
        max_num=7,
        verbose_name=_("items"),
        help_text=_("Without any, the pages below the home page that are marked for menus."),
    )

    panels = [FieldPanel("items")]

    class Meta(PerLanguage.Meta):
        verbose_name = _("navigation")
        verbose_name_plural = _("navigation")
        constraints = [
            models.UniqueConstraint(fields=["locale"], name="one_navigation_for_each_language")
        ]


class Footer(PerLanguage):
    columns = StreamField(
        [("column", FooterColumnBlock())], blank=True, max_num=4, verbose_name=_("columns")
    )
    small_print = StreamField(
        [("link", LinkBlock())], blank=True, max_num=8, verbose_name=_("small print")
    )
    funding_statement = models.TextField(
        _("funding statement"),
        max_length=800,
        blank=True,
        help_text=_("Who paid for the site. Empty: that it is funded by the European Union."),
    )
    disclaimer = models.TextField(
        _("disclaimer"),
        max_length=800,
        blank=True,
        help_text=_("Empty: the usual sentence on whose views are expressed."),
    )

    panels = [
        FieldPanel("columns"),
        FieldPanel("small_print"),
        FieldPanel("funding_statement"),
        FieldPanel("disclaimer"),
    ]

    class Meta(PerLanguage.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")
        constraints = [
            models.UniqueConstraint(fields=["locale"], name="one_footer_for_each_language")
        ]
