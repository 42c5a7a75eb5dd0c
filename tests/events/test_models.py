"""The rules that the database holds, and those of the page tree."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from events.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.factories.events import make_event, moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken",
    [
        {"end": F("start") - timedelta(minutes=1)},
        {"ends_on": F("starts_on") - timedelta(days=1)},
        {"capacity": 0},
        {"status": "rescheduled"},
        {"status": "maybe"},
        {"event_type": ""},
        {"attendance": "telepathic"},
        {"region": "PT11"},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_the_database_refuses(index, broken):
    event = make_event(index)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=event.pk).update(**broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"start": moment("2026-12-03 09:00"), "end": moment("2026-12-03 08:00")},
        {"timezone": "Mars/Olympus"},
        {"country_id": "ES", "region_id": "PT11"},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_saving_checks(index, broken):
    with pytest.raises(ValidationError):
        make_event(index, **broken)


@pytest.mark.parametrize(
    ("zone", "start", "end", "days"),
    [
        ("Europe/Madrid", "2026-12-03 22:30", "2026-12-03 23:30", ("2026-12-03", "2026-12-04")),
        ("Pacific/Auckland", "2026-12-03 22:30", "2026-12-03 23:30", ("2026-12-04", "2026-12-04")),
        ("America/New_York", "2026-12-03 02:30", "2026-12-03 04:30", ("2026-12-02", "2026-12-02")),
    ],
)
def test_days_are_those_at_the_events_place(index, zone, start, end, days):
    event = make_event(index, start=moment(start), end=moment(end), timezone=zone)
    assert (str(event.starts_on), str(event.ends_on)) == days


@pytest.mark.parametrize(
    ("changes", "sequence"),
    [
        ({"listing_summary": "Other words"}, 0),
        ({"status": "cancelled"}, 1),
        ({"venue": "Another hall"}, 1),
        ({"timezone": "Europe/Lisbon"}, 1),
    ],
)
def test_calendars_are_told_about_changes_that_matter(index, changes, sequence):
    event = make_event(index)
    for name, value in changes.items():
        setattr(event, name, value)
    event.save_revision().publish()
    assert EventPage.objects.get(pk=event.pk).calendar_sequence == sequence


def test_the_sequence_never_goes_back(index):
    event = make_event(index, venue="One")
    first = event.latest_revision
    for venue in ("Two", "Three"):
        event.venue = venue
        event.save_revision().publish()
    first.publish()
    stored = EventPage.objects.get(pk=event.pk)
    assert (stored.venue, stored.calendar_sequence) == ("One", 3)


def test_the_page_tree():
    assert EventIndexPage.allowed_parent_page_models() == [HomePage]
    assert EventIndexPage.allowed_subpage_models() == [EventPage]
    assert EventPage.allowed_parent_page_models() == [EventIndexPage]
    assert EventPage.allowed_subpage_models() == []


def test_one_list_in_each_language(home_page, index):
    assert not EventIndexPage.can_create_at(home_page)
