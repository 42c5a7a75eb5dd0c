"""How many queries a visitor's page costs: the page itself cold, what all pages share warm."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bestpractices.models import BestPracticePage, CaseStudyPage
from core import searchable
from tests.factories.bestpractices import (
    make_case_study,
    make_full_practice,
    make_image,
    make_practice_index,
)

# Real commits: inside a transaction that changed content nothing shared is kept.
pytestmark = pytest.mark.django_db(transaction=True)

LIST, PAGE = 15, 12


@pytest.fixture
def filled(home_page):
    index = make_practice_index(home_page)
    pages = [
        make_full_practice(index, title=f"Practice {number}", listing_image=make_image())
        for number in range(4)
    ]
    for number in range(2):
        make_case_study(
            index,
            title=f"Study {number}",
            tags=["repair"],
            listing_image=make_image(),
            practices_used=pages,
        )
    return index


def queries(client, address, other):
    # Renditions are drawn at the first visit ever, not at the first after a change.
    assert client.get(address).status_code == 200
    for alias in caches:
        caches[alias].clear()
    # Another page of the same type, so that navigation, names and places are known.
    client.get(other)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(
    ("below", "other", "most"),
    [
        ("", "?country=BG", LIST),
        ("?country=ES&tag=repair&strategy=longevity&kind=best_practice", "?country=BG", LIST),
        ("practice-0/", "practice-1/", PAGE),
        ("study-0/", "practice-1/", PAGE),
    ],
)
def test_queries_are_few(client, filled, below, other, most):
    found = queries(client, f"{filled.url}{below}", f"{filled.url}{other}")
    assert len(found) <= most, "\n".join(found)


def test_a_second_visit_costs_less(client, filled):
    found = queries(client, filled.url, filled.url)
    assert len(found) <= 6, "\n".join(found)


def test_the_list_costs_the_same_whatever_its_length(client, filled):
    few = len(queries(client, filled.url, f"{filled.url}?country=BG"))
    for number in range(8):
        make_full_practice(filled, title=f"More {number}", listing_image=make_image())
    assert len(queries(client, filled.url, f"{filled.url}?country=BG")) <= few


def test_a_page_costs_the_same_whatever_stands_around_it(client, filled):
    address, other = f"{filled.url}practice-0/", f"{filled.url}practice-1/"
    few = len(queries(client, address, other))
    practice = filled.get_children().get(slug="practice-0").specific
    for number in range(5):
        make_case_study(
            filled,
            title=f"More {number}",
            tags=["repair"],
            listing_image=make_image(),
            practices_used=[practice],
        )
    assert len(queries(client, address, other)) <= few


@pytest.mark.parametrize("model", [BestPracticePage, CaseStudyPage])
def test_a_rebuild_of_the_search_index_costs_the_same_whatever_the_number(filled, model):
    known = searchable.for_model(model)
    with CaptureQueriesContext(connection) as few:
        assert all(known.entry(page) for page in known.queryset()[:1])
    with CaptureQueriesContext(connection) as more:
        assert all(known.entry(page) for page in known.queryset())
    assert len(more) <= len(few)
