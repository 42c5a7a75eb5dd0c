"""The page of one event."""

import json
import re

import pytest
from wagtail.models import PageViewRestriction

from directory.models import ValueChain
from events import detail
from tests.factories.events import make_event, moment

pytestmark = pytest.mark.django_db


def html(client, event):
    answer = client.get(event.url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def json_ld(client, event):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(client, event))[1]
    return json.loads(text)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (
            {"start": "2026-12-03 09:00", "end": "2026-12-03 10:30"},
            "3 December 2026, 10:00–11:30, Madrid time (CET, UTC+1)",
        ),
        (
            {"start": "2027-01-19 08:30", "end": "2027-01-20 12:00"},
            "19 January 2027, 09:30 – 20 January 2027, 13:00, Madrid time (CET, UTC+1)",
        ),
        (
            {"start": "2027-03-27 09:00", "end": "2027-03-29 09:00"},
            "27 March 2027, 10:00 – 29 March 2027, 11:00, Madrid time",
        ),
        (
            {"start": "2026-12-02 23:00", "end": "2026-12-03 22:59", "all_day": True},
            "3 December 2026",
        ),
        (
            {"start": "2026-12-02 23:00", "end": "2026-12-04 22:59", "all_day": True},
            "3 December 2026 – 4 December 2026",
        ),
    ],
)
def test_times_are_those_of_the_events_zone_and_name_it(client, index, fields, shown):
    values = {key: moment(v) if isinstance(v, str) else v for key, v in fields.items()}
    event = make_event(index, timezone="Europe/Madrid", **values)
    assert f'<p class="lead"> {shown} <' in html(client, event)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"status": "cancelled"}, "This event is cancelled."),
        ({"status": "postponed"}, "This event is postponed. A new date will follow."),
        (
            {"status": "rescheduled", "previous_start": "2026-02-11 08:30"},
            "New date. The event was to begin on 11 February 2026, 09:30.",
        ),
        ({"start": "2020-03-04 08:00"}, "This event is over."),
        ({"start": "2020-03-04 08:00", "status": "cancelled"}, "This event is cancelled."),
    ],
)
def test_what_a_visitor_has_to_know_first(client, index, fields, shown):
    values = {
        key: moment(v) if key in {"start", "previous_start"} else v for key, v in fields.items()
    }
    event = make_event(index, timezone="Europe/Madrid", **values)
    assert shown in html(client, event)


def test_all_facts_are_shown(client, index):
    event = make_event(
        index,
        venue="Knit Lab",
        city="Mataró",
        country_id="ES",
        region_id="ES51",
        attendance="mixed",
        organiser="A sample organiser",
        capacity=1200,
        languages=["ca", "bg"],
        audience="Knitters & weavers",
        accessibility_notes="Step-free.\n\nInduction loop.",
        online_url="https://example.org/join",
        tags=["yarn"],
        value_chains=ValueChain.objects.filter(pk="digital"),
        listing_summary="A day for knitters",
    )
    page = html(client, event)
    for text in (
        "Knit Lab, Mataró, Catalonia, Spain and online",
        "On site and online",
        "A sample organiser",
        "Català, Български",
        "Knitters &amp; weavers",
        "<p>Step-free.</p> <p>Induction loop.</p>",
        'href="https://example.org/join"',
        "yarn",
        "Digital",
        "A day for knitters",
        "badge--sample",
        f'href="{event.url}calendar/"',
        f'href="{index.url}"',
    ):
        assert text in page, text


@pytest.mark.parametrize("fields", [{"start": moment("2020-01-01 09:00")}, {"status": "cancelled"}])
def test_nobody_is_invited_to_what_does_not_take_place(client, index, fields):
    event = make_event(index, online_url="https://example.org/join", **fields)
    assert "Take part" not in html(client, event)


def test_the_data_for_search_engines(client, index):
    event = make_event(
        index,
        title="Yarn </script> & more",
        start=moment("2027-07-04 07:30"),
        end=moment("2027-07-04 16:00"),
        timezone="Europe/Madrid",
        status="rescheduled",
        previous_start=moment("2027-02-11 08:30"),
        attendance="mixed",
        venue="Hall 3",
        city="Barcelona",
        country_id="ES",
        region_id="ES51",
        organiser="A sample organiser",
        capacity=25,
        languages=["es", "en"],
        online_url="https://example.org/join",
    )
    assert json_ld(client, event) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Yarn </script> & more",
        "url": event.full_url,
        "startDate": "2027-07-04T09:30:00+02:00",
        "endDate": "2027-07-04T18:00:00+02:00",
        "previousStartDate": "2027-02-11T09:30:00+01:00",
        "eventStatus": "https://schema.org/EventRescheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Hall 3",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Barcelona",
                    "addressRegion": "Catalonia",
                    "addressCountry": "ES",
                },
            },
            {"@type": "VirtualLocation", "url": "https://example.org/join"},
        ],
        "organizer": {"@type": "Organization", "name": "A sample organiser"},
        "inLanguage": ["es", "en"],
        "maximumAttendeeCapacity": 25,
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "cancelled"}, {"eventStatus": "https://schema.org/EventCancelled"}),
        ({"status": "postponed"}, {"eventStatus": "https://schema.org/EventPostponed"}),
        (
            {"attendance": "online"},
            {"eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"},
        ),
        (
            {
                "all_day": True,
                "timezone": "Europe/Madrid",
                "start": moment("2026-12-02 23:00"),
                "end": moment("2026-12-04 22:59"),
            },
            {"startDate": "2026-12-03", "endDate": "2026-12-04"},
        ),
    ],
)
def test_states_and_modes_for_search_engines(client, index, fields, expected):
    data = json_ld(client, make_event(index, **fields))
    assert {key: data[key] for key in expected} == expected
    if fields.get("attendance") == "online":
        assert data["location"] == {"@type": "VirtualLocation", "url": data["url"]}


def test_a_kept_page_cannot_outlive_the_event(rf, index, monkeypatch):
    event = make_event(index, start=2)
    request = rf.get(event.url)
    request.user = None
    monkeypatch.setattr(detail, "detail", lambda *_args: {})
    event.get_context(request)
    assert request._page_expires_at == event.end


def test_hidden_events_are_missing(client, client_for, member, index):
    hidden = make_event(index)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft = make_event(index, title="Draft", live=False)
    for event in (hidden, draft):
        assert client.get(event.url).status_code == 404
        assert client.get(f"{event.url}calendar/").status_code == 404
    assert client_for(member).get(hidden.url).status_code == 200


def test_unknown_addresses_below_an_event_are_missing(client, index):
    event = make_event(index)
    assert client.get(f"{event.url}calendar/more/").status_code == 404
    assert client.get(f"{event.url}other/").status_code == 404
