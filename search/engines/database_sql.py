"""What both database engines share: from rows to results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from search.engines.suggesting import words_of
from search.highlighting import is_marked, marked
from search.models import SearchEntry
from search.query import FACETS, SearchHit, SearchResults, no_counts
from search.stopwords import folded, without_stop_words

HIT_COLUMNS = (
    "e.id, e.source, e.kind, e.language, e.url, e.organisation, e.date, e.is_sample, e.facets, "
    'e."group", e.page_id'
)
ENOUGH = 20
"""With so many texts that have all the words, those that have some are left away."""
MOST_TELLING = 12


def snippet_of(summary: str, body: str) -> SafeString:
    """The text that tells most: the found words of the body, else the summary."""
    return marked(body if is_marked(body) and not is_marked(summary) else summary or body)


def hit_of(entry: Any, matched_language: str = "") -> SearchHit:
    """A hit from an entry with `marked_title`, `marked_summary` and `marked_body`."""
    return SearchHit(
        source=entry.source,
        kind=entry.kind,
        language=entry.language,
        title=marked(entry.marked_title),
        snippet=snippet_of(entry.marked_summary, entry.marked_body),
        url=entry.url,
        organisation=entry.organisation,
        date=entry.date,
        is_sample=entry.is_sample,
        facets={name: tuple(codes) for name, codes in entry.facets.items() if name in FACETS},
        group=entry.group,
        page_id=entry.page_id,
        matched_language=matched_language,
    )


def counted(rows: Iterable[tuple[str, str, int]]) -> tuple[list[int], dict[str, Any]]:
    """Split rows of (what, key, number) into the entries' keys and the counts of `SearchResults`.

    `what` is "hit" (key: the entry's; number: its place), "total" or the name of a facet.
    """
    places: dict[int, int] = {}
    counts: dict[str, Any] = {"total": 0, "facets": no_counts()}
    for what, key, number in rows:
        if what == "hit":
            places[number] = int(key)
        elif what == "total":
            counts["total"] = number
        elif what in counts["facets"]:
            counts["facets"][what][key] = number
    return [places[place] for place in sorted(places)], counts


def in_order(keys: Sequence[int], entries: Iterable[Any]) -> list[Any]:
    """The entries in the order of their keys."""
    by_key = {entry.pk: entry for entry in entries}
    return [by_key[key] for key in keys if key in by_key]


def results_of(
    name: str, counts: Mapping[str, Any], hits: list[SearchHit], suggestion: str
) -> SearchResults:
    """The results of an engine."""
    return SearchResults(hits=hits, engine=name, suggestion=suggestion, **counts)


def telling_words(source: str, tokens: frozenset[str]) -> tuple[SearchEntry | None, list[str]]:
    """An entry that these tokens may read, and the words that tell most of what it is about."""
    entry = SearchEntry.objects.readable(tokens).filter(source=source).first()
    if entry is None:
        return None, []
    title = without_stop_words(words_of([entry.title]), entry.language)
    rest = without_stop_words(words_of([entry.summary, entry.body[:5_000]]), entry.language)
    seen = Counter(folded(word) for word in rest if len(word) > 3)
    often = [word for word, count in seen.most_common(MOST_TELLING) if count > 1]
    return entry, list(dict.fromkeys([*map(folded, title), *often]))[:MOST_TELLING]
