"""The machinery under `forum.actions`: compare-and-swap, the log, numbers and counters.

Locks are always taken in the same order: author, topic, post, category.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from core import generation, searchable
from core.tasks import enqueue
from forum import tasks
from forum.models import Category, ModerationLog, Post, Topic
from forum.notifications import tasks as notification_tasks
from forum.states import TRANSITIONS, Act, State

KEPT_BY_SETTLE = (
    *("last_number", "state", "reply_count", "last_post", "last_post_at"),
    *("accepted", "accepted_at", "accepted_by"),
)


def lock(topic_id: int) -> Topic:
    """The topic as it now is, locked until the end of the transaction."""
    return (
        Topic.objects.select_for_update(of=("self",), no_key=True)
        .select_related("category")
        .get(pk=topic_id)
    )


def change(*, post: Post, act: Act, actor: Any, version: int, reason: str = "") -> Topic:
    """Move a post along `act`, log it, and bring topic and category up to date.

    `version` is the one that the actor saw. Raises AlreadyHandled, naming who was faster, where
    the post is no longer in a state from which this act starts, or has another version. Returns
    the locked topic; `post` holds the new values.
    """
    allowed, target = TRANSITIONS[act]
    topic = lock(post.topic_id)
    current = post.as_seen(version=version, states=allowed)
    values: dict[str, Any] = {"state": target}
    if target == State.PUBLISHED and current.number is None:
        values |= {"number": topic.last_number + 1, "published_at": timezone.now()}
    post.move(current, **values)
    ModerationLog.objects.create(
        post=post,
        topic=topic,
        actor=actor,
        action=act,
        from_state=current.state,
        to_state=target,
        reason=reason,
    )
    post.topic = topic
    settle(post=post, topic=topic, was=State(current.state))
    return topic


def settle(*, post: Post, topic: Topic, was: State | None, tell: bool = True) -> None:
    """Bring the locked topic, its category, search and the caches in line with a post's state.

    `was` is the state before, None for a new post. Who follows is told of what is published for
    the first time, unless `tell` is false.
    """
    is_public, was_public = post.state == State.PUBLISHED, was == State.PUBLISHED
    topic_was_public = topic.state == State.PUBLISHED
    if post.number is not None and post.number > topic.last_number:
        topic.last_number = post.number
    if post.is_opening:
        topic.state = post.state
    elif is_public != was_public:
        topic.reply_count += 1 if is_public else -1
    if is_public != was_public:
        find_last_post(topic, published=post if is_public else None)
    is_answer_lost = topic.accepted_id == post.pk and not is_public
    if is_answer_lost:
        topic.accepted = topic.accepted_at = topic.accepted_by = None
    topic.save(update_fields=KEPT_BY_SETTLE)
    topic_is_public = topic.state == State.PUBLISHED
    if topic_is_public != topic_was_public:
        step = 1 if topic_is_public else -1
        Category.objects.filter(pk=topic.category_id).update(topic_count=F("topic_count") + step)
    if topic.reply_count and (is_answer_lost or topic_is_public != topic_was_public):
        enqueue(tasks.index_replies, topic_id=topic.pk)
    if is_public or was_public:
        generation.bump(generation.Area.POSTS)
        if post.is_opening or is_answer_lost:
            searchable.changed(topic)
        else:
            # Of its entry only the date of the last activity is another one; that can wait a moment.
            enqueue(tasks.index_topic, topic_id=topic.pk)
        searchable.changed(post)
    # Restored posts were told of when they were published: their lines show again by themselves.
    if tell and is_public and was in {None, State.PENDING}:
        enqueue(notification_tasks.tell_followers, post_id=post.pk)


def find_last_post(topic: Topic, *, published: Post | None = None) -> None:
    """The topic's last public post, and when something was last published in it.

    In a merged topic that need not be the same post: what was appended can be older. `published` is
    the post that has become public where nothing else has changed, which saves looking.
    A topic without a public post keeps the date of its beginning.
    """
    public = Post.objects.filter(topic=topic, state=State.PUBLISHED)
    at: datetime | None = None
    if published is not None and published.published_at is not None:
        at = max(published.published_at, topic.last_post_at)
    else:
        dates = public.order_by("-published_at").values_list("published_at", flat=True)
        at = dates.first()
    if published is not None and published.number == topic.last_number:
        topic.last_post = published
    else:
        topic.last_post = public.order_by("-number").only("published_at").first()
    topic.last_post_at = at or topic.created_at
