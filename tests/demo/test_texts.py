"""From the plain texts of the files to rich text and blocks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.blocks.body import BodyBlock
from demo import texts


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("a **strong** word", "a <b>strong</b> word"),
        ("an *odd* word", "an <i>odd</i> word"),
        (
            "see [there](https://example.org/a?b=1)",
            'see <a href="https://example.org/a?b=1">there</a>',
        ),
        ("see [about](about/)", 'see <a href="/fr/about/">about</a>'),
        ("[mail](mailto:a@example.org)", '<a href="mailto:a@example.org">mail</a>'),
        ("5 < 6 & <script>", "5 &lt; 6 &amp; &lt;script&gt;"),
    ],
)
def test_one_paragraph(text, html):
    assert texts.inline(text, "fr") == html


@given(st.text(max_size=200))
def test_no_text_brings_its_own_markup(text):
    html = texts.inline(text, "en")
    assert set(re.findall(r"</?(\w+)", html)) <= {"a", "b", "i"}


def test_nothing_stays_nothing():
    assert texts.rich("", "en") == ""


def test_blocks_are_those_that_an_editor_could_have_made():
    items = [
        {"heading": "How"},
        {"text": "So."},
        {"list": ["One", "Two"]},
        {"quote": {"text": "Yes."}},
        {"key_figures": [{"value": "3", "unit": "t", "label": "kept", "source": "own"}]},
    ]
    block = BodyBlock()
    value = block.to_python(
        [
            {
                "type": kind,
                "value": block.child_blocks[kind].get_prep_value(
                    block.child_blocks[kind].normalize(value)
                ),
            }
            for kind, value in texts.body(items, "en")
        ]
    )
    assert [child.block_type for child in block.clean(value)] == [
        "heading",
        "text",
        "text",
        "quote",
        "key_figures",
    ]


def test_what_no_block_is_made_from_is_an_error():
    with pytest.raises(ValueError, match="video"):
        texts.body([{"video": "x"}], "en")
