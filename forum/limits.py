"""How much a member may post. `settings.FORUM_LIMITS` overrides single values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds between two topics and two posts, for members and for new ones; how many may wait."""

    topic_seconds: int = 15
    reply_seconds: int = 5
    new_topic_seconds: int = 120
    new_reply_seconds: int = 30
    new_member_hours: int = 24
    waiting_posts: int = 2
    previews_per_minute: int = 30


def current() -> Limits:
    """The limits of this installation."""
    return Limits(**getattr(settings, "FORUM_LIMITS", {}))


def spacing(author: Any, *, opening: bool, now: datetime | None = None) -> timedelta:
    """How long this member has to wait after the last topic (`opening`) or the last post."""
    limits = current()
    since = author.approved_at
    moment = now or timezone.now()
    is_new = since is None or moment - since < timedelta(hours=limits.new_member_hours)
    if opening:
        seconds = limits.new_topic_seconds if is_new else limits.topic_seconds
    else:
        seconds = limits.new_reply_seconds if is_new else limits.reply_seconds
    return timedelta(seconds=seconds)
