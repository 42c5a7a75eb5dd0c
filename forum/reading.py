"""How far a member has read.

What is older than the floor counts as read, so a new member does not begin with a mountain, and
no list ever looks further back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.utils import timezone

from forum.models import Category, CategoryRead, Post, Topic, TopicRead
from forum.querysets import TopicQuerySet

REMEMBERED = timedelta(days=90)


def floor_of(user: Any) -> datetime | None:
    """The moment before which everything counts as read; None for who is no member.

    Only for members are marks kept. It is the approval or 90 days ago, whichever is later.
    """
    if not (user.is_authenticated and user.is_member):
        return None
    return max(user.approved_at, timezone.now() - REMEMBERED)


def marked(topics: TopicQuerySet, user: Any) -> TopicQuerySet:
    """These topics with the reader's marks, unless they have them: `TopicQuerySet.with_marks`."""
    if "is_unread" in topics.query.annotations:
        return topics
    return topics.with_marks(user, floor_of(user))


def unread(topics: TopicQuerySet, user: Any, categories: Iterable[Category]) -> TopicQuerySet:
    """What a member has not read of the topics of these categories; nothing for who is none."""
    floor = floor_of(user)
    if floor is None:
        return topics.none()
    # No topic above every mark need be looked at: after "mark all read" that is a short list.
    oldest = _oldest(user, categories, floor)
    recent = topics.published().filter(last_post__isnull=False, last_post_at__gt=oldest)
    # What `is_unread` says, said in another way: of two rows that are not there the planner makes
    # a good guess, and reads the newest topics one by one until the page is full. Of the comparisons
    # in `with_marks` it expects next to nothing, and joins and sorts every recent topic.
    last_public = Post.objects.filter(pk=OuterRef(OuterRef("last_post"))).values("number")
    read_here = TopicRead.objects.filter(
        Q(last_read_number__gte=OuterRef("last_number"))
        | Q(last_read_number__gte=Subquery(last_public)),
        user=user,
        topic=OuterRef("pk"),
    )
    read_with_all = CategoryRead.objects.filter(
        user=user, category=OuterRef("category"), read_at__gte=OuterRef("last_post_at")
    )
    return recent.filter(~Exists(read_here), ~Exists(read_with_all)).annotate(is_unread=Value(True))


def first_unread(topic: Topic, user: Any) -> Post | None:
    """The first post here that a member can read and has not; None where there is none."""
    floor = floor_of(user)
    if floor is None:
        return None
    marks = TopicRead.objects.filter(user=user, topic=topic)
    mark = marks.values_list("last_read_number", flat=True).first() or 0
    since = _oldest(user, [topic.category], floor)
    posts = Post.objects.published().filter(topic=topic, number__gt=mark, published_at__gt=since)
    return posts.order_by("number").first()


def give_news(posts: Iterable[Post], topic: Topic, user: Any) -> None:
    """Put `is_new` on the posts that came since this member last read here; `topic` has its marks.

    On a first visit none is: where everything is new, saying so helps nobody.
    """
    floor, mark = floor_of(user), topic.last_read_number  # type: ignore[attr-defined]
    if floor is None or mark is None:
        return
    since = max(floor, topic.unread_since or floor)  # type: ignore[attr-defined]
    for one in posts:
        one.is_new = bool(  # type: ignore[attr-defined]
            one.number and one.number > mark and one.author_id != user.pk and one.shown_at > since
        )


def _oldest(user: Any, categories: Iterable[Category], floor: datetime) -> datetime:
    """The moment before which everything in these categories counts as read by a member."""
    marks = dict(CategoryRead.objects.filter(user=user).values_list("category", "read_at"))
    return min((max(floor, marks.get(one.pk, floor)) for one in categories), default=floor)
