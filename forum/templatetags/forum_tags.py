"""Lists of topics and posts.

Rendered from here rather than by `include` in a loop: an include works out each of its fifteen
variables anew for each row, which was more than half of the time of a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import standing
from forum.identity import Place, places_of
from forum.markdown import plain
from forum.models import Penalty, Post, Topic
from forum.moderators import moderator_keys
from forum.names import name_of, place_name
from forum.references import shown
from forum.states import State
from members.visibility import byline

register = template.Library()


@register.simple_tag(takes_context=True)
def topic_rows(
    context: template.RequestContext,
    topics: Iterable[Topic],
    with_category: bool = False,
    heading: str = "h3",
) -> SafeString:
    """The rows of a list of topics; see `TopicQuerySet.rows`."""
    row, sample = get_template("components/card--topic.html"), _("Sample")
    reader = context["request"].user
    rendered = [
        row.render(
            {
                "url": topic.get_absolute_url(),
                "title": topic.title,
                "lang": topic.language,
                "badge": _badge(topic, sample),
                "solved": topic.accepted_id is not None,
                "unread_url": _unread_url(topic),
                "category": topic.category.label if with_category else "",
                "replies": topic.reply_count,
                "unit": ngettext("reply", "replies", topic.reply_count),
                "when": date_format(localtime(topic.last_post_at), "DATE_FORMAT"),
                "datetime": topic.last_post_at.isoformat(),
                "pinned": topic.pinned,
                "locked": topic.locked,
                "heading": heading,
                **_person(topic, reader),
            }
        )
        for topic in topics
    ]
    return mark_safe("".join(rendered))  # noqa: S308


@register.simple_tag(takes_context=True)
def post_rows(
    context: template.RequestContext, posts: Iterable[Post], accepted: Post | None = None
) -> SafeString:
    """The posts of a topic, with what the view put beside them: `actions`, `reason` and the like.

    `accepted`: the answer, an excerpt of which follows the opening post. A sample within a sample
    is not marked again: the topic is, above all of its posts.
    """
    row, sample = get_template("components/post.html"), _("Sample")
    reactions = get_template("components/reactions.html")
    reader = context["request"].user
    posts = list(posts)
    moderators, moderator = moderator_keys(), _("Moderator")
    places = places_of(posts)
    rendered = []
    for post, body in zip(posts, shown(post.html for post in posts), strict=True):
        bar, person = _shown_bar(post), _person(post, reader)
        html = row.render(
            {
                "number": post.number,
                "anchor": post.anchor,
                "place": place_name(post.number),
                "when": date_format(localtime(post.shown_at), "DATETIME_FORMAT"),
                "datetime": post.shown_at.isoformat(),
                "body": body,
                "lang": post.language,
                "url": post.get_absolute_url(),
                "badge": sample if post.is_sample and not post.topic.is_sample else "",
                "state": "" if post.state == State.PUBLISHED else State(post.state).label,
                "note": getattr(post, "reason", ""),
                "note_url": getattr(post, "decision_url", ""),
                "actions": getattr(post, "actions", ()),
                "accepted": getattr(post, "is_accepted", False),
                "caution": getattr(post, "caution", ""),
                "unread": getattr(post, "is_new", False),
                "reactions": reactions.render(bar) if bar else "",
                "files": getattr(post, "files", ()),
                "role": moderator if post.author_id in moderators else "",
                **_edited(post),
                **person,
                **_confirmed(places.get(post.author_id or 0), person["organisation"]),
            }
        )
        rendered.append(html)
        if accepted is not None and post.is_opening:
            rendered.append(_excerpt(accepted))
    return mark_safe("".join(rendered))  # noqa: S308


def _excerpt(post: Post) -> str:
    return get_template("pages/forum/_accepted.html").render(
        {
            "author": name_of(post.author),
            "text": plain(post.html),
            "lang": post.language,
            "url": post.get_absolute_url(),
            "number": post.number,
            "caution": getattr(post, "caution", ""),
        }
    )


def _unread_url(topic: Topic) -> str:
    """The way to what is new in a topic; see `TopicQuerySet.with_marks`."""
    if not getattr(topic, "is_unread", False):
        return ""
    return reverse("forum:unread_post", args=[topic.pk])


def _shown_bar(post: Post) -> dict[str, Any] | None:
    """The post's bar of reactions, where there is something in it: see `forum.views.reactions`."""
    bar: dict[str, Any] | None = getattr(post, "reaction_bar", None)
    return bar if bar and bar["options"] else None


@register.filter
def with_names(html: str) -> SafeString:
    """Rendered text with the names of whom it mentions and quotes."""
    return shown([html])[0]


def _edited(post: Post) -> dict[str, str]:
    if post.edited_at is None:
        return {}
    return {
        "edited": date_format(localtime(post.edited_at), "DATETIME_FORMAT"),
        "history_url": reverse("forum:history", args=[post.pk]),
    }


@register.simple_tag
def penalty_of(user: Any) -> Penalty | None:
    """The penalty that keeps this reader from posting; see `forum.standing`."""
    return standing.penalty_of(user)


def _badge(topic: Topic, sample: str) -> Any:
    if topic.state != State.PUBLISHED:
        return State(topic.state).label
    return sample if topic.is_sample else ""


@register.simple_tag(takes_context=True)
def organisation_of(context: template.RequestContext, person: Any) -> str:
    """The organisation of a person, where this reader may see it."""
    return str(byline(person, context["request"].user)["organisation"])


def _person(written: Topic | Post, reader: Any) -> dict[str, Any]:
    """What this reader is shown of the author."""
    return {"author": name_of(written.author), **byline(written.author, reader)}


def _confirmed(place: Place | None, organisation: str) -> dict[str, Any]:
    """The page and the clusters of the organisation shown, while the profile names it as it did."""
    if place is None or organisation != place.named:
        return {}
    return {
        "organisation_url": reverse("directory:profile", args=[place.slug]),
        "clusters": place.clusters,
    }
