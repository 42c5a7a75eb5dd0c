"""Events as iCalendar files."""

from datetime import date, timedelta

import icalendar
import pytest
from wagtail.models import PageViewRestriction

from events import calendars
from tests.factories.events import make_event, moment

pytestmark = pytest.mark.django_db


def read(client, page, query=""):
    """The calendar below a page; checks what holds for every calendar."""
    answer = client.get(f"{page.url}calendar/{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    # RFC 5545, 3.1: at most 75 octets a line; 3.6: these two first-class properties, once.
    assert all(len(line) <= 75 for line in lines)
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar.get("version") == "2.0"
    assert calendar.get("prodid")
    for event in calendar.events:
        assert not event.errors
        for name in ("uid", "dtstamp", "dtstart", "dtend", "sequence", "status", "summary", "url"):
            assert name in event, name
    return calendar


def only(calendar):
    (event,) = calendar.events
    return event


def test_an_event_can_be_kept(client, index):
    event = make_event(
        index,
        title="Yarn; wool, and “more”",
        start=moment("2027-07-04 07:30"),
        end=moment("2027-07-04 16:00"),
        timezone="Europe/Madrid",
        venue="Hall 3, floor 2",
        city="Barcelona",
        country_id="ES",
        organiser="A sample organiser",
        listing_summary="First line",
        online_url="https://example.org/join",
        attendance="mixed",
    )
    answer = client.get(f"{event.url}calendar/")
    assert answer["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'
    item = only(read(client, event))
    assert item["uid"] == str(event.translation_key)
    assert item["summary"] == "Yarn; wool, and “more”"
    assert item.start == moment("2027-07-04 07:30")
    assert item.end == moment("2027-07-04 16:00")
    assert item["location"] == "Hall 3, floor 2, Barcelona, Spain and online"
    assert item["status"] == "CONFIRMED"
    assert item["url"] == event.full_url
    assert item["conference"] == "https://example.org/join"
    assert "09:30–18:00, Madrid time (CEST, UTC+2)" in item["description"]
    assert item["sequence"] == 0


def test_whole_days_are_dates_and_the_end_is_the_first_free_day(client, index):
    event = make_event(
        index,
        all_day=True,
        timezone="Europe/Sofia",
        start=moment("2026-12-02 22:00"),
        end=moment("2026-12-04 21:59"),
    )
    item = only(read(client, event))
    assert item["dtstart"].dt == date(2026, 12, 3)
    assert item["dtend"].dt == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("scheduled", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
        ("postponed", "TENTATIVE"),
        ("rescheduled", "CONFIRMED"),
    ],
)
def test_calendars_learn_the_state(client, index, status, expected):
    event = make_event(index, status=status, previous_start=moment("2026-01-01 09:00"))
    assert only(read(client, event))["status"] == expected


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, index):
    event = make_event(index)
    before = only(read(client, event))
    event.start += timedelta(hours=1)
    event.end += timedelta(hours=1)
    event.save_revision().publish()
    after = only(read(client, event))
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstamp"].dt >= before["dtstamp"].dt


def test_the_feed_has_recent_and_coming_events(client, index):
    make_event(index, title="Long over", start=-200)
    make_event(index, title="Just over", start=-20)
    make_event(index, title="To come", start=20)
    make_event(index, title="Called off", start=30, status="cancelled")
    make_event(index, title="Draft", start=40, live=False)
    calendar = read(client, index)
    assert [str(e["summary"]) for e in calendar.events] == ["Just over", "To come", "Called off"]
    assert len({str(e["uid"]) for e in calendar.events}) == 3
    assert calendar.calendar_name.startswith("Events")
    assert "max-age=900" in client.get(f"{index.url}calendar/")["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?type=webinar", {"W"}),
        ("?country=PT", {"P"}),
        ("?type=webinar&country=PT", set()),
        ("?when=past&month=2020-01", {"W", "P"}),
        ("?type=party&country=ZZ&x=%00", {"W", "P"}),
    ],
)
def test_the_feed_can_be_narrowed(client, index, query, expected):
    make_event(index, title="W", event_type="webinar")
    make_event(index, title="P", country_id="PT")
    assert {str(e["summary"]) for e in read(client, index, query).events} == expected


def test_the_feed_is_for_everybody_whoever_asks(client, client_for, administrator, index):
    hidden = make_event(index, title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    make_event(index, title="Open")
    for reader in (client, client_for(administrator)):
        assert [str(e["summary"]) for e in read(reader, index).events] == ["Open"]


def test_the_feed_of_a_hidden_list_is_missing(client, index):
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{index.url}calendar/").status_code == 404


def test_the_feed_is_bounded(client, index, monkeypatch):
    monkeypatch.setattr(calendars, "MOST", 2)
    for number in range(3):
        make_event(index, title=str(number), start=number + 1)
    assert [str(e["summary"]) for e in read(client, index).events] == ["0", "1"]


@pytest.mark.parametrize("text", ["a\r\nBEGIN:VEVENT", "x" * 255, "Русе Iași Éa " * 15, "a\\,;:"])
def test_no_title_breaks_a_calendar(client, index, text):
    event = make_event(index, title=text[:255], venue=text[:200], listing_summary=text[:300])
    item = only(read(client, event))
    assert "".join(str(item["summary"]).split()) == "".join(event.title.split())
