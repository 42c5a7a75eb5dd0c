"""The statement of reasons that goes with every measure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from forum import notifications
from forum.grounds import Grounds
from forum.models import Appeal, Decision, Report
from forum.models.decisions import Ground, Measure, Outcome, Scope, Source, appeal_deadline
from forum.models.reports import Handling

if TYPE_CHECKING:
    from forum.case_querysets import DecisionQuerySet
    from forum.models import Post
    from members.models import User


def state_reasons(
    *,
    post: Post,
    moderator: User,
    measure: Measure,
    facts: str,
    grounds: Grounds,
    first_posts: bool = False,
    until: datetime | None = None,
    text_before: str = "",
    title_before: str = "",
) -> Decision:
    """Store why a measure was taken, tell the author, and close the reports that asked for it.

    `first_posts`: the text was looked at because it waited, held back by a rule that acts by
    itself; nothing else here finds or judges a text without a person. Call it inside the
    transaction of the measure, after the topic is locked.
    """
    reports = list(
        Report.objects.select_for_update(of=("self",)).filter(post=post).open().order_by("pk")
    )
    now = timezone.now()
    decision = Decision.objects.create(
        subject=post.author,
        post=post,
        topic=post.topic,
        measure=measure,
        scope=_scope(post, measure),
        until=until,
        facts=facts,
        source=_source(first_posts=first_posts, reported=bool(reports)),
        automated=first_posts,
        ground=Ground.LAW if grounds.law else Ground.RULE,
        rule=None if grounds.law else grounds.rule,
        law=grounds.law,
        language=post.author.language if post.author else post.language,
        text_before=text_before,
        title_before=title_before,
        moderator=moderator,
        created_at=now,
        appeal_until=appeal_deadline(now),
    )
    notifications.decision_made(decision)
    close_reports(reports, state=Handling.UPHELD, moderator=moderator, decision=decision)
    return decision


def withdraw(decisions: DecisionQuerySet) -> None:
    """Take decisions back; an open appeal against one has succeeded."""
    now = timezone.now()
    for decision in decisions.order_by("pk"):
        with override(decision.language):
            answer = _("The decision was withdrawn.")
        Appeal.objects.filter(decision=decision, decided_at=None).update(
            outcome=Outcome.OVERTURNED, answer=answer, decided_at=now
        )
    decisions.update(withdrawn_at=now)


def close_reports(
    reports: list[Report],
    *,
    state: Handling,
    moderator: User,
    answer: str = "",
    decision: Decision | None = None,
) -> None:
    """Give locked, open reports their outcome, and tell whoever sent them."""
    for report in reports:
        report.state = state
        report.answer = answer
        report.decision = decision
        report.handled_by = moderator
        report.handled_at = timezone.now()
    Report.objects.bulk_update(reports, ["state", "answer", "decision", "handled_by", "handled_at"])
    notifications.reports_handled(reports)


def _scope(post: Post, measure: Measure) -> Scope:
    if measure in {Measure.WARN, Measure.SILENCE, Measure.SUSPEND}:
        return Scope.ACCOUNT
    return Scope.TOPIC if post.is_opening and measure != Measure.EDIT else Scope.POST


def _source(*, first_posts: bool, reported: bool) -> Source:
    if first_posts:
        return Source.FIRST_POSTS
    return Source.REPORT if reported else Source.OWN
