"""From what an app says of an object to what a row keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model

from core.searchable import Entry

# A tsvector of PostgreSQL holds one megabyte at most, and a longer text ranks no better.
LONGEST = {"title": 500, "summary": 2_000, "headings": 10_000, "body": 100_000, "organisation": 500}

# Control characters (highlights are marked with two of them) and lone surrogates (no database
# takes them).
UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]+")
# ISO 639's code for a language that nobody named, or that the site has no analysis of.
UNDETERMINED = "und"

SPACES = re.compile(r"\s+")


def source_of(model: type[Model], pk: object) -> str:
    """The name of an object over all models, such as "events.eventpage:12"."""
    return f"{model._meta.label_lower}:{pk}"


def label_and_pk(source: str) -> tuple[str, str]:
    """The two halves of a source."""
    label, _colon, pk = source.partition(":")
    return label, pk


def clean(text: str, longest: int) -> str:
    """Composed characters, single spaces, nothing that cannot be seen, at most `longest` long."""
    visible = UNWANTED.sub(" ", unicodedata.normalize("NFC", text))
    return SPACES.sub(" ", visible).strip()[:longest]


def audience_text(tokens: Iterable[str]) -> str:
    """Tokens as a row keeps them: sorted, between bars; empty for nobody."""
    ordered = sorted(tokens)
    return f"|{'|'.join(ordered)}|" if ordered else ""


def audience_tokens(text: str) -> list[str]:
    """The tokens of a row's audience."""
    return [token for token in text.split("|") if token]


def content_of(entry: Entry | None, source: str) -> dict[str, Any]:
    """The fields of a row for an entry; blank where there is none, no address or no reader."""
    if entry is None or not entry.url or not entry.audience:
        return _blank(source)
    languages = dict(settings.LANGUAGES)
    return {
        "kind": entry.kind,
        "language": entry.language if entry.language in languages else settings.LANGUAGE_CODE,
        **{name: clean(getattr(entry, name), longest) for name, longest in LONGEST.items()},
        "url": entry.url,
        "audience": audience_text(entry.audience),
        "facets": {name: sorted(set(codes)) for name, codes in entry.facets.items() if codes},
        "group": entry.group or source,
        "date": entry.date,
        "is_sample": entry.is_sample,
        "is_deleted": False,
    }


def _blank(source: str) -> dict[str, Any]:
    return {
        "kind": "",
        "language": "",
        **dict.fromkeys(LONGEST, ""),
        "url": "",
        "audience": "",
        "facets": {},
        "group": source,
        "date": None,
        "is_sample": False,
        "is_deleted": True,
    }
