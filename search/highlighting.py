"""Found words in a text, from any engine, as HTML that is safe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Every text loses its control characters before it is kept, so these two can only be ours: start
# and end of a selected area. Elasticsearch trims those below a space from the ends of a fragment.
START = "\x86"
STOP = "\x87"
MARKED = re.compile(f"{START}([^{STOP}]+){STOP}")


def marked(text: str) -> SafeString:
    """The text escaped first, and only then the marks of an engine turned into mark elements."""
    html = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped on the line above


def is_marked(text: str) -> bool:
    """Whether an engine found something in this text."""
    return START in text


def unmarked(html: str) -> str:
    """The plain text of what `marked` made."""
    return unescape(html.replace("<mark>", "").replace("</mark>", ""))


def marked_words(texts: Iterable[str]) -> list[str]:
    """Everything that an engine marked in these texts."""
    return [found for text in texts for found in MARKED.findall(text)]
