"""Whatever stands behind the question mark: a page or a 404, never an error."""

import contextlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from hypothesis import HealthCheck, given, settings

from events.listing import listing
from events.models import EventType
from tests.factories.events import make_event
from tests.strategies import query_strings, single_values

pytestmark = pytest.mark.django_db

PARAMETERS = {
    "when": ("upcoming", "past", "all"),
    "type": tuple(EventType.values),
    "country": ("PT", "BG", "ES"),
    "month": ("2026-12", "2027-01"),
    "page": ("1", "2", "500", "501"),
}


@pytest.fixture
def filled(index):
    for number, kind in enumerate(EventType.values):
        make_event(index, title=kind, event_type=kind, start=number - 3, country_id="PT")
    return index


def some(count):
    """So many examples, on a machine of any speed."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def ask(rf, filled, query):
    request = rf.get(filled.url, QUERY_STRING=query)
    request.user = AnonymousUser()
    with contextlib.suppress(Http404):
        assert len(listing(filled, request)["cards"]) <= 12


def test_every_parameter_takes_every_value(rf, filled):
    for query in single_values(PARAMETERS):
        ask(rf, filled, query)


@some(150)
@given(query=query_strings(PARAMETERS))
def test_every_address_is_understood_or_missing(rf, filled, query):
    ask(rf, filled, query)


@some(60)
@given(query=query_strings(PARAMETERS))
def test_the_list_answers_every_address(client, filled, query):
    assert client.get(f"{filled.url}?{query}").status_code in {200, 404}


@some(40)
@given(query=query_strings(PARAMETERS))
def test_the_feed_answers_every_address(client, filled, query):
    assert client.get(f"{filled.url}calendar/?{query}").status_code == 200
