"""How many queries a visitor's page costs: the page itself cold, what all pages share warm."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import ValueChain
from tests.factories.events import make_event, make_event_index

# Real commits: inside a transaction that changed content nothing shared is kept.
pytestmark = pytest.mark.django_db(transaction=True)

LIST, PAGE = 15, 12


@pytest.fixture
def filled(home_page):
    index = make_event_index(home_page)
    for number in range(3):
        make_event(
            index,
            title=f"Event {number}",
            start=number + 1,
            country_id="PT",
            region_id="PT11",
            tags=["yarn", "wool"],
            value_chains=ValueChain.objects.filter(pk="digital"),
        )
    make_event(index, title="Over", start=-10)
    return index


def queries(client, address, other):
    for alias in caches:
        caches[alias].clear()
    # Another page of the same type, so that navigation, names and places are known.
    client.get(other)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(
    ("below", "most"),
    [
        ("", LIST),
        ("?when=past&type=webinar&country=PT&month=2026-12", LIST),
        ("calendar/", LIST),
        ("event-0/", PAGE),
        ("event-0/calendar/", PAGE),
    ],
)
def test_queries_are_few(client, filled, below, most):
    other = f"{filled.url}event-1/" if below.startswith("event") else f"{filled.url}?country=BG"
    found = queries(client, f"{filled.url}{below}", other)
    assert len(found) <= most, "\n".join(found)


def test_the_list_costs_the_same_whatever_its_length(client, filled):
    few = len(queries(client, filled.url, f"{filled.url}?country=BG"))
    for number in range(20):
        make_event(filled, title=f"More {number}", start=number + 1, country_id="BG")
    assert len(queries(client, filled.url, f"{filled.url}?country=BG")) <= few
