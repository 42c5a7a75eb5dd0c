"""What moderators do with whole topics: move, lock, pin; `forum.actions.merging` has the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import generation, searchable
from core.tasks import enqueue
from forum import errors, permissions, tasks
from forum.models import Category, ModerationLog, Topic
from forum.states import OtherAct, State
from forum.transitions import lock

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def move_topic(*, topic: Topic, moderator: User, category: Category, reason: str = "") -> Topic:
    """Put a topic on another shelf; the old address leads to the new one.

    Raises NotAllowed, NotMovable.
    """
    locked = lock_for(moderator, topic)[0]
    if not Category.objects.moderatable_by(moderator).filter(pk=category.pk).exists():
        raise errors.NotAllowed
    if locked.category_id == category.pk:
        raise errors.NotMovable(_("The topic is in this category already."))
    former = locked.category
    locked.category = category
    locked.save(update_fields=["category"])
    if locked.state == State.PUBLISHED:
        count_topics(former.pk, -1)
        count_topics(category.pk, 1)
    log(locked, moderator, OtherAct.MOVE, f"{former.name} → {category.name}. {reason}".strip())
    publish_changes(locked)
    return locked


@transaction.atomic
def set_locked(*, topic: Topic, moderator: User, locked: bool, reason: str = "") -> Topic:
    """Close a topic for replies, or open it again. Raises NotAllowed, AlreadyHandled."""
    act = OtherAct.LOCK if locked else OtherAct.UNLOCK
    return _set_flag(topic, moderator, "locked", locked, act, reason)


@transaction.atomic
def set_pinned(*, topic: Topic, moderator: User, pinned: bool, reason: str = "") -> Topic:
    """Keep a topic at the top of its category, or no longer. Raises NotAllowed, AlreadyHandled."""
    act = OtherAct.PIN if pinned else OtherAct.UNPIN
    return _set_flag(topic, moderator, "pinned", pinned, act, reason)


def lock_for(moderator: User, *topics: Topic) -> list[Topic]:
    """The topics as they now are, locked, in the order given. Raises NotAllowed.

    Locks are taken in the order of the topics' keys.
    """
    by_key = {pk: lock(pk) for pk in sorted({topic.pk for topic in topics})}
    found = [by_key[topic.pk] for topic in topics]
    within = Topic.objects.moderatable_by(moderator).filter(pk__in=by_key)
    merged = any(topic.merged_into_id for topic in found)
    if merged or within.count() != len(by_key) or not permissions.may_moderate(moderator):
        raise errors.NotAllowed
    return found


def _set_flag(
    topic: Topic, moderator: User, name: str, value: bool, act: OtherAct, reason: str
) -> Topic:
    locked = lock_for(moderator, topic)[0]
    if getattr(locked, name) is value:
        last = ModerationLog.objects.filter(topic=locked, action=act).select_related("actor")
        by = last.first()
        raise errors.AlreadyHandled(str(by.actor) if by and by.actor else "")
    setattr(locked, name, value)
    locked.save(update_fields=[name])
    log(locked, moderator, act, reason)
    generation.bump(generation.Area.POSTS)
    return locked


def count_topics(category_id: int, step: int) -> None:
    """Add to the number of public topics of a category."""
    Category.objects.filter(pk=category_id).update(topic_count=F("topic_count") + step)


def log(topic: Topic, moderator: User, act: OtherAct, reason: str) -> None:
    """Write down what was done with a topic."""
    ModerationLog.objects.create(topic=topic, actor=moderator, action=act, reason=reason)


def publish_changes(topic: Topic) -> None:
    """Have search and the caches look at a topic and its replies again."""
    generation.bump(generation.Area.POSTS)
    searchable.changed(topic)
    enqueue(tasks.index_replies, topic_id=topic.pk)
