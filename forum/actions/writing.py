"""What members do: start a topic, reply, take one's own post away."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from forum import composition, errors, limits, permissions, standing
from forum.actions.following import watch_own
from forum.composition import Text
from forum.markdown import RENDERER_VERSION
from forum.models import Category, Post, Topic
from forum.models.tags import MOST_TAGS
from forum.names import slug_of
from forum.states import Act, State
from forum.transitions import change, lock, settle

if TYPE_CHECKING:
    from taggit.models import Tag
    from wagtail.models import Page

    from members.models import User

MOST_COMPARED = 50


@transaction.atomic
def start_topic(
    *,
    author: User,
    category: Category,
    title: str,
    source: str,
    language: str,
    key: UUID,
    page: Page | None = None,
    tags: Iterable[Tag] = (),
    at: datetime | None = None,
    trusted: bool = False,
) -> Topic:
    """Start a topic and return it; whether it is public at once says its state.

    `key` names this very submission: sent twice, it starts one topic. `tags` are of the site's
    taxonomy (`core.taxonomy`), of which the first MOST_TAGS are taken. `trusted` is for texts that
    were checked elsewhere (an import): no limits, published at once, with the date `at`; nobody is
    told of them or made to watch.
    Raises NotAllowed, what `_within_limits` and `composition.compose` raise.
    """
    line_up(author)
    if not permissions.may_start_topic(author, category):
        raise errors.NotAllowed
    sent = _sent_before(author, key)
    if sent is not None:
        return sent.topic
    if not trusted:
        _within_limits(author, source, opening=True)
    text = composition.compose(author=author, source=source, key=key, topic=None, trusted=trusted)
    state = State.PUBLISHED if trusted else first_state(author, category)
    moment = at or timezone.now()
    topic = Topic.objects.create(
        category=category,
        title=title,
        slug=slug_of(title),
        language=language,
        author=author,
        page=page,
        page_revision_id=page.live_revision_id if page else None,
        created_at=moment,
        last_post_at=moment,
        is_sample=author.is_sample,
    )
    topic.tags.add(*list(tags)[:MOST_TAGS])
    post = _post(topic, author, text, language, key, state=state, at=moment, is_opening=True)
    settle(post=post, topic=topic, was=None, tell=not trusted)
    composition.finish(post, text)
    if not trusted:
        watch_own(author=author, topic=topic)
    return topic


@transaction.atomic
def reply(
    *,
    author: User,
    topic: Topic,
    source: str,
    language: str,
    key: UUID,
    at: datetime | None = None,
    trusted: bool = False,
) -> Post:
    """Answer in a topic and return the post; whether it is public at once says its state.

    `key`, `at` and `trusted` are as in `start_topic`.
    Raises NotAllowed, TopicClosed, what `_within_limits` and `composition.compose` raise.
    """
    line_up(author)
    sent = _sent_before(author, key)
    if sent is not None:
        return sent
    if not trusted:
        _within_limits(author, source, opening=False)
    text = composition.compose(author=author, source=source, key=key, topic=topic, trusted=trusted)
    topic = _locked(topic)
    if not permissions.may_reply(author, topic):
        closed = topic.locked and permissions.may_start_topic(author, topic.category)
        raise errors.TopicClosed if closed else errors.NotAllowed
    state = State.PUBLISHED if trusted else first_state(author, topic.category)
    post = _post(topic, author, text, language, key, state=state, at=at or timezone.now())
    settle(post=post, topic=topic, was=None, tell=not trusted)
    composition.finish(post, text)
    if not trusted:
        watch_own(author=author, topic=topic)
    return post


@transaction.atomic
def delete_own(*, post: Post, author: User, version: int) -> Post:
    """Take one's own post away for good. Raises NotAllowed, AlreadyHandled."""
    if not permissions.may_delete(author, post):
        raise errors.NotAllowed
    topic = change(post=post, act=Act.DELETE, actor=author, version=version)
    if post.is_opening and topic.reply_count:
        raise errors.NotAllowed
    return post


def line_up(author: User) -> None:
    """One submission of a member at a time, so that keys and limits hold for parallel ones too.

    A penalty takes the same lock: what is read after it is what holds.
    """
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=author.pk)
    standing.forget(author)


def _locked(topic: Topic) -> Topic:
    """The topic, locked; where it was merged, the one that it became part of."""
    locked = lock(topic.pk)
    return locked if locked.merged_into_id is None else lock(locked.merged_into_id)


def _sent_before(author: User, key: UUID) -> Post | None:
    return Post.objects.filter(author=author, submission_key=key).first()


def _within_limits(author: User, source: str, *, opening: bool) -> None:
    """Measured from the stored posts: exact, and what was refused or rolled back does not count.

    Raises TooManyWaiting, TooFast, TooManyToday, Duplicate.
    """
    own = Post.objects.filter(author=author)
    waiting = own.filter(state=State.PENDING).count()
    if waiting >= limits.current().waiting_posts:
        raise errors.TooManyWaiting(waiting)
    now = timezone.now()
    same_kind = own.filter(is_opening=True) if opening else own
    distance = limits.spacing(author, opening=opening, now=now)
    # One look at what was written last serves two limits; the second says which of it counts.
    day = timedelta(hours=limits.current().duplicate_hours)
    recent = list(
        own.filter(created_at__gt=now - max(day, distance))
        .order_by("-created_at")
        .values_list("created_at", "is_opening", "state", "source")[:MOST_COMPARED]
    )
    last = next((sent for sent, opens, *_rest in recent if opens or not opening), None)
    if last is None and len(recent) == MOST_COMPARED:
        last = same_kind.order_by("-created_at").values_list("created_at", flat=True).first()
    if last is not None and last > now - distance:
        raise errors.TooFast(max(1, math.ceil((last + distance - now).total_seconds())))
    _within_first_day(author, same_kind, opening=opening, now=now)
    _no_duplicate(
        source,
        [
            text
            for sent, _opens, state, text in recent
            if sent > now - day and state != State.DELETED
        ],
    )


def _within_first_day(author: User, own: QuerySet[Post], *, opening: bool, now: datetime) -> None:
    if not limits.is_new(author, now) or permissions.may_moderate(author):
        return
    allowed = limits.current()
    sent = own if opening else own.filter(is_opening=False)
    day = timedelta(hours=allowed.new_member_hours)
    if sent.filter(created_at__gt=now - day).count() >= (
        allowed.new_topics if opening else allowed.new_replies
    ):
        raise errors.TooManyToday


def _no_duplicate(source: str, known: Iterable[str]) -> None:
    """The same words again, however they are spaced and capitalised; a retracted text may return."""
    words = source.casefold().split()
    if any(words == text.casefold().split() for text in known):
        raise errors.Duplicate


def first_state(author: User, category: Category, apart_from: Post | None = None) -> State:
    """Pending for the first posts of a member, as many as the category says; else published.

    `apart_from` is a post that does not count, because it is the one to be judged.
    """
    needed = category.premoderated_posts
    if not needed or permissions.may_moderate(author):
        return State.PUBLISHED
    trusted = Post.objects.filter(author=author, state=State.PUBLISHED)
    if apart_from is not None:
        trusted = trusted.exclude(pk=apart_from.pk)
    known = trusted[:needed].count()
    return State.PUBLISHED if known >= needed else State.PENDING


def _post(
    topic: Topic,
    author: User,
    text: Text,
    language: str,
    key: UUID,
    *,
    state: State,
    at: datetime,
    is_opening: bool = False,
) -> Post:
    """Store a post in a topic that is locked or not yet visible to anybody else."""
    is_published = state == State.PUBLISHED
    values: dict[str, Any] = {"number": topic.last_number + 1, "published_at": at}
    return Post.objects.create(
        topic=topic,
        author=author,
        is_opening=is_opening,
        source=text.source,
        html=text.html,
        renderer_version=RENDERER_VERSION,
        language=language,
        state=state,
        submission_key=key,
        created_at=at,
        is_sample=author.is_sample,
        **(values if is_published else {}),
    )
