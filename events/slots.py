"""What events show on other pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from core import generation, slots
from core.audiences import audience_key
from core.pagecache import expire_at
from events.models import EventIndexPage
from events.presentation import card


def next_events(request: HttpRequest, *, limit: int = 3) -> dict[str, Any] | None:
    """The next events that the reader may read; None where the site has no list of events.

    Kept, for all readers who may read the same, until content changes or one of them ends.
    """
    now = timezone.now()
    key = f"events:next:{get_language()}:{audience_key(request.user)}:{limit}"
    found = generation.cached(key, lambda: _next_events(request, limit, now))
    if found and found["until"] and found["until"] <= now:
        found = _next_events(request, limit, now)
    if found and found["until"]:
        expire_at(request, found["until"])
    return found


def _next_events(request: HttpRequest, limit: int, now: datetime) -> dict[str, Any] | None:
    language = get_language() or ""
    page = (
        EventIndexPage.objects.live()
        .filter(locale__language_code=language)
        .select_related("locale")
        .first()
    )
    if page is None:
        return None
    events = list(page.events_for(request.user).upcoming(now).for_cards()[:limit])
    return {
        "cards": [card(event, request, language, now) for event in events],
        "url": page.get_url(request),
        "until": min((event.end for event in events), default=None),
    }


slots.register("home.events", next_events, template="pages/events/_next_events.html")
