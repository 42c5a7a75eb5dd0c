"""The lists of topics beside a category's own.

To add one: a row in `LISTS`, and its name kept from categories (`RESERVED_SLUGS`).
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


@dataclass(frozen=True, slots=True)
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


# In the order of the navigation.
LISTS = (
    TopicList(
        "latest",
        _("Newest activity"),
        _("All topics, by their last post."),
        _("Nothing has been written yet."),
        lambda topics, user, categories: topics.published(),
    ),
    TopicList(
        "unanswered",
        _("Unanswered"),
        _("Topics without a reply. Perhaps you know the answer?"),
        _("Every topic has a reply."),
        lambda topics, user, categories: topics.unanswered(),
    ),
    TopicList(
        "solved",
        _("Solved"),
        _("Topics with an accepted answer."),
        _("No answer has been accepted yet."),
        lambda topics, user, categories: topics.solved(),
    ),
    TopicList(
        "unread",
        _("Unread"),
        _("What was written since you last looked, in the last 90 days."),
        _("You have read everything."),
        reading.unread,
        is_personal=True,
    ),
    TopicList(
        "watched",
        _("Watched"),
        _("Topics that you watch or track."),
        _("Each topic has buttons to watch or track it."),
        lambda topics, user, categories: topics.published().followed_by(user, *TOLD),
        is_personal=True,
    ),
    TopicList(
        "mine",
        _("Started by you"),
        _("Your own topics, those that wait for a moderator included."),
        _("You have not started a topic yet."),
        lambda topics, user, categories: topics.started_by(user),
        is_personal=True,
    ),
)
_by_name = {one.name: one for one in LISTS}


def get(name: str) -> TopicList:
    """The list of that name. Raises KeyError."""
    return _by_name[name]


def offered_to(user: Any) -> list[TopicList]:
    """The lists that this reader can open."""
    return [one for one in LISTS if user.is_authenticated or not one.is_personal]


def topics_in(shown: TopicList, user: Any, categories: list[Category]) -> TopicQuerySet:
    """The topics of a list in these categories, all of which the reader sees."""
    return shown.choose(Topic.objects.filter(category__in=categories), user, categories)
