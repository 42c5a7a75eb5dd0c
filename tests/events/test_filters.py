"""What an address asks for."""

from datetime import date

import pytest
from django.http import QueryDict

from events.filters import EventFilters, When, parse_month

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", EventFilters()),
        ("when=past", EventFilters(when=When.PAST)),
        ("when=never", EventFilters()),
        ("month=2026-12", EventFilters(when=When.ALL, month=date(2026, 12, 1))),
        ("month=2026-12&when=past", EventFilters(when=When.PAST, month=date(2026, 12, 1))),
        ("month=2026-13", EventFilters()),
        ("month=nonsense&month=2026-01", EventFilters(when=When.ALL, month=date(2026, 1, 1))),
        ("type=webinar&type=mission&type=party", EventFilters(types=("mission", "webinar"))),
        ("country=PT", EventFilters(country="PT")),
        ("country=ZZ&country=pt&country=", EventFilters()),
        ("%00=%00&when=%00&month=%00&type=%00&country=%00", EventFilters()),
    ],
)
def test_what_is_understood(query, filters):
    assert EventFilters.parse(QueryDict(query)) == filters


@pytest.mark.parametrize(
    "query",
    [
        "",
        "when=past",
        "when=all&type=b2b&country=PT",
        "type=mission&month=2026-12",
        "when=past&month=2020-03",
    ],
)
def test_the_address_of_a_choice_means_the_same_choice(query):
    filters = EventFilters.parse(QueryDict(query))
    assert EventFilters.parse(QueryDict(filters.query())) == filters


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-1", "2026-00", "1999-12", "2026-12-01", "２０２６-12", "2026-12\n"]
)
def test_what_is_no_month(text):
    assert parse_month(text) is None
