"""How much a member may post. `settings.FORUM_LIMITS` overrides single values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds between two topics and two posts, for members and for new ones; how many of what."""

    topic_seconds: int = 15
    reply_seconds: int = 5
    new_topic_seconds: int = 120
    new_reply_seconds: int = 30
    new_member_hours: int = 24
    waiting_posts: int = 2
    previews_per_minute: int = 30
    new_topics: int = 3
    new_replies: int = 10
    links: int = 10
    new_links: int = 2
    duplicate_hours: int = 24
    mentions_per_post: int = 10
    mentions_per_day: int = 30
    edits_per_post: int = 20
    drafts: int = 50
    attachments_per_post: int = 5
    unsent_attachments: int = 20
    uploads_per_hour: int = 60
    reports_per_hour: int = 20


def current() -> Limits:
    """The limits of this installation."""
    return Limits(**getattr(settings, "FORUM_LIMITS", {}))


def is_new(author: Any, now: datetime | None = None) -> bool:
    """Whether this is somebody's first day as a member."""
    since = author.approved_at
    first = timedelta(hours=current().new_member_hours)
    return since is None or (now or timezone.now()) - since < first


def spacing(author: Any, *, opening: bool, now: datetime | None = None) -> timedelta:
    """How long this member has to wait after the last topic (`opening`) or the last post."""
    limits = current()
    if opening:
        seconds = limits.new_topic_seconds if is_new(author, now) else limits.topic_seconds
    else:
        seconds = limits.new_reply_seconds if is_new(author, now) else limits.reply_seconds
    return timedelta(seconds=seconds)


def edit_window() -> timedelta:
    """How long after publication an author may edit or retract a post."""
    return timedelta(minutes=settings.FORUM_EDIT_MINUTES)
