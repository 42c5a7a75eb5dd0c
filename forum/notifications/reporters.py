"""What people are told who reported something.

Members find it in their inbox, and get mail of it as they wish; others get it by e-mail.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from core.mail import send_templated
from forum.models import Appeal, Notification, Report
from forum.models.notifications import Kind
from forum.notifications.contesting import contest_path
from forum.notifications.inbox import notify


def notice_received(report: Report) -> None:
    """Confirm the receipt of a notice: Article 16 (4)."""
    _mail(report, "notice_received")


def reports_handled(reports: Iterable[Report]) -> None:
    """Tell the outcome, and what can be done about it: Article 16 (5)."""
    for report in reports:
        if report.reporter_id is not None:
            notify(
                recipients=[report.reporter_id],
                kind=Kind.REPORT,
                topic=report.post.topic if report.post else None,
                post=report.post,
            )
        else:
            _mail(report, "notice_decided")


def complaint_answered(appeal: Appeal, report: Report) -> None:
    """Send the answer to whoever contested the outcome of a report: Article 20 (5)."""
    member = report.reporter
    language = member.language if member else report.language
    address = member.email if member and member.is_active else report.email
    if member is not None:
        post = report.post
        notify(
            recipients=[member.pk], kind=Kind.APPEAL, topic=post.topic if post else None, post=post
        )
        lines = Notification.objects.filter(user=member, kind=Kind.APPEAL, mailed_at=None)
        lines.filter(post=post).update(mailed_at=timezone.now())
    if not address:
        return
    with translation.override(language):
        outcome, path = appeal.get_outcome_display(), contest_path(report)
    send_templated(
        template="emails/forum/appeal_decided",
        to=address,
        language=language,
        context={
            "author": {"name": member.name if member else report.name},
            "appeal": appeal,
            "outcome": outcome,
            "decision_url": settings.WAGTAILADMIN_BASE_URL + path,
        },
    )


def _mail(report: Report, name: str) -> None:
    if not report.email:
        return
    with translation.override(report.language):
        path = reverse("forum:report_status", args=[report.reference])
        outcome = report.get_state_display()
        contest = contest_path(report) if report.is_contestable else ""
    send_templated(
        template=f"emails/forum/{name}",
        to=report.email,
        language=report.language,
        context={
            "report": report,
            "author": {"name": report.name},
            "outcome": outcome,
            "url": settings.WAGTAILADMIN_BASE_URL + path,
            "contest_url": settings.WAGTAILADMIN_BASE_URL + contest if contest else "",
        },
    )
