"""Layers of the map: organisations told apart by type, value chain or capability, each with a symbol.

A symbol is a shape and a colour together, for colour alone is no sign. Who has several values stands on
the map once for each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import floor
from typing import Any

from django.db.models import Avg, CharField, Count, F, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Floor
from django.utils.translation import gettext_lazy as _

from directory.facets import FACETS, Facet
from directory.mapping.points import (
    MOST_SINGLE,
    Box,
    feature,
    inside,
    named_cell,
    named_rows,
    size_of,
)
from directory.querysets import OrganisationQuerySet

# As many as can be told apart by shape; the rest is found by the filters.
SYMBOLS = 6
NAMES = {"kind": _("Type"), "value_chain": _("Value chain"), "offers": _("What they offer")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend; `symbol` counts from 1."""

    symbol: int
    code: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Layer:
    """`entries` are the most frequent values, `more` is how many others there are."""

    facet: Facet
    entries: tuple[Entry, ...]
    more: int

    @property
    def symbols(self) -> dict[str, int]:
        return {entry.code: entry.symbol for entry in self.entries}

    def rows(self, organisations: OrganisationQuerySet) -> tuple[QuerySet[Any, Any], str]:
        """The rows that hold the values of these organisations, and the way from them to a column of
        the organisation."""
        wanted = {f"{self.facet.column}__in": list(self.symbols)}
        if self.facet.rows is None:
            return organisations.filter(**wanted).order_by(), ""
        keys = organisations.order_by().values("pk")
        return self.facet.rows().filter(
            organisation__in=keys, **wanted
        ).order_by(), "organisation__"


def layer_of(name: str, organisations: OrganisationQuerySet) -> Layer | None:
    """The layer of this name with its legend, in one query; None for none."""
    if name not in NAMES:
        return None
    facet = next(facet for facet in FACETS if facet.name == name)
    names = facet.names()
    tallies = [
        (number, names.get(code, code), code)
        for _facet, code, _name, number in facet.tally(organisations)
    ]
    tallies.sort(key=lambda one: (-one[0], one[1].casefold()))
    entries = tuple(
        Entry(symbol, code, label, number)
        for symbol, (number, label, code) in enumerate(tallies[:SYMBOLS], 1)
    )
    return Layer(facet, entries, max(0, len(tallies) - SYMBOLS))


def gathered_by(
    layer: Layer, organisations: OrganisationQuerySet, box: Box, zoom: int
) -> list[dict[str, Any]]:
    """`points.gathered` with a feature for each symbol in a cell, which it names as `symbol`."""
    here = inside(organisations, box)
    rows = named_rows(here)
    if len(rows) > MOST_SINGLE:
        return cells_by(layer, here, zoom)
    pairs, path = layer.rows(here)
    key = f"{path}pk"
    by_key = {row.pk: row for row in rows}
    size, symbols = size_of(zoom), layer.symbols
    found: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
    for owner, code in pairs.order_by(f"{path}name", key).values_list(key, layer.facet.column):
        row = by_key[owner]
        cell = (
            floor(float(row.longitude) / size),
            floor(float(row.latitude) / size),
            symbols[str(code)],
        )
        if row not in found[cell]:
            found[cell].append(row)
    return [named_cell(rows, symbol=symbol) for (_x, _y, symbol), rows in found.items()]


def cells_by(layer: Layer, organisations: OrganisationQuerySet, zoom: int) -> list[dict[str, Any]]:
    """`points.cells` with a feature for each symbol in a cell, in one query."""
    rows, path = layer.rows(organisations.filter(latitude__isnull=False))
    x, y = (Cast(f"{path}{name}", FloatField()) for name in ("longitude", "latitude"))
    size = Value(size_of(zoom))
    found = (
        rows.annotate(
            column=Floor(x / size),
            row=Floor(y / size),
            value=Cast(F(layer.facet.column), CharField()),
        )
        .values("column", "row", "value")
        .annotate(number=Count(f"{path}pk", distinct=True), x=Avg(x), y=Avg(y))
        .order_by("column", "row", "value")
    )
    symbols = layer.symbols
    return [
        feature(cell["x"], cell["y"], count=cell["number"], symbol=symbols[cell["value"]])
        for cell in found
    ]
