"""What both database engines share: from rows to results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from search.highlighting import is_marked, marked
from search.query import SearchHit, SearchResults

HIT_COLUMNS = "e.id, e.source, e.kind, e.language, e.url, e.organisation, e.date, e.is_sample"


def snippet_of(summary: str, body: str) -> SafeString:
    """The text that tells most: the found words of the body, else the summary."""
    return marked(body if is_marked(body) and not is_marked(summary) else summary or body)


def hit_of(entry: Any) -> SearchHit:
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
    )


def counted(rows: Iterable[tuple[str, str, int]]) -> tuple[list[int], dict[str, Any]]:
    """Split rows of (what, key, number) into the entries' keys and the counts of `SearchResults`.

    `what` is "hit" (key: the entry's; number: its place), "total", "kind" or "language".
    """
    places: dict[int, int] = {}
    counts: dict[str, Any] = {"total": 0, "facets": {"kind": {}, "language": {}}}
    for what, key, number in rows:
        if what == "hit":
            places[number] = int(key)
        elif what == "total":
            counts["total"] = number
        else:
            counts["facets"][what][key] = number
    return [places[place] for place in sorted(places)], counts


def results_of(name: str, counts: dict[str, Any], keys: list[int], entries: Any) -> SearchResults:
    """The results of an engine, hits in the order of `keys`."""
    by_key = {entry.pk: entry for entry in entries}
    hits = [hit_of(by_key[key]) for key in keys if key in by_key]
    return SearchResults(hits=hits, engine=name, **counts)
