"""What moderators do with whole topics: move, lock, pin, merge, split.

Permalinks name posts by their key, so they survive all of it. Locks are taken in the order of the
topics' keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import string_to_ascii

from core import generation, searchable
from core.tasks import enqueue
from forum import errors, permissions, tasks
from forum.models import Category, ModerationLog, Notification, Post, Topic
from forum.models.notifications import FOLDED
from forum.states import OtherAct, State
from forum.transitions import find_last_post, lock

if TYPE_CHECKING:
    from members.models import User

SLUG_LENGTH = 80
MOST_SPLIT = 200
COUNTERS = ("last_number", "reply_count", "last_post", "last_post_at")


@transaction.atomic
def move_topic(*, topic: Topic, moderator: User, category: Category, reason: str = "") -> Topic:
    """Put a topic on another shelf; the old address leads to the new one.

    Raises NotAllowed, NotMovable.
    """
    locked = _locked(moderator, topic)[0]
    if not Category.objects.moderatable_by(moderator).filter(pk=category.pk).exists():
        raise errors.NotAllowed
    if locked.category_id == category.pk:
        raise errors.NotMovable(_("The topic is in this category already."))
    former = locked.category
    locked.category = category
    locked.save(update_fields=["category"])
    if locked.state == State.PUBLISHED:
        _count(former.pk, -1)
        _count(category.pk, 1)
    _log(locked, moderator, OtherAct.MOVE, f"{former.name} → {category.name}. {reason}".strip())
    _publish_changes(locked)
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


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, moderator: User, reason: str = "") -> Topic:
    """Append a topic's posts to another one, after its last number, and return that one.

    The emptied topic leads there. Raises NotAllowed, NotMovable.
    """
    if topic.pk == into.pk:
        raise errors.NotMovable(_("A topic cannot be merged into itself."))
    source, target = _locked(moderator, topic, into)
    if source.state != State.PUBLISHED or target.state != State.PUBLISHED:
        raise errors.NotMovable(_("Only published topics can be merged."))
    if source.category.audience != target.category.audience:
        raise errors.NotMovable(
            _("The two categories have different readers. Move the topic first.")
        )
    moved = Post.objects.filter(topic=source)
    first, count = target.last_number + 1, source.reply_count + 1
    # New versions: whoever has one of these posts on the screen is told to look again.
    moved.update(
        topic=target,
        number=F("number") + target.last_number,
        is_opening=False,
        version=F("version") + 1,
    )
    target.last_number += source.last_number
    target.reply_count += count
    _find_counters(target)
    source.state = State.DELETED
    source.merged_into = target
    source.last_number = source.reply_count = 0
    source.last_post, source.last_post_at = None, source.created_at
    source.pinned = False
    source.save(update_fields=[*COUNTERS, "state", "merged_into", "pinned"])
    Topic.objects.filter(merged_into=source).update(merged_into=target)
    _count(source.category_id, -1)
    _follow(source, target)
    _log(source, moderator, OtherAct.MERGE, f"→ {target.pk}: {target.title}. {reason}".strip())
    _log(target, moderator, OtherAct.MERGE, f"← {source.pk}: {source.title}, #{first}".strip())
    searchable.changed(source)
    _publish_changes(target)
    return target


@transaction.atomic
def split_topic(
    *, topic: Topic, posts: Sequence[int], title: str, moderator: User, reason: str = ""
) -> Topic:
    """Make a new topic of some published replies, in their order, and return it.

    `posts` are keys. Their old numbers are not given again. Raises NotAllowed, NotMovable.
    """
    source = _locked(moderator, topic)[0]
    chosen = Post.objects.filter(
        topic=source, pk__in=posts, state=State.PUBLISHED, is_opening=False
    ).order_by("number")
    rows = list(chosen.select_related("author")[: MOST_SPLIT + 1])
    if source.state != State.PUBLISHED:
        raise errors.NotMovable(_("Only published topics can be split."))
    if not rows or len(rows) != len(set(posts)) or len(rows) > MOST_SPLIT:
        raise errors.NotMovable(
            _("Choose up to %(most)d published replies of this topic.") % {"most": MOST_SPLIT}
        )
    new = Topic.objects.create(
        category=source.category,
        title=title,
        slug=slugify(string_to_ascii(title))[:SLUG_LENGTH].strip("-") or "topic",
        language=rows[0].language,
        author=rows[0].author,
        page_id=source.page_id,
        state=State.PUBLISHED,
        created_at=rows[0].created_at,
        last_post_at=timezone.now(),
        last_number=len(rows),
        reply_count=len(rows) - 1,
        is_sample=source.is_sample,
    )
    for number, post in enumerate(rows, start=1):
        post.topic, post.number = new, number
        post.is_opening = number == 1
        post.version += 1
    Post.objects.bulk_update(rows, ["topic", "number", "is_opening", "version"])
    _find_counters(new)
    source.reply_count -= len(rows)
    _find_counters(source)
    _count(source.category_id, 1)
    _log(source, moderator, OtherAct.SPLIT, f"→ {new.pk}: {title}. {reason}".strip())
    _log(new, moderator, OtherAct.SPLIT, f"← {source.pk}: {source.title}")
    searchable.changed(source)
    _publish_changes(new)
    return new


def _locked(moderator: User, *topics: Topic) -> list[Topic]:
    """The topics as they now are, locked, in the order given. Raises NotAllowed."""
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
    locked = _locked(moderator, topic)[0]
    if getattr(locked, name) is value:
        last = ModerationLog.objects.filter(topic=locked, action=act).select_related("actor")
        by = last.first()
        raise errors.AlreadyHandled(str(by.actor) if by and by.actor else "")
    setattr(locked, name, value)
    locked.save(update_fields=[name])
    _log(locked, moderator, act, reason)
    generation.bump()
    return locked


def _find_counters(topic: Topic) -> None:
    find_last_post(topic)
    topic.save(update_fields=list(COUNTERS))


def _count(category_id: int, step: int) -> None:
    Category.objects.filter(pk=category_id).update(topic_count=F("topic_count") + step)


def _follow(source: Topic, target: Topic) -> None:
    """Lines of the inbox about a merged topic are about the other one; still one until it is read."""
    lines = Notification.objects.filter(topic=source)
    folded = lines.filter(kind__in=FOLDED, read_at=None)
    known = Notification.objects.filter(topic=target, kind__in=FOLDED, read_at=None)
    doubled = set(known.values_list("user_id", "kind"))
    extra = [line.pk for line in folded if (line.user_id, line.kind) in doubled]
    Notification.objects.filter(pk__in=extra).delete()
    lines.update(topic=target)


def _log(topic: Topic, moderator: User, act: OtherAct, reason: str) -> None:
    ModerationLog.objects.create(topic=topic, actor=moderator, action=act, reason=reason)


def _publish_changes(topic: Topic) -> None:
    """Have search and the caches look at a topic and its replies again."""
    generation.bump()
    searchable.changed(topic)
    enqueue(tasks.index_replies, topic_id=topic.pk)
