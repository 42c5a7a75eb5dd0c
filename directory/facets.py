"""By what the directory can be narrowed, and how many organisations each choice would leave.

Several values of one facet mean "one of these", several facets mean "all of these". The numbers of a
facet leave its own choice aside, so that they say what one more tick brings. All numbers come from
one query, whatever the number of facets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from directory.labels import labels
from directory.models import (
    CircularStrategy,
    ClusterMembership,
    Country,
    Line,
    Organisation,
    Region,
    Trait,
    ValueChain,
)
from directory.querysets import OrganisationQuerySet
from directory.states import PUBLIC
from directory.vocabulary import (
    Capability,
    Certification,
    ChainRole,
    Kind,
    LineKind,
    TraitKind,
    spoken_languages,
)

Chosen = Mapping[str, tuple[str, ...]]
# What stands among the choices beside the facets: words of the name, as one text.
NAME = "name"
Names = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many organisations have a code, and what people read in its place."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` is the parameter in the address, `names` gives {code: what people read}.

    The value stands in `column` of the organisation itself, or where `rows` gives the rows of
    another table, in their `column`; `owner` is their key of the organisation. `label_column` is for
    names that only the rows know. Of a partition every organisation has exactly one value.
    """

    name: str
    label: Any
    column: str
    names: Names
    rows: Callable[[], QuerySet[Any, Any]] | None = None
    owner: str = "organisation_id"
    label_column: str = ""
    is_partition: bool = field(default=False)

    def understood(self, values: list[str]) -> dict[str, str]:
        """{value as given: code} for those of the values that are known, in either case."""
        folded = {code.casefold(): code for code in self.names()}
        return {value: folded[key] for value in values if (key := value.casefold()) in folded}

    def narrow(
        self, organisations: OrganisationQuerySet, codes: tuple[str, ...]
    ) -> OrganisationQuerySet:
        """The organisations with at least one of the codes."""
        wanted = {f"{self.column}__in": codes}
        if self.rows is None:
            return organisations.filter(**wanted)
        return organisations.filter(pk__in=self.rows().filter(**wanted).values(self.owner))

    def tally(self, organisations: OrganisationQuerySet) -> QuerySet[Any, Any]:
        """Rows (name of the facet, code, name where the row has one, number)."""
        if self.rows is None:
            rows: QuerySet[Any, Any] = organisations.exclude(**{self.column: None})
        else:
            keys = organisations.order_by().values("pk")
            rows = self.rows().filter(**{f"{self.owner}__in": keys})
        name = F(self.label_column) if self.label_column else Value("", output_field=CharField())
        return (
            rows.order_by()
            .annotate(
                facet=Value(self.name, output_field=CharField()),
                code_found=Cast(self.column, CharField()),
                name_found=name,
            )
            .values("facet", "code_found", "name_found")
            # What is offered in two sentences is offered by one organisation.
            .annotate(number=Count(self.owner if self.rows else "pk", distinct=True))
            .values_list("facet", "code_found", "name_found", "number")
        )

    def pairs(self, keys: list[int], codes: list[str]) -> QuerySet[Any, Any]:
        """Rows (key of the organisation, code) of these organisations and codes."""
        wanted = {f"{self.column}__in": codes}
        if self.rows is None:
            rows: QuerySet[Any, Any] = Organisation.objects.filter(pk__in=keys, **wanted)
            return rows.order_by().values_list("pk", self.column)
        rows = self.rows().filter(**{f"{self.owner}__in": keys}, **wanted)
        return rows.order_by().values_list(self.owner, self.column)


def _traits(kind: TraitKind) -> Callable[[], QuerySet[Any, Any]]:
    return lambda: Trait.objects.filter(kind=kind)


def _lines(kind: LineKind) -> Callable[[], QuerySet[Any, Any]]:
    return lambda: Line.objects.filter(kind=kind)


def _clusters() -> dict[str, str]:
    """{address: name} of the public clusters."""
    rows = Organisation.objects.public().clusters().order_by("name", "pk")
    return dict(rows.values_list("slug", "name"))


def _in_clusters() -> QuerySet[Any, Any]:
    return ClusterMembership.objects.confirmed().filter(cluster__state__in=PUBLIC)


def _choices(choices: Any) -> Names:
    return lambda: {str(code): str(label) for code, label in choices.choices}


FACETS: tuple[Facet, ...] = (
    Facet("kind", _("Type"), "kind", _choices(Kind), is_partition=True),
    Facet("country", _("Country"), "country_id", lambda: labels(Country), is_partition=True),
    Facet("region", _("Region"), "region_id", lambda: labels(Region)),
    Facet(
        "value_chain",
        _("Value chain"),
        "valuechain_id",
        lambda: labels(ValueChain),
        Organisation.value_chains.through.objects.all,
    ),
    Facet("role", _("Role in the chain"), "code", _choices(ChainRole), _traits(TraitKind.ROLE)),
    Facet(
        "strategy",
        _("Circular strategy"),
        "circularstrategy_id",
        lambda: labels(CircularStrategy),
        Organisation.circular_strategies.through.objects.all,
    ),
    Facet("offers", _("Offers"), "capability", _choices(Capability), _lines(LineKind.OFFER)),
    Facet("seeks", _("Seeks"), "capability", _choices(Capability), _lines(LineKind.SEEK)),
    Facet("language", _("Language"), "code", spoken_languages, _traits(TraitKind.LANGUAGE)),
    Facet(
        "certification",
        _("Certification"),
        "code",
        _choices(Certification),
        _traits(TraitKind.CERTIFICATION),
    ),
    Facet(
        "cluster",
        _("Cluster"),
        "cluster__slug",
        _clusters,
        _in_clusters,
        label_column="cluster__name",
    ),
)


def narrow(
    organisations: OrganisationQuerySet,
    chosen: Chosen,
    *,
    but: str = "",
    facets: tuple[Facet, ...] = FACETS,
) -> OrganisationQuerySet:
    """The organisations that fit everything chosen, the facet `but` left aside.

    `facets`: those of another list, whose rows then stand for organisations.
    """
    for text in chosen.get(NAME, ()):
        organisations = organisations.named_like(text)
    for facet in facets:
        codes = chosen.get(facet.name)
        if codes and facet.name != but:
            organisations = facet.narrow(organisations, codes)
    return organisations


def tallies(
    organisations: OrganisationQuerySet, chosen: Chosen, *, facets: tuple[Facet, ...] = FACETS
) -> dict[str, dict[str, Tally]]:
    """{facet: {code: tally}} for every code that at least one organisation has, in one query."""
    first, *rest = (
        facet.tally(narrow(organisations, chosen, but=facet.name, facets=facets))
        for facet in facets
    )
    return named(first.union(*rest, all=True), facets)


def named(rows: QuerySet[Any, Any], facets: tuple[Facet, ...]) -> dict[str, dict[str, Tally]]:
    """{facet: {code: tally}} of rows of `Facet.tally`."""
    names = {facet.name: facet.names() for facet in facets if not facet.label_column}
    found: dict[str, dict[str, Tally]] = defaultdict(dict)
    for facet, code, name, number in rows:
        if code:
            found[facet][code] = Tally(names.get(facet, {}).get(code) or name or code, number)
    return found
