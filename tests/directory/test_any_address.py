"""Whatever stands behind the question mark: a page or a 404, never an error."""

import contextlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, QueryDict
from hypothesis import HealthCheck, given, settings

from directory.facets import FACETS, NAME
from directory.listing import context
from directory.selection import parse
from tests.factories.directory import make_organisation
from tests.strategies import query_strings

pytestmark = pytest.mark.django_db

PARAMETERS = {
    "kind": ("sme", "cluster"),
    "country": ("PT", "es"),
    "region": ("PT11", "ES51"),
    "value_chain": ("digital", "fashion_textile"),
    "role": ("fabric", "recycling"),
    "strategy": ("recycling", "longevity"),
    "offers": ("weaving", "sorting"),
    "seeks": ("weaving", "sorting"),
    "language": ("pt", "en"),
    "certification": ("grs", "gots"),
    "cluster": ("one", "two"),
    "name": ("weav", "fiação — ×", "a-b-c-d-e-f-g"),
    "after": ("1", "x:y"),
    "before": ("1", ""),
}


@pytest.fixture
def weaver():
    return make_organisation(name="Weaver", offers=["weaving"])


def some(count):
    """So many examples, on a machine of any speed."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def test_the_parameters_above_are_all_there_are():
    assert {facet.name for facet in FACETS} | {NAME} == set(PARAMETERS) - {"after", "before"}


@some(200)
@given(query=query_strings(PARAMETERS))
def test_every_address_is_understood_or_missing(rf, weaver, query):

    request = rf.get("/en/directory/", QUERY_STRING=query)
    request.user = AnonymousUser()
    with contextlib.suppress(Http404):
        assert context(request)["total"] >= 0
    # What was understood, written as an address, means the same.
    selection = parse(QueryDict(query))
    again = parse(QueryDict(selection.query()))
    assert again.chosen == selection.chosen
    assert not again.ignored
