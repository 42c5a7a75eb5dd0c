"""Numbers of public organisations by place, kept in step with every change; read without counting.

Who changes what is counted (the state, the place, a code of COUNTED) says so here, in the same
transaction. `drifts` compares the numbers with the organisations themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Avg, CharField, Count, F, FloatField, QuerySet, Sum, Value
from django.db.models.functions import Cast, NullIf

from core import generation
from directory.facets import FACETS, Chosen, Facet, Tally, named, narrow
from directory.models import Organisation, PlaceCount
from directory.querysets import OrganisationQuerySet

# The facets whose codes only an edit of the profile changes: memberships of clusters have their own ways.
COUNTED = (
    *("kind", "value_chain", "role", "strategy"),
    *("offers", "seeks", "language", "certification"),
)
# What the rows themselves can be narrowed by, and what is no choice of organisations.
PLACES, ASIDE = ("country", "region"), ("layer",)
PLACE = ("country_id", "region_id", "latitude", "longitude")
KEY = ("facet", "code", *PLACE)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Numbered:
    """Rows that stand for organisations: kept numbers, or the organisations and what is theirs.

    `path` leads from a row to a column of the place; `column` holds the code of a facet.
    """

    rows: QuerySet[Any, Any]
    is_kept: bool
    path: str = ""
    column: str = ""

    @property
    def number(self) -> Any:
        """How many organisations some rows stand for."""
        return Sum("number") if self.is_kept else Count(f"{self.path}pk", distinct=bool(self.path))

    def middle(self, name: str) -> Any:
        """The mean of a coordinate over the organisations."""
        place = Cast(f"{self.path}{name}", FloatField())
        if self.is_kept:
            # Those that came may all have gone again.
            number = NullIf(Cast(Sum("number"), FloatField()), 0.0)
            return Sum(place * F("number"), output_field=FloatField()) / number
        return Avg(place)

    def where(self, **wanted: Any) -> Numbered:
        """Those of the rows whose place is like this."""
        found = self.rows.filter(**{f"{self.path}{name}": value for name, value in wanted.items()})
        return Numbered(found, self.is_kept, self.path, self.column)

    def total(self) -> int:
        return self.rows.order_by().aggregate(total=self.number)["total"] or 0


def numbered(chosen: Chosen) -> Numbered:
    """The public organisations that fit what is chosen, by kept numbers wherever these can tell."""
    rest = {name: codes for name, codes in chosen.items() if name not in (*PLACES, *ASIDE)}
    if not rest:
        return Numbered(_kept(chosen), is_kept=True)
    (name, codes), *others = rest.items()
    # Who has several of the codes would be counted several times.
    if not others and name in COUNTED and (len(codes) == 1 or facet_of(name).is_partition):
        return Numbered(_kept(chosen, name).filter(code__in=codes), is_kept=True)
    return Numbered(narrow(Organisation.objects.public(), chosen).order_by(), is_kept=False)


def numbered_by(facet: Facet, chosen: Chosen) -> Numbered:
    """The same, with a row for each code of a facet that an organisation has."""
    if facet.name in COUNTED and not chosen.keys() - {*PLACES, *ASIDE}:
        return Numbered(_kept(chosen, facet.name), is_kept=True, column="code")
    return _with_codes(facet, narrow(Organisation.objects.public(), chosen))


def offered(chosen: Chosen) -> dict[str, dict[str, Tally]]:
    """{facet: {code: tally}} of the filters, each with its own choice left aside; one query."""
    first, *rest = (
        _tally(facet, {name: codes for name, codes in chosen.items() if name != facet.name})
        for facet in FACETS
    )
    return named(first.union(*rest, all=True), FACETS)


def _tally(facet: Facet, others: Chosen) -> QuerySet[Any, Any]:
    """The rows of `Facet.tally`, from kept numbers wherever these can tell."""
    if facet.name in PLACES:
        found = replace(numbered(others), column=facet.column)
    else:
        found = numbered_by(facet, others)
    if not found.is_kept:
        return facet.tally(narrow(Organisation.objects.public(), others))
    text = CharField()
    return (
        found.rows.exclude(**{found.column: None})
        .annotate(of=Value(facet.name, output_field=text), value=Cast(found.column, text))
        .values("of", "value")
        .annotate(name=Value("", output_field=text), total=found.number)
        .filter(total__gt=0)
        .values_list("of", "value", "name", "total")
    )


def facet_of(name: str) -> Facet:
    return next(facet for facet in FACETS if facet.name == name)


def _kept(chosen: Chosen, facet: str = "") -> QuerySet[Any, Any]:
    wanted = {f"{name}__in": chosen[name] for name in PLACES if name in chosen}
    return PlaceCount.objects.filter(facet=facet, **wanted)


def _with_codes(facet: Facet, organisations: OrganisationQuerySet) -> Numbered:
    if facet.rows is None:
        return Numbered(organisations.order_by(), is_kept=False, column=facet.column)
    keys = organisations.order_by().values("pk")
    rows = facet.rows().filter(organisation__in=keys).order_by()
    return Numbered(rows, is_kept=False, path="organisation__", column=facet.column)


@contextmanager
def kept(organisations: Iterable[Organisation]) -> Iterator[None]:
    """Keep the numbers in step with a change of these organisations inside the block.

    Their versions are compared and swapped in there: what somebody else does meanwhile makes the
    change fail, and with it what is added here.
    """
    keys = [organisation.pk for organisation in organisations]
    public = Organisation.objects.public().filter(pk__in=keys)
    before = _counted(public.all()) if keys else Counter()
    yield
    if keys:
        difference = _counted(public.all())
        difference.subtract(before)
        _add(difference)


def came(organisation: Organisation) -> None:
    """Count an organisation that has become public."""
    _add(_counted(Organisation.objects.filter(pk=organisation.pk)))


def went(organisation: Organisation) -> None:
    """Count an organisation no longer that is public no more."""
    _add(_counted(Organisation.objects.filter(pk=organisation.pk)), -1)


def deleted(instance: Organisation, **_signal: Any) -> None:
    """Count an organisation no longer that is about to be deleted."""
    _add(_counted(Organisation.objects.public().filter(pk=instance.pk)), -1)


def _said(organisations: OrganisationQuerySet) -> list[QuerySet[Any, Any]]:
    """Rows (*KEY, number, False) of what organisations have at which places; one query for each facet."""
    everything = _grouped(organisations, Value(""), Value(""), "", Count("pk"))
    parts = [
        _grouped(found.rows, Value(name), F(found.column), found.path, found.number)
        for name in COUNTED
        for found in [_with_codes(facet_of(name), organisations)]
    ]
    return [everything, *parts]


def _grouped(
    rows: QuerySet[Any, Any], facet: Any, code: Any, path: str, number: Any, is_kept: bool = False
) -> QuerySet[Any, Any]:
    """Rows of the same columns, whatever table they come from."""
    key = {
        "found_facet": Cast(facet, CharField()),
        "found_code": Cast(code, CharField()),
        **{f"found_{name}": F(f"{path}{name}") for name in PLACE},
    }
    return (
        rows.order_by()
        .annotate(**key, is_kept=Value(is_kept))
        .values(*key, "is_kept")
        .annotate(found=number)
        .values_list(*key, "found", "is_kept")
    )


def _counted(organisations: OrganisationQuerySet) -> Counter[tuple[Any, ...]]:
    """{KEY: how many} of these organisations, in one query."""
    first, *rest = _said(organisations)
    return Counter({tuple(key): number for *key, number, _kept in first.union(*rest, all=True)})


def _add(numbers: Counter[tuple[Any, ...]], times: int = 1) -> int:
    """Store these numbers beside what is there; how many rows that took."""
    rows = [
        PlaceCount(**dict(zip(KEY, key, strict=True)), number=number * times)
        for key, number in numbers.items()
        if number
    ]
    PlaceCount.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Drift:
    """A number that is not the one of the organisations."""

    key: tuple[Any, ...]
    kept: int
    counted: int

    def __str__(self) -> str:
        facet, code, *place = self.key
        where = " ".join(str(part) for part in place if part is not None)
        what = f"{facet}={code}" if facet else "all"
        return f"{what} at {where}: {self.kept}, should be {self.counted}"


@transaction.atomic
def drifts(*, fix: bool = False) -> list[Drift]:
    """Every number that differs from what the organisations say; with `fix`, they are put right.

    Both are read by one statement, so they are of one moment, and what is missing is added: it may
    run while the site does.
    """
    counted, stored = Counter[tuple[Any, ...]](), Counter[tuple[Any, ...]]()
    stored_rows = _grouped(PlaceCount.objects.all(), F("facet"), F("code"), "", Sum("number"), True)
    first, *rest = _said(Organisation.objects.public())
    for *key, number, is_kept in first.union(*rest, stored_rows, all=True):
        (stored if is_kept else counted)[tuple(key)] += number
    found = [
        Drift(key, stored[key], counted[key])
        for key in sorted(counted.keys() | stored.keys(), key=str)
        if counted[key] != stored[key]
    ]
    if fix and found:
        _add(Counter({one.key: one.counted - one.kept for one in found}))
        generation.bump()
    return found


@transaction.atomic
def fold() -> int:
    """Make one row of those alike; how many rows went.

    What others add meanwhile is left for the next time.
    """
    rows = list(PlaceCount.objects.select_for_update().order_by("pk"))
    alike: dict[tuple[Any, ...], list[PlaceCount]] = {}
    for row in rows:
        alike.setdefault(tuple(getattr(row, name) for name in KEY), []).append(row)
    several = {key: found for key, found in alike.items() if len(found) > 1}
    going = [row.pk for found in several.values() for row in found]
    for start in range(0, len(going), AT_ONCE):
        PlaceCount.objects.filter(pk__in=going[start : start + AT_ONCE]).delete()
    return len(going) - _add(
        Counter({key: sum(row.number for row in found) for key, found in several.items()})
    )
