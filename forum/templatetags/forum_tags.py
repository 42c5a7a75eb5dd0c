"""Lists of topics and posts.

Here is found out what a row shows to this reader; `forum.rows` renders it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from forum import standing
from forum.identity import Place, places_of
from forum.models import Penalty, Post, Topic
from forum.moderators import moderator_keys
from forum.names import name_of
from forum.references import shown
from forum.rows import accepted_excerpt, post_row, topic_row
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
    reader = context["request"].user
    rendered = [
        topic_row(
            pk=topic.pk,
            slug=topic.slug,
            category_slug=topic.category.slug,
            category=topic.category.label if with_category else "",
            title=topic.title,
            language=topic.language,
            state=topic.state,
            is_sample=topic.is_sample,
            is_solved=topic.accepted_id is not None,
            is_unread=getattr(topic, "is_unread", False),
            pinned=topic.pinned,
            locked=topic.locked,
            replies=topic.reply_count,
            last_post_at=topic.last_post_at,
            heading=heading,
            author=name_of(topic.author),
            avatar=_address(byline(topic.author, reader)["avatar"]),
        )
        for topic in topics
    ]
    return mark_safe("".join(rendered))  # noqa: S308


@register.simple_tag(takes_context=True)
def post_rows(
    context: template.RequestContext, posts: Iterable[Post], accepted: Post | None = None
) -> SafeString:
    """The posts of a topic, with what the view put beside them: `offers`, `reason` and the like.

    `accepted`: the answer, an excerpt of which follows the opening post. A sample within a sample
    is not marked again: the topic is, above all of its posts.
    """
    reader = context["request"].user
    posts = list(posts)
    moderators, places = moderator_keys(), places_of(posts)
    rendered = []
    for post, body in zip(posts, shown(post.html for post in posts), strict=True):
        person = byline(post.author, reader)
        place = _confirmed(places.get(post.author_id or 0), person["organisation"])
        html = post_row(
            pk=post.pk,
            number=post.number,
            anchor=post.anchor,
            shown_at=post.shown_at,
            edited_at=post.edited_at,
            body=body,
            language=post.language,
            state=post.state,
            is_sample=post.is_sample and not post.topic.is_sample,
            is_accepted=getattr(post, "is_accepted", False),
            is_new=getattr(post, "is_new", False),
            author=name_of(post.author),
            author_url=person["author_url"],
            avatar=_address(person["avatar"]),
            is_moderator=post.author_id in moderators,
            organisation=person["organisation"],
            organisation_slug=place.slug if place else "",
            clusters=tuple(place.clusters) if place else (),
            reactions=getattr(post, "reaction_counts", ()),
            may_react=getattr(post, "may_react", False),
            offers=getattr(post, "offers", ()),
            quote_from=context.get("quote_from", ""),
            files=getattr(post, "files", ()),
            reason=getattr(post, "reason", ""),
            decision_url=getattr(post, "decision_url", ""),
            caution=getattr(post, "caution", ""),
        )
        rendered.append(html)
        if accepted is not None and post.is_opening:
            rendered.append(
                accepted_excerpt(
                    pk=accepted.pk,
                    number=accepted.number,
                    author=name_of(accepted.author),
                    html=accepted.html,
                    language=accepted.language,
                    caution=getattr(accepted, "caution", ""),
                )
            )
    return mark_safe("".join(rendered))  # noqa: S308


@register.filter
def with_names(html: str) -> SafeString:
    """Rendered text with the names of whom it mentions and quotes."""
    return shown([html])[0]


@register.simple_tag
def penalty_of(user: Any) -> Penalty | None:
    """The penalty that keeps this reader from posting; see `forum.standing`."""
    return standing.penalty_of(user)


@register.simple_tag(takes_context=True)
def organisation_of(context: template.RequestContext, person: Any) -> str:
    """The organisation of a person, where this reader may see it."""
    return str(byline(person, context["request"].user)["organisation"])


def _address(image: Any) -> str:
    return image.url if image else ""


def _confirmed(place: Place | None, organisation: str) -> Place | None:
    """The page and the clusters of the organisation shown, while the profile names it as it did."""
    return place if place is not None and organisation == place.named else None
