"""Opportunities and organisations as parties of a match.

The others that fit best are chosen by the database (`candidates`) and read in one more query; the pure
comparison then finds the reasons, and has the last word on what fits and in which order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from directory.models import Line, Organisation, Trait
from directory.vocabulary import TraitKind
from opportunities import candidates
from opportunities.matching import Match, Party, best
from opportunities.models import Criterion, Opportunity
from opportunities.vocabulary import Type

MOST = 10
COLUMNS = ("owner", "what", "code_found", "kind_found", "country_found", "organisation_found")
TEXT = CharField()
# The first row of each party.
BASE = "base"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A match, and the organisation or opportunity that it is with, as far as it is shown."""

    match: Match
    row: Any


def party_of_organisation(organisation: Organisation) -> Party:
    """An organisation with what its profile offers and seeks; one query."""
    return _only(_organisation_rows([organisation.pk]))


def party_of_opportunity(opportunity: Opportunity) -> Party:
    """An opportunity, with the place, type and languages of the organisation whose it is; one query."""
    return _only(_opportunity_rows([opportunity.pk]))


def organisations_for(mine: Party, *, most: int = MOST) -> list[Suggestion]:
    """The published organisations that fit a party best; two queries."""
    return _suggested(mine, candidates.organisations(mine, most=most), _organisation_rows)


def opportunities_for(mine: Party, *, most: int = MOST) -> list[Suggestion]:
    """The open opportunities that fit a party best; two queries."""
    return _suggested(mine, candidates.opportunities(mine, most=most), _opportunity_rows)


def _suggested(
    mine: Party,
    found: Sequence[Organisation] | Sequence[Opportunity],
    rows: Callable[[Sequence[int]], QuerySet[Any, Any]],
) -> list[Suggestion]:
    by_key = {one.pk: one for one in found}
    matches = best(mine, _parties(rows(list(by_key))), most=len(by_key)) if by_key else []
    return [Suggestion(match, by_key[match.other.key]) for match in matches]


def _organisation_rows(keys: Sequence[int]) -> QuerySet[Any, Any]:
    found = Organisation.objects.filter(pk__in=keys)
    owned = {"organisation__in": keys}
    languages = Trait.objects.filter(kind=TraitKind.LANGUAGE, **owned)
    base = _base(found, kind="kind", country="country_id", organisation="pk")
    rest = (
        _part(found.exclude(nace=None), "pk", Value("activities"), "nace_id"),
        *(
            _part(rows, "organisation_id", what, code)
            for rows, what, code in (
                (Line.objects.filter(**owned), F("kind"), "capability"),
                (
                    _between(Organisation.value_chains, owned),
                    Value("value_chains"),
                    "valuechain_id",
                ),
                (_between(Organisation.other_nace, owned), Value("activities"), "nacedivision_id"),
                (languages, Value("languages"), "code"),
            )
        ),
    )
    return base.union(*rest, all=True)


def _opportunity_rows(keys: Sequence[int]) -> QuerySet[Any, Any]:
    found = Opportunity.objects.filter(pk__in=keys)
    owned = {"opportunity__in": keys}
    spoken = found.filter(organisation__traits__kind=TraitKind.LANGUAGE)
    base = _base(
        found,
        kind="organisation__kind",
        country="organisation__country_id",
        organisation="organisation_id",
    )
    rest = (
        _part(found.filter(type=Type.PROJECT), "pk", Value("project"), "type"),
        _part(found, "pk", Value("languages"), "language"),
        _part(spoken, "pk", Value("languages"), "organisation__traits__code"),
        *(
            _part(rows, "opportunity_id", what, code)
            for rows, what, code in (
                (Criterion.objects.filter(**owned), F("kind"), "code"),
                (_between(Opportunity.value_chains, owned), Value("value_chains"), "valuechain_id"),
                (_between(Opportunity.activities, owned), Value("activities"), "nacedivision_id"),
                (_between(Opportunity.countries, owned), Value("countries"), "country_id"),
            )
        ),
    )
    return base.union(*rest, all=True)


def _between(relation: Any, owned: dict[str, Any]) -> QuerySet[Any, Any]:
    """The rows of the table of a relation that are of some owners."""
    return relation.through.objects.filter(**owned)


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


def _only(rows: Iterable[Any]) -> Party:
    (party,) = _parties(rows)
    return party
