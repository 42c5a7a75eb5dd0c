"""What the page of one event shows."""

from __future__ import annotations

from typing import Any

from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from directory.labels import label
from directory.models import ValueChain
from events.models import Attendance, EventPage, Status
from events.presentation import date_sheet, previous_text, trail, when_text, where_text
from events.structured_data import event_data


def detail(event: EventPage, request: HttpRequest) -> dict[str, Any]:
    """The context of an event's page."""
    over = event.is_past(timezone.now())
    return {
        "trail": trail(event, request),
        "notice": notice(event, over=over),
        "date": date_sheet(event),
        "when": when_text(event),
        "where": where_text(event),
        "facts": facts(event),
        "tags": sorted(tag.name for tag in event.tags.all()),
        "calendar_url": f"{event.get_url(request)}{event.reverse_subpage('calendar')}",
        "join_url": "" if over or event.status == Status.CANCELLED else event.online_url,
        "structured_data": event_data(event, request),
    }


def notice(event: EventPage, *, over: bool) -> dict[str, str]:
    """What a visitor has to know before everything else; empty where there is nothing."""
    before = previous_text(event)
    match event.status:
        case Status.CANCELLED:
            return {"tone": "danger", "text": _("This event is cancelled.")}
        case Status.POSTPONED:
            return {
                "tone": "warning",
                "text": _("This event is postponed. A new date will follow."),
            }
        case Status.RESCHEDULED if not over:
            return {
                "tone": "warning",
                "text": _("New date. The event was to begin on %(day)s.") % {"day": before},
            }
    return {"tone": "info", "text": _("This event is over.")} if over else {}


def facts(event: EventPage) -> list[dict[str, Any]]:
    """The facts for components/facts.html; those without a value are left out there."""
    return [
        {"label": _("Taking part"), "value": Attendance(event.attendance).label},
        {"label": _("Organiser"), "value": event.organiser},
        {"label": _("For whom"), "value": event.audience},
        {"label": _("Languages"), "value": languages_text(event.languages)},
        {"label": _("Places"), "value": number_format(event.capacity) if event.capacity else ""},
        {"label": _("Value chains"), "value": _value_chains(event)},
        {
            "label": _("Source"),
            "value": event.source_name or event.source_url,
            "url": event.source_url,
        },
    ]


def languages_text(codes: list[str]) -> str:
    """The languages by their own names."""
    return ", ".join(
        LANG_INFO[code]["name_local"].capitalize() if code in LANG_INFO else code for code in codes
    )


def _value_chains(event: EventPage) -> str:
    codes = event.value_chains.values_list("code", flat=True)
    return ", ".join(sorted(label(ValueChain, code) for code in codes))
