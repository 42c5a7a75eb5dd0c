"""What recurs around accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.periodic import register
from members import actions


def forget_addresses(now: datetime | None = None) -> int:
    """Delete the records of log-ins, with their network addresses, whose sessions have ended.

    They are there so that members can see and end their own sessions; nothing else reads them.
    The youngest stay: a session is stored a moment after its record.
    """
    moment = now or timezone.now()
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=moment)
    ended = UserSession.objects.filter(~Exists(alive), created_at__lt=moment - timedelta(hours=1))
    return ended.delete()[0]


register("forget_addresses", forget_addresses, every=timedelta(days=1))
register("settle_memberships", actions.settle_all, every=timedelta(days=1))
register("erase_accounts", actions.erase_due, every=timedelta(hours=1))
register("erase_idle_accounts", actions.erase_idle, every=timedelta(days=1))
register("prune_data_copies", actions.prune_copies, every=timedelta(hours=1))
register("remind_of_contacts", actions.remind_of_contacts, every=timedelta(hours=1))
register("close_contacts", actions.close_contacts, every=timedelta(hours=1))
register("prune_contacts", actions.prune_contacts, every=timedelta(days=1))
