"""What search and the home page see of events."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core import searchable, slots
from core.audiences import MEMBERS, PUBLIC
from directory.models import ValueChain
from events.models import EventPage
from tests.factories.events import make_event, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    return searchable.for_model(EventPage)


def test_an_event_can_be_found(index, known):
    event = make_event(
        index,
        title="Deadstock morning",
        start=moment("2026-12-31 23:30"),
        timezone="Europe/Sofia",
        event_type="b2b",
        country_id="BG",
        region_id="BG32",
        city="Ruse",
        organiser="A sample organiser",
        listing_summary="Fifteen minutes",
        audience="Makers",
        tags=["wool", "cotton"],
        value_chains=ValueChain.objects.filter(pk="digital"),
        body=[
            ("heading", {"text": "How it goes", "level": "h2"}),
            ("text", "<p>Bring <b>three</b> rolls &amp; a card.</p>"),
        ],
    )
    entry = known.entry(known.queryset().get(pk=event.pk))
    assert entry.kind == "event"
    assert entry.language == "en"
    assert entry.url == event.url
    assert entry.audience == {PUBLIC}
    assert entry.summary == "Fifteen minutes"
    assert entry.headings.split("\n") == ["How it goes", "cotton", "wool"]
    assert "Bring three rolls & a card." in entry.body
    assert "<" not in entry.body
    assert "Ruse" in entry.body
    assert entry.organisation == "A sample organiser"
    assert entry.date == event.start
    assert entry.is_sample
    assert entry.facets == {
        "type": ["b2b"],
        "country": ["BG"],
        "region": ["BG32"],
        "value_chain": ["digital"],
        "tag": ["cotton", "wool"],
        # The year at the event's place.
        "year": ["2027"],
    }


def test_what_nobody_or_not_everybody_may_read(index, known):
    draft = make_event(index, live=False)
    assert known.entry(draft) is None
    assert not known.queryset().filter(pk=draft.pk).exists()
    hidden = make_event(index, title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert known.entry(hidden).audience == {MEMBERS}


def test_the_home_page_shows_the_next_events(rf, index):
    make_event(index, title="Over", start=-3)
    for number in (3, 1, 2):
        make_event(index, title=f"In {number}", start=number)
    request = rf.get("/en/")
    request.user = AnonymousUser()
    template, context = slots.content("home.events", request, limit=2)
    assert template == "pages/events/_next_events.html"
    assert [card["title"] for card in context["cards"]] == ["In 1", "In 2"]
    assert context["url"] == index.url
    assert request._page_expires_at == EventPage.objects.get(title="In 1").end


@pytest.mark.django_db(transaction=True)
def test_the_home_page_reads_the_next_events_again_when_one_of_them_ends(rf, index, monkeypatch):
    first, second = (make_event(index, title=f"In {number}", start=number) for number in (1, 2))
    request = rf.get("/en/")
    request.user = AnonymousUser()

    def shown():
        _template, context = slots.content("home.events", request)
        return [card["title"] for card in context["cards"]]

    assert shown() == ["In 1", "In 2"]
    with CaptureQueriesContext(connection) as queries:
        shown()
    assert not queries.captured_queries
    monkeypatch.setattr(timezone, "now", lambda: first.end + timedelta(seconds=1))
    assert shown() == ["In 2"]
    monkeypatch.undo()
    second.unpublish()
    assert shown() == ["In 1"]


def test_without_a_list_of_events_the_home_page_shows_none(rf, home_page):
    request = rf.get("/en/")
    request.user = AnonymousUser()
    assert slots.content("home.events", request) is None
