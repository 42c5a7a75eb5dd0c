"""What holds for one person at the moment: a penalty in force, a moderator's scope.

Each is read once and remembered on the user object, which lives as long as the request. Actions
forget it first, under their lock, so that they decide by what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from forum.models import Penalty

UNREAD = object()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a moderator looks after; None means everything."""

    categories: frozenset[int] | None = None
    languages: frozenset[str] | None = None

    def narrowing(self, *, category: str, language: str) -> Q:
        """The condition on the fields of these names; empty where everything is in scope."""
        condition = Q()
        if self.categories is not None:
            condition &= Q(**{f"{category}__in": self.categories})
        if self.languages is not None:
            condition &= Q(**{f"{language}__in": self.languages})
        return condition

    def holds(self, *, category_id: int, language: str) -> bool:
        """Whether a text of this category and language is in scope."""
        return (self.categories is None or category_id in self.categories) and (
            self.languages is None or language in self.languages
        )


def penalty_of(user: Any) -> Penalty | None:
    """The heaviest penalty in force that keeps this reader from posting; None without one."""
    from forum.models import Penalty

    if not user.is_authenticated:
        return None
    known = getattr(user, "_forum_penalty", UNREAD)
    if known is UNREAD:
        known = user._forum_penalty = Penalty.objects.in_force().of(user).heaviest()
    return known


def holds(user: Any, right: str) -> bool:
    """Whether somebody has a right ("forum.…") and is not suspended: who is suspended uses none."""
    return bool(
        user.is_authenticated and user.is_active and user.has_perm(right) and not is_suspended(user)
    )


def is_suspended(user: Any) -> bool:
    """Whether this person is kept from taking part at all; reading and appealing remain."""
    from forum.models.penalties import PenaltyKind

    penalty = penalty_of(user)
    return penalty is not None and penalty.kind == PenaltyKind.SUSPEND


def scope_of(user: Any) -> Scope:
    """What this moderator looks after; everything where nothing is said."""
    from forum.models import ModeratorScope

    known: Scope | None = getattr(user, "_forum_scope", None)
    if known is None:
        rows = list(
            ModeratorScope.objects.filter(user=user.pk).values_list("languages", "categories")
        )
        languages = frozenset(rows[0][0]) if rows else frozenset()
        categories = frozenset(pk for _languages, pk in rows if pk is not None)
        known = user._forum_scope = Scope(categories or None, languages or None)
    return known


def forget(user: Any) -> None:
    """Have the next question answered by the database."""
    for name in ("_forum_penalty", "_forum_scope"):
        # Not through `vars`: a request's user is a wrapper, and holds neither itself.
        if hasattr(user, name):
            delattr(user, name)
