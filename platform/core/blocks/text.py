"""Headings and running text."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock, StructValue

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


def anchor_of(text: str) -> str:
    """The id of a heading with this text, in its own script."""
    return slugify(text, allow_unicode=True) or "section"


class HeadingBlock(StructBlock):
    text = CharBlock(max_length=150, label=_("Text"))
    level = ChoiceBlock(
        choices=[("h2", _("Heading")), ("h3", _("Heading below"))],
        default="h2",
        label=_("Level"),
        search_index=False,
    )

    def get_context(
        self, value: StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        # The body gives every heading an id of its own; a heading that stands alone has its text's.
        context["anchor"] = context.get("anchor") or anchor_of(value["text"])
        return context

    class Meta:
        template = "blocks/heading.html"
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        description = _("Divides a long text; the contents list of the page is made of these.")
        preview_value = {"text": "How the offcuts are sorted", "level": "h2"}


class TextBlock(RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    class Meta:
        template = "blocks/text.html"
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text with lists and links.")
        preview_value = (
            "<p>Every workshop weighs its offcuts once a week and keeps <b>wool and cotton apart</b>."
            " What is left goes into a third bale.</p>"
            "<ul><li>Sorted by fibre</li><li>Baled dry</li></ul>"
        )
