"""What events show on other pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from core import slots
from core.pagecache import expire_at
from events.models import EventIndexPage
from events.presentation import card


def next_events(request: HttpRequest, *, limit: int = 3) -> dict[str, Any] | None:
    """The next events that the reader may read; None where the site has no list of events."""
    language = get_language() or ""
    page = (
        EventIndexPage.objects.live()
        .filter(locale__language_code=language)
        .select_related("locale")
        .first()
    )
    if page is None:
        return None
    now = timezone.now()
    events = list(page.events_for(request.user).upcoming(now).for_cards()[:limit])
    if events:
        expire_at(request, min(event.end for event in events))
    return {
        "cards": [card(event, request, language, now) for event in events],
        "url": page.get_url(request),
    }


slots.register("home.events", next_events, template="pages/events/_next_events.html")
