"""By what the list can be narrowed, and how many practices each choice would leave.

Several values of one facet mean "one of these", several facets mean "all of these". The numbers of a
facet leave its own choice aside, so that they say what one more tick brings. All numbers come from
one query, whatever the number of facets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bestpractices.models import BestPracticePage, CaseStudyPage, PracticeBase, PracticeTag
from bestpractices.querysets import PracticeQuerySet
from core.translations import locale_ids
from directory.labels import labels
from directory.models import CircularStrategy, Country, Region, ValueChain

Chosen = Mapping[str, tuple[str, ...]]
Names = Callable[[], dict[str, str]]

KINDS = {model.kind: model for model in (BestPracticePage, CaseStudyPage)}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many practices have a code, and what people read in its place."""

    label: str
    number: int


class Facet:
    """A facet whose value stands in a column of the practice itself.

    `name` is the parameter in the address, `names` gives {code: what people read} for every code
    there is, `stored` gives {code: value in the column} where the two differ. Of a partition every
    practice has exactly one value.
    """

    def __init__(
        self,
        name: str,
        label: Any,
        column: str,
        names: Names,
        stored: Callable[[], dict[str, Any]] | None = None,
        *,
        is_partition: bool = False,
    ) -> None:
        self.name = name
        self.label = label
        self.column = column
        self.names = names
        self.stored = stored
        self.is_partition = is_partition

    def understood(self, values: list[str], _practices: PracticeQuerySet) -> dict[str, str]:
        """{value as given: code} for those of the values that are known, in either case."""
        folded = {code.casefold(): code for code in self.names()}
        return {value: folded[key] for value in values if (key := value.casefold()) in folded}

    def narrow(self, practices: PracticeQuerySet, codes: tuple[str, ...]) -> PracticeQuerySet:
        """The practices with at least one of the codes."""
        stored = self.stored() if self.stored else {}
        wanted = [stored.get(code, code) for code in codes]
        return practices.filter(**{f"{self.column}__in": wanted})

    def tally(self, practices: PracticeQuerySet) -> QuerySet[Any, Any]:
        """Rows (name of the facet, value in the column, name where the row has one, number)."""
        return self._grouped(practices.exclude(**{self.column: None}), self.column)

    def _grouped(
        self, rows: QuerySet[Any, Any], column: str, name: Any = None
    ) -> QuerySet[Any, Any]:
        return (
            rows.order_by()
            .annotate(
                facet=Value(self.name, output_field=CharField()),
                code=Cast(column, CharField()),
                name=name or Value("", output_field=CharField()),
            )
            .values("facet", "code", "name")
            .annotate(number=Count("*"))
            .values_list("facet", "code", "name", "number")
        )


class ManyFacet(Facet):
    """A facet of which a practice can have several values; `column` stands in the table `between`."""

    owner = "practicebase_id"

    def __init__(
        self, name: str, label: Any, column: str, names: Names, between: type[Model]
    ) -> None:
        super().__init__(name, label, column, names)
        self.between = between

    def narrow(self, practices: PracticeQuerySet, codes: tuple[str, ...]) -> PracticeQuerySet:
        rows = self.between._default_manager.filter(**{f"{self.column}__in": codes})
        return practices.filter(pk__in=rows.values(self.owner))

    def tally(self, practices: PracticeQuerySet) -> QuerySet[Any, Any]:
        return self._grouped(self._of(practices), self.column)

    def _of(self, practices: PracticeQuerySet) -> QuerySet[Any, Any]:
        return self.between._default_manager.filter(
            **{f"{self.owner}__in": practices.order_by().values("pk")}
        )


class TagFacet(ManyFacet):
    """A free keyword, by its slug. A keyword that no readable practice has is an unknown one."""

    owner = "content_object_id"

    def understood(self, values: list[str], practices: PracticeQuerySet) -> dict[str, str]:
        slugs = {value: value.casefold() for value in values if "\x00" not in value}
        if not slugs:
            return {}
        found = set(
            self._of(practices)
            .filter(tag__slug__in=set(slugs.values()))
            .values_list("tag__slug", flat=True)
        )
        return {value: slug for value, slug in slugs.items() if slug in found}

    def tally(self, practices: PracticeQuerySet) -> QuerySet[Any, Any]:
        return self._grouped(self._of(practices), self.column, F("tag__name"))


def kind_names() -> dict[str, str]:
    """{kind: what people read}."""
    return {"best_practice": gettext("Best practice"), "case_study": gettext("Case study")}


def content_types() -> dict[str, int]:
    """{kind: primary key of its content type}; Django remembers them for the process."""
    return {kind: ContentType.objects.get_for_model(model).pk for kind, model in KINDS.items()}


FACETS: tuple[Facet, ...] = (
    Facet("kind", _("Kind"), "content_type_id", kind_names, content_types, is_partition=True),
    ManyFacet(
        "value_chain",
        _("Value chain"),
        "valuechain_id",
        lambda: labels(ValueChain),
        PracticeBase.value_chains.through,
    ),
    ManyFacet(
        "strategy",
        _("Circular strategy"),
        "circularstrategy_id",
        lambda: labels(CircularStrategy),
        PracticeBase.circular_strategies.through,
    ),
    Facet("country", _("Country"), "country_id", lambda: labels(Country)),
    Facet("region", _("Region"), "region_id", lambda: labels(Region)),
    TagFacet("tag", _("Tag"), "tag__slug", dict, PracticeTag),
    Facet(
        "language",
        _("Language"),
        "locale_id",
        lambda: dict(settings.LANGUAGES),
        locale_ids,
        is_partition=True,
    ),
)


def narrow(practices: PracticeQuerySet, chosen: Chosen, *, but: str = "") -> PracticeQuerySet:
    """The practices that fit everything chosen, the facet `but` left aside."""
    for facet in FACETS:
        codes = chosen.get(facet.name)
        if codes and facet.name != but:
            practices = facet.narrow(practices, codes)
    return practices


def tallies(practices: PracticeQuerySet, chosen: Chosen) -> dict[str, dict[str, Tally]]:
    """{facet: {code: tally}} for every code that at least one practice has, in one query."""
    first, *rest = (facet.tally(narrow(practices, chosen, but=facet.name)) for facet in FACETS)
    names = {facet.name: facet.names() for facet in FACETS}
    codes = {
        facet.name: {str(value): code for code, value in facet.stored().items()}
        for facet in FACETS
        if facet.stored
    }
    found: dict[str, dict[str, Tally]] = defaultdict(dict)
    for facet, stored, name, number in first.union(*rest, all=True):
        code = codes[facet].get(stored, "") if facet in codes else stored
        if code:
            label = names[facet].get(code) or name or code
            found[facet][code] = Tally(label, number)
    return found
