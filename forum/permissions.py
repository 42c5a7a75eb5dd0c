"""Who may do what in the forum: one rule, as a check here and as a filter in `querysets`."""

from __future__ import annotations

from typing import Any

from core.audiences import may_read
from forum.models import Category, Post, Topic
from forum.querysets import moderates
from forum.standing import is_suspended, penalty_of, scope_of
from forum.states import TRANSITIONS, Act, State


def may_write(user: Any) -> bool:
    """Whether this reader may post at all: members may, unless a penalty keeps them from it."""
    return bool(user.is_authenticated and user.is_member and penalty_of(user) is None)


def may_start_topic(user: Any, category: Category) -> bool:
    """Whether a member may post in this category: whoever may read it may."""
    return may_write(user) and may_read(user, {category.audience})


def may_reply(user: Any, topic: Topic) -> bool:
    """Whether this reader may answer here; a locked topic is open to moderators only."""
    return (
        topic.state == State.PUBLISHED
        and may_start_topic(user, topic.category)
        and (not topic.locked or may_moderate(user))
    )


def may_moderate(user: Any) -> bool:
    """Whether this person moderates the forum, all of it or a part."""
    return moderates(user)


def may_moderate_topic(user: Any, topic: Topic) -> bool:
    """Whether a topic that this person reads is within the moderator's scope."""
    return may_moderate(user) and scope_of(user).holds(
        category_id=topic.category_id, language=topic.language
    )


def may_report(user: Any, post: Post) -> bool:
    """Whether a member may report a post: anybody else's, once it is public.

    A notice of illegal content is open to everyone, whoever they are; this is not asked there.
    """
    return bool(
        user.is_authenticated
        and user.is_member
        and not is_suspended(user)
        and post.author_id != user.pk
        and post.state == State.PUBLISHED
    )


def may_penalise(moderator: Any, member: Any) -> bool:
    """Whether this moderator may penalise an account: no own one; moderators are administrators' matter."""
    if member is None or member.pk == moderator.pk or not may_moderate(moderator):
        return False
    return bool(moderator.is_superuser or not may_moderate(member))


def may_delete(user: Any, post: Post) -> bool:
    """Whether a post is this person's own to delete.

    An opening post that others have answered is not: deleting it would take their replies away.
    """
    return (
        user.is_authenticated
        and post.author_id == user.pk
        and post.state in TRANSITIONS[Act.DELETE][0]
        and not (post.is_opening and post.topic.reply_count)
    )
