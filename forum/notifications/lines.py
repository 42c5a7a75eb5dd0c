"""A line of the inbox as its reader may see it now: what, where, who, when, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from forum.markdown import plain
from forum.models import Notification, Post, Topic
from forum.models.notifications import FOLDED, Kind
from forum.names import name_of
from forum.references import shown

LONGEST_EXCERPT = 300

# Done by another member, who is named; nobody is for the rest.
BY_SOMEBODY = (Kind.ACCEPTED, Kind.CONSENT)
# These lead to the page of one's own cases, where decisions and reports are.
CASES = (Kind.DECISION, Kind.APPEAL, Kind.REPORT)


@dataclass(frozen=True, slots=True)
class Line:
    """What may be shown of a notification. Texts are in the active language, but for title and excerpt.

    `title`, `category` and `address` are empty where the topic cannot be read any more; `who` is
    empty for what nobody in particular has done.
    """

    pk: int
    kind: Kind
    what: str
    topic_id: int | None
    title: str
    language: str
    category: str
    who: str
    when: datetime
    excerpt: str
    excerpt_language: str
    address: str
    is_read: bool

    @property
    def is_folded(self) -> bool:
        """Whether it stands for all that follows until it is read."""
        return self.kind in FOLDED


def lines_of(user: Any, rows: Iterable[Any]) -> list[Line]:
    """The lines of these `rows()`, which `visible_to(user)` has narrowed; four queries for all at most."""
    notifications = list(rows)
    posts = {
        post.pk: post
        for post in Post.objects.visible_to(user)
        .filter(pk__in=[row.shown_post for row in notifications if row.shown_post])
        .select_related("author")
    }
    topics = {
        topic.pk: topic
        for topic in Topic.objects.visible_to(user)
        .filter(pk__in={row.topic_id for row in notifications if row.topic_id})
        .select_related("category")
    }
    texts = dict(zip(posts, shown(post.html for post in posts.values()), strict=True))
    return [
        _line(
            row,
            topics.get(row.topic_id),
            posts.get(row.shown_post),
            texts.get(row.shown_post, ""),
        )
        for row in notifications
    ]


def _line(row: Any, topic: Topic | None, post: Post | None, text: str) -> Line:
    kind = Kind(row.kind)
    return Line(
        pk=row.pk,
        kind=kind,
        what=str(kind.label),
        topic_id=topic.pk if topic else None,
        title=topic.title if topic else "",
        language=topic.language if topic else "",
        category=topic.category.label if topic else "",
        who=_who(row, kind, post),
        when=row.created_at,
        excerpt=_excerpt(text) if post and topic else "",
        excerpt_language=post.language if post else "",
        address=_address(row, kind, topic, post),
        is_read=row.read_at is not None,
    )


def _who(row: Notification, kind: Kind, post: Post | None) -> str:
    """Of posts the author: the first reply that is there may no longer be the one of the line.

    Authors are not told which moderator decided.
    """
    if kind in FOLDED:
        return name_of(post.author if post else row.actor)
    return name_of(row.actor) if kind in BY_SOMEBODY else ""


def _address(row: Notification, kind: Kind, topic: Topic | None, post: Post | None) -> str:
    if kind in CASES:
        return reverse("forum:cases")
    if topic is None:
        return ""
    if kind == Kind.CONSENT:
        is_asked = post is not None and post.author_id == row.user_id
        return reverse("forum:consent" if is_asked else "forum:practice", args=[topic.pk])
    return topic.get_absolute_url() if post is None else post.get_absolute_url()


def _excerpt(html: str) -> str:
    text = plain(html)
    if len(text) <= LONGEST_EXCERPT:
        return text
    return text[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"
