"""When mail that comes in a rhythm is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

MONDAY = 0


def last_moment(now: datetime, *, hour: int, is_weekly: bool) -> datetime:
    """When mail of this rhythm was last due: each day at `hour`, weekly mail on Mondays."""
    local = timezone.localtime(now)
    moment = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if moment > local:
        moment -= timedelta(days=1)
    if is_weekly:
        moment -= timedelta(days=(moment.weekday() - MONDAY) % 7)
    return moment
