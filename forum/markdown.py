"""From what a member types to the HTML that others see: one pipeline for posts and previews.

markdown-it turns Markdown into HTML and passes no HTML through; nh3 then keeps a short list of
elements. Either alone would do, both must fail before a post can carry a script.
"""

from __future__ import annotations

import html
import re
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# Stored beside each post: raise it with every change of what `render` makes of the same text.
RENDERER_VERSION = 2
LONGEST_SOURCE = 20_000
# A table of few signs can become many cells.
LONGEST_HTML = 200_000
# The topic's title is the page's h1 and each post's author an h2.
HEADING_SHIFT = 2
# Time grows with the depth of brackets; twenty lists in each other are more than anybody writes.
DEEPEST_NESTING = 40
DEEPEST_HEADING = 6

TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
    }
    | {"s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
QUOTES = frozenset({"blockquote"})
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "span": {"data-member", "data-post"},
}
# A member or a post by number, as `forum.references` stores it: names are put in when it is shown.
REFERENCE = re.compile(r"@\[[^\[\]\n]*\]\((member|post):([0-9]{1,10})\)")
# What is wider than the column scrolls by itself, with the keyboard too.
SET_ATTRIBUTES = {
    "div": {"class": "table-scroll", "tabindex": "0"},
    "pre": {"tabindex": "0"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow ugc noopener noreferrer"


def _demote_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1:]) + HEADING_SHIFT, DEEPEST_HEADING)
            token.tag = f"h{level}"


def _open_table(*_args: Any) -> str:
    return "<div><table>\n"


def _close_table(*_args: Any) -> str:
    return "</table></div>\n"


def _read_reference(state: StateInline, silent: bool) -> bool:
    found = REFERENCE.match(state.src, state.pos)
    if found is None or state.linkLevel:
        return False
    if not silent:
        state.push("reference", "", 0).meta = {"kind": found[1], "pk": int(found[2])}
    state.pos = found.end()
    return True


def _write_reference(_self: Any, tokens: list[Token], index: int, *_args: Any) -> str:
    meta = tokens[index].meta
    return f'<span data-{meta["kind"]}="{meta["pk"]}"></span>'


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": True, "maxNesting": DEEPEST_NESTING}
    parser = MarkdownIt("js-default", options)
    # Only what begins with a scheme is an address: "fabric.it" in a sentence is none.
    linkify: Any = parser.linkify
    linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    for scheme in ("ftp:", "//"):
        linkify.add(scheme, None)
    # No image of another site: it would tell that site who reads.
    parser.disable("image")
    # The other of the two rules for bare addresses does this work; this one is quadratic in "://".
    parser.inline.ruler.disable("linkify")
    parser.inline.ruler.push("reference", _read_reference)
    parser.add_render_rule("reference", _write_reference)
    parser.core.ruler.push("demote_headings", _demote_headings)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


_markdown = _parser()
_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    set_tag_attribute_values=SET_ATTRIBUTES,
    url_schemes=set(SCHEMES),
    link_rel=LINK_REL,
)

_unquoting = nh3.Cleaner(
    tags=set(TAGS) - QUOTES,
    clean_content_tags=set(QUOTES),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    set_tag_attribute_values=SET_ATTRIBUTES,
    url_schemes=set(SCHEMES),
    link_rel=LINK_REL,
)


def render(source: str) -> str:
    """Safe HTML of a Markdown text."""
    return _cleaner.clean(_markdown.render(source))


def unquoted(rendered: str) -> str:
    """Rendered HTML without what it quotes: those are the words of others."""
    return _unquoting.clean(rendered)


def plain(rendered: str) -> str:
    """The text of rendered HTML without markup, on one line: for search, feeds and summaries."""
    text = html.unescape(re.sub(r"<[^>]*>", "", rendered))
    return " ".join(text.split())
