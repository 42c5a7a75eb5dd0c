"""Categories, topics and posts of the demo, written through the forum's own actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.taxonomy import tags_named
from demo.publishing import stable_uuid
from demo.registry import Registry
from demo.source import read
from forum import actions, transitions
from forum.models import Category, Notification, Post, Topic
from forum.models.following import Level
from forum.models.notifications import Kind
from forum.models.reactions import ReactionKind
from forum.notifications import notify
from forum.states import Act
from members.models import User

MODERATOR = "moderator@example.org"
HIDDEN_BECAUSE = "Advertising without an answer to the question. Please disclose what you sell."
BETWEEN_POSTS = timedelta(minutes=23)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One post of the file, with the key that its topic has there."""

    topic: str
    number: int
    row: dict[str, Any]
    language: str
    at: datetime

    @property
    def key(self) -> str:
        return f"post:{self.topic}:{self.number}"

    @property
    def state(self) -> str:
        return self.row.get("state", "published")


@transaction.atomic
def load(registry: Registry, people: dict[str, User]) -> None:
    """Make what is missing.

    What waits for a moderator is sent before its author has posts enough to be trusted, which is
    why replies come in two rounds.
    """
    for position, row in enumerate(read("forum")["categories"]):
        registry.ensure(
            f"category:{row['slug']}",
            Category,
            lambda row=row, position=position: _category(row, position),
        )
    rows = read("forum")["topics"]
    now = timezone.now()
    for row in rows:
        registry.ensure(topic_key(row), Topic, lambda row=row: _open(registry, row, people, now))
    replies = [item for row in rows for item in _contributions(row, now)[1:]]
    waiting = [item for item in replies if item.state == "pending"]
    for item in [*waiting, *(item for item in replies if item.state != "pending")]:
        registry.ensure(item.key, Post, lambda item=item: _reply(registry, item, people))


def topic_key(row: dict[str, Any]) -> str:
    """The key of a topic: its category and its title in the file."""
    return f"topic:{row['category']}/{row['title']}"[:150]


def _category(row: dict[str, Any], position: int) -> Category | None:
    if Category.objects.filter(slug=row["slug"]).exists():
        return None
    return Category.objects.create(
        slug=row["slug"],
        name=row["name"],
        names=row["names"],
        description=row["description"],
        descriptions=row["descriptions"],
        audience=row["audience"],
        position=position,
    )


def _contributions(row: dict[str, Any], now: datetime) -> list[Contribution]:
    """The posts of a topic with their times, which follow one another and are never to come."""
    posts = row["posts"]
    return [
        Contribution(
            topic=topic_key(row),
            number=number,
            row=post,
            language=post.get("language") or row["language"],
            at=now - timedelta(days=post["days_ago"]) - (len(posts) - number) * BETWEEN_POSTS,
        )
        for number, post in enumerate(posts)
    ]


def _open(
    registry: Registry, row: dict[str, Any], people: dict[str, User], now: datetime
) -> Topic | None:
    opening = _contributions(row, now)[0]
    category = Category.objects.filter(slug=row["category"]).first()
    author = people.get(opening.row["author"])
    if category is None or author is None:
        return None
    tags, _unknown = tags_named(row["tags"], author)
    topic = actions.start_topic(
        author=author,
        category=category,
        title=row["title"],
        source=opening.row["text"],
        language=opening.language,
        key=stable_uuid(opening.key),
        tags=tags,
        at=opening.at,
        trusted=True,
    )
    for person in _among(people, row.get("watched_by", ())):
        actions.follow_topic(user=person, topic=topic, level=Level.WATCH)
    _respond(topic.posts.select_related("topic__category").get(), opening, people)
    return topic


def _reply(registry: Registry, item: Contribution, people: dict[str, User]) -> Post | None:
    topic = registry.find(item.topic, Topic)
    author = people.get(item.row["author"])
    if topic is None or author is None:
        return None
    post = actions.reply(
        author=author,
        topic=topic,
        source=item.row["text"],
        language=item.language,
        key=stable_uuid(item.key),
        at=item.at,
        trusted=item.state != "pending",
    )
    if item.state == "hidden":
        # Not through the action, which would send mail to an author who does not exist.
        transitions.change(
            post=post,
            act=Act.HIDE,
            actor=people.get(MODERATOR),
            version=post.version,
            reason=HIDDEN_BECAUSE,
        )
    _respond(post, item, people)
    return post


def _respond(post: Post, item: Contribution, people: dict[str, User]) -> None:
    """What readers of the demo say about a post: once, when it is made. No mail goes out for it."""
    for kind, addresses in item.row.get("reactions", {}).items():
        for person in _among(people, addresses):
            actions.react(post=post, user=person, kind=ReactionKind(kind))
    if item.row.get("accepted") and post.topic.author is not None:
        actions.accept_answer(post=post, user=post.topic.author)
    told = [person.pk for person in _among(people, item.row.get("tell", ()))]
    notify(recipients=told, kind=Kind.REPLY, topic=post.topic, post=post, actor=post.author)
    Notification.objects.filter(post=post).update(mailed_at=timezone.now())


def _among(people: dict[str, User], addresses: Iterable[str]) -> list[User]:
    """The accounts of these addresses, as far as they are there."""
    return [people[address] for address in addresses if address in people]
