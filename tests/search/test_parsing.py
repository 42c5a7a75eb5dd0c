import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing import LONGEST_TEXT, LONGEST_WORD, MOST_TERMS, ParsedText, parse

CASES = [
    ("", ParsedText()),
    ("  \t\n", ParsedText()),
    ("cotton", ParsedText(("cotton",))),
    ("cotton  wool\u00a0silk", ParsedText(("cotton", "wool", "silk"))),
    ("cotton wool cotton", ParsedText(("cotton", "wool", "cotton"))),
    ('"circular economy"', ParsedText((), ("circular economy",))),
    ("«circular   economy» fibre", ParsedText(("fibre",), ("circular economy",))),
    ('"cotton"', ParsedText(("cotton",))),
    ('cotton "circular economy', ParsedText(("cotton", "circular", "economy"))),
    (
        'who wrote that "less is more" in the early nineties',
        ParsedText(
            ("who", "wrote", "that", "less", "is", "more", "in", "the", "early", "nineties")
        ),
    ),
    ("a" * 300, ParsedText(("a" * LONGEST_WORD,))),
    ("cotton -organic", ParsedText(("cotton",), (), ("organic",))),
    ('cotton -"raw silk"', ParsedText(("cotton",), (), ("raw silk",))),
    ("-organic", ParsedText((), (), ("organic",))),
    ("t-shirt", ParsedText(("t-shirt",))),
    ("- cotton -- !! …", ParsedText(("cotton",))),
    ("\u202ecot\u200bton\x00 \u200fwool", ParsedText(("cotton", "wool"))),
    ("ﬁbre", ParsedText(("fibre",))),
    ("cotton\ud800", ParsedText(("cotton",))),
    ("AND OR NOT", ParsedText(("AND", "OR", "NOT"))),
    ("kind:event", ParsedText(filters={"kind": ("event",)})),
    ("Kind:EVENT wool", ParsedText(("wool",), filters={"kind": ("event",)})),
    ("kind:nonsense", ParsedText(("kind:nonsense",))),
    ("kind: event", ParsedText(("kind:", "event"))),
    ("colour:red", ParsedText(("colour:red",))),
    ("language:fr language:ca", ParsedText(filters={"language": ("fr", "ca")})),
    ("language:xx", ParsedText(("language:xx",))),
    ("country:pt region:pt11", ParsedText(filters={"country": ("PT",), "region": ("PT11",)})),
    (
        'tag:"Circular Economy" tag:denim',
        ParsedText(filters={"tag": ("circular-economy", "denim")}),
    ),
    ("year:2024 year:x", ParsedText(("year:x",), filters={"year": ("2024",)})),
    ("solved:yes", ParsedText(filters={"solved": ("yes",)})),
    ("-kind:event wool", ParsedText(("wool",), (), ("kind:event",))),
    ("http://kind:event", ParsedText(("http://kind:event",))),
    ("tag:—", ParsedText(("tag:—",))),
]


@pytest.mark.parametrize(("text", "parsed"), CASES)
def test_a_text_is_understood(text, parsed):
    assert parse(text) == parsed


def within_the_bounds(text):
    parsed = parse(text)
    terms = [*parsed.words, *parsed.phrases, *parsed.excluded]
    terms += [value for values in parsed.filters.values() for value in values]
    assert len(terms) <= MOST_TERMS
    assert sum(map(len, terms)) <= LONGEST_TEXT
    for term in terms:
        assert '"' not in term
        assert any(character.isalnum() for character in term)
        term.encode()


@given(st.text(max_size=3000))
def test_any_text_parses_within_the_bounds(text):
    within_the_bounds(text)


TELLING = "aA0ßé ж\"'“”«»-:()*&|!<>\\/~^+?{}\x00\x02\u200f\u202e\ud800%_. "


def test_ten_thousand_strings_parse_within_the_bounds():
    chance = random.Random(20_261_125)
    for number in range(10_000):
        length = chance.randrange(60)
        if number % 2:
            within_the_bounds("".join(chr(chance.randrange(0x11_0000)) for _ in range(length)))
        else:
            within_the_bounds("".join(chance.choices(TELLING, k=length)))
