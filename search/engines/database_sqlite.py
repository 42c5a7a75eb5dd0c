"""Search over SQLite's text index: accents and case are ignored, English words known by their stems."""

from __future__ import annotations

from typing import Any

from django.db import connection

from search.engines.base import READERS_LANGUAGE_BOOST, SNIPPET_WORDS, Engine
from search.engines.database_sql import HIT_COLUMNS, counted, results_of
from search.entries import audience_text
from search.highlighting import START, STOP
from search.models import SearchEntry
from search.parsing import ParsedText
from search.query import SearchQuery, SearchResults

# Of title, summary, headings, body, organisation.
WEIGHTS = "10.0, 6.0, 6.0, 1.0, 3.0"
COLUMNS = {"title": 0, "summary": 1, "body": 3}

COUNT = """
    WITH found AS MATERIALIZED (
        SELECT rowid AS entry_id, -bm25(search_text, {weights}) AS score
        FROM search_text WHERE search_text MATCH %(match)s
    ),
    matches AS MATERIALIZED (
        SELECT f.entry_id, e.kind, e.language, e."group" AS group_key,
            f.score * CASE WHEN e.language = %(language)s THEN %(boost)s ELSE 1 END AS score,
            {has_kind} AS has_kind, {has_language} AS has_language
        FROM found f JOIN search_searchentry e ON e.id = f.entry_id
        WHERE NOT e.is_deleted AND ({audience})
    ),
    ranked AS (
        SELECT entry_id, score,
            row_number() OVER (PARTITION BY group_key ORDER BY score DESC, entry_id DESC) AS rank
        FROM matches WHERE has_kind AND has_language
    ),
    best AS MATERIALIZED (SELECT entry_id, score FROM ranked WHERE rank = 1),
    page AS (
        SELECT entry_id, row_number() OVER (ORDER BY score DESC, entry_id DESC) AS place
        FROM best ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT 'hit', CAST(entry_id AS text), place FROM page
    UNION ALL SELECT 'total', '', count(*) FROM best
    UNION ALL SELECT 'kind', kind, count(DISTINCT group_key) FROM matches
        WHERE has_language GROUP BY kind
    UNION ALL SELECT 'language', language, count(DISTINCT group_key) FROM matches
        WHERE has_kind GROUP BY language
"""

SHOW = """
    SELECT {columns},
        highlight(search_text, {title}, %(start)s, %(stop)s) AS marked_title,
        highlight(search_text, {summary}, %(start)s, %(stop)s) AS marked_summary,
        snippet(search_text, {body}, %(start)s, %(stop)s, '…', %(words)s) AS marked_body
    FROM search_text JOIN search_searchentry e ON e.id = search_text.rowid
    WHERE search_text MATCH %(match)s AND search_text.rowid IN ({keys})
"""


class SQLiteEngine(Engine):
    name = "sqlite"
    stems = frozenset({"en"})

    def search(self, query: SearchQuery) -> SearchResults:
        params: dict[str, Any] = {"match": match_of(query.parsed)}
        with connection.cursor() as cursor:
            cursor.execute(*self._counting(query, dict(params)))
            keys, counts = counted(cursor.fetchall())
        entries = SearchEntry.objects.raw(
            SHOW.format(columns=HIT_COLUMNS, keys=", ".join(map(str, keys)), **COLUMNS),
            {**params, "start": START, "stop": STOP, "words": SNIPPET_WORDS},
        )
        return results_of(self.name, counts, keys, entries if keys else ())

    @staticmethod
    def _counting(query: SearchQuery, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        audience = (
            f"instr(e.audience, {_named('token', audience_text([token]), params)}) > 0"
            for token in sorted(query.tokens)
        )
        sql = COUNT.format(
            weights=WEIGHTS,
            audience=" OR ".join(audience) or "0",
            has_kind=_one_of("e.kind", query.kinds, params),
            has_language=_one_of("e.language", query.languages, params),
        )
        return sql, {
            **params,
            "language": query.language,
            "boost": READERS_LANGUAGE_BOOST,
            "limit": query.page_size,
            "offset": query.offset,
        }


def match_of(parsed: ParsedText) -> str:
    """The question in FTS5's language, in which everything between quotation marks is text."""
    wanted = " AND ".join(f'"{term}"' for term in (*parsed.words, *parsed.phrases))
    if not parsed.excluded:
        return wanted
    unwanted = " OR ".join(f'"{term}"' for term in parsed.excluded)
    return f"({wanted}) NOT ({unwanted})"


def _named(name: str, value: object, params: dict[str, Any]) -> str:
    key = f"{name}_{len(params)}"
    params[key] = value
    return f"%({key})s"


def _one_of(column: str, values: tuple[str, ...], params: dict[str, Any]) -> str:
    if not values:
        return "1"
    return f"{column} IN ({', '.join(_named('value', value, params) for value in values)})"
