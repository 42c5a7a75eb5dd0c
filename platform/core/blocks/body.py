"""The body of a page: every family of blocks, and what can be read out of one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StreamValue

from core.blocks.actions import CallToActionBlock
from core.blocks.embeds import EmbedBlock
from core.blocks.figures import FigureBlock, GalleryBlock
from core.blocks.key_figures import KeyFiguresBlock
from core.blocks.links import LinksBlock
from core.blocks.quotes import QuoteBlock
from core.blocks.tables import TableBlock
from core.blocks.text import HeadingBlock, TextBlock, anchor_of

TEXT, MEDIA, DATA, ONWARD = _("Text"), _("Images and videos"), _("Numbers"), _("Onward")

ONWARD_BLOCKS = {"call_to_action", "links"}


class BodyBlock(StreamBlock):
    heading = HeadingBlock(group=TEXT)
    text = TextBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    figure = FigureBlock(group=MEDIA)
    gallery = GalleryBlock(group=MEDIA)
    embed = EmbedBlock(group=MEDIA)
    table = TableBlock(group=DATA)
    key_figures = KeyFiguresBlock(group=DATA)
    call_to_action = CallToActionBlock(group=ONWARD)
    links = LinksBlock(group=ONWARD)

    def get_context(
        self, value: StreamValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["entries"] = list(zip(value, anchors(value), strict=True))
        return context

    class Meta:
        template = "blocks/body.html"
        description = _("The text of a page, made of blocks.")


def anchors(body: StreamValue) -> list[str]:
    """The id of each block: unique for headings, empty for all others."""
    seen: dict[str, int] = {}
    found = []
    for block in body:
        if block.block_type != "heading":
            found.append("")
            continue
        anchor = anchor_of(block.value["text"])
        seen[anchor] = seen.get(anchor, 0) + 1
        found.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    return found


def contents(body: StreamValue) -> list[dict[str, Any]]:
    """[{title, anchor, level}] of the headings, level 2 or 3, for components/toc.html."""
    return [
        {
            "title": block.value["text"],
            "anchor": anchor,
            "level": 3 if block.value["level"] == "h3" else 2,
        }
        for block, anchor in zip(body, anchors(body), strict=True)
        if anchor
    ]


def headings(body: StreamValue) -> str:
    """The headings as plain text, one a line, for search."""
    return "\n".join(item["title"] for item in contents(body))


def plain_text(body: StreamValue) -> str:
    """Everything that can be read in a body as plain text, one piece a line, for search.

    Links are left out: where they lead may be open to fewer readers than the body.
    """
    pieces: list[str] = []
    for block in body:
        if block.block_type not in ONWARD_BLOCKS:
            pieces.extend(block.block.get_searchable_content(block.value))
    return "\n".join(pieces)
