import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing import LONGEST_TEXT, MOST_TERMS, ParsedText, parse

CASES = [
    ("", ParsedText()),
    ("  \t\n", ParsedText()),
    ("cotton", ParsedText(("cotton",))),
    ("cotton  wool\u00a0silk", ParsedText(("cotton", "wool", "silk"))),
    ("cotton cotton", ParsedText(("cotton",))),
    ('"circular economy"', ParsedText((), ("circular economy",))),
    ("«circular   economy» fibre", ParsedText(("fibre",), ("circular economy",))),
    ('"cotton"', ParsedText(("cotton",))),
    ('cotton "circular economy', ParsedText(("cotton", "circular", "economy"))),
    ("cotton -organic", ParsedText(("cotton",), (), ("organic",))),
    ('cotton -"raw silk"', ParsedText(("cotton",), (), ("raw silk",))),
    ("-organic", ParsedText((), (), ("organic",))),
    ("t-shirt", ParsedText(("t-shirt",))),
    ("- cotton -- !! …", ParsedText(("cotton",))),
    ("\u202ecot\u200bton\x00 \u200fwool", ParsedText(("cotton", "wool"))),
    ("ﬁbre", ParsedText(("fibre",))),
    ("cotton\ud800", ParsedText(("cotton",))),
    ("AND OR NOT", ParsedText(("AND", "OR", "NOT"))),
]


@pytest.mark.parametrize(("text", "parsed"), CASES)
def test_a_text_is_understood(text, parsed):
    assert parse(text) == parsed


@given(st.text(max_size=3000))
def test_any_text_parses_within_the_bounds(text):
    parsed = parse(text)
    terms = [*parsed.words, *parsed.phrases, *parsed.excluded]
    assert len(terms) <= MOST_TERMS
    assert sum(map(len, terms)) <= LONGEST_TEXT
    for term in terms:
        assert '"' not in term
        assert any(character.isalnum() for character in term)
        term.encode()
