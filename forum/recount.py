"""Compare the kept counters with the posts themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q

from core import generation
from forum.actions.topics import publish_changes
from forum.models import Category, Post, Topic
from forum.states import State
from forum.transitions import lock

BATCH = 500


@dataclass(frozen=True, slots=True)
class Drift:
    """A counter that does not say what is stored."""

    what: str
    field: str
    kept: Any
    counted: Any

    def __str__(self) -> str:
        return f"{self.what}: {self.field} is {self.kept}, should be {self.counted}"


def drifts(*, fix: bool = False) -> Iterator[Drift]:
    """Every drift of topics, then of categories; with `fix`, each is put right as it is found."""
    last = 0
    while True:
        keys = Topic.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        batch = list(keys)
        if not batch:
            break
        for key in _suspects(batch):
            yield from _topic(key, fix=fix)
        last = batch[-1]
    yield from _categories(fix=fix)


def _suspects(keys: list[int]) -> list[int]:
    """The topics among these that seem to differ: two queries and no lock for all.

    What changes between the two only makes a suspect, which is looked at again under its lock.
    """
    published = Q(state=State.PUBLISHED)
    posts = Post.objects.filter(topic__in=keys).order_by().values("topic")
    counted = posts.annotate(
        replies=Count("pk", filter=published & Q(is_opening=False)),
        highest=Max("number"),
        newest=Max("number", filter=published),
        newest_at=Max("published_at", filter=published),
        opening=Max("state", filter=Q(is_opening=True)),
    )
    found = {row["topic"]: row for row in counted}
    topics = (
        Topic.objects.filter(pk__in=keys).order_by("pk").select_related("last_post", "accepted")
    )
    rows = topics.only(
        *("reply_count", "last_number", "state", "created_at", "last_post_at"),
        *("accepted__topic", "accepted__state", "accepted__is_opening"),
        *("last_post__topic", "last_post__number", "last_post__state"),
    )
    return [row.pk for row in rows if not _seems_right(row, found.get(row.pk))]


def _seems_right(topic: Topic, counted: dict[str, Any] | None) -> bool:
    if counted is None:
        return False
    last = topic.last_post
    if last is None:
        is_last = counted["newest"] is None and topic.last_post_at == topic.created_at
    else:
        is_last = (
            last.topic_id == topic.pk
            and last.state == State.PUBLISHED
            and last.number == counted["newest"]
            and counted["newest_at"] == topic.last_post_at
        )
    return (
        is_last
        and _is_answer(topic.accepted, topic)
        and topic.reply_count == counted["replies"]
        and topic.last_number >= (counted["highest"] or 0)
        and topic.state == (counted["opening"] or topic.state)
    )


def _is_answer(accepted: Post | None, topic: Topic) -> bool:
    """Whether what is kept as the accepted answer can be one: a public reply of the topic, or nothing."""
    return accepted is None or (
        accepted.topic_id == topic.pk
        and accepted.state == State.PUBLISHED
        and not accepted.is_opening
    )


@transaction.atomic
def _topic(key: int, *, fix: bool) -> list[Drift]:
    topic = lock(key)
    posts = Post.objects.filter(topic=topic)
    counted = posts.aggregate(
        reply_count=Count("pk", filter=Q(state=State.PUBLISHED, is_opening=False)),
        last_number=Max("number"),
        newest_at=Max("published_at", filter=Q(state=State.PUBLISHED)),
    )
    # Numbers are never given twice: a higher kept number is right even where its post is gone.
    counted["last_number"] = max(counted["last_number"] or 0, topic.last_number)
    newest = posts.filter(state=State.PUBLISHED).order_by("-number").first()
    counted["last_post_id"] = newest.pk if newest else None
    counted["last_post_at"] = counted.pop("newest_at") or topic.created_at
    opening = posts.filter(is_opening=True).first()
    counted["state"] = opening.state if opening else topic.state
    accepted = Post.objects.filter(pk=topic.accepted_id).first()
    if not _is_answer(accepted, topic):
        counted |= {"accepted_id": None, "accepted_at": None, "accepted_by_id": None}
    found = [
        Drift(f"topic {key}", field, getattr(topic, field), value)
        for field, value in counted.items()
        if getattr(topic, field) != value
    ]
    if found and fix:
        Topic.objects.filter(pk=key).update(**counted)
        publish_changes(Topic.objects.get(pk=key))
    return found


@transaction.atomic
def _categories(*, fix: bool) -> list[Drift]:
    public = Count("topics", filter=Q(topics__state=State.PUBLISHED))
    rows = Category.objects.annotate(counted=public).exclude(topic_count=F("counted"))
    found = []
    for row in rows:
        found.append(Drift(f"category {row.slug}", "topic_count", row.topic_count, row.counted))
        if fix:
            Category.objects.filter(pk=row.pk).update(topic_count=row.counted)
            generation.bump(generation.Area.POSTS)
    return found
