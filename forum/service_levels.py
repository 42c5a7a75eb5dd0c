"""How well moderation keeps up, on the dashboard of whoever moderates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from forum import queue
from forum.models import Appeal, ModerationLog, Post
from forum.models.decisions import Outcome
from forum.states import Act

DAYS = 30
MOST_MEASURED = 1000


def time_to_decide(user: Any, now: datetime) -> timedelta | None:
    """The median wait of the posts in this moderator's scope that were decided in the last 30 days.

    None where there was none.
    """
    entries = ModerationLog.objects.filter(
        post__in=Post.objects.moderatable_by(user),
        action__in=[Act.PUBLISH, Act.REJECT],
        at__gt=now - timedelta(days=DAYS),
        post__created_at__isnull=False,
    )
    waits = [
        at - sent for at, sent in entries.values_list("at", "post__created_at")[:MOST_MEASURED]
    ]
    return median(waits) if waits else None


def share_overturned(user: Any) -> tuple[int, int]:
    """(successful, answered) appeals in this moderator's scope, ever."""
    answered = Appeal.objects.moderatable_by(user).filter(decided_at__isnull=False)
    return answered.filter(outcome=Outcome.OVERTURNED).count(), answered.count()


class ServiceLevelsPanel(Component):
    """What waits, how long it takes, and how often a decision did not stand."""

    name = "forum_service_levels"
    template_name = "pages/forum/admin/_service_levels.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        now, user = timezone.now(), parent_context["request"].user
        rows = list(queue.rows(user)[: queue.MOST_COUNTED])
        wait = time_to_decide(user, now)
        overturned, answered = share_overturned(user)
        return {
            "waiting": len(rows),
            "oldest": min((row["at"] for row in rows), default=None),
            "decided_since": now - wait if wait is not None else None,
            "now": now,
            "overturned": overturned,
            "answered": answered,
        }
