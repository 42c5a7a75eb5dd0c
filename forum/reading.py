"""How far a member has read.

What is older than the floor counts as read, so a new member does not begin with a mountain, and
no list ever looks further back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from forum.models import Category, CategoryRead, Post, Topic, TopicRead

REMEMBERED = timedelta(days=90)


def keeps_marks(user: Any) -> bool:
    """Whether read marks are kept for this reader: for members only."""
    return bool(user.is_authenticated and user.is_member)


def floor_of(user: Any) -> datetime:
    """The moment before which everything counts as read by this member."""
    return max(user.approved_at, timezone.now() - REMEMBERED)


def oldest_floor(user: Any, categories: Iterable[Category]) -> datetime:
    """The moment before which everything in these categories counts as read by this member."""
    floor = floor_of(user)
    marks = dict(CategoryRead.objects.filter(user=user).values_list("category", "read_at"))
    return min((max(floor, marks.get(one.pk, floor)) for one in categories), default=floor)


def first_unread(topic: Topic, user: Any) -> Post | None:
    """The first post here that a member can read and has not; None where there is none."""
    if not keeps_marks(user):
        return None
    marks = TopicRead.objects.filter(user=user, topic=topic)
    mark = marks.values_list("last_read_number", flat=True).first() or 0
    posts = Post.objects.published().filter(
        topic=topic, number__gt=mark, published_at__gt=oldest_floor(user, [topic.category])
    )
    return posts.order_by("number").first()
