"""What people do with their inbox and with the mail to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forum.actions.following import set_topic_level
from forum.models import Notification, NotificationPreferences, Topic
from forum.models.following import Frequency, Level, MailStop

if TYPE_CHECKING:
    from members.models import User


def mark_read(*, user: User, line: int | None = None, topic: Topic | None = None) -> int:
    """Mark one line, those about a topic, or all of somebody's lines as read; how many were not."""
    unread = Notification.objects.unread().filter(user=user)
    if line is not None:
        unread = unread.filter(pk=line)
    if topic is not None:
        unread = unread.filter(topic=topic)
    return unread.update(read_at=timezone.now())


def forget_read_lines() -> int:
    """Delete the lines that were read `FORUM_INBOX_DAYS` ago or earlier; how many they were."""
    days = getattr(settings, "FORUM_INBOX_DAYS", 180)
    old = Notification.objects.filter(read_at__lt=timezone.now() - timedelta(days=days))
    return old.delete()[0]


@transaction.atomic
def set_preferences(*, user: User, frequency: Frequency, watches_own: bool) -> None:
    """Store how somebody wants to be told; a new rhythm of mail begins with what comes from now on."""
    row, _created = NotificationPreferences.objects.select_for_update().get_or_create(user=user)
    if row.frequency != frequency:
        row.digest_at = timezone.now()
    row.frequency, row.watches_own = frequency, watches_own
    row.save(update_fields=["frequency", "watches_own", "digest_at"])


@transaction.atomic
def unsubscribe(*, user: User, topic: Topic | None = None) -> None:
    """Send somebody no more mail, or nothing more about one topic; a second time changes nothing.

    For who holds a link from a mail: whether the topic can still be read is not asked.
    """
    if topic is None:
        NotificationPreferences.objects.update_or_create(
            user=user, defaults={"frequency": Frequency.NONE}
        )
    else:
        set_topic_level(user, topic, Level.MUTE)


@transaction.atomic
def stop_mail(*, user: User, why: MailStop) -> None:
    """Send nothing more to an account whose mail came back or was complained about."""
    NotificationPreferences.objects.update_or_create(
        user=user, defaults={"mail_stop": why, "mail_stopped_at": timezone.now()}
    )


@transaction.atomic
def resume_mail(*, user: User) -> None:
    """Send mail again, as its owner has chosen, beginning with what comes from now on."""
    NotificationPreferences.objects.filter(user=user).exclude(mail_stop="").update(
        mail_stop="", mail_stopped_at=None, digest_at=timezone.now()
    )
