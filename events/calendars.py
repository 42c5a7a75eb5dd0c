"""Events as iCalendar (RFC 5545): one to keep, and all of them to subscribe to.

Times are in UTC, which every calendar shows by its owner's clock; the text names the event's own.
Whole days are dates. Cancelled events stay in the feed, or subscribed calendars would keep them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from wagtail.models import Site

from events.filters import EventFilters
from events.models import Attendance, EventIndexPage, EventPage, Status
from events.presentation import place_text, when_text, where_text
from events.querysets import EventQuerySet

PRODUCT = "-//Fashion Platform//Events//EN"
STATUSES = {
    Status.SCHEDULED: "CONFIRMED",
    Status.CANCELLED: "CANCELLED",
    Status.POSTPONED: "TENTATIVE",
    Status.RESCHEDULED: "CONFIRMED",
}
MOST = 300
LOOK_BACK = timedelta(days=90)
REFRESH = timedelta(hours=12)


def single(event: EventPage, request: HttpRequest) -> Calendar:
    """A calendar with one event."""
    calendar = _calendar()
    calendar.add_component(_component(event, request))
    return calendar


def feed(page: EventIndexPage, events: EventQuerySet, request: HttpRequest) -> Calendar:
    """A calendar with the events of the last 90 days and those to come, 300 at most.

    `?type=` and `?country=` narrow it as they narrow the list.
    """
    filters = EventFilters.parse(request.GET)
    site = Site.find_for_request(request)
    calendar = _calendar()
    calendar.calendar_name = f"{page.title} – {site.site_name}" if site else page.title
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    found = filters.apply(events, without={"when", "month"})
    recent = found.filter(end__gte=timezone.now() - LOOK_BACK).order_by("start", "pk")
    for event in recent.for_cards().select_related("region")[:MOST]:
        calendar.add_component(_component(event, request))
    return calendar


def calendar_response(calendar: Calendar, *, filename: str = "") -> HttpResponse:
    """A calendar as an answer; with a file name, browsers keep it instead of showing it."""
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    else:
        patch_cache_control(response, public=True, max_age=900)
    return response


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _component(event: EventPage, request: HttpRequest) -> Event:
    address = event.get_full_url(request)
    changed = event.last_published_at or event.latest_revision_created_at or event.start
    item = Event()
    # The same for all translations: whoever subscribes to two languages sees the event once.
    item.add("uid", str(event.translation_key))
    item.add("sequence", event.calendar_sequence)
    item.add("dtstamp", _whole_seconds(changed))
    item.add("last-modified", _whole_seconds(changed))
    if event.all_day:
        item.add("dtstart", event.starts_on)
        # The end is the first day that is free again.
        item.add("dtend", event.ends_on + timedelta(days=1))
        item.add("transp", "TRANSPARENT")
    else:
        item.add("dtstart", event.start.astimezone(UTC))
        item.add("dtend", event.end.astimezone(UTC))
    item.add("status", STATUSES[Status(event.status)])
    item.add("summary", event.title, parameters={"LANGUAGE": event.locale.language_code})
    item.add("description", _description(event, address))
    item.add("location", where_text(event) or place_text(event))
    item.add("categories", [str(event.get_event_type_display())])
    item.add("url", address)
    if event.online_url and event.attendance != Attendance.OFFLINE:
        item.add("conference", event.online_url, parameters={"VALUE": "URI"})
    return item


def _description(event: EventPage, address: str) -> str:
    parts = [event.listing_summary, when_text(event)]
    if event.organiser:
        parts.append(_("Organiser: %(name)s") % {"name": event.organiser})
    if event.is_sample:
        parts.append(_("A sample, made up to show how the site works."))
    parts.append(address)
    return "\n\n".join(part for part in parts if part)


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
