"""Practices as components/card--practice.html draws them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bestpractices.facets import content_types, kind_names
from bestpractices.models import PracticeBase
from core.translations import locale_ids
from directory.labels import labels
from directory.models import CircularStrategy, Country, Region

MOST_STRATEGIES = 3


def cards(
    practices: Iterable[PracticeBase], request: HttpRequest | None, *, strategies: bool = False
) -> list[dict[str, Any]]:
    """The variables of one card for each practice, in their order.

    Give practices from `for_cards()`. With `strategies`, one more query adds their circular
    strategies.
    """
    rows = list(practices)
    kinds = {pk: kind for kind, pk in content_types().items()}
    names = kind_names()
    languages = {pk: code for code, pk in locale_ids().items()}
    active = (get_language() or "")[:2]
    places = Places()
    found = _strategies(rows) if strategies else {}
    sample = _("Sample")
    return [
        {
            "url": practice.get_url(request),
            "title": practice.title,
            "eyebrow": names.get(kinds.get(practice.content_type_id, ""), ""),
            "summary": practice.listing_summary,
            "image": practice.listing_image,
            "badge": sample if practice.is_sample else "",
            "lang": _foreign(languages.get(practice.locale_id, ""), active),
            "place": places.of(practice),
            "tags": found.get(practice.pk, []),
        }
        for practice in rows
    ]


class Places:
    """Where practices are, in words; the names are read once."""

    def __init__(self) -> None:
        self.countries = labels(Country)
        self.regions = labels(Region)

    def region(self, practice: PracticeBase) -> str:
        """The name of the region, or nothing."""
        return self.regions.get(practice.region_id or "", "")

    def of(self, practice: PracticeBase) -> str:
        """ "Gabrovo, Bulgaria"; the region stands in where no place is named."""
        place = practice.location_place or self.region(practice)
        country = self.countries.get(practice.country_id or "", "")
        return ", ".join(part for part in (place, country) if part)


def _foreign(language: str, active: str) -> str:
    return "" if language == active else language


def _strategies(rows: list[PracticeBase]) -> dict[int, list[str]]:
    names = labels(CircularStrategy)
    found: dict[int, list[str]] = defaultdict(list)
    between = PracticeBase.circular_strategies.through.objects.filter(
        practicebase_id__in=[row.pk for row in rows]
    )
    for pk, code in between.order_by("pk").values_list("practicebase_id", "circularstrategy_id"):
        if len(found[pk]) < MOST_STRATEGIES:
            found[pk].append(names.get(code, code))
    return found
