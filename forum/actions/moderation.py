"""What moderators do with posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from forum import errors, notifications, permissions
from forum.actions.editing import edit_post
from forum.actions.statements import state_reasons, withdraw
from forum.actions.writing import line_up
from forum.grounds import Grounds
from forum.models import Decision, Post
from forum.models.decisions import Measure
from forum.states import Act, State
from forum.transitions import change, lock

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def publish_post(*, post: Post, moderator: User, version: int) -> Post:
    """Let a waiting post appear and tell its author.

    The author's limits do not apply. Raises NotAllowed, OwnPost, AlreadyHandled.
    """
    _moderate(post, moderator, Act.PUBLISH, version)
    notifications.post_published(post)
    return post


@transaction.atomic
def reject_post(
    *, post: Post, moderator: User, version: int, reason: str, grounds: Grounds
) -> Post:
    """Turn a waiting post down, with a statement of reasons to its author.

    Raises NotAllowed, OwnPost, ReasonMissing, AlreadyHandled.
    """
    reason = needed(reason)
    _moderate(post, moderator, Act.REJECT, version, reason)
    state_reasons(
        post=post,
        moderator=moderator,
        measure=Measure.REJECT,
        facts=reason,
        grounds=grounds,
        first_posts=True,
    )
    return post


@transaction.atomic
def hide_post(*, post: Post, moderator: User, version: int, reason: str, grounds: Grounds) -> Post:
    """Take a published post away from everyone but its author, who gets a statement of reasons.

    With an opening post goes its topic. Raises NotAllowed, OwnPost, ReasonMissing, AlreadyHandled.
    """
    reason = needed(reason)
    _moderate(post, moderator, Act.HIDE, version, reason)
    state_reasons(
        post=post, moderator=moderator, measure=Measure.HIDE, facts=reason, grounds=grounds
    )
    return post


@transaction.atomic
def restore_post(*, post: Post, moderator: User, version: int) -> Post:
    """Let a hidden post appear again in its old place, or one that was turned down for once.

    The decision against it is withdrawn, and an open appeal with it has succeeded.
    Raises NotAllowed, OwnPost, AlreadyHandled.
    """
    _moderate(post, moderator, Act.RESTORE, version)
    against = [Measure.REJECT, Measure.HIDE]
    withdraw(Decision.objects.filter(post=post, measure__in=against, withdrawn_at=None))
    notifications.post_published(post)
    return post


@transaction.atomic
def correct_post(
    *,
    post: Post,
    moderator: User,
    version: int,
    source: str,
    reason: str,
    grounds: Grounds,
    title: str = "",
) -> Decision:
    """Change the words of somebody's published post; the former ones come back if that is appealed.

    `title` is for the topic that the post opens; empty leaves it.

    Raises NotAllowed, OwnPost, ReasonMissing, AlreadyHandled, Unchanged, Empty, TooLong.
    """
    reason = needed(reason)
    line_up(moderator)
    may_moderate_post(post, moderator)
    topic = lock(post.topic_id)
    former = Post.objects.get(pk=post.pk)
    if former.state != State.PUBLISHED:
        raise errors.AlreadyHandled(by="")
    edit_post(
        post=post,
        editor=moderator,
        source=source,
        language=former.language,
        version=version,
        reason=reason,
        title=title,
    )
    if post.version == former.version:
        raise errors.Unchanged
    return state_reasons(
        post=post,
        moderator=moderator,
        measure=Measure.EDIT,
        facts=reason,
        grounds=grounds,
        text_before=former.source,
        title_before=topic.title if post.topic.title != topic.title else "",
    )


def may_moderate_post(post: Post, moderator: User) -> None:
    """Raise NotAllowed where the post is not within this moderator's reach, OwnPost where it is their own."""
    found = Post.objects.moderatable_by(moderator).filter(pk=post.pk).only("author").first()
    if found is None:
        raise errors.NotAllowed
    if not permissions.may_judge(moderator, found):
        raise errors.OwnPost


def needed(reason: str) -> str:
    """The reason without spaces around it. Raises ReasonMissing where nothing is left."""
    if not reason.strip():
        raise errors.ReasonMissing
    return reason.strip()


def _moderate(post: Post, moderator: User, act: Act, version: int, reason: str = "") -> None:
    may_moderate_post(post, moderator)
    change(post=post, act=act, actor=moderator, version=version, reason=reason)
