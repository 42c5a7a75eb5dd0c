"""The people of the table, and what stands around the things that they act on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from forum import actions
from forum.models import Category, ModeratorScope, Topic
from forum.models.penalties import PenaltyKind
from members.models import User
from tests.factories.bestpractices import make_practice_index
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
)

ROLES = (
    "visitor",
    "account",  # not approved yet
    "member",
    "author",
    "silenced",
    "suspended",
    "editor",
    "moderator",
    "first",  # the moderator who decided before
    "outsider",  # a moderator of another category
    "barred",  # a moderator who is suspended
    "administrator",
)
GROUPS = {
    # Whoever may moderate here: one by the language, one by the category, one everything.
    "moderators": ("moderator", "first", "administrator"),
    # Whoever may write here.
    "writers": (
        *("member", "author", "editor", "moderator", "first", "outsider", "administrator"),
    ),
    # Members, whatever keeps them from writing.
    "members": (
        *("member", "author", "silenced", "suspended", "editor"),
        *("moderator", "first", "outsider", "barred", "administrator"),
    ),
    "everybody": ROLES,
}
_number = count(1)


@dataclass
class World:
    """Everybody; a category with a topic in it, a second one, and one that the outsider looks after."""

    people: dict[str, Any]
    category: Category
    second: Category
    elsewhere: Category
    topic: Topic
    # By role; what they look at was made before the cells.
    browsers: dict[str, Client]


def build(home_page: Any, client_for: Callable[[Any], Client]) -> World:
    """Make it. Posts need no distance, staff no second factor: see the test's fixtures."""
    make_practice_index(home_page)
    category, second, elsewhere = (CategoryFactory() for _number in range(3))
    topic = make_topic(category, EditorFactory())
    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "account": UserFactory(),
        **{name: MemberFactory() for name in ("member", "author", "silenced", "suspended")},
        "editor": EditorFactory(),
        **{name: ModeratorFactory() for name in ("moderator", "first", "outsider", "barred")},
        "administrator": AdministratorFactory(),
    }
    ModeratorScope.objects.create(user=people["moderator"], languages=["en"])
    for name, chosen in (("first", (category, second)), ("outsider", (elsewhere,))):
        ModeratorScope.objects.create(user=people[name], languages=[]).categories.set(chosen)
    browsers = {
        role: client_for(person if is_person(person) else None) for role, person in people.items()
    }
    world = World(people, category, second, elsewhere, topic, browsers)
    penalise(world, "silenced", PenaltyKind.SILENCE)
    penalise(world, "suspended", PenaltyKind.SUSPEND)
    penalise(world, "barred", PenaltyKind.SUSPEND)
    return world


def penalise(world: World, role: str, kind: PenaltyKind, by: str = "administrator") -> Any:
    """A penalty of a week, or a warning, for a post of this person's."""
    until = None if kind == PenaltyKind.WARN else timezone.now() + timedelta(days=7)
    post = make_reply(world.topic, world.people[role], source=text())
    return actions.penalise(
        post=post,
        moderator=world.people[by],
        kind=kind,
        reason="Insults",
        until=until,
        grounds=a_rule(),
    )


def text() -> str:
    """Words that nobody has written yet."""
    return f"Wool, number {next(_number)}"


def is_person(value: Any) -> bool:
    """Whether this role has an account."""
    return isinstance(value, User)


def new_key() -> Any:
    return uuid4()
