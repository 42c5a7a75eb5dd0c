"""Mail to authors about what was decided on their posts, in their language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.mail import send_templated
from forum import statements
from forum.models import Appeal, Decision, Notification, Post
from forum.models.notifications import Kind
from forum.notifications.inbox import notify
from forum.notifications.reporters import complaint_answered
from forum.references import readable


def post_published(post: Post) -> None:
    """Tell the author that a post can now be read."""
    author = post.author
    if author is None:
        return
    with translation.override(author.language):
        url = settings.WAGTAILADMIN_BASE_URL + post.get_absolute_url()
    _mail(author, "post_published", {"topic": post.topic, "url": url})


def decision_made(decision: Decision) -> None:
    """Send the statement of reasons, with the text concerned, so that it is not lost."""
    member, post = decision.subject, decision.post
    if member is None:
        return
    with translation.override(decision.language):
        base = settings.WAGTAILADMIN_BASE_URL
        context = {
            "decision": decision,
            "topic": decision.topic,
            "lines": statements.lines(decision),
            "source": readable(decision.text_before or (post.source if post else "")),
            "changed": readable(post.source) if post and decision.text_before else "",
            "url": base + post.get_absolute_url() if post else "",
            "decision_url": base + decision.get_absolute_url(),
            "appeal_until": date_format(localtime(decision.appeal_until), "DATE_FORMAT"),
        }
    notify(recipients=[member.pk], kind=Kind.DECISION, topic=decision.topic, post=post)
    _mail(member, "decision", context, kind=Kind.DECISION, post=post)


def appeal_decided(appeal: Appeal) -> None:
    """Send the answer to an appeal to whoever made it."""
    if appeal.report is not None:
        complaint_answered(appeal, appeal.report)
    decision = appeal.decision
    member = decision.subject if decision else None
    if decision is None or member is None:
        return
    with translation.override(member.language):
        url = settings.WAGTAILADMIN_BASE_URL + decision.get_absolute_url()
        context = {
            "appeal": appeal,
            "decision": decision,
            "topic": decision.topic,
            "outcome": appeal.get_outcome_display(),
            "decision_url": url,
        }
    notify(recipients=[member.pk], kind=Kind.APPEAL, topic=decision.topic, post=decision.post)
    _mail(member, "appeal_decided", context, kind=Kind.APPEAL, post=decision.post)


def _mail(
    member: Any,
    name: str,
    context: dict[str, Any],
    *,
    kind: Kind | None = None,
    post: Post | None = None,
) -> None:
    """Send one mail; the line of the inbox that says the same is not mailed again."""
    if kind is not None:
        lines = Notification.objects.filter(user=member, kind=kind, post=post, mailed_at=None)
        lines.update(mailed_at=timezone.now())
    if not member.is_active:
        return
    send_templated(
        template=f"emails/forum/{name}",
        to=member.email,
        language=member.language,
        context={"author": member, **context},
    )
