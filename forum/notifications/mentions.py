"""Telling members that a post names them."""

from __future__ import annotations

from django.utils import timezone

from core.audiences import may_read
from forum.models import Mention, Post
from forum.models.notifications import Kind
from forum.notifications.inbox import notify
from forum.states import State


def tell_mentioned(post: Post) -> None:
    """Tell whoever a published post names and was not told yet, if they may read the topic."""
    topic = post.topic
    if post.state != State.PUBLISHED or topic.state != State.PUBLISHED:
        return
    waiting = Mention.objects.filter(post=post, told_at=None).select_related("user")
    readers = [one.user for one in waiting if may_read(one.user, {topic.category.audience})]
    if not readers:
        return
    Mention.objects.filter(post=post, user__in=readers).update(told_at=timezone.now())
    notify(
        recipients=[one.pk for one in readers],
        kind=Kind.MENTION,
        topic=topic,
        post=post,
        actor=post.author,
    )
