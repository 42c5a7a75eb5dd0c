"""How well moderation keeps up, on the dashboard of whoever moderates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from forum import queue
from forum.models import Appeal, ModerationLog
from forum.models.decisions import Outcome
from forum.states import Act

DAYS = 30
MOST_MEASURED = 1000


def time_to_decide(now: datetime) -> timedelta | None:
    """The median wait of the posts decided in the last 30 days; None where there was none."""
    entries = ModerationLog.objects.filter(
        action__in=[Act.PUBLISH, Act.REJECT],
        at__gt=now - timedelta(days=DAYS),
        post__created_at__isnull=False,
    )
    waits = [
        at - sent for at, sent in entries.values_list("at", "post__created_at")[:MOST_MEASURED]
    ]
    return median(waits) if waits else None


def share_overturned() -> tuple[int, int]:
    """(successful, answered) appeals, ever."""
    answered = Appeal.objects.filter(decided_at__isnull=False)
    return answered.filter(outcome=Outcome.OVERTURNED).count(), answered.count()


class ServiceLevelsPanel(Component):
    """What waits, how long it takes, and how often a decision did not stand."""

    name = "forum_service_levels"
    template_name = "pages/forum/admin/_service_levels.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        now = timezone.now()
        rows = list(queue.rows(parent_context["request"].user)[: queue.MOST_COUNTED])
        wait = time_to_decide(now)
        overturned, answered = share_overturned()
        return {
            "waiting": len(rows),
            "oldest": min((row["at"] for row in rows), default=None),
            "decided_since": now - wait if wait is not None else None,
            "now": now,
            "overturned": overturned,
            "answered": answered,
        }
