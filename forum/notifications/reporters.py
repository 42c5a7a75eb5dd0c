"""What people are told who reported something: members in their inbox, others by e-mail."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.mail import send_templated
from forum.models import Report
from forum.models.notifications import Kind
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


def _mail(report: Report, name: str) -> None:
    if not report.email:
        return
    with translation.override(report.language):
        path = reverse("forum:report_status", args=[report.reference])
        outcome = report.get_state_display()
    send_templated(
        template=f"emails/forum/{name}",
        to=report.email,
        language=report.language,
        context={
            "report": report,
            "author": {"name": report.name},
            "outcome": outcome,
            "url": settings.WAGTAILADMIN_BASE_URL + path,
        },
    )
