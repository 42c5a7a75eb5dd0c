"""Filters, counts, order: what every engine promises, asked of each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.audiences import MEMBERS
from search.highlighting import unmarked
from search.models import SearchEntry
from search.query import FACETS

LISTED = [
    {"title": "A", "language": "en", "facets": {"country": ["PT"], "tag": ["denim", "wool"]}},
    {"title": "B", "language": "fr", "facets": {"country": ["PT"], "tag": ["denim"]}},
    {"title": "C", "language": "en", "facets": {"country": ["DK"], "year": ["2023"]}},
    {"title": "D", "language": "en", "kind": "topic", "facets": {"solved": ["yes"]}},
]


@pytest.fixture
def listed(bench):
    bench.fill(*({"body": "hemp", **values} for values in LISTED))
    return bench


def test_every_facet_narrows_and_counts_whatever_the_others_leave(listed):
    cases = [
        (
            {"country": ("PT",)},
            "AB",
            {"country": {"PT": 2, "DK": 1}, "tag": {"denim": 2, "wool": 1}},
        ),
        ({"country": ("PT", "DK")}, "ABC", {"year": {"2023": 1}}),
        (
            {"country": ("PT",), "tag": ("wool",)},
            "A",
            {"country": {"PT": 1}, "language": {"en": 1}},
        ),
        ({"solved": ("yes",)}, "D", {"solved": {"yes": 1}, "country": {}, "kind": {"topic": 1}}),
        ({"country": ("XX",)}, "", {"country": {"PT": 2, "DK": 1}, "tag": {}}),
        ({"tag": ("DENIM' OR 1=1 --",)}, "", {"kind": {}}),
    ]
    for filters, found, counts in cases:
        results = listed.search("hemp", filters=filters)
        assert sorted(hit.title for hit in results.hits) == list(found), filters
        assert set(results.facets) == set(FACETS)
        assert {name: results.facets[name] for name in counts} == counts, filters


def test_filters_can_be_typed(listed):
    for typed, found in {
        "hemp country:pt": "AB",
        "HEMP Country:PT tag:wool": "A",
        'hemp tag:"denim"': "AB",
        "hemp language:fr": "B",
        "hemp year:2023": "C",
        "hemp solved:yes": "D",
    }.items():
        assert sorted(listed.found(typed)) == list(found), typed


def test_filters_alone_list_what_they_leave_newest_first(bench):
    today = timezone.now()
    bench.fill(
        {"title": "Old", "date": today - timedelta(days=900), "facets": {"tag": ["flax"]}},
        {"title": "New", "date": today - timedelta(days=2), "facets": {"tag": ["flax"]}},
        {"title": "Never", "facets": {"tag": ["flax"]}},
        {"title": "Other", "date": today},
        {"title": "Hidden", "audience": frozenset({MEMBERS}), "facets": {"tag": ["flax"]}},
    )
    results = bench.search("", filters={"tag": ("flax",)})
    assert [hit.title for hit in results.hits] == ["New", "Old", "Never"]
    assert (results.total, results.facets["tag"]) == (3, {"flax": 3})


def test_by_date_the_newest_come_first_and_only_what_has_the_words(bench):
    today = timezone.now()
    bench.fill(
        {"title": "Raw silk", "date": today - timedelta(days=400)},
        {"title": "Raw silk, silk and raw", "date": today - timedelta(days=800)},
        {"title": "Raw", "date": today},
    )
    assert bench.found("raw silk", sort="date") == ["Raw silk", "Raw silk, silk and raw"]


def test_what_is_to_come_stands_before_what_is_over(bench):
    today = timezone.now()
    events = {
        "Yarn fair, over": today - timedelta(days=30),
        "Yarn fair, to come": today + timedelta(days=30),
    }
    bench.fill(*({"title": title, "kind": "event", "date": day} for title, day in events.items()))
    assert bench.found("yarn fair") == ["Yarn fair, to come", "Yarn fair, over"]


def test_what_has_more_of_the_words_comes_first_and_not_all_must_be_there(bench):
    bench.fill(
        {"title": "Wool", "body": "carded wool"},
        {"title": "Wool and silk", "body": "carded"},
        {"title": "Nothing of it"},
        {"title": "Silk", "body": "wool"},
    )
    found = bench.found("carded silk wool")
    assert found[0] == "Wool and silk"
    assert set(found) == {"Wool and silk", "Wool", "Silk"}
    assert bench.found("how is wool carded and where does silk come from?")[0] == "Wool and silk"


def test_only_among_some_entries_where_these_are_named(bench):
    sources = bench.fill(*({"title": f"Hemp {name}"} for name in "abc"))
    keys = dict(SearchEntry.objects.filter(source__in=sources).values_list("title", "pk"))
    among = (keys["Hemp a"], keys["Hemp c"])
    for text, filters in (("hemp", {}), ("", {"kind": ("page",)}), ("hemp c", {})):
        results = bench.search(text, filters=filters, among=among)
        titles = {unmarked(hit.title) for hit in results.hits}
        assert titles <= {"Hemp a", "Hemp c"}
        assert "Hemp c" in titles
    assert bench.search("hemp", among=among).facets["kind"] == {"page": 2}
