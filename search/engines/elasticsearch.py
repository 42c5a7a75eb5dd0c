"""Search through Elasticsearch: each language has its own analysis and its own question."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from elasticsearch_dsl import A, Q, Search

from search.elastic import client
from search.elastic.documents import LANGUAGES, field
from search.engines.base import (
    READERS_LANGUAGE_BOOST,
    SNIPPET_WORDS,
    Engine,
    EngineBehind,
)
from search.engines.database_sql import snippet_of
from search.highlighting import START, STOP, marked
from search.models import SearchEntry
from search.parsing import ParsedText
from search.query import SearchHit, SearchQuery, SearchResults

WEIGHTS = {"title": 8, "summary": 4, "headings": 4, "organisation": 2, "body": 1}
CLOSENESS_BOOST = 2
CLOSENESS_SLOP = 3
LETTERS_PER_WORD = 6
MOST_WAITING = 1_000
# Counting distinct groups is exact up to about this many.
EXACT_COUNT = 10_000


class ElasticsearchEngine(Engine):
    name = "elasticsearch"
    stems = frozenset(LANGUAGES)

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query.

        Raises EngineUnavailable where Elasticsearch does not answer as it should, and
        EngineBehind where more than MOST_WAITING changes have not reached it. Fewer of them are
        left out of hits and counts until they have: what was withdrawn is never shown.
        """
        waiting = list(
            SearchEntry.objects.waiting().values_list("source", flat=True)[: MOST_WAITING + 1]
        )
        if len(waiting) > MOST_WAITING:
            raise EngineBehind
        with client.unavailable_on_error():
            answer = request(query, waiting).using(client.for_search()).execute().to_dict()
        counts = answer["aggregations"]
        return SearchResults(
            hits=[_hit(hit) for hit in answer["hits"]["hits"]],
            total=counts["total"]["groups"]["value"],
            facets={name: _counts(counts[name]["values"]) for name in ("kind", "language")},
            engine=self.name,
            is_settled=not waiting,
        )


def request(query: SearchQuery, left_out: list[str]) -> Search:
    """The whole request for a query; `left_out` names sources that must not be found."""
    narrowed = {
        name: Q("terms", **{name: list(values)})
        for name, values in (("kind", query.kinds), ("language", query.languages))
        if values
    }
    question = Q(
        "bool",
        should=[_question(code, query) for code in LANGUAGES],
        minimum_should_match=1,
        filter=[Q("terms", audience=sorted(query.tokens))],
        must_not=[Q("ids", values=left_out)] if left_out else [],
    )
    search = Search(index=client.alias()).query(question)
    # Filters come after the aggregations, so that a facet's own choice leaves its counts alone.
    if narrowed:
        search = search.post_filter(Q("bool", filter=list(narrowed.values())))
    search = search.sort("_score", {"entry": "desc"}).extra(
        collapse={"field": "group"}, track_total_hits=False
    )
    groups = A("cardinality", field="group", precision_threshold=EXACT_COUNT)
    for name in ("kind", "language"):
        others = [terms for other, terms in narrowed.items() if other != name]
        values = A("terms", field=name, size=100, aggs={"groups": groups})
        search.aggs.bucket(name, "filter", Q("bool", filter=others)).bucket("values", values)
    total = search.aggs.bucket("total", "filter", Q("bool", filter=list(narrowed.values())))
    total.bucket("groups", groups)
    search = search.highlight_options(pre_tags=[START], post_tags=[STOP], order="score")
    for name in ("title", "summary"):
        search = search.highlight(field("*", name), number_of_fragments=0)
    search = search.highlight(
        field("*", "body"), number_of_fragments=1, fragment_size=SNIPPET_WORDS * LETTERS_PER_WORD
    )
    search = search.source(excludes=[field("*", "body"), field("*", "headings"), "audience"])
    return search[query.offset : query.offset + query.page_size]


def _question(code: str, query: SearchQuery) -> Any:
    """The question to the texts of one language."""
    parsed = query.parsed
    return Q(
        "bool",
        filter=[Q("term", language=code)],
        must=[*_words(code, parsed), *(_phrase(code, phrase) for phrase in parsed.phrases)],
        must_not=[_phrase(code, term) for term in parsed.excluded],
        should=_closeness(code, parsed),
        boost=READERS_LANGUAGE_BOOST if code == query.language else 1,
    )


def _words(code: str, parsed: ParsedText) -> list[Any]:
    if not parsed.words:
        return []
    return [
        Q(
            "combined_fields",
            query=" ".join(parsed.words),
            fields=_fields(code),
            operator="and",
            # Words that say nothing, beside a phrase that does, must not empty the answer.
            zero_terms_query="all" if parsed.phrases else "none",
        )
    ]


def _closeness(code: str, parsed: ParsedText) -> list[Any]:
    if len(parsed.words) < 2:
        return []
    words = " ".join(parsed.words)
    return [_phrase(code, words, slop=CLOSENESS_SLOP, boost=CLOSENESS_BOOST)]


def _phrase(code: str, phrase: str, **options: Any) -> Any:
    return Q("multi_match", query=phrase, type="phrase", fields=_fields(code), **options)


def _fields(code: str) -> list[str]:
    return [f"{field(code, name)}^{weight}" for name, weight in WEIGHTS.items()]


def _counts(values: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["groups"]["value"] for bucket in values["buckets"]}


def _hit(hit: dict[str, Any]) -> SearchHit:
    kept = hit["_source"]
    code = kept["language"]
    texts = kept["text"].get(code, {})
    found = {
        name: hit.get("highlight", {}).get(field(code, name), [""])[0]
        for name in ("title", "summary", "body")
    }
    summary = found["summary"] or texts.get("summary", "")
    return SearchHit(
        source=hit["_id"],
        kind=kept["kind"],
        language=code,
        title=marked(found["title"] or texts.get("title", "")),
        snippet=snippet_of(summary, found["body"]),
        url=kept["url"],
        organisation=texts.get("organisation", ""),
        date=datetime.fromisoformat(kept["date"]) if kept["date"] else None,
        is_sample=kept["is_sample"],
    )
