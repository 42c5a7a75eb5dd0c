"""Events in words: when, where, in which state, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from core.audiences import visible_pages
from directory.labels import label, labels
from directory.models import Country, Region
from events import times
from events.models import Attendance, EventPage, Status


def day_text(day: date) -> str:
    """A day in the reader's language."""
    return date_format(day, "DATE_FORMAT")


def when_text(event: EventPage) -> str:
    """Days, and times with the name of the zone unless the event takes whole days."""
    start, end = event.local_start, event.local_end
    first, last = start.date(), end.date()
    if event.all_day:
        return day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"
    zone = times.zone_label(event.zone, event.start, event.end)
    if first == last:
        return f"{day_text(first)}, {start:%H:%M}–{end:%H:%M}, {zone}"
    return f"{day_text(first)}, {start:%H:%M} – {day_text(last)}, {end:%H:%M}, {zone}"


def time_text(event: EventPage) -> str:
    """The line below a card's title: what its date sheet does not say."""
    start, end = event.local_start, event.local_end
    if start.date() != end.date():
        return _("until %(day)s") % {"day": day_text(end.date())}
    if event.all_day:
        return ""
    return f"{start:%H:%M}–{end:%H:%M}, {times.zone_label(event.zone, event.start)}"


def previous_text(event: EventPage) -> str:
    """When the event was to begin before, in its own zone; empty where nothing was moved."""
    if event.previous_start is None:
        return ""
    before = event.previous_start.astimezone(event.zone)
    return (
        day_text(before.date()) if event.all_day else f"{day_text(before.date())}, {before:%H:%M}"
    )


def place_text(event: EventPage) -> str:
    """City and country, or "Online", or both."""
    online = pgettext("way of taking part", "Online")
    if event.attendance == Attendance.ONLINE:
        return online
    country = label(Country, event.country_id) if event.country_id else ""
    place = ", ".join(part for part in (event.city, country) if part)
    if event.attendance == Attendance.MIXED:
        return _("%(place)s and online") % {"place": place} if place else online
    return place


def where_text(event: EventPage) -> str:
    """Venue, city, region and country as far as they are known, and whether one can join online."""
    online = pgettext("way of taking part", "Online")
    if event.attendance == Attendance.ONLINE:
        return online
    region = label(Region, event.region_id) if event.region_id else ""
    country = label(Country, event.country_id) if event.country_id else ""
    place = ", ".join(part for part in (event.venue, event.city, region, country) if part)
    if event.attendance == Attendance.MIXED:
        return _("%(place)s and online") % {"place": place} if place else online
    return place


def state_text(event: EventPage) -> str:
    """What has become of the event; empty where it takes place as announced."""
    return "" if event.status == Status.SCHEDULED else str(Status(event.status).label)


def kind_text(event: EventPage, *, over: bool) -> str:
    """The type of an event, and what a list has to say about its date."""
    kind = str(event.get_event_type_display())
    if over:
        return _("%(type)s, past event") % {"type": kind}
    if event.status == Status.RESCHEDULED:
        return _("%(type)s, new date") % {"type": kind}
    return kind


def date_sheet(event: EventPage) -> dict[str, str]:
    """The variables of components/event-date.html: the first day, at the event's place."""
    start = event.local_start
    return {
        "day": date_format(start, "j"),
        "month": date_format(start, "M"),
        "year": date_format(start, "Y"),
        "datetime": start.date().isoformat(),
    }


def trail(page: Page, request: HttpRequest) -> list[dict[str, Any]]:
    """The pages above, as far as the reader may see them."""
    above = visible_pages(page.get_ancestors().filter(depth__gt=1), request.user)
    rows = above.order_by("path").select_related("locale")
    return [{"title": step.title, "url": step.get_url(request)} for step in rows]


def card(event: EventPage, request: HttpRequest, language: str, now: datetime) -> dict[str, Any]:
    """The variables of components/card--event.html. `language`: the code of the page around it."""
    own = event.locale.language_code
    return {
        **date_sheet(event),
        "url": event.get_url(request),
        "title": event.title,
        "eyebrow": kind_text(event, over=event.is_past(now)),
        "summary": event.listing_summary,
        "place": place_text(event),
        "meta": time_text(event),
        "state": "" if event.status == Status.RESCHEDULED else state_text(event),
        "badge": _("Sample") if event.is_sample else "",
        "lang": "" if own == language else own,
    }


def country_labels() -> dict[str, str]:
    """{code: name} of all countries, in the reader's language."""
    return labels(Country)
