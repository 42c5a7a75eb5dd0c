"""Opportunities and organisations as parties of a match: the others are read in one query.

Only those are read that have something to meet about, and of their facts only what a match can be
about, so that 5,000 organisations are few rows. Left out is what `compare` would not look at: codes
that the one side does not have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from directory.models import Line, Organisation, Trait
from directory.vocabulary import LineKind, TraitKind
from opportunities.matching import Match, Party, best
from opportunities.models import Criterion, Opportunity
from opportunities.vocabulary import CriterionKind, Type

MOST = 10
COLUMNS = ("owner", "what", "code_found", "kind_found", "country_found", "organisation_found")
TEXT = CharField()
# The first row of each party.
BASE = "base"


def party_of_organisation(organisation: Organisation) -> Party:
    """An organisation with what its profile offers and seeks."""
    lines = list(organisation.lines.values_list("kind", "capability"))
    main = frozenset({organisation.nace_id} if organisation.nace_id else ())
    return Party(
        key=organisation.pk,
        organisation=organisation.pk,
        kind=organisation.kind,
        country=organisation.country_id,
        offers=frozenset(code for kind, code in lines if kind == LineKind.OFFER),
        seeks=frozenset(code for kind, code in lines if kind == LineKind.SEEK),
        value_chains=_keys(organisation.value_chains),
        activities=_keys(organisation.other_nace) | main,
        languages=_spoken(organisation),
    )


def party_of_opportunity(opportunity: Opportunity) -> Party:
    """An opportunity, with the place, type and languages of the organisation whose it is."""
    organisation = opportunity.organisation
    criteria = list(opportunity.criteria.values_list("kind", "code"))

    def of(kind: CriterionKind) -> frozenset[str]:
        return frozenset(code for found, code in criteria if found == kind)

    return Party(
        key=opportunity.pk,
        organisation=organisation.pk,
        kind=organisation.kind,
        country=organisation.country_id,
        offers=of(CriterionKind.OFFER),
        seeks=of(CriterionKind.SEEK),
        value_chains=_keys(opportunity.value_chains),
        activities=_keys(opportunity.activities),
        languages=_spoken(organisation) | {opportunity.language},
        wanted_kinds=of(CriterionKind.PARTNER),
        wanted_countries=_keys(opportunity.countries),
        seeks_project=opportunity.type == Type.PROJECT,
    )


def organisations_for(mine: Party, *, most: int = MOST) -> list[Match]:
    """The published organisations that fit a party best; one query."""
    return best(mine, _parties(_organisation_rows(mine)), most=most)


def opportunities_for(mine: Party, *, most: int = MOST) -> list[Match]:
    """The open opportunities that fit a party best; one query."""
    return best(mine, _parties(_opportunity_rows(mine)), most=most)


def _meeting(mine: Party, code: str) -> Q:
    """Rows of offers and needs that meet those of a party; both tables name the kinds alike."""
    offered = Q(kind=LineKind.OFFER, **{f"{code}__in": mine.seeks})
    return offered | Q(kind=LineKind.SEEK, **{f"{code}__in": mine.offers})


def _organisation_rows(mine: Party) -> QuerySet[Any, Any]:
    met = Line.objects.filter(_meeting(mine, "capability"))
    public = Organisation.objects.public().exclude(pk=mine.organisation)
    found = public.filter(pk__in=met.values("organisation"))
    keys = found.values("pk")
    chains = Organisation.value_chains.through.objects.filter(valuechain__in=mine.value_chains)
    activities = Organisation.other_nace.through.objects.filter(nacedivision__in=mine.activities)
    languages = Trait.objects.filter(kind=TraitKind.LANGUAGE, code__in=mine.languages)
    base = _base(found, kind="kind", country="country_id", organisation="pk")
    rest = (
        _part(met.filter(organisation__in=keys), "organisation_id", F("kind"), "capability"),
        _part(found.filter(nace__in=mine.activities), "pk", Value("activities"), "nace_id"),
        *(
            _part(rows.filter(organisation__in=keys), "organisation_id", Value(what), code)
            for rows, what, code in (
                (chains, "value_chains", "valuechain_id"),
                (activities, "activities", "nacedivision_id"),
                (languages, "languages", "code"),
            )
        ),
    )
    return base.union(*rest, all=True)


def _opportunity_rows(mine: Party) -> QuerySet[Any, Any]:
    met = Criterion.objects.filter(_meeting(mine, "code"))
    public = Opportunity.objects.public().exclude(organisation=mine.organisation)
    chains = Opportunity.value_chains.through.objects.filter(valuechain__in=mine.value_chains)
    meeting = Q(pk__in=met.values("opportunity"))
    if mine.seeks_project:
        meeting |= Q(type=Type.PROJECT, pk__in=chains.values("opportunity"))
    found = public.filter(meeting)
    keys = found.values("pk")
    activities = Opportunity.activities.through.objects.filter(nacedivision__in=mine.activities)
    spoken = Q(
        organisation__traits__kind=TraitKind.LANGUAGE,
        organisation__traits__code__in=mine.languages,
    )
    partners = Criterion.objects.filter(kind=CriterionKind.PARTNER)
    base = _base(
        found,
        kind="organisation__kind",
        country="organisation__country_id",
        organisation="organisation_id",
    )
    rest = (
        _part(found.filter(type=Type.PROJECT), "pk", Value("project"), "type"),
        _part(found.filter(language__in=mine.languages), "pk", Value("languages"), "language"),
        _part(found.filter(spoken), "pk", Value("languages"), "organisation__traits__code"),
        *(
            _part(rows.filter(opportunity__in=keys), "opportunity_id", what, code)
            for rows, what, code in (
                (met, F("kind"), "code"),
                (partners, F("kind"), "code"),
                (chains, Value("value_chains"), "valuechain_id"),
                (activities, Value("activities"), "nacedivision_id"),
                (
                    Opportunity.countries.through.objects.all(),
                    Value("countries"),
                    "country_id",
                ),
            )
        ),
    )
    return base.union(*rest, all=True)


def _base(
    rows: QuerySet[Any, Any], *, kind: str, country: str, organisation: str
) -> QuerySet[Any, Any]:
    return _row(rows, "pk", Value(BASE), Value(""), F(kind), F(country), F(organisation))


def _part(rows: QuerySet[Any, Any], owner: str, what: Any, code: str) -> QuerySet[Any, Any]:
    return _row(rows, owner, what, F(code), Value(""), Value(""), F(owner))


def _row(
    rows: QuerySet[Any, Any],
    owner: str,
    what: Any,
    code: Any,
    kind: Any,
    country: Any,
    organisation: Any,
) -> QuerySet[Any, Any]:
    """Rows of the same columns, whatever table they come from; COLUMNS names them."""
    return (
        rows.order_by()
        .annotate(
            owner=F(owner),
            what=Cast(what, TEXT),
            code_found=Coalesce(Cast(code, TEXT), Value("")),
            kind_found=Cast(kind, TEXT),
            country_found=Cast(country, TEXT),
            organisation_found=organisation,
        )
        .values_list(*COLUMNS)
    )


def _parties(rows: Iterable[Any]) -> Iterator[Party]:
    """The parties that the rows of one query are about."""
    bases: dict[int, tuple[str, str, int]] = {}
    sets: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for owner, what, code, kind, country, organisation in rows:
        if what == BASE:
            bases[owner] = (kind, country, organisation)
        else:
            sets[owner][what].add(code)
    for owner, (kind, country, organisation) in bases.items():
        found = sets[owner]
        yield Party(
            key=owner,
            organisation=organisation,
            kind=kind,
            country=country,
            offers=frozenset(found["offer"]),
            seeks=frozenset(found["seek"]),
            value_chains=frozenset(found["value_chains"]),
            activities=frozenset(found["activities"]),
            languages=frozenset(found["languages"]),
            wanted_kinds=frozenset(found["partner"]),
            wanted_countries=frozenset(found["countries"]),
            seeks_project="project" in found,
        )


def _keys(related: Any) -> frozenset[str]:
    return frozenset(related.values_list("pk", flat=True))


def _spoken(organisation: Organisation) -> frozenset[str]:
    traits = organisation.traits.filter(kind=TraitKind.LANGUAGE)
    return frozenset(traits.values_list("code", flat=True))
