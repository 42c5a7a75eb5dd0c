"""Lists of topics and posts.

Rendered from here rather than by `include` in a loop: an include works out each of its fifteen
variables anew for each row, which was more than half of the time of a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from forum import standing
from forum.models import Penalty, Post, Topic
from forum.names import name_of
from forum.states import State

register = template.Library()


@register.simple_tag
def topic_rows(
    topics: Iterable[Topic], with_category: bool = False, heading: str = "h3"
) -> SafeString:
    """The rows of a list of topics; see `TopicQuerySet.rows`."""
    row, sample = get_template("components/card--topic.html"), _("Sample")
    rendered = [
        row.render(
            {
                "url": topic.get_absolute_url(),
                "title": topic.title,
                "lang": topic.language,
                "badge": _badge(topic, sample),
                "category": topic.category.label if with_category else "",
                "replies": topic.reply_count,
                "when": date_format(localtime(topic.last_post_at), "DATE_FORMAT"),
                "datetime": topic.last_post_at.isoformat(),
                "pinned": topic.pinned,
                "locked": topic.locked,
                "heading": heading,
                **_person(topic),
            }
        )
        for topic in topics
    ]
    return mark_safe("".join(rendered))  # noqa: S308


@register.simple_tag
def post_rows(posts: Iterable[Post]) -> SafeString:
    """The posts of a topic, with the `actions` and the `reason` that the view put beside them."""
    row, sample = get_template("components/post.html"), _("Sample")
    rendered = [
        row.render(
            {
                "number": post.number,
                "anchor": post.anchor,
                "when": date_format(localtime(post.shown_at), "DATETIME_FORMAT"),
                "datetime": post.shown_at.isoformat(),
                "body": mark_safe(post.html),  # noqa: S308 (made by forum.markdown)
                "lang": post.language,
                "url": post.get_absolute_url(),
                "badge": sample if post.is_sample else "",
                "state": "" if post.state == State.PUBLISHED else State(post.state).label,
                "note": getattr(post, "reason", ""),
                "note_url": getattr(post, "decision_url", ""),
                "actions": getattr(post, "actions", ()),
                **_person(post),
            }
        )
        for post in posts
    ]
    return mark_safe("".join(rendered))  # noqa: S308


@register.simple_tag
def penalty_of(user: Any) -> Penalty | None:
    """The penalty that keeps this reader from posting; see `forum.standing`."""
    return standing.penalty_of(user)


def _badge(topic: Topic, sample: str) -> Any:
    if topic.state != State.PUBLISHED:
        return State(topic.state).label
    return sample if topic.is_sample else ""


def _person(written: Topic | Post) -> dict[str, Any]:
    """What is shown of the author."""
    author = written.author
    profile = getattr(author, "profile", None)
    return {
        "author": name_of(author),
        "organisation": profile.organisation if profile else "",
        "avatar": profile.avatar if profile else None,
    }
