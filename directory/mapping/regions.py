"""How many organisations are where: the table beside the map, which says what the map shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from directory.counts import Numbered
from directory.labels import labels
from directory.models import Country, Region

SHADES = 5


@dataclass(frozen=True, slots=True)
class RegionCount:
    """One row; `code` is empty for organisations of the country whose region is not said."""

    code: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class CountryCount:
    """`shade` goes from 1 to SHADES with the number, on a scale that grows by equal factors."""

    code: str
    name: str
    number: int
    shade: int
    regions: tuple[RegionCount, ...]


def counted(found: Numbered) -> list[CountryCount]:
    """Countries with their regions, both by number and name, in one query."""
    rows = (
        found.rows.order_by()
        .values_list("country_id", "region_id")
        .annotate(total=found.number)
        .filter(total__gt=0)
    )
    regions, countries = labels(Region), labels(Country)
    by_country: dict[str, list[RegionCount]] = defaultdict(list)
    for country, region, number in rows:
        name = regions.get(region, region) if region else ""
        by_country[country].append(RegionCount(region or "", name, number))
    most = max((sum(one.number for one in found) for found in by_country.values()), default=0)
    counts = [
        CountryCount(
            code,
            countries.get(code, code),
            number := sum(one.number for one in found),
            shade(number, most),
            tuple(sorted(found, key=lambda one: (-one.number, not one.code, one.name.casefold()))),
        )
        for code, found in by_country.items()
    ]
    return sorted(counts, key=lambda one: (-one.number, one.name.casefold()))


def shade(number: int, most: int) -> int:
    """The class of a number beside the largest: 0 for none, then 1 to SHADES by equal factors.

    A scale of equal steps would put all but the largest into the first class, for organisations
    gather where the clusters are.
    """
    if number <= 0 or most <= 0:
        return 0
    step, limit = most ** (1 / SHADES), 1.0
    for position in range(1, SHADES):
        limit *= max(step, 1.0001)
        if number <= limit + 1e-9:
            return position
    return SHADES
