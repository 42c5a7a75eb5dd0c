"""What the list of events shows: one page of cards, and the filters with their counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.pagecache import expire_at
from core.pagination import page_of
from events.filters import EventFilters, When
from events.models import EventIndexPage, EventType
from events.presentation import card, country_labels, trail
from events.querysets import EventQuerySet
from events.times import month_after

PER_PAGE = 12


def listing(page: EventIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list. Raises Http404 past the last page.

    Queries: the pages above, the next end, four counts, the number of events found, the events.
    """
    now = timezone.now()
    filters = EventFilters.parse(request.GET)
    events = page.events_for(request.user)
    next_end = events.upcoming(now).order_by().aggregate(next=Min("end"))["next"]
    if next_end:
        expire_at(request, next_end)
    found = filters.apply(events, now=now).for_cards()
    page_obj = page_of(request, found, PER_PAGE)
    language = page.locale.language_code
    address = page.get_url(request)
    selection = filters.query(only=("type", "country"))
    return {
        "trail": trail(page, request),
        "heading": heading(filters),
        "total": page_obj.paginator.count,
        "page_obj": page_obj,
        "cards": [card(event, request, language, now) for event in page_obj],
        "groups": groups(events, filters, now),
        "query": filters.query(),
        "action": address,
        "is_narrowed": filters.is_narrowed or filters.when != When.UPCOMING,
        "clear_url": address if filters.is_narrowed else "",
        "feed_url": request.build_absolute_uri(
            f"{address}{page.reverse_subpage('calendar')}" + (f"?{selection}" if selection else "")
        ),
        "feed_is_narrowed": bool(selection),
    }


def heading(filters: EventFilters) -> str:
    """What the list is a list of."""
    if filters.month:
        month = date_format(filters.month, "YEAR_MONTH_FORMAT")
        match filters.when:
            case When.PAST:
                return _("Past events in %(month)s") % {"month": month}
            case When.UPCOMING:
                return _("Upcoming events in %(month)s") % {"month": month}
            case _:
                return _("Events in %(month)s") % {"month": month}
    match filters.when:
        case When.PAST:
            return _("Past events")
        case When.ALL:
            return _("All events")
        case _:
            return _("Upcoming events")


def groups(events: EventQuerySet, filters: EventFilters, now: datetime) -> list[dict[str, Any]]:
    """The filters for components/filters.html; each counts what choosing it would bring."""
    return [
        _when(events, filters, now),
        _types(events, filters, now),
        _months(events, filters, now),
        _countries(events, filters, now),
    ]


def _option(value: str, label: str, count: int, *, selected: bool) -> dict[str, Any]:
    return {"value": value, "label": label, "count": count, "selected": selected}


def _when(events: EventQuerySet, filters: EventFilters, now: datetime) -> dict[str, Any]:
    counts = filters.apply(events, without={"when"}).aggregate(
        upcoming=Count("pk", filter=Q(end__gte=now)), past=Count("pk", filter=Q(end__lt=now))
    )
    counts["all"] = counts["upcoming"] + counts["past"]
    labels = {When.UPCOMING: _("Upcoming"), When.PAST: _("Past"), When.ALL: _("All")}
    return {
        "name": "when",
        "label": _("When"),
        "type": "radio",
        "options": [
            _option(when, text, counts[when], selected=filters.when == when)
            for when, text in labels.items()
        ],
    }


def _types(events: EventQuerySet, filters: EventFilters, now: datetime) -> dict[str, Any]:
    rows = filters.apply(events, without={"type"}, now=now).order_by().values("event_type")
    counts = dict(rows.annotate(n=Count("pk")).values_list("event_type", "n"))
    return {
        "name": "type",
        "label": _("Type"),
        "options": [
            _option(code, str(text), counts.get(code, 0), selected=code in filters.types)
            for code, text in EventType.choices
            if code in counts or code in filters.types
        ],
    }


def _countries(events: EventQuerySet, filters: EventFilters, now: datetime) -> dict[str, Any]:
    rows = filters.apply(events, without={"country"}, now=now).order_by().values("country_id")
    counts = dict(rows.annotate(n=Count("pk")).values_list("country_id", "n"))
    return {
        "name": "country",
        "label": _("Country"),
        "type": "select",
        "options": [
            _option(code, text, counts.get(code, 0), selected=code == filters.country)
            for code, text in country_labels().items()
            if code in counts or code == filters.country
        ],
    }


def _months(events: EventQuerySet, filters: EventFilters, now: datetime) -> dict[str, Any]:
    counts = month_counts(filters.apply(events, without={"month"}, now=now))
    if filters.month:
        counts.setdefault(filters.month, 0)
    newest_first = filters.when == When.PAST
    return {
        "name": "month",
        "label": _("Month"),
        "type": "select",
        "options": [
            _option(
                f"{month:%Y-%m}",
                date_format(month, "YEAR_MONTH_FORMAT"),
                counts[month],
                selected=month == filters.month,
            )
            for month in sorted(counts, reverse=newest_first)
        ],
    }


def month_counts(events: EventQuerySet) -> dict[date, int]:
    """{first day of a month: events with a day in it}; one query, whatever their number."""
    spans = (
        events.order_by()
        .annotate(first=TruncMonth("starts_on"), last=TruncMonth("ends_on"))
        .values("first", "last")
        .annotate(n=Count("pk"))
    )
    counts: dict[date, int] = {}
    for span in spans:
        month = span["first"]
        while month <= span["last"]:
            counts[month] = counts.get(month, 0) + span["n"]
            month = month_after(month)
    return counts
