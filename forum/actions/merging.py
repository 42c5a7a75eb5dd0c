"""Making one topic of two, and two of one.

Permalinks name posts by their key, so they survive it. So do the consents of authors: the posts get
new versions, for whoever has one on the screen is told to look again, but their texts are the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import searchable
from forum import errors
from forum.actions.topics import count_topics, lock_for, log, publish_changes
from forum.models import (
    ConsentRequest,
    Draft,
    Notification,
    Post,
    Proposal,
    Topic,
    TopicRead,
    TopicSubscription,
)
from forum.models.following import Level
from forum.models.notifications import FOLDED
from forum.models.practices import Consent
from forum.models.tags import MOST_TAGS
from forum.names import slug_of
from forum.states import OtherAct, State
from forum.transitions import find_last_post

if TYPE_CHECKING:
    from members.models import User

MOST_SPLIT = 200
BATCH = 1000
COUNTERS = ("last_number", "reply_count", "last_post", "last_post_at")
# The page that a topic is about, and what of it was seen.
ABOUT = ("page_id", "page_revision_id", "page_changed_at", "page_seen_id")
ACCEPTANCE = ("accepted", "accepted_at", "accepted_by")


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, moderator: User, reason: str = "") -> Topic:
    """Append a topic's posts to another one, after its last number, and return that one.

    The emptied topic leads there; what members have about it goes there, too. Read marks err on the
    side of "unread": only who had read the other topic to its end keeps what was read of this one,
    everybody else keeps the mark of the other one and finds all appended posts above it. (What a
    member said to know of a whole category goes by dates, as with a topic that is moved.)
    Subscriptions and drafts: see `_move_subscriptions` and `_move_drafts`. Tags are added as long as
    there is room. The accepted answer is the other topic's; this one's is one no longer. Of two
    pages that they are about the other topic's stays.

    Raises NotAllowed, NotMovable.
    """
    if topic.pk == into.pk:
        raise errors.NotMovable(_("A topic cannot be merged into itself."))
    source, target = lock_for(moderator, topic, into)
    if source.state != State.PUBLISHED or target.state != State.PUBLISHED:
        raise errors.NotMovable(_("Only published topics can be merged."))
    if source.category.audience != target.category.audience:
        raise errors.NotMovable(
            _("The two categories have different readers. Move the topic first.")
        )
    if Proposal.objects.filter(topic__in=[source, target]).count() > 1:
        raise errors.NotMovable(_("A best practice is made of each of the two topics."))
    moved = Post.objects.filter(topic=source)
    first, count = target.last_number + 1, source.reply_count + 1
    _move_marks(source, target)
    _keep_consents(moved)
    moved.update(
        topic=target,
        number=F("number") + target.last_number,
        is_opening=False,
        version=F("version") + 1,
    )
    if target.page_id is None:
        for name in ABOUT:
            setattr(target, name, getattr(source, name))
        target.save(update_fields=ABOUT)
    target.last_number += source.last_number
    target.reply_count += count
    _find_counters(target)
    source.state = State.DELETED
    source.merged_into = target
    source.last_number = source.reply_count = 0
    source.last_post, source.last_post_at = None, source.created_at
    source.pinned = False
    source.accepted = source.accepted_at = source.accepted_by = None
    source.save(update_fields=[*COUNTERS, *ACCEPTANCE, "state", "merged_into", "pinned"])
    Topic.objects.filter(merged_into=source).update(merged_into=target)
    count_topics(source.category_id, -1)
    _move_lines(source, target)
    _move_subscriptions(source, target)
    _move_drafts(source, target)
    _move_tags(source, target)
    Proposal.objects.filter(topic=source).update(topic=target)
    log(source, moderator, OtherAct.MERGE, f"→ {target.pk}: {target.title}. {reason}".strip())
    log(target, moderator, OtherAct.MERGE, f"← {source.pk}: {source.title}, #{first}".strip())
    searchable.changed(source)
    publish_changes(target)
    return target


@transaction.atomic
def split_topic(
    *, topic: Topic, posts: Sequence[int], title: str, moderator: User, reason: str = ""
) -> Topic:
    """Make a new topic of some published replies, in their order, and return it.

    `posts` are keys. Their old numbers are not given again. Who had read some of them has read those
    of the new topic and no more. Who wrote some of them follows the new topic as the old one. An
    accepted answer that goes is one no longer. The new topic is about the same page, as it was when
    the old one was started. Tags, drafts and a proposed best practice stay.

    Raises NotAllowed, NotMovable.
    """
    source = lock_for(moderator, topic)[0]
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
        slug=slug_of(title),
        language=rows[0].language,
        author=rows[0].author,
        **{name: getattr(source, name) for name in ABOUT},
        state=State.PUBLISHED,
        created_at=rows[0].created_at,
        last_post_at=timezone.now(),
        last_number=len(rows),
        reply_count=len(rows) - 1,
        is_sample=source.is_sample,
    )
    _copy_marks(source, new, [row.number or 0 for row in rows])
    _keep_consents(Post.objects.filter(pk__in=[row.pk for row in rows]))
    for number, post in enumerate(rows, start=1):
        post.topic, post.number = new, number
        post.is_opening = number == 1
        post.version += 1
    Post.objects.bulk_update(rows, ["topic", "number", "is_opening", "version"])
    _find_counters(new)
    if source.accepted_id in {row.pk for row in rows}:
        source.accepted = source.accepted_at = source.accepted_by = None
        source.save(update_fields=ACCEPTANCE)
    source.reply_count -= len(rows)
    _find_counters(source)
    count_topics(source.category_id, 1)
    writers = {row.author_id for row in rows}
    _copy_subscriptions(TopicSubscription.objects.filter(topic=source, user__in=writers), new)
    log(source, moderator, OtherAct.SPLIT, f"→ {new.pk}: {title}. {reason}".strip())
    log(new, moderator, OtherAct.SPLIT, f"← {source.pk}: {source.title}")
    searchable.changed(source)
    publish_changes(new)
    return new


def _find_counters(topic: Topic) -> None:
    find_last_post(topic)
    topic.save(update_fields=list(COUNTERS))


def _move_lines(source: Topic, target: Topic) -> None:
    """Lines of the inbox about a merged topic are about the other one; still one until it is read."""
    lines = Notification.objects.filter(topic=source)
    folded = lines.filter(kind__in=FOLDED, read_at=None)
    known = Notification.objects.filter(topic=target, kind__in=FOLDED, read_at=None)
    doubled = set(known.values_list("user_id", "kind"))
    extra = [line.pk for line in folded if (line.user_id, line.kind) in doubled]
    Notification.objects.filter(pk__in=extra).delete()
    lines.update(topic=target)


def _move_marks(source: Topic, target: Topic) -> None:
    """See `merge_topics`; before the numbers of the target change."""
    marks = TopicRead.objects.filter(topic=source)
    read = dict(marks.values_list("user_id", "last_read_number"))
    finished = list(
        TopicRead.objects.filter(
            topic=target, last_read_number__gte=target.last_number, user__in=marks.values("user")
        )
    )
    for mark in finished:
        mark.last_read_number = target.last_number + min(read[mark.user_id], source.last_number)
    TopicRead.objects.bulk_update(finished, ["last_read_number"], batch_size=BATCH)
    marks.delete()


def _copy_marks(source: Topic, new: Topic, numbers: list[int]) -> None:
    """As many as a member had read of the posts that had these `numbers`, which ascend."""
    marks = TopicRead.objects.filter(topic=source, last_read_number__gte=numbers[0])
    read = [
        TopicRead(user_id=user, topic=new, last_read_number=bisect_right(numbers, number))
        for user, number in marks.values_list("user_id", "last_read_number")
    ]
    TopicRead.objects.bulk_create(read, batch_size=BATCH)


def _move_subscriptions(source: Topic, target: Topic) -> None:
    """Who follows a merged topic follows the other one, unless a choice was made about that.

    Whoever muted the merged topic has said nothing about the other one.
    """
    rows = TopicSubscription.objects.filter(topic=source)
    _copy_subscriptions(rows.exclude(level=Level.MUTE), target)
    rows.delete()


def _copy_subscriptions(rows: QuerySet[TopicSubscription], topic: Topic) -> None:
    TopicSubscription.objects.bulk_create(
        [TopicSubscription(user_id=row.user_id, topic=topic, level=row.level) for row in rows],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _move_drafts(source: Topic, target: Topic) -> None:
    """Replies to a merged topic that are not sent yet become replies to the other one.

    Whoever has begun one there keeps both: this one, with what is attached to it, as the draft of a
    topic of its own.
    """
    drafts = Draft.objects.filter(topic=source)
    writing_there = Draft.objects.filter(topic=target).values_list("owner", flat=True)
    drafts.filter(owner__in=list(writing_there)).update(
        topic=None, category=target.category, title=source.title
    )
    drafts.update(topic=target)


def _move_tags(source: Topic, target: Topic) -> None:
    kept = list(target.tags.all())
    added = [tag for tag in source.tags.order_by("name") if tag not in kept]
    target.tags.add(*added[: max(0, MOST_TAGS - len(kept))])
    source.tags.clear()


def _keep_consents(posts: QuerySet[Post]) -> None:
    """Have consents hold for posts that are about to get a new version with the same text."""
    ConsentRequest.objects.filter(
        post__in=posts, state=Consent.AGREED, post_version=F("post__version")
    ).update(post_version=F("post_version") + 1)
