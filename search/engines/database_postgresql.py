"""Search over PostgreSQL's text index.

Each language has its own form of the question, and a text is only asked the one of its language.
How rare a word is and where it stands make its worth, as PostgreSQL's own ranks know nothing of
rarity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from search.engines import postgresql_statements as statements
from search.engines.base import READERS_LANGUAGE_BOOST, WIDENED_BOOST, Engine
from search.engines.database_sql import (
    ENOUGH,
    HIT_COLUMNS,
    counted,
    hit_of,
    in_order,
    results_of,
    telling_words,
)
from search.engines.postgresql_statements import Terms, quoted
from search.engines.suggesting import SHORTEST_MISSPELT, likelier, likest_in
from search.entries import UNDETERMINED
from search.highlighting import START
from search.models import SearchEntry
from search.query import SearchHit, SearchQuery, SearchResults
from search.stopwords import folded

# Marking costs time with the length of a text, so only the beginning of a long one is looked at.
LOOKED_AT = 20_000
MOST_COUNTED = 10_000
MOST_ROWS = 1_000_000
# So many texts are ranked; words that more have only add to the rank of those found by others.
MOST_RANKED = 4_000
CLOSENESS = 2.0
AS_WRITTEN = 0.3


class PostgreSQLEngine(Engine):
    name = "postgresql"
    # PostgreSQL brings no dictionary for Bulgarian.
    stems = frozenset(code for code, _name in settings.LANGUAGES if code != "bg")
    can = frozenset({"suggest", "typing errors", "closeness"})

    def search(self, query: SearchQuery) -> SearchResults:
        words = list(query.telling)
        frequencies = _frequencies(words, query.tokens)
        likely = {
            word: best
            for place, word in enumerate(words[:-1] if query.is_prefix else words)
            if not frequencies.get(place) and len(word) >= SHORTEST_MISSPELT
            if (best := likest_in(word, _headings_like(word, query.tokens)))
        }
        if likely:
            words = [likely.get(word, word) for word in words]
            frequencies = _frequencies(words, query.tokens)
        keys, counts = _ranked(query, words, frequencies)
        suggestion = likelier(query, likely, likely.values())
        return results_of(self.name, counts, _shown(query, words, keys), suggestion)

    def complete(self, query: SearchQuery, limit: int) -> list[SearchHit]:
        words = query.parsed.words
        if not words:
            return []
        *whole, last = words
        begun = " & ".join([*(f"{quoted(word)}:A" for word in whole), f"{quoted(last)}:*A"])
        terms = Terms()
        chosen = " AND ".join(_chosen("facets", name, query, terms) for name in query.chosen)
        keys = _keys(
            statements.BEGUN.format(chosen=chosen or "TRUE"),
            {
                **terms.params,
                "begun": begun,
                "text": folded(" ".join(words)),
                "tokens": sorted(query.tokens),
                "language": query.language,
                "limit": limit * 4,
            },
        )
        hits = _shown(query, words, keys)
        return list({hit.group: hit for hit in reversed(hits)}.values())[::-1][:limit]

    def similar(
        self, source: str, *, language: str, tokens: frozenset[str], limit: int
    ) -> list[SearchHit]:
        entry, words = telling_words(source, tokens)
        if entry is None or not words:
            return []
        query = SearchQuery(
            text=" ".join(words), language=entry.language, page_size=limit, tokens=tokens
        )
        keys, _counts = _ranked(query, words, _frequencies(words, tokens), other_than=entry.group)
        return _shown(query, [], keys)


def _frequencies(words: Sequence[str], tokens: frozenset[str]) -> dict[int, int]:
    """{place of a word: how many have it}, at -1 how many have all and at -2 how many there are."""
    terms = Terms()
    parts = [(place, terms.term(word)) for place, word in enumerate(words)]
    parts.append((-1, " && ".join(call for _place, call in parts) or "''::tsquery"))
    asked = " UNION ALL ".join(
        statements.ASKED.format(place=place, term=call) for place, call in parts
    )
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            statements.FREQUENCIES.format(asked=asked),
            {
                **terms.params,
                "codes": _codes(),
                "tokens": sorted(tokens),
                "most_counted": MOST_COUNTED,
                "most_rows": MOST_ROWS,
            },
        )
        for place, count in cursor.fetchall():
            found[place] = found.get(place, 0) + count
    return found


def _ranked(
    query: SearchQuery, words: Sequence[str], frequencies: dict[int, int], other_than: str = ""
) -> tuple[list[int], dict[str, Any]]:
    """The keys of one page and the counts of all."""
    terms = Terms()
    calls = [terms.term(word) for word in words]
    times = Counter(query.repeated)
    worths = [
        _worth(frequencies.get(place, 0), frequencies[-2]) * max(times[word], 1)
        for place, word in enumerate(words)
    ]
    is_strict = bool(words) and (
        frequencies[-1] >= ENOUGH or (query.sort == "date" and frequencies[-1] > 0)
    )
    wanted = " && ".join(calls) if is_strict else _any_of(_telling(calls, frequencies))
    phrases = [terms.term(phrase) for phrase in query.parsed.phrases]
    widened = [_widened(code, term, terms) for code, some in query.widened.items() for term in some]
    begun = terms.begun(query.words[-1]) if query.is_prefix and query.words else "''::tsquery"
    columns = {
        "wanted": _any_of([f"({wanted})", *widened]) if words else "''::tsquery",
        "every": " && ".join(calls) or "''::tsquery",
        "phrases": " && ".join(phrases) or "''::tsquery",
        "unwanted": _any_of([terms.term(term) for term in query.parsed.excluded]),
        "widened": _any_of(widened),
        "begun": begun,
        **{f"word_{place}": call for place, call in enumerate(calls)},
    }
    conditions = ["NOT t.vector @@ a.unwanted"]
    if query.among:
        conditions.append("t.entry_id = ANY(%(among)s)")
    if phrases:
        conditions.append("t.vector @@ a.phrases")
    elif words:
        conditions.append("(t.vector @@ a.wanted OR t.exact @@ a.begun)")
    chosen = [f"({_chosen('t.facets', name, query, terms)}) AS has_{name}" for name in query.chosen]
    is_by_date = query.sort == "date" or not query.has_words
    statement = statements.COUNT.format(
        asked=", ".join(f"{call} AS {name}" for name, call in columns.items()),
        score=_score(query, worths),
        chosen=", ".join(chosen) or "TRUE",
        tables=f"asked a JOIN search_text t ON t.language = a.language WHERE {' AND '.join(conditions)} AND",
        all_chosen=statements.all_of(query.chosen),
        order=f"{'date DESC NULLS LAST' if is_by_date else 'score DESC'}, entry_id DESC",
        facets=statements.facet_counts(query.chosen),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                **terms.params,
                "codes": _codes(),
                "weights": statements.weights(len(words)),
                "language": query.language,
                "boost": READERS_LANGUAGE_BOOST,
                "tokens": sorted(query.tokens),
                "now": timezone.now(),
                "other_than": other_than,
                "among": list(query.among),
                "limit": query.page_size,
                "offset": query.offset,
            },
        )
        return counted(cursor.fetchall())


def _score(query: SearchQuery, worths: Sequence[float]) -> str:
    """SQL for how good a match is."""
    if not worths:
        rank = "ts_rank(%(weights)s, t.vector, a.phrases, 1)" if query.has_words else "1"
        return f"{rank} * {statements.FRESHNESS}"
    parts = [
        f"{worth:.4f} * ts_rank(%(weights)s, t.vector, a.word_{place}, 1)"
        for place, worth in enumerate(worths)
    ]
    had = " + ".join(f"(t.vector @@ a.word_{place})::int" for place in range(len(worths)))
    parts = [f"({' + '.join(parts)}) * (0.5 + 0.5 * ({had}) / {len(worths)}.0)"]
    parts.append(f"{AS_WRITTEN} * ts_rank(%(weights)s, t.exact, a.begun, 1)")
    parts.append(f"{WIDENED_BOOST} * ts_rank(%(weights)s, t.vector, a.widened, 1)")
    if len(worths) > 1:
        parts.append(f"{CLOSENESS} * ts_rank_cd(%(weights)s, t.vector, a.every, 1)")
    boost = "CASE WHEN t.language = %(language)s THEN %(boost)s ELSE 1 END"
    return f"({' + '.join(parts)}) * {boost} * {statements.FRESHNESS}"


def _worth(frequency: int, rows: int) -> float:
    """How much a word tells, by how many have it (the usual inverse document frequency)."""
    return math.log(1 + (rows - min(frequency, rows) + 0.5) / (frequency + 0.5))


def _telling(calls: Sequence[str], frequencies: dict[int, int]) -> list[str]:
    """The rarest words, as many as do not find more than can be ranked; at least one."""
    rarest = sorted(range(len(calls)), key=lambda place: frequencies.get(place, 0))
    kept: list[str] = []
    found = 0
    for place in rarest:
        found += frequencies.get(place, 0)
        if kept and found > MOST_RANKED:
            break
        kept.append(calls[place])
    return kept


def _widened(code: str, term: str, terms: Terms) -> str:
    return f"CASE WHEN language = {terms.named(code)} THEN {terms.term(term)} ELSE ''::tsquery END"


def _chosen(column: str, name: str, query: SearchQuery, terms: Terms) -> str:
    values = [f"{name}:{value}" for value in query.chosen[name]]
    return f"{column} && {terms.named(values)}::text[]"


def _shown(query: SearchQuery, words: Sequence[str], keys: list[int]) -> list[SearchHit]:
    """The hits of these keys, with the words marked."""
    if not keys:
        return []
    terms = Terms()
    typed = [terms.term(term) for term in (*words, *query.parsed.phrases)]
    begun = [terms.begun(words[-1])] if words and query.is_prefix else []
    widened = [_widened(code, term, terms) for code, some in query.widened.items() for term in some]
    found_as_typed = f"t.vector @@ ({_any_of(typed)})" if query.widened else "TRUE"
    entries = SearchEntry.objects.raw(
        statements.SHOW.format(
            wanted=_any_of([*typed, *begun, *widened]),
            typed=found_as_typed.replace("(language,", "(e.language,"),
            columns=HIT_COLUMNS,
        ),
        {
            **terms.params,
            "codes": _codes(),
            "keys": keys,
            "whole": statements.WHOLE,
            "fragment": statements.FRAGMENT,
            "mark": START,
            "looked_at": LOOKED_AT,
        },
    )
    return [
        hit_of(entry, "" if entry.is_found_as_typed else entry.language)
        for entry in in_order(keys, entries)
    ]


def _headings_like(word: str, tokens: frozenset[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statements.LIKENESS)
        cursor.execute(statements.LIKE, {"word": folded(word), "tokens": sorted(tokens)})
        return [heading for (heading,) in cursor.fetchall()]


def _keys(statement: str, params: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [key for (key,) in cursor.fetchall()]


def _codes() -> list[str]:
    return [*(code for code, _name in settings.LANGUAGES), UNDETERMINED]


def _any_of(terms: Iterable[str]) -> str:
    return " || ".join(terms) or "''::tsquery"
