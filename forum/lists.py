"""The lists of topics beside a category's own.

To add one: register it, and keep its name from categories (`RESERVED_SLUGS`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from forum import reading
from forum.models import Category, Topic
from forum.models.following import TOLD
from forum.querysets import TopicQuerySet

Choose = Callable[[TopicQuerySet, Any, list[Category]], TopicQuerySet]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicList:
    """A list: its name in addresses, its words, and which topics it holds.

    `choose` narrows the topics of the categories that the reader sees: (topics, user, categories).
    `is_personal` ones are asked for by somebody who is logged in.
    """

    name: str
    label: Any
    lead: Any
    empty: Any
    choose: Choose
    is_personal: bool = False


_registry: dict[str, TopicList] = {}


def register(shown: TopicList) -> None:
    """Add a list; they stand in the navigation in the order of registration."""
    _registry[shown.name] = shown


def all_lists() -> list[TopicList]:
    """Every list; each has the address of its name, which `Category.RESERVED_SLUGS` has too."""
    return list(_registry.values())


def get(name: str) -> TopicList:
    """The list of that name. Raises KeyError."""
    return _registry[name]


def offered_to(user: Any) -> list[TopicList]:
    """The lists that this reader can open."""
    return [one for one in _registry.values() if user.is_authenticated or not one.is_personal]


def topics_in(shown: TopicList, user: Any, categories: list[Category]) -> TopicQuerySet:
    """The topics of a list in these categories, all of which the reader sees."""
    return shown.choose(Topic.objects.filter(category__in=categories), user, categories)


register(
    TopicList(
        name="latest",
        label=_("Newest activity"),
        lead=_("All topics, by their last post."),
        empty=_("Nothing has been written yet."),
        choose=lambda topics, user, categories: topics.published(),
    )
)
register(
    TopicList(
        name="unanswered",
        label=_("Unanswered"),
        lead=_("Topics without a reply. Perhaps you know the answer?"),
        empty=_("Every topic has a reply."),
        choose=lambda topics, user, categories: topics.unanswered(),
    )
)
register(
    TopicList(
        name="solved",
        label=_("Solved"),
        lead=_("Topics with an accepted answer."),
        empty=_("No answer has been accepted yet."),
        choose=lambda topics, user, categories: topics.solved(),
    )
)
register(
    TopicList(
        name="unread",
        label=_("Unread"),
        lead=_("What was written since you last looked, in the last 90 days."),
        empty=_("You have read everything."),
        choose=reading.unread,
        is_personal=True,
    )
)
register(
    TopicList(
        name="watched",
        label=_("Watched"),
        lead=_("Topics that you watch or track."),
        empty=_("Each topic has buttons to watch or track it."),
        choose=lambda topics, user, categories: topics.published().followed_by(user, *TOLD),
        is_personal=True,
    )
)
register(
    TopicList(
        name="mine",
        label=_("Started by you"),
        lead=_("Your own topics, those that wait for a moderator included."),
        empty=_("You have not started a topic yet."),
        choose=lambda topics, user, categories: topics.started_by(user),
        is_personal=True,
    )
)
