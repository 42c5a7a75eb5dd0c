"""From what people type into a plain text area to the rich text and the blocks of a page.

An empty line parts paragraphs, lines that begin with "- " are a list, a line that begins with "## " is
a heading where the text has headings. Everything else is text: nothing that is typed becomes markup.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PARTING = re.compile(r"\n\s*\n")
ITEM = re.compile(r"^[-*•]\s+")
HEADING = re.compile(r"^#{1,3}\s+(?=\S)")
HEADING_LENGTH = 150


def rich_text(text: str) -> SafeString:
    """Safe HTML of paragraphs and lists; nothing for a text without a word."""
    parts = PARTING.split(_lines(text).strip())
    html = "".join(_part(part.splitlines()) for part in parts if part.strip())
    return mark_safe(html)  # noqa: S308 - every piece of text went through escape()


def body_blocks(text: str) -> list[tuple[str, Any]]:
    """(type, value) of the blocks of `core.blocks.body`: headings, and the texts between them."""
    blocks: list[tuple[str, Any]] = []
    waiting: list[str] = []
    for line in [*_lines(text).split("\n"), "## ."]:
        heading = HEADING.match(line)
        if heading is None:
            waiting.append(line)
            continue
        if html := rich_text("\n".join(waiting)):
            blocks.append(("text", html))
        title = line[heading.end() :].strip()[:HEADING_LENGTH]
        blocks.append(("heading", {"text": title, "level": "h2"}))
        waiting = []
    return blocks[:-1]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _part(lines: list[str]) -> str:
    """One part between empty lines: runs of items become lists, runs of other lines paragraphs."""
    html, is_list = "", False
    run: list[str] = []
    for line in [*(line.strip() for line in lines if line.strip()), None]:
        item = bool(line and ITEM.match(line))
        if run and (line is None or item != is_list):
            html += _run(run, is_list=is_list)
            run = []
        if line is not None:
            is_list = item
            run.append(ITEM.sub("", line) if item else line)
    return html


def _run(lines: list[str], *, is_list: bool) -> str:
    if is_list:
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
    return f"<p>{'<br/>'.join(escape(line) for line in lines)}</p>"
