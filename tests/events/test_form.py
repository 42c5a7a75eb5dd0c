"""What editors enter, and what becomes of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from events.models import EventPage
from tests.factories.events import make_event, moment

pytestmark = pytest.mark.django_db

EMPTY = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "body-count": 0}


@pytest.fixture
def browser(administrator, client_for, settings):
    """An administrator's browser in the admin."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    return client_for(administrator)


def form_class():
    return EventPage.get_edit_handler().get_form_class()


def entered(**changes):
    return {
        "title": "A visit",
        "slug": "a-visit",
        "event_type": "mission",
        "timezone": "Europe/Madrid",
        "start": "2026-12-03 10:00",
        "end": "2026-12-03 12:00",
        "status": "scheduled",
        "attendance": "offline",
        **nested_form_data({"body": streamfield([])}),
        **EMPTY,
        **changes,
    }


def bound(index, page=None, **changes):
    return form_class()(entered(**changes), instance=page or EventPage(), parent_page=index)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "start", "end"),
    [
        ({}, "2026-12-03 09:00", "2026-12-03 11:00"),
        ({"timezone": "Europe/Sofia"}, "2026-12-03 08:00", "2026-12-03 10:00"),
        ({"timezone": "UTC"}, "2026-12-03 10:00", "2026-12-03 12:00"),
        ({"all_day": "on"}, "2026-12-02 23:00", "2026-12-03 22:59"),
        ({"all_day": "on", "end": "2026-12-04 00:00"}, "2026-12-02 23:00", "2026-12-04 22:59"),
        # The day on which clocks change has 23 hours.
        (
            {"all_day": "on", "start": "2027-03-28 02:30", "end": "2027-03-28 02:30"},
            "2027-03-27 23:00",
            "2027-03-28 21:59",
        ),
    ],
)
def test_wall_times_become_moments(index, changes, start, end):
    form = bound(index, **changes)
    assert form.is_valid(), form.errors
    assert (form.instance.start, form.instance.end) == (utc(start), utc(end))


@pytest.mark.parametrize("own_zone", ["America/New_York", "Asia/Tokyo", "UTC"])
def test_the_editors_own_zone_changes_nothing(index, own_zone):
    with timezone.override(own_zone):
        form = bound(index)
        assert form.is_valid(), form.errors
        assert form.instance.start == utc("2026-12-03 09:00")
        page = make_event(index, start=moment("2026-12-03 09:00"), timezone="Europe/Madrid")
        shown = form_class()(instance=page, parent_page=index)
        assert 'value="2026-12-03 10:00"' in str(shown["start"])


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"start": "2027-03-28 02:30", "end": "2027-03-28 12:00"}, "start", "does not exist"),
        ({"start": "2026-10-25 02:30"}, "start", "twice"),
        ({"start": "2026-10-24 09:00", "end": "2026-10-25 02:00"}, "end", "twice"),
        ({"start": "2026-12-03 13:00"}, "end", "before it begins"),
        ({"end": "2028-12-03 13:00"}, "end", "longer than a year"),
        ({"start": ""}, "start", "required"),
        ({"start": "tomorrow"}, "start", "valid"),
        ({"start": "0001-01-01 00:00"}, "start", "year between"),
        ({"start": "9999-12-31 23:59", "end": "9999-12-31 23:59"}, "start", "year between"),
        ({"timezone": "Europe/Nowhere"}, "timezone", "valid choice"),
        ({"timezone": ""}, "timezone", "required"),
        ({"status": "rescheduled"}, "previous_start", "before"),
        (
            {"status": "rescheduled", "previous_start": "2027-03-28 02:30"},
            "previous_start",
            "exist",
        ),
        ({"capacity": "0"}, "capacity", "greater than or equal to 1"),
        ({"region": "PT11"}, "region", "not in the chosen country"),
        ({"region": "PT11", "country": "ES"}, "region", "not in the chosen country"),
        ({"languages": ["xx"]}, "languages", "valid choice"),
        ({"slug": "calendar"}, "slug", "belongs to the calendar"),
        ({"event_type": "party"}, "event_type", "valid choice"),
    ],
)
def test_what_cannot_be_is_an_error_at_its_field(index, changes, field, says):
    form = bound(index, **changes)
    assert not form.is_valid()
    assert says in str(form.errors[field])


def test_one_of_two_equal_times_stays_the_one_it_was(index):
    later = utc("2026-10-25 01:30")
    page = make_event(index, start=later, timezone="Europe/Madrid")
    form = bound(index, page, start="2026-10-25 02:30", end="2026-10-25 05:00")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == later


def test_a_new_date_remembers_the_one_that_visitors_saw(index):
    page = make_event(index, start=moment("2026-12-03 09:00"), timezone="Europe/Madrid")
    form = bound(
        index, page, status="rescheduled", start="2027-01-15 10:00", end="2027-01-15 12:00"
    )
    assert form.is_valid(), form.errors
    assert form.instance.previous_start == utc("2026-12-03 09:00")


def test_a_first_draft_needs_what_the_database_needs(index):
    form = bound(index, event_type="", start="", end="", timezone="", status="", attendance="")
    form.defer_required_fields()
    assert not form.is_valid()
    assert set(form.errors) == {"event_type", "start", "end", "timezone", "status", "attendance"}


def test_an_editor_creates_and_moves_an_event_in_the_admin(index, browser):
    address = reverse("wagtailadmin_pages:add", args=("events", "eventpage", index.pk))
    assert browser.get(address).status_code == 200
    answer = browser.post(
        address, entered(languages=["en", "pt"], tags="yarn", **{"action-publish": "1"})
    )
    assert answer.status_code == 302
    page = EventPage.objects.get(slug="a-visit")
    assert page.live
    assert page.start == utc("2026-12-03 09:00")
    assert page.languages == ["en", "pt"]
    assert str(page.starts_on) == "2026-12-03"

    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert b"2026-12-03 10:00" in browser.get(edit).content
    answer = browser.post(
        edit, entered(start="2026-12-04 10:00", end="2026-12-05 12:00", **{"action-publish": "1"})
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert (str(page.starts_on), str(page.ends_on)) == ("2026-12-04", "2026-12-05")
    assert page.calendar_sequence == 1


def test_the_admin_answers_a_time_that_does_not_exist_with_the_form(index, browser):
    address = reverse("wagtailadmin_pages:add", args=("events", "eventpage", index.pk))
    answer = browser.post(address, entered(start="2027-03-28 02:30", end="2027-03-28 09:00"))
    assert answer.status_code == 200
    assert "does not exist in Europe/Madrid" in answer.content.decode()
    assert not Page.objects.filter(slug="a-visit").exists()


def test_a_draft_changes_nothing_that_visitors_see(index):
    page = make_event(index, start=moment("2026-12-03 09:00"))
    page.start += timedelta(days=1)
    page.end += timedelta(days=1)
    page.save_revision()
    stored = EventPage.objects.get(pk=page.pk)
    assert str(stored.starts_on) == "2026-12-03"
    assert stored.calendar_sequence == 0
