"""Organisations as the list draws them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.labels import labels
from directory.models import CircularStrategy, Country, Line, Organisation, Region
from directory.states import State
from directory.vocabulary import LineKind

MOST_STRATEGIES = 3
MOST_OFFERS = 3


def cards(organisations: Iterable[Organisation]) -> list[dict[str, Any]]:
    """The variables of one card for each organisation, in their order; two queries for all."""
    rows = list(organisations)
    keys = [row.pk for row in rows]
    places = Places()
    strategies, offers = _strategies(keys), _offers(keys)
    active = (get_language() or "")[:2]
    return [
        {
            "url": row.get_absolute_url(),
            "title": row.name,
            "eyebrow": row.get_kind_display(),
            "summary": row.summary,
            "lang": "" if row.language == active else row.language,
            "logo": row.logo,
            "place": places.of(row),
            "offers": ", ".join(offers.get(row.pk, [])[:MOST_OFFERS]),
            "tags": strategies.get(row.pk, [])[:MOST_STRATEGIES],
            "badge": _("Sample") if row.is_sample else "",
            "stale": row.state == State.STALE,
        }
        for row in rows
    ]


class Places:
    """Where organisations are, in words; the names are read once."""

    def __init__(self) -> None:
        self.countries = labels(Country)
        self.regions = labels(Region)

    def region(self, organisation: Organisation) -> str:
        """The name of the region, or nothing."""
        return self.regions.get(organisation.region_id or "", "")

    def country(self, organisation: Organisation) -> str:
        """The name of the country."""
        return self.countries.get(organisation.country_id, "")

    def of(self, organisation: Organisation) -> str:
        """ "Русе, Bulgaria"; the region stands in where no town is named."""
        place = organisation.town or self.region(organisation)
        return ", ".join(part for part in (place, self.country(organisation)) if part)


def _strategies(keys: list[int]) -> dict[int, list[str]]:
    names = labels(CircularStrategy)
    between = Organisation.circular_strategies.through.objects.filter(organisation_id__in=keys)
    found: dict[int, list[str]] = defaultdict(list)
    for key, code in between.order_by("pk").values_list("organisation_id", "circularstrategy_id"):
        found[key].append(names.get(code, code))
    return found


def _offers(keys: list[int]) -> dict[int, list[str]]:
    lines = Line.objects.filter(organisation__in=keys, kind=LineKind.OFFER)
    found: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        word = line.get_capability_display()
        if word not in found[line.organisation_id]:
            found[line.organisation_id].append(word)
    return found
