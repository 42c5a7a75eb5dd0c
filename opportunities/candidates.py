"""Which of all parties fit one best: chosen by the database, so that few are read however many there are.

The order is the one of `matching.best`: more meetings first, then more reasons, then the newer. What
`matching.compare` would rule out is ruled out here as well, so that the first ones here are the best
ones there. Reasons that all who are left have alike (they are of a type or in a country that is wanted)
do not change the order, and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, SmallIntegerField, Value, When

from directory.models import Line, Organisation, Trait
from directory.vocabulary import LineKind, TraitKind
from opportunities.matching import Party
from opportunities.models import Criterion, Opportunity
from opportunities.vocabulary import CriterionKind, Type

# The columns of an organisation that a suggestion shows.
SHOWN = ("slug", "name", "kind", "country", "region", "town", "is_sample")


def organisations(mine: Party, *, most: int) -> list[Organisation]:
    """The published organisations that fit a party best, with what is shown of them; one query."""
    meetings = _each(Line, "organisation", "capability", mine)
    if not meetings:
        return []
    met = _met(Line, "organisation", "capability", mine)
    chains = Organisation.value_chains.through.objects.filter(valuechain__in=mine.value_chains)
    others = Organisation.other_nace.through.objects.filter(nacedivision__in=mine.activities)
    spoken = Trait.objects.filter(kind=TraitKind.LANGUAGE, code__in=mine.languages)
    reasons = [
        *met,
        Q(pk__in=chains.values("organisation")),
        Q(nace__in=mine.activities) | Q(pk__in=others.values("organisation")),
        Q(pk__in=spoken.values("organisation")),
        ~Q(country=mine.country),
    ]
    public = Organisation.objects.public().only(*SHOWN)
    found = public.filter(_any(met)).exclude(pk=mine.organisation)
    if mine.wanted_kinds:
        found = found.filter(kind__in=mine.wanted_kinds)
    if mine.wanted_countries:
        found = found.filter(country__in=mine.wanted_countries)
    return _first(found, meetings=meetings, reasons=reasons, most=most)


def opportunities(mine: Party, *, most: int) -> list[Opportunity]:
    """The open opportunities that fit a party best, with what is shown of them; one query."""
    chains = Opportunity.value_chains.through.objects
    projects = [
        Q(type=Type.PROJECT, pk__in=chains.filter(valuechain=code).values("opportunity"))
        for code in sorted(mine.value_chains)
        if mine.seeks_project
    ]
    meetings = [*_each(Criterion, "opportunity", "code", mine), *projects]
    if not meetings:
        return []
    met = _met(Criterion, "opportunity", "code", mine)
    shared = chains.filter(valuechain__in=mine.value_chains)
    activities = Opportunity.activities.through.objects.filter(nacedivision__in=mine.activities)
    spoken = Trait.objects.filter(kind=TraitKind.LANGUAGE, code__in=mine.languages)
    partners = Criterion.objects.filter(kind=CriterionKind.PARTNER, opportunity=OuterRef("pk"))
    countries = Opportunity.countries.through.objects.filter(opportunity=OuterRef("pk"))
    wants_kind = Q(Exists(partners.filter(code=mine.kind)))
    wants_country = Q(Exists(countries.filter(country=mine.country)))
    reasons = [
        *met,
        Q(pk__in=shared.values("opportunity")),
        Q(pk__in=activities.values("opportunity")),
        wants_kind,
        wants_country,
        Q(language__in=mine.languages) | Q(organisation__in=spoken.values("organisation")),
        ~Q(organisation__country=mine.country),
    ]
    found = (
        Opportunity.objects.public()
        .exclude(organisation=mine.organisation)
        .select_related("organisation")
        .only("type", "language", "title", "is_sample", *(f"organisation__{one}" for one in SHOWN))
        .filter(
            _any([*met, *projects]),
            wants_kind | ~Q(Exists(partners)),
            wants_country | ~Q(Exists(countries)),
        )
    )
    if mine.wanted_kinds:
        found = found.filter(organisation__kind__in=mine.wanted_kinds)
    if mine.wanted_countries:
        found = found.filter(organisation__country__in=mine.wanted_countries)
    return _first(found, meetings=meetings, reasons=reasons, most=most)


def _each(model: Any, owner: str, column: str, mine: Party) -> list[Q]:
    """For each code that a party seeks or offers the condition on others that they meet it there."""
    wanted = [(LineKind.OFFER, code) for code in sorted(mine.seeks)]
    wanted += [(LineKind.SEEK, code) for code in sorted(mine.offers)]
    return [
        Q(pk__in=model.objects.filter(kind=kind, **{column: code}).values(owner))
        for kind, code in wanted
    ]


def _met(model: Any, owner: str, column: str, mine: Party) -> list[Q]:
    """The conditions that others offer something that a party seeks, and the other way round."""
    sides = ((LineKind.OFFER, mine.seeks), (LineKind.SEEK, mine.offers))
    return [
        Q(pk__in=model.objects.filter(kind=kind, **{f"{column}__in": codes}).values(owner))
        for kind, codes in sides
        if codes
    ]


def _any(conditions: Iterable[Q]) -> Q:
    """That one of the conditions, of which there is at least one, holds."""
    return reduce(or_, conditions)


def _number(conditions: Iterable[Q]) -> Any:
    """How many of the conditions hold."""
    total: Any = Value(0, output_field=SmallIntegerField())
    for condition in conditions:
        total = total + Case(
            When(condition, then=Value(1)), default=Value(0), output_field=SmallIntegerField()
        )
    return total


def _first(
    found: QuerySet[Any, Any], *, meetings: list[Q], reasons: list[Q], most: int
) -> list[Any]:
    return list(found.order_by(_number(meetings).desc(), _number(reasons).desc(), "-pk")[:most])
