"""Nothing that a member types becomes anything but text and the few elements on the list."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.markdown import (
    ATTRIBUTES,
    LINK_REL,
    LONGEST_SOURCE,
    SCHEMES,
    SET_ATTRIBUTES,
    TAGS,
    plain,
    render,
)

PAYLOADS = (Path(__file__).parent / "xss_corpus.txt").read_text(encoding="utf-8").splitlines()
PIECES = [
    *PAYLOADS,
    "\n",
    "\n\n",
    "    ",
    "[",
    "](",
    ")",
    "<",
    ">",
    '"',
    "'",
    "`",
    "\\",
    "&",
    "\x00",
    "\t",
]


EXTRA = {"a": {"rel"}}


class Reader(HTMLParser):
    """What a browser would see."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(text):
    for tag, attributes in Reader(text).elements:
        assert tag in TAGS
        fixed = SET_ATTRIBUTES.get(tag, {})
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | fixed.keys() | EXTRA.get(tag, set())
        assert fixed.items() <= attributes.items()
        if tag == "a":
            assert attributes["rel"] == LINK_REL
            assert urlsplit(attributes.get("href", "")).scheme in SCHEMES | {""}


def test_corpus_is_large():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 300


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_harmless(payload):
    for text in (
        payload,
        f"[a]\n\n{payload}",
        f"|a|\n|-|\n{payload}",
        f"1. {payload}\n> {payload}",
    ):
        assert_harmless(render(text))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=12).map("".join))
def test_any_mixture_is_harmless(text):
    assert_harmless(render(text))


@given(st.text(max_size=300))
def test_plain_text_holds_no_markup(text):
    """What is left of the tags of `render` is text; the signs < and > in it were typed."""
    assert plain(render(text)).count("<") <= text.count("<") + text.count("&")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# One", "<h3>One</h3>"),
        ("###### Six", "<h6>Six</h6>"),
        ("Two\n---", "<h4>Two</h4>"),
        ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("`" * 3 + "\nx < y\n" + "`" * 3, '<pre tabindex="0"><code>x &lt; y\n</code></pre>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        (
            "see https://a.example/x_y_z, and fabric.it",
            f'<p>see <a href="https://a.example/x_y_z" rel="{LINK_REL}">https://a.example/x_y_z</a>, and fabric.it</p>',
        ),
        (
            "[m](mailto:x@example.org)",
            f'<p><a href="mailto:x@example.org" rel="{LINK_REL}">m</a></p>',
        ),
        ("[f](ftp://a.example)", f'<p><a rel="{LINK_REL}">f</a></p>'),
        (
            "![alt](https://a.example/i.png)",
            f'<p>!<a href="https://a.example/i.png" rel="{LINK_REL}">alt</a></p>',
        ),
    ],
)
def test_renders(source, expected):
    assert render(source).strip() == expected


def test_plain_joins_blocks_with_a_space():
    assert plain(render("# A\n\nb **c**\n\n|d|e|\n|-|-|\n|f|&amp;|")) == "A b c d e f &"


@pytest.mark.parametrize(
    "piece", ["[", ">", "*a", "![[", "[a](", "<a", "- ", "|\n", "://", "http://", "*_", "&#"]
)
def test_longest_text_ends(piece):
    """Deep or repetitive input is cut or passed, never refused with an error."""
    text = (piece * LONGEST_SOURCE)[:LONGEST_SOURCE]
    assert_harmless(render(text))
