"""Topics with an answer, and the categories in which they are started."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.audiences import Audience
from forum import actions
from forum.models import Category, Topic
from forum.models.following import Level
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.forum.acts.trying import Thing, Try
from tests.forum.acts.world import World, new_key, text


def make(world: World, state: str) -> Topic:
    """The author's topic, which a member has answered."""
    topic = make_topic(world.category, world.people["author"], source=text())
    answer = make_reply(topic, world.people["member"], source=text())
    by: dict[str, Any] = {"topic": topic, "moderator": world.people["administrator"]}
    match state:
        case "locked":
            actions.set_locked(locked=True, **by)
        case "pinned":
            actions.set_pinned(pinned=True, **by)
        case "merged":
            actions.merge_topics(into=make_topic(world.category), **by)
        case "solved":
            actions.accept_answer(post=answer, user=world.people["author"])
        case _:
            in_state(topic.posts.get(is_opening=True), State(state))
    return Topic.objects.select_related("category").get(pk=topic.pk)


def answer_in(topic: Topic) -> Any:
    """The member's answer, wherever a merge has put it."""
    return (
        topic.posts.filter(is_opening=False).first()
        or topic.merged_into.posts.order_by("number").last()
    )


def in_admin(act: str, **data: Any) -> Any:
    """The moderators' page of a topic; `data` may hold what is made of world and topic."""
    return lambda world, topic: (
        reverse("forum_moderation:topic", args=[topic.pk]),
        {"act": act}
        | {name: value(world, topic) if callable(value) else value for name, value in data.items()},
    )


def accepting(accepted: str) -> Any:
    return lambda _world, topic: (
        reverse("forum:accept", args=[answer_in(topic).pk]),
        {"accepted": accepted},
    )


def at(name: str, **data: Any) -> Any:
    return lambda _world, thing: (reverse(f"forum:{name}", args=[thing.pk]), data or None)


TOPIC = Thing(
    states=(*State.values, "locked", "pinned", "solved", "merged"),
    make=make,
    acts={
        "reply": Try(
            lambda _world, topic: (
                topic.get_absolute_url(),
                {"source": text(), "language": "en", "key": str(new_key())},
            ),
            lambda _world, topic, who: actions.reply(
                author=who, topic=topic, source=text(), language="en", key=new_key()
            ),
        ),
        "follow_topic": Try(
            at("follow_topic", level="watch"),
            lambda _world, topic, who: actions.follow_topic(
                user=who, topic=topic, level=Level.WATCH
            ),
        ),
        "accept_answer": Try(
            accepting("1"),
            lambda _world, topic, who: actions.accept_answer(post=answer_in(topic), user=who),
        ),
        "unaccept_answer": Try(
            accepting(""),
            lambda _world, topic, who: actions.unaccept_answer(post=answer_in(topic), user=who),
        ),
        "set_tags": Try(
            at("change_tags", tags="wool"),
            lambda _world, topic, who: actions.set_tags(topic=topic, editor=who, tags=[]),
        ),
        "set_locked on": Try(
            in_admin("lock"),
            lambda _world, topic, who: actions.set_locked(topic=topic, moderator=who, locked=True),
        ),
        "set_locked off": Try(
            in_admin("lock"),
            lambda _world, topic, who: actions.set_locked(topic=topic, moderator=who, locked=False),
        ),
        "set_pinned on": Try(
            in_admin("pin"),
            lambda _world, topic, who: actions.set_pinned(topic=topic, moderator=who, pinned=True),
        ),
        "set_pinned off": Try(
            in_admin("pin"),
            lambda _world, topic, who: actions.set_pinned(topic=topic, moderator=who, pinned=False),
        ),
        "move_topic": Try(
            in_admin("move", category=lambda world, _topic: world.second.pk),
            lambda world, topic, who: actions.move_topic(
                topic=topic, moderator=who, category=world.second
            ),
        ),
        "move_topic out of scope": Try(
            in_admin("move", category=lambda world, _topic: world.elsewhere.pk),
            lambda world, topic, who: actions.move_topic(
                topic=topic, moderator=who, category=world.elsewhere
            ),
        ),
        "merge_topics": Try(
            in_admin("merge", into=lambda world, _topic: world.topic.pk),
            lambda world, topic, who: actions.merge_topics(
                topic=topic, into=world.topic, moderator=who
            ),
        ),
        "split_topic": Try(
            in_admin("split", title="Else", numbers="2"),
            lambda _world, topic, who: actions.split_topic(
                topic=topic, posts=[answer_in(topic).pk], title="Else", moderator=who
            ),
        ),
        "ask_consent": Try(
            at("practice_posts", posts="1"),
            lambda _world, topic, who: actions.ask_consent(
                topic=topic, editor=who, posts=[answer_in(topic)]
            ),
        ),
    },
)


def make_category(_world: World, state: str) -> Category:
    return CategoryFactory(audience=Audience(state))


CATEGORY = Thing(
    states=tuple(Audience.values),
    make=make_category,
    acts={
        "read": Try(lambda _world, category: (category.get_absolute_url(), None)),
        "start_topic": Try(
            lambda _world, category: (
                reverse("forum:new"),
                {
                    "title": "Wool",
                    "source": text(),
                    "language": "en",
                    "key": str(new_key()),
                    "category": category.pk,
                },
            ),
            lambda _world, category, who: actions.start_topic(
                author=who,
                category=category,
                title="Wool",
                source=text(),
                language="en",
                key=new_key(),
            ),
        ),
        "follow_category": Try(
            at("follow_category", level="watch"),
            lambda _world, category, who: actions.follow_category(
                user=who, category=category, level=Level.WATCH
            ),
        ),
    },
)
