"""What a browser calls itself, in words that its owner knows; and when it was last used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

# The first that is in the text is it: each of these browsers also names those below it.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
NOTED_EVERY = timedelta(minutes=10)


def device_of(user_agent: str) -> str:
    """ "Firefox, Linux"; words for what is neither known."""
    names = (
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in names if name) or _("An unknown device")


def sessions_of(user: Any) -> list[UserSession]:
    """The log-ins of a person that still open the site, the last used first.

    One that ended has no session, and one from before a change of the password has an old mark.
    """
    rows = list(UserSession.objects.filter(user=user.pk).order_by("-last_seen_at", "-pk"))
    alive = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
    )
    marks = {one.session_key: one.get_decoded().get(HASH_SESSION_KEY, "") for one in alive}
    own = user.get_session_auth_hash()
    return [row for row in rows if constant_time_compare(marks.get(row.session_key, ""), own)]


class LastUseMiddleware:
    """Notes when a log-in was last used, to ten minutes: not every page need write a row.

    The cache knows which were noted a moment ago; where it is emptied they are noted once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and is_due(key):
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return self.get_response(request)


def is_due(session_key: str) -> bool:
    """Whether the last use of a session is to be noted; for the next ten minutes it is not."""
    # Whoever knows the key of a session is logged in: the cache knows its hash only.
    digest = hashlib.sha256(session_key.encode()).hexdigest()[:32]
    return cache.add(f"session-seen:{digest}", 1, int(NOTED_EVERY.total_seconds()))
