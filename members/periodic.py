"""What recurs around accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from core.periodic import register


def forget_addresses(now: datetime | None = None) -> int:
    """Delete the records of log-ins, with their network addresses, whose sessions have ended.

    They are there so that members can see and end their own sessions; nothing else reads them.
    """
    began = (now or timezone.now()) - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    deleted, _by_model = UserSession.objects.filter(
        created_at__lt=began, last_seen_at__lt=began
    ).delete()
    return deleted


register("forget_addresses", forget_addresses, every=timedelta(days=1))
