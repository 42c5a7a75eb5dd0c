"""A question to the search and its answer, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString

from core.audiences import PUBLIC
from search.parsing import ParsedText, parse

DEEPEST = 10_000
"""How many hits can be reached by paging, at most."""


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What is looked for, and by whom.

    `language` is the reader's and only ranks; `languages` and `kinds` narrow, each to any of its
    values. `tokens` are the reader's (`core.audiences`): nothing else is found, counted or marked.
    """

    text: str
    language: str
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    page: int = 1
    page_size: int = 10
    tokens: frozenset[str] = frozenset({PUBLIC})

    @cached_property
    def parsed(self) -> ParsedText:
        return parse(self.text)

    @property
    def offset(self) -> int:
        """The number of hits before this page."""
        return (self.page - 1) * self.page_size


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing found. `title` and `snippet` are safe HTML with the found words in mark elements."""

    source: str
    kind: str
    language: str
    title: SafeString
    snippet: SafeString
    url: str
    organisation: str
    date: datetime | None
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """One page of hits, best first.

    `total` counts groups, and `facets` says for "kind" and "language" how many groups each value
    would give; a facet's counts do not depend on its own choice, only on the other's. `is_settled`
    is false while the engine waits for changes, so that nobody keeps the answer.
    """

    hits: list[SearchHit] = field(default_factory=list)
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(
        default_factory=lambda: {"kind": {}, "language": {}}
    )
    engine: str = ""
    took_ms: float = 0.0
    is_settled: bool = True
