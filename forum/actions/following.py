"""Who follows what: watching, tracking and muting topics and categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forum import errors, permissions
from forum.models import (
    Category,
    CategorySubscription,
    Notification,
    NotificationPreferences,
    Topic,
    TopicSubscription,
)
from forum.models.following import Level
from forum.models.notifications import FOLDED

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def follow_topic(*, user: User, topic: Topic, level: Level | None) -> None:
    """Watch, track or mute a topic; None: neither.

    What a member mutes is read with it. Raises NotAllowed where the member may not read the topic.
    """
    if not permissions.may_follow_topic(user, topic):
        raise errors.NotAllowed
    set_topic_level(user, topic, level)


def set_topic_level(user: User, topic: Topic, level: Level | None) -> None:
    """Store a level without asking who may; what is muted is read with it."""
    rows = TopicSubscription.objects
    if level is None:
        rows.filter(user=user, topic=topic).delete()
    else:
        rows.update_or_create(user=user, topic=topic, defaults={"level": level})
    if level == Level.MUTE:
        muted = Notification.objects.unread().filter(user=user, topic=topic, kind__in=FOLDED)
        muted.update(read_at=timezone.now())


@transaction.atomic
def follow_category(*, user: User, category: Category, level: Level | None) -> None:
    """Watch, track or mute the new topics of a category; None: neither.

    Raises NotAllowed where the member may not read the category.
    """
    if not permissions.may_follow_category(user, category):
        raise errors.NotAllowed
    rows = CategorySubscription.objects
    if level is None:
        rows.filter(user=user, category=category).delete()
    else:
        rows.update_or_create(user=user, category=category, defaults={"level": level})


def watch_own(*, author: User, topic: Topic) -> None:
    """Have an author watch the topic, unless a choice was made about it or against watching.

    Called where a text is stored, inside that transaction.
    """
    declined = NotificationPreferences.objects.filter(user=author, watches_own=False)
    if not declined.exists():
        TopicSubscription.objects.bulk_create(
            [TopicSubscription(user=author, topic=topic, level=Level.WATCH)], ignore_conflicts=True
        )
