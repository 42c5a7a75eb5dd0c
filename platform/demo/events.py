"""Events of the demo."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from demo import texts
from demo.publishing import days_ago, fields, locale, picture, publish, stable_uuid
from demo.registry import Registry
from demo.source import read
from directory.models import Region, ValueChain
from events import times
from events.models import EventIndexPage, EventPage
from members.models import User

# Whole weeks, so that a Tuesday in a text stays a Tuesday.
ABOUT_A_YEAR = timedelta(weeks=52)


@transaction.atomic
def load(registry: Registry, index: EventIndexPage | None, author: User | None) -> None:
    """Make the events below their list. Samples that would be over by now come a year later."""
    if index is None:
        return
    for number, row in enumerate(read("events")):
        registry.ensure(
            f"page:events/{row['slug']}",
            EventPage,
            lambda row=row, number=number: _make(registry, row, number, index, author),
        )


def _make(
    registry: Registry,
    row: dict[str, Any],
    number: int,
    index: EventIndexPage,
    author: User | None,
) -> EventPage:
    slug = row["slug"]
    shift = _shift(row) if row["is_sample"] else timedelta()
    start, end = _moment(row, "start", shift), _moment(row, "end", shift)
    page = EventPage(
        title=row["title"],
        slug=slug,
        translation_key=stable_uuid(f"event:{slug}"),
        locale=locale(row["language"]),
        listing_summary=row["summary"].strip(),
        listing_image=picture(
            registry,
            f"events/{slug}",
            seed=slug,
            kind=row["image_kind"],
            alt=row["image_alt"],
            title=row["title"],
        ),
        start=start,
        end=end,
        previous_start=_moment(row, "previous_start", shift),
        country_id=row["country"] or None,
        region_id=row["region"] if Region.objects.filter(pk=row["region"]).exists() else None,
        capacity=row["capacity"],
        languages=row["languages"],
        all_day=row["all_day"],
        is_sample=row["is_sample"],
        body=texts.body(row["description"], row["language"]),
        **fields(
            row,
            *("event_type", "timezone", "attendance", "venue", "city", "organiser", "online_url"),
            *("accessibility_notes", "audience", "status", "source_url", "source_name"),
        ),
    )
    page.value_chains = list(ValueChain.objects.filter(pk__in=row["value_chains"]))
    page.tags.add(*row["topics"])
    return publish(
        index, page, author=author, at=min(start, days_ago(number + 1)) - timedelta(days=30)
    )


def _moment(row: dict[str, Any], name: str, shift: timedelta) -> datetime | None:
    """The moment of a wall time in the event's zone; None where the file has none."""
    if not row[name]:
        return None
    wall = datetime.fromisoformat(row[name]) + shift
    return times.nearest_moment(wall, ZoneInfo(row["timezone"]))


def _shift(row: dict[str, Any]) -> timedelta:
    """How far a sample has to move so that it is still to come."""
    shift = timedelta()
    now = timezone.now()
    while (moment := _moment(row, "start", shift)) is not None and moment < now:
        shift += ABOUT_A_YEAR
    return shift
