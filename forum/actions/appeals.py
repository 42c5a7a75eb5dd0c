"""Appeals: one for each decision, answered by somebody who did not take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forum import errors, notifications
from forum.actions.editing import edit_post
from forum.actions.moderation import needed
from forum.actions.penalties import end_penalty
from forum.models import Appeal, Decision, ModerationLog, Post
from forum.models.decisions import Measure, Outcome
from forum.states import TRANSITIONS, Act, OtherAct, State
from forum.transitions import change, lock

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def file_appeal(*, decision: Decision, member: User, text: str) -> Appeal:
    """Ask for another look at a decision about oneself, whatever penalty is in force.

    Raises NotAllowed, ReasonMissing, AlreadyAppealed, NotAppealable.
    """
    text = needed(text)
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if locked.subject_id != member.pk:
        raise errors.NotAllowed
    if Appeal.objects.filter(decision=locked).exists():
        raise errors.AlreadyAppealed
    if locked.withdrawn_at is not None or locked.appeal_until <= timezone.now():
        raise errors.NotAppealable
    return Appeal.objects.create(decision=locked, first_moderator_id=locked.moderator_id, text=text)


@transaction.atomic
def decide_appeal(*, appeal: Appeal, moderator: User, outcome: Outcome, answer: str) -> Appeal:
    """Answer an appeal; where it succeeds, what was taken is given back in the same transaction.

    A text that its author has deleted meanwhile stays deleted. Raises NotAllowed, OwnDecision,
    ReasonMissing, AlreadyHandled.
    """
    answer = needed(answer)
    if not Appeal.objects.moderatable_by(moderator).filter(pk=appeal.pk).exists():
        raise errors.NotAllowed
    decision = Decision.objects.select_related("post", "subject").get(appeal=appeal)
    post = decision.post
    if post is not None:
        lock(post.topic_id)
    locked = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("decided_by")
        .get(pk=appeal.pk)
    )
    if locked.decided_at is not None:
        raise errors.AlreadyHandled(str(locked.decided_by or ""))
    if moderator.pk in {locked.first_moderator_id, decision.moderator_id, decision.subject_id}:
        raise errors.OwnDecision
    if outcome == Outcome.OVERTURNED:
        _give_back(decision, moderator, answer)
    locked.outcome, locked.answer = outcome, answer
    locked.decided_by, locked.decided_at = moderator, timezone.now()
    locked.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    ModerationLog.objects.create(
        post=post,
        topic_id=post.topic_id if post else decision.topic_id,
        subject=decision.subject,
        actor=moderator,
        action=OtherAct.OVERTURN if outcome == Outcome.OVERTURNED else OtherAct.UPHOLD,
        reason=answer,
    )
    notifications.appeal_decided(locked)
    return locked


def _give_back(decision: Decision, moderator: User, answer: str) -> None:
    if decision.scope == "account":
        penalty = getattr(decision, "penalty", None)
        if penalty is not None:
            end_penalty(penalty, moderator)
        return
    if decision.post is None:
        return
    post = Post.objects.get(pk=decision.post.pk)
    if decision.measure == Measure.EDIT:
        if post.state == State.PUBLISHED:
            edit_post(
                post=post,
                editor=moderator,
                source=decision.text_before,
                language=post.language,
                version=post.version,
                reason=answer,
            )
    elif post.state in TRANSITIONS[Act.RESTORE][0]:
        change(post=post, act=Act.RESTORE, actor=moderator, version=post.version, reason=answer)
