"""Penalties: a warning, a time without posting, a suspension; and their end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from forum import errors, permissions
from forum.actions.moderation import may_moderate_post, needed
from forum.actions.statements import state_reasons, withdraw
from forum.grounds import Grounds
from forum.models import Decision, ModerationLog, Penalty, Post
from forum.models.decisions import Measure
from forum.models.penalties import PenaltyKind
from forum.states import OtherAct

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def penalise(
    *,
    post: Post,
    moderator: User,
    kind: PenaltyKind,
    reason: str,
    grounds: Grounds,
    until: datetime | None = None,
    version: int | None = None,
) -> Penalty:
    """Penalise the author of a post for it, with a statement of reasons.

    `until` is needed for all but a warning. `version` is the one of the post that the moderator
    saw, where several are decided at once: then nobody is penalised for another text, nor a second
    time in this way for the same one. Raises NotAllowed, OwnPost, ReasonMissing, AlreadyHandled.
    """
    reason = needed(reason)
    may_moderate_post(post, moderator)
    if post.author_id is None:
        raise errors.NotAllowed
    member = get_user_model().objects.select_for_update(no_key=True).get(pk=post.author_id)
    if not permissions.may_penalise(moderator, member):
        raise errors.NotAllowed
    if (until is None) is not (kind == PenaltyKind.WARN) or (until and until <= timezone.now()):
        raise ValueError("a penalty other than a warning ends in the future")
    if version is not None:
        _still_as_seen(post, kind, version)
    decision = state_reasons(
        post=post,
        moderator=moderator,
        measure=Measure(kind),
        facts=reason,
        grounds=grounds,
        until=until,
    )
    ModerationLog.objects.create(
        post=post,
        topic_id=post.topic_id,
        subject=member,
        actor=moderator,
        action=OtherAct(kind),
        reason=reason,
    )
    return Penalty.objects.create(
        member=member, kind=kind, until=until, decision=decision, created_at=decision.created_at
    )


def _still_as_seen(post: Post, kind: PenaltyKind, version: int) -> None:
    """Raises AlreadyHandled. The member is locked, so that the second of two finds the first."""
    same = Penalty.objects.filter(decision__post=post, kind=kind, lifted_at=None)
    known = same.select_related("decision__moderator").first()
    if known is not None:
        raise errors.AlreadyHandled(str(known.decision.moderator or ""))
    if Post.objects.only("version").get(pk=post.pk).version != version:
        raise errors.AlreadyHandled(by="")


@transaction.atomic
def lift_penalty(*, penalty: Penalty, moderator: User) -> Penalty:
    """End a penalty before its time; its decision is withdrawn, and an open appeal has succeeded.

    Who imposed it does that, or who assigns moderators: see `permissions.may_lift`.
    Raises NotAllowed, AlreadyHandled.
    """
    within = Decision.objects.moderatable_by(moderator).filter(pk=penalty.decision_id)
    if not permissions.may_lift(moderator, penalty) or not within.exists():
        raise errors.NotAllowed
    end_penalty(penalty, moderator)
    withdraw(Decision.objects.filter(pk=penalty.decision_id))
    return penalty


def end_penalty(penalty: Penalty, moderator: User) -> None:
    """Mark a penalty as lifted and log it. Raises AlreadyHandled."""
    now = timezone.now()
    if not Penalty.objects.filter(pk=penalty.pk, lifted_at=None).update(
        lifted_at=now, lifted_by=moderator
    ):
        known = Penalty.objects.select_related("lifted_by").get(pk=penalty.pk)
        raise errors.AlreadyHandled(str(known.lifted_by or ""))
    penalty.lifted_at, penalty.lifted_by = now, moderator
    decision = Decision.objects.select_related("post").get(pk=penalty.decision_id)
    ModerationLog.objects.create(
        post=decision.post,
        topic_id=decision.topic_id,
        subject_id=penalty.member_id,
        actor=moderator,
        action=OtherAct.LIFT,
    )
