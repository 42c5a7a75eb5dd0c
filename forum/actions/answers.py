"""Saying which reply answers a topic.

A reply that is hidden or deleted stops being the answer with that change: see `transitions.settle`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import generation, searchable
from core.tasks import enqueue
from forum import errors, notifications, permissions, tasks
from forum.models import Notification, Post, Topic
from forum.models.notifications import Kind
from forum.states import State
from forum.transitions import lock

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def accept_answer(*, post: Post, user: User) -> Topic:
    """Make a public reply the answer of its topic, in place of another one; tell its author once.

    Returns the locked topic. Raises NotAllowed.
    """
    topic = lock(post.topic_id)
    current = Post.objects.get(pk=post.pk)
    is_reply = current.state == State.PUBLISHED and not current.is_opening
    if not (is_reply and current.topic_id == topic.pk and permissions.may_accept(user, topic)):
        raise errors.NotAllowed
    if topic.accepted_id == current.pk:
        return topic
    topic.accepted, topic.accepted_at, topic.accepted_by = current, timezone.now(), user
    _keep(topic)
    told = Notification.objects.filter(kind=Kind.ACCEPTED, post=current).exists()
    if current.author_id is not None and not told:
        notifications.notify(
            recipients=[current.author_id],
            kind=Kind.ACCEPTED,
            topic=topic,
            post=current,
            actor=user,
        )
    return topic


@transaction.atomic
def unaccept_answer(*, post: Post, user: User) -> Topic:
    """Take the acceptance of a reply back; where it is not the answer, nothing changes.

    Returns the locked topic. Raises NotAllowed.
    """
    topic = lock(post.topic_id)
    if not permissions.may_accept(user, topic):
        raise errors.NotAllowed
    if topic.accepted_id == post.pk:
        topic.accepted = topic.accepted_at = topic.accepted_by = None
        _keep(topic)
    return topic


def _keep(topic: Topic) -> None:
    topic.save(update_fields=["accepted", "accepted_at", "accepted_by"])
    generation.bump(generation.Area.POSTS)
    searchable.changed(topic)
    # Whether a topic is solved is said of its replies too.
    enqueue(tasks.index_replies, topic_id=topic.pk)
