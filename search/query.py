"""A question to the search and its answer, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from django.utils.safestring import SafeString

from core.audiences import PUBLIC
from core.widening import widening
from search.parsing import FACETS, ParsedText, parse, speakable
from search.stopwords import folded, most_telling, without_stop_words

DEEPEST = 10_000
"""How many hits can be reached by paging, at most."""

MOST_WIDENED = 8
"""How many terms that were not typed are looked for in each language."""

MANY_WORDS = 12
"""What has more words is a text rather than a question, and may cost an engine much."""

Sort = Literal["relevance", "date"]


def no_counts() -> dict[str, dict[str, int]]:
    """The counts of all facets where nothing was found."""
    return {name: {} for name in FACETS}


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What is looked for, and by whom.

    `language` is the reader's and only ranks. `filters` narrow: the values of one facet of
    `FACETS` are alternatives, facets add up. `is_prefix` takes the last word for the beginning of
    one, while somebody types. `among` are the keys of the only entries asked about, where there are
    any. `tokens` are the reader's (`core.audiences`): nothing else is found, counted, suggested or
    marked.
    """

    text: str
    language: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 10
    is_prefix: bool = False
    among: tuple[int, ...] = ()
    tokens: frozenset[str] = frozenset({PUBLIC})

    @cached_property
    def parsed(self) -> ParsedText:
        return parse(self.text)

    @cached_property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """{facet: values} of all filters, clicked and typed (`kind:event`)."""
        both: dict[str, tuple[str, ...]] = {}
        for name in FACETS:
            values = (*self.filters.get(name, ()), *self.parsed.filters.get(name, ()))
            if values:
                both[name] = tuple(dict.fromkeys(values))
        return both

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that say something, each once; all of them where none does."""
        return tuple(dict.fromkeys(self.repeated))

    @cached_property
    def repeated(self) -> tuple[str, ...]:
        """The words that say something, as often as they were written."""
        return without_stop_words(self.parsed.words, self.language)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The different words of a question; of a long text those that tell most, so that it ends."""
        return most_telling(self.repeated)

    @cached_property
    def widened(self) -> dict[str, tuple[str, ...]]:
        """{language: terms that mean the same as some of the words}; what only they find comes last."""
        found: dict[str, list[str]] = {}
        text = " ".join((*self.parsed.words, *self.parsed.phrases))
        for same in widening(text, self.language):
            typed = folded(" ".join(same.words))
            for code, terms in same.terms.items():
                known = found.setdefault(code, [])
                known += [term for term in map(speakable, terms) if folded(term) != typed]
        return {
            code: tuple(dict.fromkeys(filter(None, terms)))[:MOST_WIDENED]
            for code, terms in found.items()
            if any(terms)
        }

    @property
    def is_long(self) -> bool:
        """Whether so many words are asked for that a slow answer says nothing about the engine."""
        return len(self.words) > MANY_WORDS

    @property
    def has_words(self) -> bool:
        """Whether there are words or phrases to look for."""
        return not self.parsed.is_empty

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: no words, no phrases, no filters."""
        return not self.has_words and not self.chosen

    @property
    def offset(self) -> int:
        """The number of hits before this page."""
        return (self.page - 1) * self.page_size


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing found. `title` and `snippet` are safe HTML with the found words in mark elements.

    `group` joins entries of which only the best is shown, such as the posts of a topic. `page_id`
    is the key of the page that it is, if it is one. `matched_language` is the language of the word
    that found it where that is not one of those typed but another of the same meaning; else "".
    """

    source: str
    kind: str
    language: str
    title: SafeString
    snippet: SafeString
    url: str
    organisation: str
    date: datetime | None
    is_sample: bool
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = ""
    page_id: int | None = None
    matched_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """One page of hits, best first.

    `total` counts groups, and `facets` says for each name of `FACETS` how many groups each code
    would give; a facet's counts do not depend on its own choice, only on the others'. `suggestion`
    is the text with likelier words, made of what this reader may see. `is_settled` is false while
    the engine waits for changes, so that nobody keeps the answer. `is_whole` is false where time
    was up before everything was looked through: hits and counts are of what was.
    """

    hits: list[SearchHit] = field(default_factory=list)
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=no_counts)
    suggestion: str = ""
    engine: str = ""
    took_ms: float = 0.0
    is_settled: bool = True
    is_whole: bool = True
