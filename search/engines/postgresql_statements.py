"""The statements of the PostgreSQL engine; its functions come with the app's migrations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import SNIPPET_WORDS
from search.highlighting import START, STOP
from search.query import FACETS
from search.stopwords import folded

LETTERS = re.compile(r"[^\W_]+")

# Of body, organisation, summary and headings, title.
WEIGHTS = "{0.2, 0.4, 0.5, 1.0}"
# Of a question in sentences, one word in a title tells less than several in a body.
WEIGHTS_OF_SENTENCES = "{0.5, 0.6, 0.7, 1.0}"
MOST_WORDS = 3
WHOLE = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
FRAGMENT = (
    f"StartSel={START}, StopSel={STOP}, MaxFragments=1, "
    f"MaxWords={SNIPPET_WORDS}, MinWords={SNIPPET_WORDS // 2}"
)

ASKED = "SELECT language, {place}, {term} FROM unnest(%(codes)s::text[]) AS language"

# How many texts have each word, up to a bound, and how many have all of them.
FREQUENCIES = """
    WITH asked(language, place, term) AS MATERIALIZED ({asked})
    SELECT a.place, (
        SELECT count(*) FROM (
            SELECT 1 FROM search_text t
            WHERE t.language = a.language AND t.vector @@ a.term
                AND t.audience && %(tokens)s::text[]
            LIMIT %(most_counted)s
        ) AS matched
    )
    FROM asked a
    UNION ALL SELECT -2, count(*) FROM (SELECT 1 FROM search_text LIMIT %(most_rows)s) AS rows
"""

FRESHNESS = """
    (0.85 + CASE
        WHEN t.date IS NULL OR t.date >= %(now)s THEN 0.15
        ELSE 0.15 * exp(-0.000693 * extract(epoch FROM %(now)s - t.date) / 86400)
    END + CASE WHEN t.kind = 'event' AND t.date >= %(now)s THEN 0.3 ELSE 0 END)
"""

COUNT = """
    WITH asked AS MATERIALIZED (
        SELECT language, {asked} FROM unnest(%(codes)s::text[]) AS language
    ),
    matches AS MATERIALIZED (
        SELECT t.entry_id, t.group_key, t.facets, t.date, {score} AS score, {chosen}
        FROM {tables} t.audience && %(tokens)s::text[] AND t.group_key <> %(other_than)s
    ),
    best AS MATERIALIZED (
        SELECT DISTINCT ON (group_key) entry_id, score, date FROM matches
        WHERE {all_chosen} ORDER BY group_key, {order}
    ),
    page AS (
        SELECT entry_id, row_number() OVER (ORDER BY {order}) AS place
        FROM best ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT 'hit', entry_id::text, place FROM page
    UNION ALL SELECT 'total', '', count(*) FROM best
    {facets}
"""

# A facet's own choice leaves its counts alone, so each that is chosen has a condition of its own.
FACET = """
    UNION ALL SELECT split_part(f, ':', 1), substr(f, strpos(f, ':') + 1), count(DISTINCT group_key)
    FROM matches, unnest(facets) AS f WHERE {condition} AND {which} GROUP BY f
"""

SHOW = """
    WITH asked(language, wanted) AS MATERIALIZED (
        SELECT language, {wanted} FROM unnest(%(codes)s::text[]) AS language
    )
    SELECT {columns},
        search_marked(e.language, e.title, a.wanted, %(whole)s, %(mark)s) AS marked_title,
        search_marked(e.language, e.summary, a.wanted, %(whole)s, %(mark)s) AS marked_summary,
        search_marked(e.language, left(e.body, %(looked_at)s), a.wanted, %(fragment)s, %(mark)s)
            AS marked_body,
        {typed} AS is_found_as_typed
    FROM search_searchentry e
    JOIN asked a ON a.language = e.language JOIN search_text t ON t.entry_id = e.id
    WHERE e.id = ANY(%(keys)s)
"""

BEGUN = """
    SELECT entry_id FROM (
        SELECT entry_id, group_key, language, heading, date FROM search_text
        WHERE exact @@ to_tsquery('search_bg', %(begun)s) AND audience && %(tokens)s::text[] AND {chosen}
        LIMIT 1000
    ) AS matched
    ORDER BY starts_with(heading, %(text)s) DESC, language = %(language)s DESC,
        date DESC NULLS LAST, entry_id DESC
    LIMIT %(limit)s
"""

# With two letters exchanged, words have few groups of three letters in common.
LIKENESS = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.3', false)"

# Titles with a word like one of those asked for.
LIKE = """
    SELECT heading FROM search_text
    WHERE %(word)s <%% heading AND audience && %(tokens)s::text[]
    ORDER BY word_similarity(%(word)s, heading) DESC, entry_id LIMIT 50
"""


def weights(words: int) -> str:
    """What the parts of a text weigh for a question of so many words."""
    return WEIGHTS if words <= MOST_WORDS else WEIGHTS_OF_SENTENCES


def facet_counts(chosen: Mapping[str, object]) -> str:
    """The statements that count every facet."""
    quoted = ", ".join(f"'{name}'" for name in FACETS if name not in chosen)
    parts = [
        FACET.format(condition=all_of(chosen), which=f"split_part(f, ':', 1) IN ({quoted})")
        if quoted
        else ""
    ]
    for name in chosen:
        others = [other for other in chosen if other != name]
        parts.append(FACET.format(condition=all_of(others), which=f"f LIKE '{name}:%%'"))
    return "".join(parts)


def all_of(names: Mapping[str, object] | list[str]) -> str:
    """The condition that an entry has what is chosen of each of these facets."""
    return " AND ".join(f"has_{name}" for name in names) or "TRUE"


@dataclass
class Terms:
    """Words as parts of a statement; the words themselves go into `params`."""

    params: dict[str, Any] = field(default_factory=dict)

    def term(self, word: str) -> str:
        """A word or phrase in the forms of the language at hand."""
        return f"search_term(language, {self.named(word)})"

    def exact(self, word: str) -> str:
        """A word or phrase as it is written."""
        return f"phraseto_tsquery('search_bg', {self.named(word)})"

    def begun(self, word: str) -> str:
        """A word of which this is the beginning."""
        return f"to_tsquery('search_bg', {self.named(f'{quoted(word)}:*')})"

    def named(self, value: object) -> str:
        """The place of a value in a statement."""
        name = f"term_{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"


def quoted(word: str) -> str:
    """A word for to_tsquery, whatever is in it."""
    return f"'{' '.join(LETTERS.findall(folded(word)))}'"
