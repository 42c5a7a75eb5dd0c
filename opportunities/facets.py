"""By what the list of opportunities can be narrowed; how facets work stands in `directory.facets`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.facets import Facet
from directory.labels import labels
from directory.models import Country, Region, ValueChain
from directory.vocabulary import Capability
from directory.vocabulary import Kind as Partner
from opportunities.models import Criterion, Opportunity
from opportunities.vocabulary import CriterionKind, Type

ASKED_FIRST = ("type", "country", "value_chain", "language")


def _choices(choices: Any) -> Callable[[], Mapping[str, str]]:
    return lambda: {str(code): str(label) for code, label in choices}


def _criteria(kind: CriterionKind) -> Callable[[], QuerySet[Any, Any]]:
    return lambda: Criterion.objects.filter(kind=kind)


FACETS: tuple[Facet, ...] = (
    Facet("type", _("Type"), "type", _choices(Type.choices), is_partition=True),
    Facet(
        "country",
        _("Country"),
        "organisation__country_id",
        lambda: labels(Country),
        is_partition=True,
    ),
    Facet("region", _("Region"), "organisation__region_id", lambda: labels(Region)),
    Facet(
        "value_chain",
        _("Value chain"),
        "valuechain_id",
        lambda: labels(ValueChain),
        Opportunity.value_chains.through.objects.all,
        owner="opportunity_id",
    ),
    Facet(
        "offers",
        _("Offers"),
        "code",
        _choices(Capability.choices),
        _criteria(CriterionKind.OFFER),
        owner="opportunity_id",
    ),
    Facet(
        "seeks",
        _("Seeks"),
        "code",
        _choices(Capability.choices),
        _criteria(CriterionKind.SEEK),
        owner="opportunity_id",
    ),
    Facet(
        "partner",
        _("Partners sought"),
        "code",
        _choices(Partner.choices),
        _criteria(CriterionKind.PARTNER),
        owner="opportunity_id",
    ),
    Facet("language", _("Language"), "language", _choices(settings.LANGUAGES), is_partition=True),
)
