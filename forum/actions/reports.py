"""Reports of members, notices of illegal content by anybody, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from forum import errors, limits, notifications, permissions
from forum.actions.moderation import may_moderate_post, needed
from forum.actions.statements import close_reports
from forum.actions.writing import line_up
from forum.models import ModerationLog, Post, Report
from forum.models.reports import Handling, Reason
from forum.places import place_of
from forum.states import OtherAct

if TYPE_CHECKING:
    from forum.case_querysets import ReportQuerySet
    from members.models import User

HOUR = timedelta(hours=1)


@transaction.atomic
def report_post(
    *,
    post: Post,
    reporter: User,
    reason: Reason,
    explanation: str = "",
    address: str = "",
    good_faith: bool = False,
    language: str,
) -> Report:
    """Tell the moderators what is wrong with somebody's post.

    Raises NotAllowed, TooManyReports, AlreadyReported, NoticeIncomplete.
    """
    line_up(reporter)
    visible = Post.objects.visible_to(reporter).filter(pk=post.pk).exists()
    if not visible or not permissions.may_report(reporter, post):
        raise errors.NotAllowed
    sent = Report.objects.filter(reporter=reporter, created_at__gt=timezone.now() - HOUR)
    if sent.count() >= limits.current().reports_per_hour:
        raise errors.TooManyReports
    return _store(
        Report(
            post=post,
            reporter=reporter,
            reason=reason,
            explanation=explanation.strip(),
            address=address,
            good_faith=good_faith,
            language=language,
        )
    )


@transaction.atomic
def give_notice(
    *,
    explanation: str,
    address: str,
    name: str,
    email: str,
    good_faith: bool,
    language: str,
    post: Post | None = None,
    may_be_anonymous: bool = False,
) -> Report:
    """Take a notice of illegal content from anybody, and confirm its receipt by e-mail.

    `post` is what stands at the address, where that is a post. `may_be_anonymous` is for notices
    of sexual abuse of children, which need no name. Raises NoticeIncomplete, AlreadyReported.
    """
    name, email = name.strip(), email.strip().lower()
    if not (may_be_anonymous or (name and email)):
        raise errors.NoticeIncomplete
    report = _store(
        Report(
            post=post,
            reason=Reason.ILLEGAL,
            explanation=explanation.strip(),
            address=address,
            name=name,
            email=email,
            place="" if post is not None else place_of(address),
            may_be_anonymous=may_be_anonymous,
            good_faith=good_faith,
            language=language,
        )
    )
    notifications.notice_received(report)
    return report


@transaction.atomic
def dismiss_reports(*, post: Post, moderator: User, answer: str, upheld: bool = False) -> int:
    """Close all open reports of a post without doing anything to it; how many there were.

    `upheld`: what they asked for was done otherwise, with the topic or by the author.
    Raises NotAllowed, OwnPost, ReasonMissing, AlreadyHandled.
    """
    answer = needed(answer)
    may_moderate_post(post, moderator)
    reports = _open(Report.objects.filter(post=post))
    if not reports:
        raise errors.AlreadyHandled(_last_handler(post))
    state = Handling.UPHELD if upheld else Handling.DISMISSED
    close_reports(reports, state=state, moderator=moderator, answer=answer)
    ModerationLog.objects.create(
        post=post,
        topic_id=post.topic_id,
        actor=moderator,
        action=OtherAct.SETTLE if upheld else OtherAct.DISMISS,
        reason=answer,
    )
    return len(reports)


@transaction.atomic
def settle_notice(*, report: Report, moderator: User, upheld: bool, answer: str) -> Report:
    """Close a notice about an address that is no post, and all others about the same one.

    What was done about it is done elsewhere. Raises NotAllowed, ReasonMissing, AlreadyHandled.
    """
    answer = needed(answer)
    within = Report.objects.moderatable_by(moderator).filter(pk=report.pk, post__isnull=True)
    if not within.exists():
        raise errors.NotAllowed
    reports = _open(Report.objects.moderatable_by(moderator).about_same(report))
    if report.pk not in {one.pk for one in reports}:
        known = Report.objects.select_related("handled_by").get(pk=report.pk)
        raise errors.AlreadyHandled(str(known.handled_by or ""))
    state = Handling.UPHELD if upheld else Handling.DISMISSED
    close_reports(reports, state=state, moderator=moderator, answer=answer)
    # The log has no post to name here: the reference says which notice it was.
    ModerationLog.objects.create(
        actor=moderator,
        action=OtherAct.SETTLE if upheld else OtherAct.DISMISS,
        reason=f"{report.reference}: {answer}",
    )
    return next(one for one in reports if one.pk == report.pk)


def _store(report: Report) -> Report:
    """Insert a report; the constraints of the table say whether it is whole and the first one."""
    if report.reason == Reason.ILLEGAL and not (
        report.good_faith and report.explanation and report.address
    ):
        raise errors.NoticeIncomplete
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as error:
        raise errors.AlreadyReported from error
    return report


def _open(wanted: ReportQuerySet) -> list[Report]:
    rows = Report.objects.select_for_update(of=("self",)).filter(pk__in=wanted.values("pk"))
    return list(rows.open().order_by("pk"))


def _last_handler(post: Post) -> str:
    handled = Report.objects.filter(post=post, handled_at__isnull=False)
    last = handled.select_related("handled_by").order_by("-handled_at").first()
    return str(last.handled_by) if last and last.handled_by else ""
