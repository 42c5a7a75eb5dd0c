"""Appeals: one for each decision and each report, answered by somebody who did not decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forum import errors, notifications
from forum.actions.editing import edit_post
from forum.actions.moderation import hide_post, needed
from forum.actions.penalties import end_penalty
from forum.actions.writing import line_up
from forum.grounds import Grounds
from forum.models import Appeal, Decision, ModerationLog, Post, Report
from forum.models.decisions import Measure, Outcome
from forum.models.reports import Handling
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
def contest_report(*, report: Report, text: str) -> Appeal:
    """Ask for another look at what became of a report; whoever sent it may, and the caller knows who.

    Raises ReasonMissing, AlreadyAppealed, NotAppealable.
    """
    text = needed(text)
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if Appeal.objects.filter(report=locked).exists():
        raise errors.AlreadyAppealed
    if not locked.is_contestable:
        raise errors.NotAppealable
    return Appeal.objects.create(report=locked, first_moderator_id=locked.handled_by_id, text=text)


@transaction.atomic
def decide_appeal(
    *,
    appeal: Appeal,
    moderator: User,
    outcome: Outcome,
    answer: str,
    reason: str = "",
    grounds: Grounds | None = None,
) -> Appeal:
    """Answer an appeal; where it succeeds, what was asked is done in the same transaction.

    What a decision took is given back; a text that its author has deleted meanwhile stays deleted.
    What was reported without success is hidden if it is still public: `reason` and `grounds` are
    for its author. Raises NotAllowed, OwnDecision, ReasonMissing, GroundMissing, AlreadyHandled.
    """
    answer = needed(answer)
    line_up(moderator)
    if not Appeal.objects.moderatable_by(moderator).filter(pk=appeal.pk).exists():
        raise errors.NotAllowed
    about = Appeal.objects.select_related(
        "decision__post", "decision__subject", "report__post__author", "report__reporter"
    ).get(pk=appeal.pk)
    if about.post is not None:
        lock(about.post.topic_id)
    locked = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("decided_by")
        .get(pk=appeal.pk)
    )
    if locked.decided_at is not None:
        raise errors.AlreadyHandled(str(locked.decided_by or ""))
    if moderator.pk in concerned(about):
        raise errors.OwnDecision
    if outcome == Outcome.OVERTURNED:
        if about.decision is not None:
            _give_back(about.decision, moderator, answer)
        elif about.report is not None:
            _act_on(about.report, moderator, reason, grounds)
    locked.outcome, locked.answer = outcome, answer
    locked.decided_by, locked.decided_at = moderator, timezone.now()
    locked.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    ModerationLog.objects.create(
        post=about.post,
        topic_id=about.topic.pk if about.topic else None,
        subject=about.decision.subject if about.decision else None,
        actor=moderator,
        action=OtherAct.OVERTURN if outcome == Outcome.OVERTURNED else OtherAct.UPHOLD,
        reason=answer,
    )
    notifications.appeal_decided(locked)
    return locked


def concerned(appeal: Appeal) -> set[int | None]:
    """The accounts that have a part in the matter, and so cannot judge it."""
    people: set[int | None] = {appeal.first_moderator_id}
    if appeal.decision is not None:
        people |= {appeal.decision.moderator_id, appeal.decision.subject_id}
    if appeal.report is not None:
        people |= {appeal.report.reporter_id, appeal.post.author_id if appeal.post else None}
    return people - {None}


def _act_on(report: Report, moderator: User, reason: str, grounds: Grounds | None) -> None:
    """Do what a report had asked for, and say so in it."""
    post = report.post
    if post is not None and post.state == State.PUBLISHED:
        reason = needed(reason)
        if grounds is None:
            raise errors.GroundMissing
        fresh = Post.objects.select_related("topic", "author").get(pk=post.pk)
        hide_post(
            post=fresh, moderator=moderator, version=fresh.version, reason=reason, grounds=grounds
        )
        report.decision = Decision.objects.filter(post=post).order_by("-pk").first()
    report.state = Handling.UPHELD
    report.save(update_fields=["state", "decision"])


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
                title=decision.title_before,
            )
    elif post.state in TRANSITIONS[Act.RESTORE][0]:
        change(post=post, act=Act.RESTORE, actor=moderator, version=post.version, reason=answer)
