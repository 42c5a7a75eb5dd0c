"""Reacting to a post with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from forum import errors, permissions
from forum.models import Post, Reaction
from forum.models.reactions import ReactionKind

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def react(*, post: Post, user: User, kind: ReactionKind | None) -> None:
    """Make `kind` this member's reaction to a post; None takes the reaction back.

    It says what shall be, not what shall change: sent twice, it stands. Kept pages of visitors
    are left to expire by themselves, for a count is not worth dropping them all.
    Raises NotAllowed, on one's own posts too.
    """
    if not permissions.may_react(user, post):
        raise errors.NotAllowed
    if kind is None:
        Reaction.objects.filter(post=post, user=user).delete()
        return
    Reaction.objects.bulk_create(
        [Reaction(post=post, user=user, kind=kind)],
        update_conflicts=True,
        update_fields=["kind"],
        unique_fields=["post", "user"],
    )
