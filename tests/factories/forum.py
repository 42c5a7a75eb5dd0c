"""The forum for tests. Posts go through the actions, as everywhere."""

from __future__ import annotations

from uuid import uuid4

import factory
from django.db.models import Max

from forum import actions
from forum.grounds import Grounds
from forum.models import Category, Post, Rule, Topic
from forum.states import State
from forum.transitions import settle
from tests.factories.members import MemberFactory


class CategoryFactory(factory.django.DjangoModelFactory):
    """A public category without pre-moderation."""

    class Meta:
        model = Category

    slug = factory.Sequence(lambda n: f"shelf-{n}")
    name = factory.Sequence(lambda n: f"Shelf {n}")
    premoderated_posts = 0


def make_topic(category=None, author=None, *, title="A question", source="Who knows?", **values):
    """A published topic."""
    return actions.start_topic(
        author=author or MemberFactory(),
        category=category or CategoryFactory(),
        title=title,
        source=source,
        language=values.pop("language", "en"),
        key=uuid4(),
        trusted=values.pop("trusted", True),
        **values,
    )


def make_reply(topic, author=None, *, source="I do.", **values):
    """A published reply."""
    return actions.reply(
        author=author or MemberFactory(),
        topic=topic,
        source=source,
        language=values.pop("language", "en"),
        key=values.pop("key", None) or uuid4(),
        trusted=values.pop("trusted", True),
        **values,
    )


def a_rule() -> Grounds:
    """The first rule in force, for a decision of which it does not matter on what it rests."""
    return Grounds(rule=Rule.objects.active().first())


def in_state(post: Post, state: State) -> Post:
    """Put a post and, with an opening post, its topic into a state, whatever it was.

    Past the actions, so that a test can begin anywhere.
    """
    topic = post.topic
    was = State(post.state)
    values = {"state": state}
    if state in {State.PUBLISHED, State.HIDDEN}:
        values |= {
            "number": post.number or topic.last_number + 1,
            "published_at": post.published_at or post.created_at,
        }
    elif state in {State.PENDING, State.REJECTED}:
        values |= {"number": None, "published_at": None}
    Post.objects.filter(pk=post.pk).update(**values)
    highest = Post.objects.filter(topic=topic).aggregate(highest=Max("number"))["highest"]
    Topic.objects.filter(pk=topic.pk).update(last_number=highest or 0)
    post = Post.objects.select_related("topic__category").get(pk=post.pk)
    settle(post=post, topic=post.topic, was=was)
    return post
