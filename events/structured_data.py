"""An event for search engines: schema.org/Event as JSON-LD.

https://schema.org/Event; eventStatus and previousStartDate as described at
https://developers.google.com/search/docs/appearance/structured-data/event
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from directory.labels import label
from directory.models import Country, Region
from events.models import Attendance, EventPage, Status

SCHEMA = "https://schema.org"
STATUSES = {
    Status.SCHEDULED: f"{SCHEMA}/EventScheduled",
    Status.CANCELLED: f"{SCHEMA}/EventCancelled",
    Status.POSTPONED: f"{SCHEMA}/EventPostponed",
    Status.RESCHEDULED: f"{SCHEMA}/EventRescheduled",
}
MODES = {
    Attendance.OFFLINE: f"{SCHEMA}/OfflineEventAttendanceMode",
    Attendance.ONLINE: f"{SCHEMA}/OnlineEventAttendanceMode",
    Attendance.MIXED: f"{SCHEMA}/MixedEventAttendanceMode",
}
IMAGE = "fill-1200x630|format-jpeg"


def event_data(event: EventPage, request: HttpRequest) -> dict[str, Any]:
    """The event as a JSON object; nothing is in it that the page does not show."""
    address = event.get_full_url(request)
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": event.title,
        "description": event.listing_summary,
        "url": address,
        "startDate": _moment(event, event.start),
        "endDate": _moment(event, event.end),
        "eventStatus": STATUSES[Status(event.status)],
        "eventAttendanceMode": MODES[Attendance(event.attendance)],
        "location": _location(event, address),
        "organizer": {"@type": "Organization", "name": event.organiser}
        if event.organiser
        else None,
        "inLanguage": event.languages,
        "maximumAttendeeCapacity": event.capacity,
        "audience": {"@type": "Audience", "audienceType": event.audience}
        if event.audience
        else None,
        "image": [event.listing_image.get_rendition(IMAGE).full_url]
        if event.listing_image
        else None,
    }
    if event.status == Status.RESCHEDULED and event.previous_start:
        data["previousStartDate"] = _moment(event, event.previous_start)
    return {key: value for key, value in data.items() if value}


def _moment(event: EventPage, moment: datetime) -> str:
    """With the offset of the event's zone at that moment; only the day where only days matter."""
    local = moment.astimezone(event.zone)
    return local.date().isoformat() if event.all_day else local.isoformat()


def _location(event: EventPage, address: str) -> dict[str, Any] | list[dict[str, Any]]:
    online = {"@type": "VirtualLocation", "url": event.online_url or address}
    if event.attendance == Attendance.ONLINE:
        return online
    postal = {
        "addressLocality": event.city,
        "addressRegion": label(Region, event.region_id) if event.region_id else "",
        "addressCountry": event.country_id,
    }
    known = {key: value for key, value in postal.items() if value}
    country = label(Country, event.country_id) if event.country_id else ""
    place: dict[str, Any] = {"@type": "Place", "name": event.venue or event.city or country}
    if known:
        place["address"] = {"@type": "PostalAddress", **known}
    return [place, online] if event.attendance == Attendance.MIXED else place
