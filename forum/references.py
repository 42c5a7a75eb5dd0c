"""Mentions and quotes: a text names people and posts by number, and shows their names of today.

Typed is `@[Name]`, or `@[Name](member:12)` as the search for people puts it in, and
`@[Name](post:34)` above a quote. Stored is the number alone, and only where it was checked: what a
reader may not know of is left as text. So a stored text can be rendered again without asking, and
whoever leaves the platform leaves quotes and mentions too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from forum.models import Post, Topic
from forum.names import name_of, named
from forum.states import State

TYPED = re.compile(
    r"@\[(?P<label>[^\[\]\n]{0,150})\](?:\((?P<kind>member|post):(?P<pk>[0-9]{1,10})\))?"
)
STORED = re.compile(r"@\[\]\((member|post):([0-9]{1,10})\)")
SHOWN = re.compile(r'<span data-(member|post)="([0-9]{1,10})"></span>')
LONGEST_QUOTE = 2000
MEMBER, POST = "member", "post"
# Keys are 64 bits wide; ten digits are enough for this forum.
Reference = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A text as it is stored, and the members whom it addresses (quoted lines address nobody)."""

    source: str
    members: frozenset[int] = field(default_factory=frozenset)


def mentionable(topic: Topic | None) -> QuerySet[Any]:
    """The members who may be mentioned: whoever takes part in the topic, and who agreed to it."""
    people = get_user_model().objects.members()
    agreed = Q(mention_consent__isnull=False)
    if topic is None:
        return people.filter(agreed)
    posted = Post.objects.filter(author=OuterRef("pk"), topic=topic, state=State.PUBLISHED)
    return people.filter(agreed | Exists(posted))


def resolve(source: str, *, topic: Topic | None, before: str = "") -> Resolved:
    """What to store of a typed text; `before` is the text that it replaces, whose references stand.

    Posts can be quoted in their own topic only, and only published ones.
    """
    known = _in(before)
    typed = list(TYPED.finditer(source))
    wanted: set[Reference] = {(m["kind"], int(m["pk"])) for m in typed if m["kind"]}
    names = {_folded(m["label"]) for m in typed if not m["kind"] and m["label"].strip()}
    allowed = known | _allowed(wanted - known, topic)
    by_name = _by_name(names, topic)

    def stored(match: re.Match[str]) -> str:
        if match["kind"]:
            reference: Reference | None = (match["kind"], int(match["pk"]))
        else:
            reference = by_name.get(_folded(match["label"]))
        if reference in allowed or (reference and not match["kind"]):
            return f"@[]({reference[0]}:{reference[1]})"
        return f"@[{match['label']}]"

    text = TYPED.sub(stored, source)
    addressing = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    return Resolved(text, frozenset(pk for kind, pk in _in(addressing) if kind == MEMBER))


def typed(source: str) -> str:
    """A stored text as its author edits it: with the names of today."""
    names = _names(_in(source))
    return STORED.sub(lambda m: f"@[{_label(m, names)}]({m[1]}:{m[2]})", source)


def readable(source: str) -> str:
    """A stored text with names in place of the numbers, as it is read and compared."""
    return all_readable([source])[0]


def all_readable(sources: Iterable[str]) -> list[str]:
    """The same for several texts; at most two queries for all of them together."""
    texts = list(sources)
    names = _names({one for text in texts for one in _in(text)})
    return [STORED.sub(lambda m: f"@{_label(m, names)}", text) for text in texts]


def shown(texts: Iterable[str]) -> list[SafeString]:
    """Rendered texts with the names put in; one query for all of them together."""
    rendered = list(texts)
    wanted = {(m[1], int(m[2])) for text in rendered for m in SHOWN.finditer(text)}
    names = _names(wanted) if wanted else {}

    def put(match: re.Match[str]) -> str:
        kind, pk = match[1], int(match[2])
        name = names.get((kind, pk))
        if kind == MEMBER:
            return format_html('<span class="mention">@{}</span>', name or name_of(None))
        if name is None:
            return format_html("{}", _("a post that is no longer here"))
        return format_html('<a href="{}">{}</a>', reverse("forum:post", args=[pk]), name)

    # What comes out of forum.markdown is safe, and names are escaped above.
    return [mark_safe(SHOWN.sub(put, text)) for text in rendered]  # noqa: S308


def quotation(post: Post) -> str:
    """A post as the beginning of an answer to it: the reference, the quoted lines, an empty line."""
    lines = [
        line
        for line in typed(post.source)[:LONGEST_QUOTE].splitlines()
        if not line.lstrip().startswith(">")
    ]
    quoted = [
        f"@[{label(post.author)}](post:{post.pk}):",
        "",
        *"\n".join(lines).strip().splitlines(),
    ]
    return "\n".join(f"> {line}".rstrip() for line in quoted) + "\n\n"


def label(person: Any) -> str:
    """A member's name as it is typed between the brackets."""
    return _clean(name_of(person))


def _in(source: str) -> set[Reference]:
    return {(match[1], int(match[2])) for match in STORED.finditer(source)}


def _allowed(wanted: set[Reference], topic: Topic | None) -> set[Reference]:
    members = {pk for kind, pk in wanted if kind == MEMBER}
    posts = {pk for kind, pk in wanted if kind == POST}
    found: set[Reference] = set()
    if members:
        known = mentionable(topic).filter(pk__in=members).values_list("pk", flat=True)
        found |= {(MEMBER, pk) for pk in known}
    if posts and topic is not None:
        known = Post.objects.filter(pk__in=posts, topic=topic, state=State.PUBLISHED)
        found |= {(POST, pk) for pk in known.values_list("pk", flat=True)}
    return found


def _by_name(names: set[str], topic: Topic | None) -> dict[str, Reference]:
    """Who is meant by a name alone: nobody where two members bear it."""
    if not names:
        return {}
    matching = Q()
    for name in names:
        matching |= Q(name__iexact=name)
    found: dict[str, set[int]] = {}
    for pk, name in mentionable(topic).filter(matching).values_list("pk", "name"):
        found.setdefault(_folded(name), set()).add(pk)
    return {name: (MEMBER, keys.pop()) for name, keys in found.items() if len(keys) == 1}


def _names(wanted: set[Reference]) -> dict[Reference, str]:
    """The names of today, by one query; a post is missing here unless it is published."""
    members = {pk for kind, pk in wanted if kind == MEMBER}
    posts = {pk for kind, pk in wanted if kind == POST}
    if not wanted:
        return {}
    people = get_user_model().objects.filter(pk__in=members).order_by()
    quoted = Post.objects.published().filter(pk__in=posts).order_by()
    rows = _named(people, MEMBER, "name").union(_named(quoted, POST, "author__name"), all=True)
    return {(row["kind"], row["key"]): named(row["name_now"]) for row in rows}


def _named(rows: QuerySet[Any], kind: str, name: str) -> QuerySet[Any]:
    given = {"kind": Value(kind, output_field=CharField()), "key": F("pk"), "name_now": F(name)}
    return rows.annotate(**given).values(*given)


def _label(match: re.Match[str], names: dict[Reference, str]) -> str:
    return _clean(names.get((match[1], int(match[2])), name_of(None)))


def _clean(name: str) -> str:
    """A name that cannot end its own brackets."""
    return re.sub(r"[\[\]\s]+", " ", name).strip()


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
