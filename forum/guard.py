"""The confidentiality guard: what a member may not have meant to publish.

It warns and never refuses: the author decides. Addresses of pages are left out of the search for
numbers, for they are full of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST_FINDINGS = 20
LONGEST_SHOWN = 80
CURRENCY = (
    r"(?:€|\$|£|лв\.?|(?:EUR|USD|GBP|BGN|RON|DKK|SEK|NOK|CHF|PLN|CZK|HUF|TRY)\b"
    r"|(?:euros?|lei|kr)\b)"
)
AMOUNT = r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,3})?"
ADDRESS = re.compile(r"https?://\S+")
PATTERNS: tuple[tuple[Any, re.Pattern[str]], ...] = (
    (
        _("e-mail address"),
        re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"),
    ),
    (
        _("price"),
        re.compile(
            rf"(?<!\w)(?:{CURRENCY}[ \u00a0\u202f]?(?:{AMOUNT})"
            rf"|(?:{AMOUNT})[ \u00a0\u202f]?{CURRENCY})",
            re.IGNORECASE,
        ),
    ),
    (
        _("phone number"),
        re.compile(
            r"(?<![\w.,])(?:"
            r"(?:\+|00)[1-9](?:[ ()./\u00a0-]{0,2}\d){7,13}"
            r"|\(?0[1-9](?:[ ()./\u00a0-]{0,2}\d){7,10}"
            r"|[2-9]\d{2}(?:[ \u00a0-]\d{2,3}){2,3}"
            r"|[6-9]\d{8}"
            r")(?![\w])"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: what it is, the very words, and the line (0 is the title)."""

    kind: Any
    text: str
    line: int


def findings(source: str, *, title: str = "", terms: Iterable[str] = ()) -> list[Finding]:
    """What in a text may be confidential, in its order, at most MOST_FINDINGS."""
    patterns = [*PATTERNS, *_terms(terms)]
    found: list[Finding] = []
    for number, line in enumerate([title, *source.splitlines()]):
        taken: list[tuple[int, int]] = []
        plain = ADDRESS.sub(lambda match: " " * len(match[0]), line)
        for kind, pattern in patterns:
            for match in pattern.finditer(plain):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                found.append(Finding(kind, match[0].strip()[:LONGEST_SHOWN], number))
        if len(found) >= MOST_FINDINGS:
            break
    return found[:MOST_FINDINGS]


def fingerprint(found: Iterable[Finding]) -> str:
    """What the author agrees to by posting anyway: these findings and no others."""
    words = sorted({f"{finding.text}" for finding in found})
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _terms(terms: Iterable[str]) -> list[tuple[Any, re.Pattern[str]]]:
    words = [r"\s+".join(re.escape(part) for part in term.split()) for term in terms]
    if not any(words):
        return []
    alternatives = "|".join(sorted(filter(None, words), key=len, reverse=True))
    return [(_("word of your own list"), re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.I))]
