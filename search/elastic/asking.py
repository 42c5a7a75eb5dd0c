"""Queries as Elasticsearch is asked them.

A text is asked in its own language, where inflected forms are one word, and as it is written. Not
every word must be there: what has more of them, in weightier fields and closer together, is better.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.utils import timezone

from search.elastic.documents import LANGUAGES, exact_field, facet_field, field
from search.engines.base import READERS_LANGUAGE_BOOST, WIDENED_BOOST
from search.entries import UNDETERMINED
from search.query import SearchQuery

WEIGHTS = {"title": 4, "summary": 2, "headings": 2, "organisation": 2, "body": 1}

# In the reader's language any of the words do; in others most of them must be there, as a
# question's little words are other languages' words too.
SOME = "1"
MOST = "2<75%"

EVERY_WORD_BOOST = 0.4
AS_WRITTEN_BOOST = 0.3
TITLE_BOOST = 0.2
NEIGHBOURS_BOOST = 0.2
CLOSENESS_BOOST = 0.5
CLOSENESS_SLOP = 3
# Of a question in sentences: what costs much and tells little of one is asked of short ones only.
MOST_CLOSE_WORDS = 6
MOST_NEIGHBOURS = 24
MOST_FOREIGN_WORDS = 32
TYPING_ERROR_BOOST = 0.5
SHORTEST_BEGINNING = 2

# What is old counts up to so much less; what is to come, more than what is over.
FRESHNESS = 0.15
HALF_AS_FRESH = "1000d"
TO_COME = 0.3


def clause(kind: str, /, **options: Any) -> dict[str, Any]:
    """One clause of a query, as Elasticsearch takes it: a search has hundreds, objects cost too much."""
    return {kind: options}


def question(query: SearchQuery, left_out: list[str], misspelt: tuple[str, ...] = ()) -> Any:
    """The query without its filters; `left_out` names sources that must not be found.

    `misspelt` are those of its words that may be written with an error.
    """
    return clause(
        "bool",
        filter=[
            audience(query.tokens),
            *([clause("terms", entry=list(query.among))] if query.among else []),
        ],
        must=[_weighed(_wanted(query, misspelt))] if query.has_words else [],
        must_not=[
            *([clause("ids", values=left_out)] if left_out else []),
            *(_anywhere(term) for term in query.parsed.excluded),
        ],
    )


def audience(tokens: frozenset[str]) -> Any:
    """What these tokens may read."""
    return clause("terms", audience=sorted(tokens))


def narrowing(query: SearchQuery) -> dict[str, Any]:
    """{facet: filter} for every facet that is chosen."""
    return {
        name: clause("terms", **{facet_field(name): list(values)})
        for name, values in query.chosen.items()
    }


def _wanted(query: SearchQuery, misspelt: tuple[str, ...]) -> Any:
    phrases = [_as_written(phrase) for phrase in query.parsed.phrases]
    words = _ways(query, misspelt)
    return clause("bool", must=phrases, should=words, minimum_should_match=0 if phrases else 1)


def _ways(query: SearchQuery, misspelt: tuple[str, ...]) -> list[Any]:
    """The ways in which an entry can have what is asked for; one is enough."""
    if not query.words:
        return []
    text = " ".join(query.telling)
    ways = [_in_language(code, query) for code in _languages(query)]
    ways.append(_combined(_exact_fields(), text, minimum_should_match=MOST, boost=AS_WRITTEN_BOOST))
    ways += [_nearly(word) for word in misspelt]
    if query.is_prefix:
        ways.append(begun(query.words))
    ways += [
        _phrase(_fields(code), term, boost=WIDENED_BOOST, _name=f"widened:{code}")
        for code, terms in query.widened.items()
        if code in LANGUAGES
        for term in terms
    ]
    return ways


def _languages(query: SearchQuery) -> tuple[str, ...]:
    """The languages in which a question is asked, the reader's among them."""
    if len(query.words) > MOST_FOREIGN_WORDS:
        return (_readers(query),)
    return tuple(dict.fromkeys((*LANGUAGES, _readers(query))))


def _readers(query: SearchQuery) -> str:
    return query.language if query.language in LANGUAGES else UNDETERMINED


def _in_language(code: str, query: SearchQuery) -> Any:
    text = " ".join(query.telling)
    is_readers = code == _readers(query)
    is_loose = is_readers and query.sort == "relevance"
    better = []
    if len(query.words) <= MOST_CLOSE_WORDS:
        better.append(_combined(_fields(code), text, operator="and", boost=EVERY_WORD_BOOST))
    if 1 < len(query.words) <= MOST_CLOSE_WORDS:
        close = {"slop": CLOSENESS_SLOP, "boost": CLOSENESS_BOOST}
        better.append(_phrase(_fields(code), text, **close))
    if is_readers:
        better += _written_so(query)
    if is_loose:
        told = set(query.telling)
        again = " ".join(word for word in query.repeated if word in told)
        wanted = _combined(_fields(code), again, minimum_should_match=SOME)
    else:
        wanted = _combined(_fields(code), text, minimum_should_match=MOST)
    return clause(
        "bool",
        must=[wanted],
        should=better,
        boost=READERS_LANGUAGE_BOOST if is_readers else 1,
    )


def _written_so(query: SearchQuery) -> list[Any]:
    """What makes a text better that has the very words, little ones among them, and their order."""
    is_text = len(query.words) > len(query.telling)
    text = " ".join(query.telling if is_text else query.parsed.words)
    return [
        _combined(_exact_fields(), text, boost=AS_WRITTEN_BOOST),
        clause("match", **{exact_field("title"): {"query": text, "boost": TITLE_BOOST}}),
        *(
            _phrase([exact_field(name) for name in WEIGHTS], pair, boost=NEIGHBOURS_BOOST)
            for pair in _neighbours(query)
        ),
    ]


def _neighbours(query: SearchQuery) -> list[str]:
    """Words that follow each other, one of them at least saying something."""
    telling = set(query.words)
    pairs = (
        f"{first} {second}"
        for first, second in pairwise(query.parsed.words)
        if first in telling or second in telling
    )
    return list(dict.fromkeys(pairs))[:MOST_NEIGHBOURS]


def _weighed(wanted: Any) -> Any:
    """The score times how fresh: 1 at most, except for what is still to come."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    is_over = {"range": {"date": {"lt": now.isoformat()}}}
    is_to_come = {
        "bool": {
            "filter": [{"term": {"kind": "event"}}],
            "must_not": [is_over, {"bool": {"must_not": {"exists": {"field": "date"}}}}],
        }
    }
    ages = {"origin": now.isoformat(), "offset": "90d", "scale": HALF_AS_FRESH, "decay": 0.5}
    return clause(
        "function_score",
        query=wanted,
        functions=[
            {"weight": 1 - FRESHNESS},
            {"filter": is_over, "exp": {"date": ages}, "weight": FRESHNESS},
            {"filter": {"bool": {"must_not": is_over}}, "weight": FRESHNESS},
            {"filter": is_to_come, "weight": TO_COME},
        ],
        score_mode="sum",
        boost_mode="multiply",
    )


def begun(words: tuple[str, ...]) -> Any:
    """All the words, the last one only begun."""
    *whole, last = words
    fields = [exact_field("title")]
    if len(last) >= SHORTEST_BEGINNING:
        fields = [exact_field(name) for name in WEIGHTS]
    beginning = clause("multi_match", query=last, type="phrase_prefix", fields=fields)
    before = [_combined(_exact_fields(), " ".join(whole), operator="and")] if whole else []
    return clause("bool", must=[*before, beginning])


def title_begun(words: tuple[str, ...]) -> Any:
    """A title with all the words, the last one only begun; better where it begins with them."""
    text = " ".join(words)
    title = exact_field("title")
    return clause(
        "bool",
        must=[clause("match_bool_prefix", **{title: {"query": text, "operator": "and"}})],
        should=[clause("match_phrase_prefix", **{title: {"query": text}})],
    )


def marking(query: SearchQuery, misspelt: tuple[str, ...] = ()) -> Any:
    """What is marked in the hits: every word in whatever form it was found."""
    text = " ".join(query.telling)
    ways = [_phrase(_exact_fields(), phrase) for phrase in query.parsed.phrases]
    if text:
        ways += [_combined(_fields(code), text) for code in LANGUAGES]
        ways.append(_combined(_exact_fields(), text))
        if query.is_prefix:
            ways.append(begun(query.words[-1:]))
    ways += [_nearly(word) for word in misspelt]
    ways += [
        _phrase(_fields(code), term)
        for code, terms in query.widened.items()
        if code in LANGUAGES
        for term in terms
    ]
    return clause("bool", should=ways)


def having(word: str, language: str) -> Any:
    """Entries that have a word, as it is written or in the reader's language."""
    ways = [_combined(_exact_fields(), word, operator="and")]
    if language in LANGUAGES:
        ways.append(_combined(_fields(language), word, operator="and"))
    return clause("bool", should=ways)


def _nearly(word: str) -> Any:
    return clause(
        "multi_match",
        query=word,
        fields=_exact_fields(),
        fuzziness="AUTO",
        prefix_length=1,
        max_expansions=30,
        boost=TYPING_ERROR_BOOST,
    )


def _as_written(phrase: str) -> Any:
    return _phrase(_exact_fields(), phrase)


def _anywhere(term: str) -> Any:
    in_languages = [_phrase(_fields(code), term) for code in LANGUAGES]
    return clause("bool", should=[*in_languages, _as_written(term)])


def _combined(fields: list[str], text: str, **options: Any) -> Any:
    return clause("combined_fields", query=text, fields=fields, **options)


def _phrase(fields: list[str], phrase: str, **options: Any) -> Any:
    return clause("multi_match", query=phrase, type="phrase", fields=fields, **options)


def _fields(code: str) -> list[str]:
    return [f"{field(code, name)}^{weight}" for name, weight in WEIGHTS.items()]


def _exact_fields() -> list[str]:
    return [f"{exact_field(name)}^{weight}" for name, weight in WEIGHTS.items()]
