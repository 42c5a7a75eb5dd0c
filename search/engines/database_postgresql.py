"""Search over PostgreSQL's text index.

Each language has its own form of the question, and a text is only asked the one of its language.
The functions that the statements use come with the migration `0002_text_index`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection

from search.engines.base import READERS_LANGUAGE_BOOST, SNIPPET_WORDS, Engine
from search.engines.database_sql import HIT_COLUMNS, counted, results_of
from search.highlighting import START, STOP
from search.models import SearchEntry
from search.query import SearchQuery, SearchResults

# Of body, organisation, summary and headings, title.
WEIGHTS = "{0.1, 0.3, 0.6, 1.0}"
WHOLE = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
FRAGMENT = (
    f"StartSel={START}, StopSel={STOP}, MaxFragments=1, "
    f"MaxWords={SNIPPET_WORDS}, MinWords={SNIPPET_WORDS // 2}"
)
# Marking costs time with the length of a text, so only the beginning of a long one is looked at.
LOOKED_AT = 20_000

COUNT = """
    WITH asked(language, wanted, unwanted) AS MATERIALIZED (
        SELECT language, {wanted}, {unwanted} FROM unnest(%(codes)s::text[]) AS language
    ),
    matches AS MATERIALIZED (
        SELECT t.entry_id, t.kind, t.language, t.group_key,
            ts_rank_cd(%(weights)s, t.vector, a.wanted, 1)
            * CASE WHEN t.language = %(language)s THEN %(boost)s ELSE 1 END AS score,
            cardinality(%(kinds)s::text[]) = 0 OR t.kind = ANY(%(kinds)s) AS has_kind,
            cardinality(%(languages)s::text[]) = 0 OR t.language = ANY(%(languages)s)
                AS has_language
        FROM asked a
        JOIN search_text t ON t.language = a.language
            AND t.vector @@ a.wanted AND NOT t.vector @@ a.unwanted
        WHERE t.audience && %(tokens)s::text[]
    ),
    best AS MATERIALIZED (
        SELECT DISTINCT ON (group_key) entry_id, score FROM matches
        WHERE has_kind AND has_language ORDER BY group_key, score DESC, entry_id DESC
    ),
    page AS (
        SELECT entry_id, row_number() OVER (ORDER BY score DESC, entry_id DESC) AS place
        FROM best ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT 'hit', entry_id::text, place FROM page
    UNION ALL SELECT 'total', '', count(*) FROM best
    UNION ALL SELECT 'kind', kind, count(DISTINCT group_key) FROM matches
        WHERE has_language GROUP BY kind
    UNION ALL SELECT 'language', language, count(DISTINCT group_key) FROM matches
        WHERE has_kind GROUP BY language
"""

SHOW = """
    WITH asked(language, wanted) AS MATERIALIZED (
        SELECT language, {wanted} FROM unnest(%(codes)s::text[]) AS language
    )
    SELECT {columns},
        search_marked(e.language, e.title, a.wanted, %(whole)s, %(mark)s) AS marked_title,
        search_marked(e.language, e.summary, a.wanted, %(whole)s, %(mark)s) AS marked_summary,
        search_marked(e.language, left(e.body, %(looked_at)s), a.wanted, %(fragment)s, %(mark)s)
            AS marked_body
    FROM search_searchentry e JOIN asked a ON a.language = e.language
    WHERE e.id = ANY(%(keys)s)
"""


class PostgreSQLEngine(Engine):
    name = "postgresql"
    # PostgreSQL brings no dictionary for Bulgarian.
    stems = frozenset(code for code, _name in settings.LANGUAGES if code != "bg")

    def search(self, query: SearchQuery) -> SearchResults:
        params: dict[str, Any] = {"codes": [code for code, _name in settings.LANGUAGES]}
        wanted = _terms("wanted", (*query.parsed.words, *query.parsed.phrases), params)
        unwanted = _terms("unwanted", query.parsed.excluded, params)
        with connection.cursor() as cursor:
            cursor.execute(
                COUNT.format(wanted=" && ".join(wanted), unwanted=_any_of(unwanted)),
                {
                    **params,
                    "weights": WEIGHTS,
                    "language": query.language,
                    "boost": READERS_LANGUAGE_BOOST,
                    "tokens": sorted(query.tokens),
                    "kinds": list(query.kinds),
                    "languages": list(query.languages),
                    "limit": query.page_size,
                    "offset": query.offset,
                },
            )
            keys, counts = counted(cursor.fetchall())
        entries = SearchEntry.objects.raw(
            SHOW.format(wanted=_any_of(wanted), columns=HIT_COLUMNS),
            {
                **params,
                "keys": keys,
                "whole": WHOLE,
                "fragment": FRAGMENT,
                "mark": START,
                "looked_at": LOOKED_AT,
            },
        )
        return results_of(self.name, counts, keys, entries if keys else ())


def _terms(name: str, terms: Iterable[str], params: dict[str, Any]) -> list[str]:
    """SQL for each term as a tsquery; the terms themselves go into the parameters."""
    calls = []
    for number, term in enumerate(terms):
        params[f"{name}_{number}"] = term
        calls.append(f"search_term(language, %({name}_{number})s)")
    return calls


def _any_of(terms: list[str]) -> str:
    return " || ".join(terms) if terms else "''::tsquery"
