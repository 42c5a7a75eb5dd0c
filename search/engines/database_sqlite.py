"""Search over SQLite's text index: accents and case are ignored, English words known by their stems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from search.engines.base import READERS_LANGUAGE_BOOST, SNIPPET_WORDS, WIDENED_BOOST, Engine
from search.engines.database_sql import (
    ENOUGH,
    HIT_COLUMNS,
    counted,
    hit_of,
    in_order,
    results_of,
    telling_words,
)
from search.engines.suggesting import words_of
from search.entries import audience_text
from search.highlighting import START, STOP
from search.models import SearchEntry
from search.query import FACETS, SearchHit, SearchQuery, SearchResults

# Of title, summary, headings, body, organisation.
WEIGHTS = "5.0, 2.0, 2.0, 1.0, 2.0"
SHOWN = {"title": 0, "summary": 1, "body": 3}
OWN_COLUMNS = ("kind", "language")

COUNT = """
    WITH words AS MATERIALIZED ({words}),
    found AS MATERIALIZED (
        SELECT entry_id, sum(score) * count(*) AS score FROM words GROUP BY entry_id
    ),
    matches AS MATERIALIZED (
        SELECT e.id AS entry_id, e.kind, e.language, e.facets, e.date, e."group" AS group_key,
            f.score * CASE WHEN e.language = %(language)s THEN %(boost)s ELSE 1 END
            * CASE WHEN e.kind = 'event' AND e.date >= %(now)s THEN 1.3 ELSE 1 END AS score,
            {chosen}
        FROM found f JOIN search_searchentry e ON e.id = f.entry_id
        WHERE NOT e.is_deleted AND ({audience}) AND e."group" <> %(other_than)s AND {condition}
    ),
    ranked AS (
        SELECT entry_id, score, date,
            row_number() OVER (PARTITION BY group_key ORDER BY {order}) AS rank
        FROM matches WHERE {all_chosen}
    ),
    best AS MATERIALIZED (SELECT entry_id, score, date FROM ranked WHERE rank = 1),
    page AS (
        SELECT entry_id, row_number() OVER (ORDER BY {order}) AS place
        FROM best ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT 'hit', CAST(entry_id AS text), place FROM page
    UNION ALL SELECT 'total', '', count(*) FROM best
    {facets}
"""

WORD = """
    SELECT rowid AS entry_id, -bm25(search_text, {weights}) * {boost} AS score
    FROM search_text WHERE search_text MATCH {match}
"""

TITLE = """
    SELECT rowid AS entry_id, -bm25(search_titles) AS score
    FROM search_titles WHERE search_titles MATCH {match}
"""

EVERY = """
    SELECT count(*) FROM (
        SELECT 1 FROM search_text JOIN search_searchentry e ON e.id = search_text.rowid
        WHERE search_text MATCH %(every)s AND ({audience}) LIMIT {enough}
    )
"""

EVERYTHING = "SELECT id AS entry_id, 1.0 AS score FROM search_searchentry"
IN_TEXT = "e.id IN (SELECT rowid FROM search_text WHERE search_text MATCH {match})"
AMONG = "e.id IN (SELECT value FROM json_each({keys}))"
HAS_OWN = "e.{name} IN (SELECT value FROM json_each({codes}))"
HAS = """EXISTS (
    SELECT 1 FROM json_each(e.facets, '$.{name}') WHERE value IN (SELECT value FROM json_each({codes}))
)"""

OWN_FACET = """
    UNION ALL SELECT '{name}', {name}, count(DISTINCT group_key)
    FROM matches WHERE {others} GROUP BY {name}
"""

FACET = """
    UNION ALL SELECT '{name}', j.value, count(DISTINCT group_key)
    FROM matches, json_each(facets, '$.{name}') AS j WHERE {others} GROUP BY j.value
"""

SHOW = """
    SELECT {columns},
        highlight(search_text, {title}, %(start)s, %(stop)s) AS marked_title,
        highlight(search_text, {summary}, %(start)s, %(stop)s) AS marked_summary,
        snippet(search_text, {body}, %(start)s, %(stop)s, '…', %(words)s) AS marked_body
    FROM search_text JOIN search_searchentry e ON e.id = search_text.rowid
    WHERE search_text MATCH %(match)s AND search_text.rowid IN ({keys})
"""

SHOW_TITLE = """
    SELECT {columns}, highlight(search_titles, 0, %(start)s, %(stop)s) AS marked_title,
        e.summary AS marked_summary, '' AS marked_body
    FROM search_titles JOIN search_searchentry e ON e.id = search_titles.rowid
    WHERE search_titles MATCH %(match)s AND search_titles.rowid IN ({keys})
"""

PLAIN = """
    SELECT {columns}, e.title AS marked_title, e.summary AS marked_summary,
        substr(e.body, 1, 300) AS marked_body
    FROM search_searchentry e WHERE e.id IN ({keys})
"""


@dataclass
class Values:
    """What a statement is given, by name."""

    params: dict[str, Any] = field(default_factory=dict)

    def named(self, value: object) -> str:
        """The place of a value in a statement."""
        name = f"value_{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"


class SQLiteEngine(Engine):
    name = "sqlite"
    stems = frozenset({"en"})

    def search(self, query: SearchQuery) -> SearchResults:
        words = query.telling
        keys, counts = _ranked(query, words)
        return results_of(self.name, counts, _shown(query, words, keys), "")

    def complete(self, query: SearchQuery, limit: int) -> list[SearchHit]:
        words = words_of(query.parsed.words)
        if not words:
            return []
        *whole, last = words
        match = " AND ".join([*map(_quoted, whole), _begun(last)])
        keys, _counts = _ranked(query, (), matches=[match], among=TITLE, page_size=limit)
        shown = SHOW_TITLE.format(columns=HIT_COLUMNS, keys=", ".join(map(str, keys)))
        values = {"match": match, "start": START, "stop": STOP}
        entries = SearchEntry.objects.raw(shown, values) if keys else ()
        return [hit_of(entry) for entry in in_order(keys, entries)]

    def similar(
        self, source: str, *, language: str, tokens: frozenset[str], limit: int
    ) -> list[SearchHit]:
        entry, words = telling_words(source, tokens)
        if entry is None or not words:
            return []
        query = SearchQuery(text="", language=entry.language, page_size=limit, tokens=tokens)
        matches = [_quoted(word) for word in words]
        keys, _counts = _ranked(query, (), matches=matches, other_than=entry.group)
        return _shown(query, (), keys)


def _ranked(
    query: SearchQuery,
    words: Sequence[str],
    *,
    matches: Sequence[str] = (),
    among: str = WORD,
    other_than: str = "",
    page_size: int = 0,
) -> tuple[list[int], dict[str, Any]]:
    """The keys of one page and the counts of all; `matches`, looked for by `among`, are the words."""
    values = Values()
    terms = list(matches) or _terms(query, words)
    condition = [_in_text(_quoted(phrase), values) for phrase in query.parsed.phrases]
    condition += [f"NOT {_in_text(_quoted(term), values)}" for term in query.parsed.excluded]
    if query.among:
        condition.append(AMONG.format(keys=values.named(json.dumps(query.among))))
    if len(terms) > 1 and not matches:
        every = " AND ".join(terms)
        with connection.cursor() as cursor:
            cursor.execute(
                EVERY.format(audience=_audience(query, values), enough=ENOUGH),
                {**values.params, "every": every},
            )
            count = cursor.fetchone()[0]
        if count >= ENOUGH or (query.sort == "date" and count):
            condition.append(_in_text(every, values))
    found = [
        among.format(weights=WEIGHTS, boost=1, match=values.named(term))
        for term in terms or map(_quoted, query.parsed.phrases)
    ]
    if query.is_prefix and words:
        found.append(TITLE.format(match=values.named(_begun(words[-1]))))
    found += [
        WORD.format(weights=WEIGHTS, boost=WIDENED_BOOST, match=values.named(_quoted(term)))
        for some in query.widened.values()
        for term in some
    ]
    chosen = {name: _has(name, query, values) for name in query.chosen}
    is_by_date = query.sort == "date" or not found
    statement = COUNT.format(
        words=" UNION ALL ".join(found) or EVERYTHING,
        chosen=", ".join(f"{has} AS has_{name}" for name, has in chosen.items()) or "1",
        audience=_audience(query, values),
        condition=" AND ".join(condition) or "1",
        all_chosen=_all_of(chosen),
        order=f"{'date DESC NULLS LAST' if is_by_date else 'score DESC'}, entry_id DESC",
        facets="".join(
            (OWN_FACET if name in OWN_COLUMNS else FACET).format(
                name=name, others=_all_of(other for other in chosen if other != name)
            )
            for name in FACETS
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                **values.params,
                "language": query.language,
                "boost": READERS_LANGUAGE_BOOST,
                "now": timezone.now().replace(tzinfo=None).isoformat(" "),
                "other_than": other_than,
                "limit": page_size or query.page_size,
                "offset": 0 if page_size else query.offset,
            },
        )
        return counted(cursor.fetchall())


def _terms(query: SearchQuery, words: Sequence[str]) -> list[str]:
    """The words in FTS5's language, in which everything between quotation marks is text."""
    if query.is_prefix and words:
        return [*map(_quoted, words[:-1]), _begun(words[-1])]
    return [_quoted(word) for word in words]


def _shown(query: SearchQuery, words: Sequence[str], keys: list[int]) -> list[SearchHit]:
    """The hits of these keys, with the words marked."""
    if not keys:
        return []
    terms = [*map(_quoted, words), *map(_quoted, query.parsed.phrases)]
    if words and query.is_prefix:
        terms.append(_begun(words[-1]))
    widened = [_quoted(term) for some in query.widened.values() for term in some]
    places = ", ".join(map(str, keys))
    plain = in_order(keys, SearchEntry.objects.raw(PLAIN.format(columns=HIT_COLUMNS, keys=places)))
    typed = {entry.pk: entry for entry in _marked(terms, places)}
    others = {entry.pk: entry for entry in _marked([*terms, *widened], places)} if widened else {}
    return [
        hit_of(
            typed.get(entry.pk) or others.get(entry.pk) or entry,
            entry.language if entry.pk in others and entry.pk not in typed else "",
        )
        for entry in plain
    ]


def _marked(terms: Sequence[str], places: str) -> Iterable[Any]:
    if not terms:
        return ()
    return SearchEntry.objects.raw(
        SHOW.format(columns=HIT_COLUMNS, keys=places, **SHOWN),
        {"match": " OR ".join(terms), "start": START, "stop": STOP, "words": SNIPPET_WORDS},
    )


def _quoted(term: str) -> str:
    return f'"{term}"'


def _begun(word: str) -> str:
    return f'"{word}" *'


def _in_text(match: str, values: Values) -> str:
    return IN_TEXT.format(match=values.named(match))


def _audience(query: SearchQuery, values: Values) -> str:
    allowed = (
        f"instr(e.audience, {values.named(audience_text([token]))}) > 0"
        for token in sorted(query.tokens)
    )
    return " OR ".join(allowed) or "0"


def _has(name: str, query: SearchQuery, values: Values) -> str:
    has = HAS_OWN if name in OWN_COLUMNS else HAS
    return has.format(name=name, codes=values.named(json.dumps(query.chosen[name])))


def _all_of(names: Iterable[str]) -> str:
    return " AND ".join(f"has_{name}" for name in names) or "1"
