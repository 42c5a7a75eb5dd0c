"""Completing, likeness, likelier words, words of the same meaning: asked of every engine."""

import pytest

from core import widening
from core.audiences import MEMBERS, PUBLIC
from core.widening import Widening
from tests.search.conftest import NAME

READER = frozenset({PUBLIC})


def titles(hits):
    return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits]


def test_the_last_word_of_a_title_need_only_be_begun(bench):
    bench.fill(
        {"title": "Cotton recycling in Guimarães", "kind": "practice"},
        {"title": "Recycled wool"},
        {"title": "Recycling", "audience": frozenset({MEMBERS})},
        {"title": "Something else", "body": "recycling"},
    )
    cases = {
        "recyc": {"Cotton recycling in Guimarães", "Recycled wool"},
        "RECYCL": {"Cotton recycling in Guimarães", "Recycled wool"},
        "cotton rec": {"Cotton recycling in Guimarães"},
        "guimaraes": {"Cotton recycling in Guimarães"},
        "cotton silk": set(),
        "": set(),
        "'": set(),
    }
    assert {text: set(titles(bench.complete(text))) for text in cases} == cases
    word = "recycling"
    begun = {word[:length]: titles(bench.complete(word[:length])) for length in range(2, 10)}
    assert [
        text for text, found in begun.items() if "Cotton recycling in Guimarães" not in found
    ] == []
    assert titles(bench.complete("recyc"))[0] == "Recycled wool" or "sqlite" in bench.engine.name
    assert titles(bench.complete("recyc", filters={"kind": ("practice",)})) == [
        "Cotton recycling in Guimarães"
    ]
    assert len(bench.complete("recyc", limit=1)) == 1


def test_while_typing_the_last_word_of_a_question_need_only_be_begun(bench):
    bench.fill({"title": "Reciclatge", "language": "ca"}, {"title": "Recycling cotton"})
    assert bench.found("recic", is_prefix=True) == ["Reciclatge"]
    assert bench.found("cotton recyc", is_prefix=True) == ["Recycling cotton"]
    assert bench.found("recycli", is_prefix=True) == ["Recycling cotton"]
    assert bench.found("recic") == []


def test_what_is_alike_is_found_and_never_what_may_not_be_read(bench):
    about = {"title": "Dyeing with madder", "body": "madder and indigo dyeing of wool yarn"}
    source, *_others = bench.fill(
        about,
        {"title": "Madder and other dyes", "body": "dyeing wool yarn with madder"},
        {"title": "Madder for members", "body": about["body"], "audience": frozenset({MEMBERS})},
        {"title": "Accounting", "body": "tax"},
    )
    alike = bench.engine.similar(source, language="en", tokens=READER, limit=5)
    assert titles(alike) == ["Madder and other dyes"]
    both = bench.engine.similar(source, language="en", tokens=READER | {MEMBERS}, limit=5)
    assert len(both) == 2
    for unknown in (_others[1], "test.thing:0", "nonsense"):
        assert bench.engine.similar(unknown, language="en", tokens=READER, limit=5) == []


def test_typing_errors_are_forgiven_and_named(bench):
    bench.fill(
        {"title": "Natural dyes from madder"},
        {"title": "Embroidery", "audience": frozenset({MEMBERS})},
    )
    results = bench.search("natural maddre")
    assert titles(results.hits) == ["Natural dyes from madder"]
    alone = bench.search("maddre")
    hidden = bench.search("embroidary")
    assert (hidden.total, hidden.suggestion) == (0, "")
    if "typing errors" in bench.engine.can:
        assert titles(alone.hits) == ["Natural dyes from madder"]
    else:
        assert alone.hits == []
    if "suggest" in bench.engine.can:
        assert results.suggestion == "natural madder"
        assert bench.search("embroidary", tokens=READER | {MEMBERS}).suggestion == "embroidery"
    else:
        assert results.suggestion == ""
    assert bench.search("natural madder").suggestion == ""


@pytest.fixture
def felt(monkeypatch):
    """Somebody knows what felt is called elsewhere."""
    terms = {"en": ("felt",), "fr": ("feutre",), "ca": ("llana premsada",)}
    known = [Widening(start=0, words=("felt",), terms=terms)]
    widener = lambda text, language: known if "felt" in text.split() else []  # noqa: E731
    monkeypatch.setattr(widening, "_wideners", [widener])


def test_words_of_the_same_meaning_find_after_those_typed_and_say_so(bench, felt, settings):
    settings.ELASTICSEARCH_INDEX = f"{NAME}-languages"
    bench.fill(
        {"title": "Le feutre", "language": "fr"},
        {"title": "Un llana premsada", "language": "ca"},
        {"title": "Llana", "language": "ca"},
        {"title": "Making felt"},
    )
    hits = bench.search("felt").hits
    assert titles(hits[:1]) == ["Making felt"]
    assert {(hit.matched_language, *titles([hit])) for hit in hits} == {
        ("", "Making felt"),
        ("fr", "Le feutre"),
        ("ca", "Un llana premsada"),
    }


def test_the_best_entry_of_a_group_speaks_for_it(bench):
    bench.fill(
        {"title": "Looms", "kind": "topic", "group": "topic:1", "url": "/t/", "body": "looms"},
        {"title": "Looms", "kind": "post", "group": "topic:1", "url": "/p/", "body": "weft yarn"},
    )
    (hit,) = bench.search("weft yarn").hits
    assert (hit.url, hit.kind, hit.group) == ("/p/", "post", "topic:1")
    assert "<mark>weft</mark>" in hit.snippet


def test_a_hit_has_its_facets(bench):
    bench.fill({"title": "Felt", "facets": {"strategy": ["recycling"], "sector": ["13.10"]}})
    (hit,) = bench.search("felt").hits
    assert hit.facets == {"strategy": ("recycling",)}
    assert hit.page_id is None
