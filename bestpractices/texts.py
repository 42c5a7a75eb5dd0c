"""What can be read on a practice's page, as sections and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.rich_text import get_text_for_indexing

from core.blocks import body

if TYPE_CHECKING:
    from bestpractices.models import PracticeBase, PracticeIndicator


def has_text(html: str) -> bool:
    """Whether rich text holds a word: an emptied editor leaves an empty paragraph."""
    return bool(html) and bool(strip_tags(html).strip())


def sections(
    practice: PracticeBase, *, indicators: list[PracticeIndicator]
) -> Iterator[dict[str, Any]]:
    """The sections that have something in them, in the order of the page.

    {anchor, title, type, text}: `type` is text, body, evidence or links.
    """
    has_evidence = bool(indicators) or has_text(practice.evidence_text)
    is_story = hasattr(practice, "story")
    rows: list[tuple[str, Any, str, Any]] = [
        ("challenge", _("Challenge addressed"), "text", practice.challenge),
        ("body", _("The story") if is_story else _("Description"), "body", practice.body),
        ("resources", _("Resources needed"), "text", practice.resources_needed),
        ("evidence", _("Evidence of success"), "evidence", has_evidence),
        ("encountered", _("Challenges encountered"), "text", practice.challenges_encountered),
        ("transfer", _("Potential for transfer"), "text", practice.potential_for_transfer),
        ("opinion", _("Expert opinion"), "text", practice.expert_opinion),
        ("links", _("Further information"), "links", practice.further_information),
    ]
    for name, title, kind, content in rows:
        if has_text(content) if kind == "text" else content:
            # The prefix keeps these apart from the headings that editors write.
            yield {"anchor": f"practice-{name}", "title": title, "type": kind, "text": content}


def contents(practice: PracticeBase, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The contents list: the sections, and below the body its own headings."""
    items = []
    for section in shown:
        items.append({"title": section["title"], "anchor": section["anchor"], "level": 2})
        if section["type"] == "body":
            items += [
                {**item, "level": 3} for item in body.contents(practice.body) if item["level"] == 2
            ]
    return items


def plain_text(practice: PracticeBase) -> str:
    """Everything on the page that search may find, one piece a line; no contact."""
    pieces = [
        get_text_for_indexing(practice.challenge),
        body.plain_text(practice.body),
        *(
            get_text_for_indexing(html)
            for html in (
                practice.resources_needed,
                practice.evidence_text,
                practice.challenges_encountered,
                practice.potential_for_transfer,
                practice.expert_opinion,
            )
        ),
        *(f"{row.name}, {row.unit}. {row.how_measured}" for row in practice.indicators.all()),
    ]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())
