"""Search through Elasticsearch: each language has its own analysis and its own question."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from search.elastic import asking, client
from search.elastic.asking import clause
from search.elastic.documents import LANGUAGES, facet_field, field
from search.engines.base import SNIPPET_WORDS, Engine, EngineBehind, EngineUnavailable
from search.engines.database_sql import snippet_of
from search.engines.suggesting import SHORTEST_MISSPELT, likelier
from search.highlighting import START, STOP, marked, marked_words
from search.models import SearchEntry
from search.query import FACETS, SearchHit, SearchQuery, SearchResults

LETTERS_PER_WORD = 6
MOST_WAITING = 1_000
# Counting distinct groups is exact up to about this many.
EXACT_COUNT = 10_000
MOST_CODES = 200
MOST_ASKED_FOR = 8
PATIENCE = 0.7


class ElasticsearchEngine(Engine):
    name = "elasticsearch"
    stems = frozenset(LANGUAGES)
    can = frozenset({"suggest", "typing errors", "closeness"})

    def __init__(self, index: str = "") -> None:
        """With the name of another index than the site's, that one is asked; nothing waits for it."""
        self.index = index

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query.

        Raises EngineUnavailable where Elasticsearch does not answer as it should, and
        EngineBehind where more than MOST_WAITING changes have not reached it. Fewer of them are
        left out of hits and counts until they have: what was withdrawn is never shown.
        """
        waiting = [] if self.index else _waiting()
        answer = _ask(request(query, waiting), self.index)
        is_whole = not answer["timed_out"]
        # What was not looked through may have the words.
        missing = _missing(query, answer) if is_whole else ()
        if missing:
            answer = _ask(request(query, waiting, missing), self.index)
        counts = answer["aggregations"]
        hits = answer["hits"]["hits"]
        return SearchResults(
            hits=[_hit(hit) for hit in hits],
            total=counts["total"]["groups"]["value"],
            facets={name: _counts(counts[name]["values"]) for name in FACETS},
            suggestion=likelier(query, missing, marked_words(_highlights(hits))),
            engine=self.name,
            is_settled=not waiting and is_whole,
            is_whole=is_whole,
        )

    def complete(self, query: SearchQuery, limit: int) -> list[SearchHit]:
        words = query.parsed.words
        if not words:
            return []
        wanted = clause(
            "bool",
            must=[asking.title_begun(words)],
            should=[
                clause("constant_score", filter=clause("term", language=query.language), boost=2)
            ],
            filter=[asking.audience(query.tokens), *asking.narrowing(query).values()],
            must_not=_left_out(_waiting()),
        )
        return _hits(_shown(wanted, asking.begun(words[-1:]), limit))

    def similar(
        self, source: str, *, language: str, tokens: frozenset[str], limit: int
    ) -> list[SearchHit]:
        row = SearchEntry.objects.readable(tokens).filter(source=source).first()
        if row is None:
            return []
        wanted = clause(
            "bool",
            must=[
                clause(
                    "more_like_this",
                    fields=[field(row.language, name) for name in ("title", "summary", "body")],
                    like=[{"_index": client.alias(), "_id": source}],
                    min_term_freq=1,
                    min_doc_freq=2,
                    max_query_terms=25,
                    minimum_should_match="20%",
                )
            ],
            filter=[asking.audience(tokens)],
            must_not=[clause("term", group=row.group), *_left_out(_waiting())],
        )
        return _hits(_shown(wanted, None, limit))


def request(
    query: SearchQuery, left_out: list[str], misspelt: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The whole request for a query; `left_out` names sources that must not be found."""
    narrowed = asking.narrowing(query)
    wanted = asking.question(query, left_out, misspelt)
    body = _shown(wanted, asking.marking(query, misspelt), query.page_size)
    body["from"] = query.offset
    if not query.has_words or query.sort == "date":
        body["sort"] = [{"date": {"order": "desc", "missing": "_last"}}, {"entry": "desc"}]
    # Filters come after the aggregations, so that a facet's own choice leaves its counts alone.
    if narrowed:
        body["post_filter"] = clause("bool", filter=list(narrowed.values()))
    groups = {"groups": clause("cardinality", field="group", precision_threshold=EXACT_COUNT)}
    counts: dict[str, Any] = {
        "total": {"filter": clause("bool", filter=list(narrowed.values())), "aggs": groups}
    }
    for name in FACETS:
        others = [terms for other, terms in narrowed.items() if other != name]
        values = clause("terms", field=facet_field(name), size=MOST_CODES) | {"aggs": groups}
        counts[name] = {"filter": clause("bool", filter=others), "aggs": {"values": values}}
    asked_for = {word: asking.having(word, query.language) for word in _doubtful(query)}
    if asked_for and not misspelt:
        counts["words"] = clause("filters", filters=asked_for)
    return body | {"aggs": counts}


def _shown(wanted: Any, marking: Any, most: int) -> dict[str, Any]:
    """A request for at most so many hits, one a group, best first, with what a hit shows."""
    length = SNIPPET_WORDS * LETTERS_PER_WORD
    body = {
        "query": wanted,
        "size": most,
        "sort": ["_score", {"entry": "desc"}],
        "collapse": {"field": "group"},
        "track_total_hits": False,
        "_source": {"excludes": [field("*", "body"), field("*", "headings"), "audience"]},
    }
    if marking is not None:
        body["highlight"] = {
            "pre_tags": [START],
            "post_tags": [STOP],
            "order": "score",
            "require_field_match": False,
            "highlight_query": marking,
            "fields": {
                **{field("*", name): {"number_of_fragments": 0} for name in ("title", "summary")},
                field("*", "body"): {"number_of_fragments": 1, "fragment_size": length},
            },
        }
    return body


def _ask(body: dict[str, Any], index: str = "") -> dict[str, Any]:
    if index:
        # Nobody waits for what is asked of another index.
        connection = client.for_work()
    else:
        connection, body = client.for_search(), body | {"timeout": _patience()}
    with client.unavailable_on_error():
        answer = dict(
            connection.search(
                index=index or client.alias(),
                body=body,
                allow_partial_search_results=True,
            )
        )
    # Half an answer would look like a whole one: a shard that fails is a failure. Only of one that
    # ran out of time is said what it found.
    shards = answer["_shards"]
    if shards["successful"] < shards["total"]:
        raise EngineUnavailable(f"{shards['successful']} of {shards['total']} shards answer")
    return answer


def _patience() -> str:
    """How long Elasticsearch may look before it says what it has: less than its reader waits."""
    return f"{int(settings.ELASTICSEARCH_TIMEOUT * 1000 * PATIENCE)}ms"


def _hits(body: dict[str, Any]) -> list[SearchHit]:
    return [_hit(hit) for hit in _ask(body)["hits"]["hits"]]


def _waiting() -> list[str]:
    rows = SearchEntry.objects.waiting().values_list("source", flat=True)
    waiting = list(rows[: MOST_WAITING + 1])
    if len(waiting) > MOST_WAITING:
        raise EngineBehind
    return waiting


def _left_out(sources: list[str]) -> list[Any]:
    return [clause("ids", values=sources)] if sources else []


def _doubtful(query: SearchQuery) -> tuple[str, ...]:
    """The words that could be written with an error; while one is typed, it is only begun."""
    words = query.words[:-1] if query.is_prefix else query.words
    long = (word for word in words if len(word) >= SHORTEST_MISSPELT)
    return tuple(long)[:MOST_ASKED_FOR]


def _missing(query: SearchQuery, answer: dict[str, Any]) -> tuple[str, ...]:
    """The words that nothing has of what was found."""
    found = answer["aggregations"].get("words", {"buckets": {}})["buckets"]
    return tuple(word for word in _doubtful(query) if not found[word]["doc_count"])


def _counts(values: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["groups"]["value"] for bucket in values["buckets"]}


def _highlights(hits: list[dict[str, Any]]) -> list[str]:
    return [text for hit in hits for texts in hit.get("highlight", {}).values() for text in texts]


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
        facets={name: tuple(codes) for name, codes in kept["facets"].items()},
        group=kept["group"],
        page_id=kept["page"],
        matched_language=_matched_language(hit.get("matched_queries", []), code),
    )


def _matched_language(names: list[str], code: str) -> str:
    return code if f"widened:{code}" in names else ""
