"""Mail made of the inbox: at once, or in a digest; always what its reader may read at that moment.

A line is mailed once. It is claimed by compare-and-swap in the transaction that enqueues the mail,
so of two workers one sends it, and what fails is as if it had not been tried.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from core import rhythm
from core.mail import send_templated
from core.tasks import enqueue
from forum.models import Notification, NotificationPreferences
from forum.models.following import DIGESTS, Frequency
from forum.models.notifications import FOLDED
from forum.notifications.lines import Line, lines_of
from forum.notifications.tokens import Wish, address_of
from forum.querysets_inbox import NotificationQuerySet

BATCH = 100
MOST_LINES = 30
PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


def mail_at_once(
    *, kind: str, topic_id: int | None, post_id: int | None, after: int = 0
) -> int | None:
    """Mail lines of one kind about one post to those who want mail at once, `BATCH` of them.

    Returns the key of the last one where there may be more, to be given as `after`, else None.
    """
    lines = _wanted_at_once().filter(kind=kind, topic=topic_id, pk__gt=after)
    # A folded line may still name an earlier post that was hidden before its mail went.
    if kind not in FOLDED:
        lines = lines.filter(post=post_id)
    keys = list(lines.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for key in keys:
        _mail_line(key)
    return keys[-1] if len(keys) == BATCH else None


def _wanted_at_once() -> NotificationQuerySet:
    preferences = "user__forum_preferences"
    chosen = Q(**{f"{preferences}__frequency": Frequency.AT_ONCE, f"{preferences}__mail_stop": ""})
    return Notification.objects.to_mail().filter(
        Q(**{f"{preferences}__isnull": True}) | chosen, user__is_active=True
    )


@transaction.atomic
def _mail_line(key: int) -> None:
    row = _wanted_at_once().filter(pk=key).select_related("user").first()
    if row is None:
        return
    with translation.override(row.user.language):
        wanted = Notification.objects.filter(pk=key).visible_to(row.user)
        lines = lines_of(row.user, wanted.rows())
    if lines and _claim([key]):
        _send(row.user, "told", lines)


def last_moment(frequency: Frequency, now: datetime) -> datetime:
    """When digests of this rhythm were last due: at `FORUM_DIGEST_HOUR`, weekly ones on Mondays."""
    hour = getattr(settings, "FORUM_DIGEST_HOUR", 6)
    return rhythm.last_moment(now, hour=hour, is_weekly=frequency == Frequency.WEEKLY)


def send_digests(now: datetime | None = None) -> None:
    """Enqueue the digests that are due, each as a task of its own; who has nothing new gets none."""
    from forum.notifications import tasks

    now = now or timezone.now()
    new = Notification.objects.to_mail().filter(user=OuterRef("user"))
    for frequency in DIGESTS:
        due = NotificationPreferences.objects.filter(
            frequency=frequency,
            mail_stop="",
            digest_at__lt=last_moment(frequency, now),
            user__is_active=True,
        )
        due.exclude(Exists(new)).update(digest_at=now)
        for key in due.values_list("pk", flat=True).iterator():
            enqueue(tasks.mail_digest, user_id=key, now=now.isoformat())


@transaction.atomic
def mail_digest(*, user_id: int, now: datetime) -> None:
    """Mail one account's digest, if it is still due; lines older than one period are in none."""
    row = NotificationPreferences.objects.select_related("user").filter(pk=user_id).first()
    if row is None or row.frequency not in DIGESTS or not row.user.is_active:
        return
    frequency = Frequency(row.frequency)
    if row.digest_at >= last_moment(frequency, now):
        return
    claimed = NotificationPreferences.objects.filter(
        pk=user_id, digest_at=row.digest_at, frequency=frequency, mail_stop=""
    ).update(digest_at=now)
    if not claimed:
        return
    # A period more than since the last one, for what came while that one was made.
    since = row.digest_at - PERIODS[frequency]
    rows = Notification.objects.to_mail().filter(created_at__gt=since).visible_to(row.user).rows()
    with translation.override(row.user.language):
        lines = lines_of(row.user, rows[: MOST_LINES + 1])
    shown = lines[:MOST_LINES]
    if shown and _claim(line.pk for line in shown):
        _send(row.user, "digest", shown, has_more=len(lines) > MOST_LINES)


def _claim(keys: Iterable[int]) -> bool:
    """Whether all of these lines were free and now are this mail's; if not, none is."""
    wanted = list(keys)
    with transaction.atomic():
        free = Notification.objects.filter(pk__in=wanted, mailed_at=None)
        if free.update(mailed_at=timezone.now()) == len(wanted):
            return True
        transaction.set_rollback(True)
    return False


def _send(user: Any, name: str, lines: list[Line], **context: Any) -> None:
    base = settings.WAGTAILADMIN_BASE_URL
    with translation.override(user.language):
        stop_url = address_of(Wish(user.pk))
        addresses = {
            "base": base,
            "inbox_url": base + reverse("forum:inbox"),
            "settings_url": base + reverse("forum:inbox_settings"),
            "stop_url": stop_url,
            "mute_url": address_of(Wish(user.pk, lines[0].topic_id)) if lines[0].topic_id else "",
        }
    send_templated(
        template=f"emails/forum/{name}",
        to=user.email,
        language=user.language,
        context={"author": user, "lines": lines, "line": lines[0], **addresses, **context},
        headers={
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
