"""From the plain texts of the demo's files to rich text and blocks."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import escape
from wagtail.rich_text import RichText

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
STRONG = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS = re.compile(r"\*(.+?)\*")


def inline(text: str, language: str) -> str:
    """One paragraph as HTML: **strong**, *emphasis* and [links](address), everything else as it is.

    Addresses without a scheme are places of the site in that language.
    """
    html = escape(text.strip())
    html = LINK.sub(lambda m: f'<a href="{address(m[2], language)}">{m[1]}</a>', html)
    return EMPHASIS.sub(r"<i>\1</i>", STRONG.sub(r"<b>\1</b>", html))


def address(target: str, language: str) -> str:
    """An address as it stands in a link: "practices/" is a place of the site in this language."""
    return target if re.match(r"[a-z]+:", target) else f"/{language}/{target.lstrip('/')}"


def rich(text: str, language: str) -> str:
    """A rich text with one paragraph; empty for nothing."""
    return f"<p>{inline(text, language)}</p>" if text else ""


def body(items: list[dict[str, Any]], language: str) -> list[tuple[str, Any]]:
    """The blocks of a body, each item of the file being one of text, list, heading and so on."""
    return [_block(kind, value, language) for item in items for kind, value in item.items()]


def _block(kind: str, value: Any, language: str) -> tuple[str, Any]:
    match kind:
        case "text":
            return "text", RichText(rich(value, language))
        case "list":
            lines = "".join(f"<li>{inline(line, language)}</li>" for line in value)
            return "text", RichText(f"<ul>{lines}</ul>")
        case "heading":
            return "heading", {"text": value, "level": "h2"}
        case "quote":
            return "quote", {"text": value["text"], "attribution": value.get("attribution", "")}
        case "key_figures":
            return "key_figures", [figure(row) for row in value]
    raise ValueError(f"no block is made from {kind!r}")


def figure(row: dict[str, Any]) -> dict[str, str]:
    """A key figure; what the file leaves out is empty."""
    return {
        name: row.get(name) or "" for name in ("value", "unit", "label", "source", "source_url")
    }


def links(rows: list[dict[str, str]], language: str) -> list[tuple[str, dict[str, Any]]]:
    """Links to addresses, for a stream of link blocks."""
    return [
        (
            "link",
            {
                "page": None,
                "url": address(row["url"], language),
                "title": row["label"],
                "text": "",
            },
        )
        for row in rows
    ]
