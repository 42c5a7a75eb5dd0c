"""Posts, as a reply and as the first of a topic, and their files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from forum import actions
from forum.models import Post
from forum.models.penalties import PenaltyKind
from forum.models.reactions import ReactionKind
from forum.models.reports import Reason
from forum.states import State
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.forum.acts.trying import Thing, Try
from tests.forum.acts.world import World, text

# A moderator's own post, which somebody else judges: published, or in the state that follows.
OWN = "a_moderators"


def make_post(world: World, state: str) -> Post:
    """The author's reply in somebody else's topic, or a moderator's own."""
    topic = make_topic(world.category, world.people["administrator"])
    author = "moderator" if state.startswith(OWN) else "author"
    post = make_reply(topic, world.people[author], source=text())
    if state == "aged":
        then = timezone.now() - timedelta(days=30)
        Post.objects.filter(pk=post.pk).update(published_at=then, created_at=then)
    elif state == "in_closed_topic":
        actions.set_locked(topic=topic, moderator=world.people["administrator"], locked=True)
    elif state not in {State.PUBLISHED, OWN}:
        return in_state(post, State(state.removeprefix(OWN).lstrip("_")))
    return Post.objects.select_related("topic__category", "author").get(pk=post.pk)


def make_opening(world: World, state: str) -> Post:
    """The first post of the author's own topic, or a moderator's; answered in one state only."""
    author = "moderator" if state.startswith(OWN) else "author"
    topic = make_topic(world.category, world.people[author], source=text())
    if state == "answered":
        make_reply(topic, source=text())
    else:
        in_state(topic.posts.get(), State(state.removeprefix(OWN).lstrip("_") or State.PUBLISHED))
    return Post.objects.select_related("topic__category", "author").get(
        topic=topic, is_opening=True
    )


def decide(act: str) -> Any:
    """The moderators' form for one decision."""
    return lambda _world, post: (
        reverse("forum_moderation:decide", args=[post.pk, act]),
        {"version": post.version, "reason": "Why"},
    )


def on_post(name: str, **data: Any) -> Any:
    """A member's form that belongs to a post."""
    return lambda _world, post: (
        reverse(f"forum:{name}", args=[post.pk]),
        {"version": post.version, **data},
    )


def by_moderator(action: Any) -> Any:
    return lambda _world, post, who: action(post=post, moderator=who, version=post.version)


def with_reasons(action: Any, **values: Any) -> Any:
    return lambda _world, post, who: action(
        post=post,
        moderator=who,
        version=post.version,
        reason="Why",
        grounds=a_rule(),
        **values,
    )


def punish(kind: PenaltyKind) -> Try:
    def do(_world: World, post: Post, who: Any) -> Any:
        until = None if kind == PenaltyKind.WARN else timezone.now() + timedelta(days=7)
        return actions.penalise(
            post=post, moderator=who, kind=kind, reason="Why", until=until, grounds=a_rule()
        )

    return Try(
        lambda _world, post: (
            reverse("forum_moderation:penalise", args=[post.pk]),
            {"kind": kind, "days": "7", "reason": "Why"},
        ),
        do,
    )


def edit(_world: World, post: Post, who: Any) -> Any:
    return actions.edit_post(
        post=post,
        editor=who,
        source="Other words",
        language="en",
        version=post.version,
        reason="Why",
    )


DECISIONS = {
    "publish_post": Try(decide("publish"), by_moderator(actions.publish_post)),
    "reject_post": Try(decide("reject"), with_reasons(actions.reject_post)),
    "hide_post": Try(decide("hide"), with_reasons(actions.hide_post)),
    "restore_post": Try(decide("restore"), by_moderator(actions.restore_post)),
    "delete_own": Try(
        on_post("delete"),
        lambda _world, post, who: actions.delete_own(post=post, author=who, version=post.version),
    ),
}
POST = Thing(
    states=(*State.values, "aged", "in_closed_topic", OWN, f"{OWN}_hidden"),
    make=make_post,
    acts={
        **DECISIONS,
        "edit_post": Try(on_post("edit", source="Other words", language="en"), edit),
        "correct_post": Try(
            decide("correct"),
            with_reasons(actions.correct_post, source="Other words"),
        ),
        **{f"penalise {kind}": punish(kind) for kind in PenaltyKind},
        "report_post": Try(
            on_post("report", reason="spam"),
            lambda _world, post, who: actions.report_post(
                post=post, reporter=who, reason=Reason.SPAM, language="en"
            ),
        ),
        "react": Try(
            on_post("react", kind="thanks"),
            lambda _world, post, who: actions.react(post=post, user=who, kind=ReactionKind.THANKS),
        ),
        "read": Try(lambda _world, post: (reverse("forum:post", args=[post.pk]), None)),
    },
)
OPENING = Thing(
    states=(*State.values, "answered", OWN, f"{OWN}_pending", f"{OWN}_rejected"),
    make=make_opening,
    acts=DECISIONS,
)
