"""What else on the site names an organisation: each app says it of its own, none is imported.

An app registers a provider in its `mentions.py`; an organisation's profile shows what all of them
find for this reader.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from directory.models import Organisation

MOST_EACH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A page that names an organisation; `lang` only where it differs from the reader's."""

    title: str
    url: str
    kind: str = ""
    lang: str = ""
    badge: str = ""


# Organisation and request in, what this reader may read out, `MOST_EACH` at most.
Provider = Callable[[Organisation, HttpRequest], Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class Source:
    label: Any
    provider: Provider


_sources: dict[str, Source] = {}


def register(name: str, label: Any, provider: Provider) -> None:
    """Say where an organisation can be named; `label` is the heading of what is found."""
    _sources[name] = Source(label, provider)


def names_of(organisation: Organisation) -> list[str]:
    """By what an organisation is named where there is no key to go by."""
    return [name for name in (organisation.name, organisation.legal_name) if name]


def mentions(organisation: Organisation, request: HttpRequest) -> list[dict[str, Any]]:
    """[{label, items}] of everything that names an organisation."""
    found = []
    for source in _sources.values():
        items = list(source.provider(organisation, request))[:MOST_EACH]
        if items:
            found.append({"label": source.label, "items": items})
    return found
