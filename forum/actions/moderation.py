"""What moderators do with posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from forum import errors, notifications
from forum.models import Post
from forum.states import Act
from forum.transitions import change

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def publish_post(*, post: Post, moderator: User, version: int) -> Post:
    """Let a waiting post appear and tell its author.

    The author's limits do not apply. Raises NotAllowed, AlreadyHandled.
    """
    _moderate(post, moderator, Act.PUBLISH, version)
    notifications.post_published(post)
    notifications.tell_mentioned(post)
    return post


@transaction.atomic
def reject_post(*, post: Post, moderator: User, version: int, reason: str) -> Post:
    """Turn a waiting post down and send its author the reason.

    Raises NotAllowed, ReasonMissing, AlreadyHandled.
    """
    reason = _needed(reason)
    _moderate(post, moderator, Act.REJECT, version, reason)
    notifications.post_rejected(post, reason)
    return post


@transaction.atomic
def hide_post(*, post: Post, moderator: User, version: int, reason: str) -> Post:
    """Take a published post away from everyone but its author, who gets the reason.

    With an opening post goes its topic. Raises NotAllowed, ReasonMissing, AlreadyHandled.
    """
    reason = _needed(reason)
    _moderate(post, moderator, Act.HIDE, version, reason)
    notifications.post_hidden(post, reason)
    return post


@transaction.atomic
def restore_post(*, post: Post, moderator: User, version: int) -> Post:
    """Let a hidden post appear again in its old place. Raises NotAllowed, AlreadyHandled."""
    _moderate(post, moderator, Act.RESTORE, version)
    notifications.post_published(post)
    return post


def _moderate(post: Post, moderator: User, act: Act, version: int, reason: str = "") -> None:
    if not Post.objects.moderatable_by(moderator).filter(pk=post.pk).exists():
        raise errors.NotAllowed
    change(post=post, act=act, actor=moderator, version=version, reason=reason)


def _needed(reason: str) -> str:
    if not reason.strip():
        raise errors.ReasonMissing
    return reason.strip()
