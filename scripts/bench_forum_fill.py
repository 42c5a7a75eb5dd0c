"""Fill the database of the environment with a forum of a given size, from a fixed seed, by COPY.

Run by scripts/bench_forum.py. Read marks, subscriptions and reactions are filled where those models exist.
Entries of the search index are not: what a page costs does not depend on them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import django
from bench_copy import copy, model_or_none

FIRST = 1_000_001
START = datetime(2024, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=1000)
CATEGORIES = 12
VARIANTS = 400
WORDS = re.findall(
    r"\w+",
    """
    linen wool cotton hemp silk yarn loom weave knit dye mordant indigo madder cutting waste offcut
    deadstock zip button seam lining pattern sample order price supplier fibre recycled certified mill
    spinner dyer tailor repair return rental label tag water energy heat wash test lab region cluster
    partner project funding export customs
    """,
)


@dataclass(frozen=True)
class Size:
    """How much of what there is; marks and watchers only where their tables exist."""

    posts: int
    topics: int
    longest: int
    members: int
    marks: int
    waiting: int
    watchers: int


def main(size: Size) -> None:
    django.setup()
    from django.db import connection, transaction

    with transaction.atomic():
        Filler(size, Random(4)).fill()
    with connection.cursor() as cursor:
        for statement in _sequences():
            cursor.execute(statement)


def _sequences() -> list[str]:
    """What makes the next keys follow those that were copied."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    models = [
        *apps.get_app_config("forum").get_models(),
        *apps.get_app_config("members").get_models(),
    ]
    return connection.ops.sequence_reset_sql(no_style(), models)


class Filler:
    """Makes the rows; every choice comes from the one random source."""

    def __init__(self, size: Size, rng: Random) -> None:
        self.size = size
        self.rng = rng
        self.lengths = self._lengths()
        self.members = range(FIRST, FIRST + size.members)

    def fill(self) -> None:
        self._people()
        self.categories = self._categories()
        self._topics_and_posts()
        self._decisions()
        self._marks()
        self._watchers()

    def _lengths(self) -> list[int]:
        """How many posts each topic has; the first one is the longest."""
        rest = self.size.topics - 1
        left = self.size.posts - self.size.longest - rest
        weights = [self.rng.paretovariate(1.5) for _ in range(rest)]
        total = sum(weights)
        lengths = [1 + int(left * weight / total) for weight in weights]
        for number in range(self.size.posts - self.size.longest - sum(lengths)):
            lengths[number % rest] += 1
        return [self.size.longest, *lengths]

    def _people(self) -> None:
        from django.contrib.auth.models import Group

        from members.groups import MEMBERS
        from members.models import Profile, User

        copy(
            User,
            "id email name password is_sample approved_at stands_alone date_joined",
            map(self._person, self.members),
        )
        copy(
            Profile,
            "user_id organisation",
            ((pk, f"Sample workshop {pk % 997}") for pk in self.members),
        )
        group = Group.objects.get(name=MEMBERS)
        copy(User.groups.through, "user_id group_id", ((pk, group.pk) for pk in self.members))

    def _person(self, pk: int) -> tuple[Any, ...]:
        name = f"Member {pk - FIRST} (sample)"
        return pk, f"member{pk}@example.org", name, "!", True, START, True, START

    def _categories(self) -> list[int]:
        from forum.models import Category

        rows = [
            Category(
                slug=f"shelf-{number}",
                name=f"Shelf {number}",
                position=100 + number,
                audience="members" if number == CATEGORIES - 1 else "public",
            )
            for number in range(CATEGORIES)
        ]
        return [row.pk for row in Category.objects.bulk_create(rows)]

    def _topics_and_posts(self) -> None:
        from django.db.models import Count, Q

        from forum.markdown import RENDERER_VERSION
        from forum.models import Category, Post, Topic

        # The two tables name each other: both are copied first, and the last posts set afterwards.
        copy(
            Topic,
            "id category_id title slug language author_id state last_number reply_count"
            " created_at last_post_at pinned is_sample",
            self._topics(),
        )
        texts = self._texts()
        copy(
            Post,
            "id topic_id number is_opening author_id source html renderer_version language state"
            " submission_key created_at published_at is_sample",
            self._posts(texts, RENDERER_VERSION),
        )
        self._run(
            "UPDATE forum_topic SET last_post_id = p.id FROM forum_post p"
            " WHERE p.topic_id = forum_topic.id AND p.number = forum_topic.last_number"
            " AND forum_topic.last_post_id IS NULL"
        )
        counted = Category.objects.annotate(n=Count("topics", filter=Q(topics__state="published")))
        for category in counted:
            Category.objects.filter(pk=category.pk).update(topic_count=category.n)

    def _run(self, statement: str) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statement)

    def _times(self, number: int) -> tuple[datetime, timedelta]:
        """When a topic begins, and the time between its posts; seeded by its number alone."""
        rng = Random(number)
        begins = START + SPAN * rng.random()
        return begins, (START + SPAN - begins) * rng.random() / self.lengths[number]

    def _topics(self) -> Iterator[tuple[Any, ...]]:
        for number, length in enumerate(self.lengths):
            begins, step = self._times(number)
            # The longest topic is public, and so is the category that most of the others are in.
            shelf = 0 if number % 2 == 0 else self.rng.randrange(CATEGORIES)
            yield (
                *(FIRST + number, self.categories[shelf], self._title(), f"topic-{number}", "en"),
                *(self.rng.choice(self.members), "published", length, length - 1),
                *(begins, begins + step * (length - 1), 0 < number < 4, True),
            )

    def _posts(self, texts: list[tuple[str, str]], version: int) -> Iterator[tuple[Any, ...]]:
        pk, rng, members = FIRST, self.rng, self.members
        for topic, length in enumerate(self.lengths):
            begins, step = self._times(topic)
            for number in range(1, length + 1):
                source, html = texts[rng.randrange(VARIANTS)]
                at = begins + step * (number - 1)
                yield (
                    *(pk, FIRST + topic, number, number == 1, rng.choice(members), source, html),
                    *(version, "en", "published", UUID(int=pk), at, at, True),
                )
                pk += 1
        for _number in range(self.size.waiting):
            source, html = texts[rng.randrange(VARIANTS)]
            topic = FIRST + rng.randrange(len(self.lengths))
            at = START + SPAN - timedelta(minutes=rng.randrange(1, 5000))
            yield (
                *(pk, topic, None, False, rng.choice(members), source, html),
                *(version, "en", "pending", UUID(int=pk), at, None, True),
            )
            pk += 1

    def _title(self) -> str:
        return " ".join(self.rng.choice(WORDS) for _ in range(6)).capitalize()

    def _texts(self) -> list[tuple[str, str]]:
        """(what was typed, what is shown), as the site itself makes it."""
        from forum.markdown import render

        texts = []
        for _number in range(VARIANTS):
            paragraphs = [
                " ".join(self.rng.choice(WORDS) for _ in range(self.rng.randrange(12, 45)))
                for _ in range(self.rng.randrange(1, 4))
            ]
            paragraphs[0] = f"**{WORDS[0]}** and [more](https://example.org/) {paragraphs[0]}."
            source = "\n\n".join(paragraphs)
            texts.append((source, render(source)))
        return texts

    def _decisions(self) -> None:
        from forum.models import ModerationLog

        copy(
            ModerationLog,
            "post_id actor_id action from_state to_state at",
            (
                (FIRST + number * 3, FIRST, "publish", "pending", "published", START + SPAN)
                for number in range(2 * self.size.members)
            ),
        )

    def _marks(self) -> None:
        """Each member has read the same number of topics, as far as half of their posts on average."""
        topic_read, category_read = model_or_none("TopicRead"), model_or_none("CategoryRead")
        if topic_read is not None:
            copy(topic_read, "user_id topic_id last_read_number", self._topic_marks())
        if category_read is not None:
            copy(
                category_read,
                "user_id category_id read_at",
                ((pk, self.categories[pk % CATEGORIES], START + SPAN / 2) for pk in self.members),
            )

    def _topic_marks(self) -> Iterator[tuple[int, int, int]]:
        each = min(self.size.marks // self.size.members, len(self.lengths))
        step = len(self.lengths) // each
        for pk in self.members:
            offset = self.rng.randrange(step)
            for place in range(each):
                number = place * step + offset
                yield pk, FIRST + number, self.rng.randrange(1, self.lengths[number] + 1)

    def _watchers(self) -> None:
        """The longest topic, in which the replies are posted, is watched by many."""
        subscription = model_or_none("TopicSubscription")
        if subscription is not None:
            copy(
                subscription,
                "user_id topic_id level",
                ((pk, FIRST, "watch") for pk in self.members[: self.size.watchers]),
            )


if __name__ == "__main__":
    main(Size(**json.loads(sys.argv[1])))
