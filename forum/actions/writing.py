"""What members do: start a topic, reply, take one's own post away."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from forum import errors, limits, permissions, standing
from forum.markdown import LONGEST_HTML, RENDERER_VERSION, plain, render
from forum.models import Category, Post, Topic
from forum.states import Act, State
from forum.transitions import change, lock, settle

if TYPE_CHECKING:
    from wagtail.models import Page

    from members.models import User

SLUG_LENGTH = 80


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
    at: datetime | None = None,
    trusted: bool = False,
) -> Topic:
    """Start a topic and return it; whether it is public at once says its state.

    `key` names this very submission: sent twice, it starts one topic. `trusted` is for texts that
    were checked elsewhere (an import): no limits, published at once, with the date `at`.
    Raises NotAllowed, TooFast, TooManyWaiting, Empty, TooLong.
    """
    _line_up(author)
    if not permissions.may_start_topic(author, category):
        raise errors.NotAllowed
    sent = _sent_before(author, key)
    if sent is not None:
        return sent.topic
    if not trusted:
        _within_limits(author, opening=True)
    html = rendered(source)
    state = State.PUBLISHED if trusted else _first_state(author, category)
    moment = at or timezone.now()
    topic = Topic.objects.create(
        category=category,
        title=title,
        slug=slugify(string_to_ascii(title))[:SLUG_LENGTH].strip("-") or "topic",
        language=language,
        author=author,
        page=page,
        created_at=moment,
        last_post_at=moment,
        is_sample=author.is_sample,
    )
    post = _post(
        topic, author, source, html, language, key, state=state, at=moment, is_opening=True
    )
    settle(post=post, topic=topic, was=None)
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
    Raises NotAllowed, TopicClosed, TooFast, TooManyWaiting, Empty, TooLong.
    """
    _line_up(author)
    sent = _sent_before(author, key)
    if sent is not None:
        return sent
    if not trusted:
        _within_limits(author, opening=False)
    html = rendered(source)
    topic = _locked(topic)
    if not permissions.may_reply(author, topic):
        closed = topic.locked and permissions.may_start_topic(author, topic.category)
        raise errors.TopicClosed if closed else errors.NotAllowed
    state = State.PUBLISHED if trusted else _first_state(author, topic.category)
    post = _post(topic, author, source, html, language, key, state=state, at=at or timezone.now())
    settle(post=post, topic=topic, was=None)
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


def _line_up(author: User) -> None:
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
    return (
        Post.objects.filter(author=author, submission_key=key)
        .select_related("topic__category")
        .first()
    )


def rendered(source: str) -> str:
    """The HTML of a text that can be stored. Raises Empty, TooLong."""
    html = render(source)
    if not plain(html):
        raise errors.Empty
    if len(html) > LONGEST_HTML:
        raise errors.TooLong
    return html


def _within_limits(author: User, *, opening: bool) -> None:
    """Measured from the stored posts: exact, and what was refused or rolled back does not count."""
    own = Post.objects.filter(author=author)
    waiting = own.filter(state=State.PENDING).count()
    if waiting >= limits.current().waiting_posts:
        raise errors.TooManyWaiting(waiting)
    if opening:
        own = own.filter(is_opening=True)
    now = timezone.now()
    distance = limits.spacing(author, opening=opening, now=now)
    recent = own.filter(created_at__gt=now - distance).order_by("-created_at")
    last = recent.values_list("created_at", flat=True).first()
    if last is not None:
        raise errors.TooFast(max(1, math.ceil((last + distance - now).total_seconds())))


def _first_state(author: User, category: Category) -> State:
    """Pending for the first posts of a member, as many as the category says; else published."""
    needed = category.premoderated_posts
    if not needed or permissions.may_moderate(author):
        return State.PUBLISHED
    known = Post.objects.filter(author=author, state=State.PUBLISHED)[:needed].count()
    return State.PUBLISHED if known >= needed else State.PENDING


def _post(
    topic: Topic,
    author: User,
    source: str,
    html: str,
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
        source=source,
        html=html,
        renderer_version=RENDERER_VERSION,
        language=language,
        state=state,
        submission_key=key,
        created_at=at,
        is_sample=author.is_sample,
        **(values if is_published else {}),
    )
