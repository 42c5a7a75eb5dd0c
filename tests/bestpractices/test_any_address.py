"""Whatever stands behind the question mark: a page or a 404, never an error."""

import contextlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, QueryDict
from hypothesis import HealthCheck, given, settings

from bestpractices.facets import FACETS, narrow
from bestpractices.listing import context
from bestpractices.models import PracticeBase
from bestpractices.selection import parse
from tests.factories.bestpractices import make_full_practice, make_practice
from tests.strategies import query_strings, single_values

pytestmark = pytest.mark.django_db

PARAMETERS = {
    "kind": ("best_practice", "case_study"),
    "value_chain": ("fashion_textile", "digital"),
    "strategy": ("recycling", "longevity"),
    "country": ("ES", "pt", "BG"),
    "region": ("ES51", "PT11"),
    "tag": ("repair", "second-hand"),
    "language": ("en", "fr"),
    "page": ("1", "2", "500", "501"),
}


@pytest.fixture
def filled(index):
    make_full_practice(index)
    make_practice(index, title="Another", country_id="PT", tags=["repair"])
    return index


def some(count):
    """So many examples, on a machine of any speed."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def test_the_parameters_above_are_all_there_are():
    assert {facet.name for facet in FACETS} == set(PARAMETERS) - {"page"}


def ask(rf, filled, query):
    request = rf.get(filled.url, QUERY_STRING=query)
    request.user = AnonymousUser()
    with contextlib.suppress(Http404):
        assert context(filled, request)["total"] <= 2


def test_every_parameter_takes_every_value(rf, filled):
    for query in single_values(PARAMETERS):
        ask(rf, filled, query)


@some(150)
@given(query=query_strings(PARAMETERS))
def test_every_address_is_understood_or_missing(rf, filled, query):
    ask(rf, filled, query)


@some(150)
@given(query=query_strings(PARAMETERS))
def test_what_was_understood_means_the_same_again(filled, query):
    readable = PracticeBase.objects.visible_to(AnonymousUser())
    selection = parse(QueryDict(query), readable)
    assert narrow(readable, selection.chosen).count() <= 2
    # What was understood, written as an address, means the same.
    again = parse(QueryDict(selection.query()), readable)
    assert again.chosen == selection.chosen
    assert not again.ignored


@some(100)
@given(query=query_strings(PARAMETERS))
def test_the_list_answers_every_address(client, filled, query):
    assert client.get(f"{filled.url}?{query}").status_code in {200, 404}


@some(40)
@given(query=query_strings({"page": ("1", "2")}))
def test_a_page_does_not_care(client, filled, query):
    page = filled.get_children().live().first()
    with contextlib.suppress(Http404):
        assert client.get(f"{page.url}?{query}").status_code == 200
