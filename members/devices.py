"""What a browser calls itself, in words that its owner knows; and when it was last used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
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


class LastUseMiddleware:
    """Notes when a log-in was last used, to ten minutes: not every page need write a row.

    The cache knows which were noted a moment ago; where it is emptied they are noted once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and _is_due(key):
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return self.get_response(request)


@receiver(user_logged_in)
def note_log_in(request: HttpRequest, **_kwargs: Any) -> None:
    """A log-in has its row already."""
    if key := request.session.session_key:
        _is_due(key)


def _is_due(session_key: str) -> bool:
    # Whoever knows the key of a session is logged in: the cache knows its hash only.
    digest = hashlib.sha256(session_key.encode()).hexdigest()[:32]
    return cache.add(f"session-seen:{digest}", 1, int(NOTED_EVERY.total_seconds()))
