"""What every engine promises, asked of each; what one can't do it says by name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audiences import MEMBERS, PUBLIC, STAFF, group_token
from search.query import DEEPEST, SearchQuery
from tests.search.conftest import NAME

TEXTS = {
    "Cotton offcuts sorted by hand": {
        "cotton": True,
        "COTTON": True,
        "cotton offcuts": True,
        "offcuts cotton": True,
        "cotton wool": True,
        "wool silk": False,
        '"sorted by hand"': True,
        '"offcuts cotton"': False,
        "cotton -wool": True,
        'cotton -"by machine"': True,
        "cotton -hand": False,
        'cotton -"by hand"': False,
        "cotton -": True,
        "- cotton": True,
        'cotton "': True,
    },
    "A T-shirt of cotton/polyester": {
        "t-shirt": True,
        "cotton": True,
        "polyester": True,
        "T-SHIRT cotton": True,
    },
    "Pràctica de reciclatge tèxtil": {
        "practica": True,
        "pràctica": True,
        "TEXTIL": True,
        "tèxtil": True,
    },
    "Genbrug på Bornholm": {"på": True, "bornholm": True, "pa": True},
    "Рециклиране на памук": {"памук": True, "ПАМУК": True, "рециклиране памук": True},
    "Țesături și fibre": {"tesaturi": True, "țesături": True},
}

# A text, and other forms of its words.
FORMS = {
    "en": ("Recycling of fabrics", ["recycled", "fabric"]),
    "ca": ("Organitzacions i teixits", ["teixit", "organització"]),
    "da": ("Genbrug af tekstiler", ["tekstil", "tekstilerne"]),
    "es": ("Residuos y tejidos", ["tejido", "residuo"]),
    "fr": ("L’économie des vêtements recyclés", ["economie", "vêtement", "vetement", "recyclé"]),
    "pt": ("Resíduos das empresas têxteis", ["resíduo", "residuo", "empresa"]),
    "bg": ("Рециклиране на тъканите", ["тъкани"]),
    "ro": ("Reciclarea țesăturilor", ["reciclare", "țesături", "tesaturi"]),
}


@pytest.mark.parametrize("place", ["title", "body"])
@pytest.mark.parametrize("text", TEXTS)
def test_words_phrases_and_exclusions(bench, text, place):
    bench.fill({"title": "Something else", "body": "of no use"}, {place: text})
    found = {question: bench.search(question).total == 1 for question in TEXTS[text]}
    assert found == TEXTS[text]


@pytest.mark.parametrize("language", FORMS)
def test_inflected_forms_are_found_in_the_languages_that_the_engine_knows(bench, language):
    title, forms = FORMS[language]
    bench.fill({"title": title, "language": language})
    if language in bench.stems:
        assert {form: bench.found(form) for form in forms} == {form: [title] for form in forms}
    else:
        assert bench.found(title) == [title]


def test_words_may_stand_in_different_fields(bench):
    bench.fill(
        {"title": "Carded", "summary": "washed wool", "organisation": "Fullers"}, {"title": "Wool"}
    )
    assert bench.found("wool washed fullers") == ["Carded", "Wool"]


def test_the_title_counts_more_than_the_text(bench):
    filler = "yarn dyed and spun and woven once more " * 20
    bench.fill(
        {"title": "Something else", "body": f"{filler} linen"},
        {"title": "Linen", "body": filler},
    )
    assert bench.found("linen") == ["Linen", "Something else"]


def test_the_readers_language_comes_first(bench, settings):
    # How rare a word is counts by language, so this needs an index without other tests' leftovers.
    settings.ELASTICSEARCH_INDEX = f"{NAME}-languages"
    bench.fill(
        {"title": "Denim", "language": "fr", "body": "denim"},
        {"title": "Denim", "language": "en", "body": "denim"},
        {"title": "Denim", "language": "da", "body": "denim"},
    )
    hits = bench.engine.search(SearchQuery(text="denim", language="da")).hits
    assert hits[0].language == "da"


READERS = [
    ({PUBLIC}, {"Open"}),
    ({PUBLIC, MEMBERS}, {"Open", "Inside"}),
    ({PUBLIC, MEMBERS, STAFF}, {"Open", "Inside", "Staff"}),
    ({PUBLIC, group_token(1)}, {"Open", "Group"}),
    ({PUBLIC, group_token(11)}, {"Open"}),
    (set(), set()),
]


@pytest.mark.parametrize(("tokens", "visible"), READERS)
def test_nothing_is_found_or_counted_beyond_the_readers_audiences(bench, tokens, visible):
    bench.fill(
        {"title": "Open", "body": "hemp", "kind": "page"},
        {"title": "Inside", "body": "hemp", "kind": "topic", "audience": frozenset({MEMBERS})},
        {"title": "Staff", "body": "hemp", "kind": "event", "audience": frozenset({STAFF})},
        {
            "title": "Group",
            "body": "hemp",
            "kind": "practice",
            "language": "fr",
            "audience": frozenset({group_token(1), group_token(2)}),
        },
    )
    results = bench.search("hemp", tokens=frozenset(tokens))
    assert {hit.title for hit in results.hits} == visible
    assert results.total == len(visible)
    assert sum(results.facets["kind"].values()) == len(visible)
    assert sum(results.facets["language"].values()) == len(visible)
    assert ("fr" in results.facets["language"]) == ("Group" in visible)


def test_a_group_is_one_hit_and_counts_once(bench):
    bench.fill(
        {"title": "Looms", "kind": "topic", "group": "topic:1", "body": "about looms"},
        {"title": "Looms", "kind": "post", "group": "topic:1", "body": "weft weft weft"},
        {"title": "Looms", "kind": "post", "group": "topic:1", "body": "a weft and another text"},
        {"title": "Weft", "kind": "page"},
    )
    results = bench.search("weft")
    assert sorted(hit.kind for hit in results.hits) == ["page", "post"]
    assert results.total == 2
    assert results.facets["kind"] == {"page": 1, "post": 1}


def test_a_facet_counts_what_its_values_would_find(bench):
    for kind, language, count in [("page", "en", 3), ("page", "fr", 2), ("event", "en", 1)]:
        bench.fill(*({"body": "flax", "kind": kind, "language": language} for _ in range(count)))
    everything = {"kind": {"page": 5, "event": 1}, "language": {"en": 4, "fr": 2}}
    only_pages = {"kind": {"page": 5, "event": 1}, "language": {"en": 3, "fr": 2}}
    french = {"kind": {"page": 2}, "language": {"en": 4, "fr": 2}}
    cases = [
        ({}, 6, everything),
        ({"filters": {"kind": ("page",)}}, 5, only_pages),
        ({"filters": {"kind": ("page", "event")}}, 6, everything),
        ({"filters": {"language": ("fr",)}}, 2, french),
        (
            {"filters": {"kind": ("event",), "language": ("fr",)}},
            0,
            {"kind": {"page": 2}, "language": {"en": 1}},
        ),
    ]
    for options, total, facets in cases:
        results = bench.search("flax", **options)
        assert results.total == total, options
        assert {name: results.facets[name] for name in ("kind", "language")} == facets, options
        assert len(results.hits) == total, options


def test_pages_hold_every_hit_once(bench):
    bench.fill(*({"body": "jute"} for _ in range(23)))
    pages = [bench.search("jute", page=number, page_size=10) for number in (1, 2, 3, 4)]
    sources = [hit.source for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [10, 10, 3, 0]
    assert len(set(sources)) == 23
    assert {page.total for page in pages} == {23}


def test_the_last_page_that_can_be_reached_is_answered(bench):
    bench.fill({"body": "jute"})
    assert bench.search("jute", page=DEEPEST // 10, page_size=10).total == 1


def test_found_words_are_marked_after_everything_was_escaped(bench):
    bench.fill(
        {
            "title": "Mohair <script>alert(1)</script>",
            "summary": "Nothing & more",
            "body": "before " * 100 + "& <b>mohair</b> \x02mohair\x03 " + "after " * 100,
        }
    )
    (hit,) = bench.search("mohair").hits
    assert hit.title == "<mark>Mohair</mark> &lt;script&gt;alert(1)&lt;/script&gt;"
    assert "<mark>mohair</mark>" in hit.snippet
    assert len(hit.snippet) < 400
    assert "<b>" not in hit.snippet
    assert hit.snippet.count("<mark>") == hit.snippet.count("</mark>")


def test_forms_without_their_accents_are_marked_too(bench):
    bench.fill({"title": "Pràctica", "language": "ca"})
    assert bench.search("practica").hits[0].title == "<mark>Pràctica</mark>"


def test_a_hit_says_what_it_is(bench):
    bench.fill(
        {
            "title": "Felt",
            "summary": "Pressed wool.",
            "organisation": "Fullers",
            "language": "ca",
            "kind": "practice",
            "is_sample": True,
        }
    )
    (hit,) = bench.search("felt").hits
    assert (hit.kind, hit.language) == ("practice", "ca")
    assert hit.url.startswith("/en/thing-")
    assert (hit.snippet, hit.organisation, hit.date) == ("Pressed wool.", "Fullers", None)
    assert hit.is_sample


anything = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="a\"-:()*&|!<>\\/~^+'\x00\x02\x03\u202e\u200f“” _.%", max_size=60),
    st.sampled_from(['"' * 99, "-" * 99, "a " * 5000, "ß" * 10_000, '-"', "\ud800", "AND OR NOT"]),
)


def test_no_text_makes_an_engine_fail(bench):
    bench.fill({"title": "a", "body": "and or not"})

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(text=anything, is_prefix=st.booleans())
    def ask(text, is_prefix):
        query = SearchQuery(text=text, language="en", is_prefix=is_prefix)
        if not query.is_empty:
            assert bench.engine.search(query).total in {0, 1}
        assert len(bench.engine.complete(query, 3)) <= 1

    ask()
