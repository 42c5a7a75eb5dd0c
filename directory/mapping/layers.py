"""Layers of the map: organisations told apart by type, value chain or capability, each with a symbol.

A symbol is a shape and a colour together, for colour alone is no sign. Who has several values stands on
the map once for each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import floor
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.counts import Numbered, facet_of, numbered_by
from directory.facets import Facet
from directory.mapping.points import Box, cells, inside, named_cell, named_rows, size_of
from directory.models import Organisation
from directory.querysets import OrganisationQuerySet
from directory.selection import Selection

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
    """`entries` are the most frequent values, `more` is how many others there are.

    `found` are the organisations by their values.
    """

    facet: Facet
    found: Numbered
    entries: tuple[Entry, ...]
    more: int

    @property
    def symbols(self) -> dict[str, int]:
        return {entry.code: entry.symbol for entry in self.entries}

    @property
    def shown(self) -> Numbered:
        """The rows with a code that has a symbol."""
        wanted = {f"{self.found.column}__in": list(self.symbols)}
        return replace(self.found, rows=self.found.rows.filter(**wanted))


def layer_of(selection: Selection) -> Layer | None:
    """The layer that is chosen with its legend, of the organisations that fit; one query, None for none."""
    if not selection.layer:
        return None
    facet = facet_of(selection.layer)
    found = numbered_by(facet, selection.chosen)
    names = facet.names()
    codes = found.rows.order_by().values_list(found.column).annotate(total=found.number)
    tallies = [(number, names.get(code, code), code) for code, number in codes if code and number]
    tallies.sort(key=lambda one: (-one[0], one[1].casefold()))
    entries = tuple(
        Entry(symbol, code, label, number)
        for symbol, (number, label, code) in enumerate(tallies[:SYMBOLS], 1)
    )
    return Layer(facet, found, entries, max(0, len(tallies) - SYMBOLS))


def gathered_by(
    layer: Layer, organisations: OrganisationQuerySet, found: Numbered, box: Box, zoom: int
) -> list[dict[str, Any]]:
    """`points.gathered` with a feature for each symbol in a cell, which it names as `symbol`."""
    rows = named_rows(organisations, found, box)
    if rows is None:
        return cells_by(layer, zoom, **inside(box))
    by_key = {row.pk: row for row in rows}
    pairs = layer.facet.pairs(list(by_key), list(layer.symbols))
    codes: dict[int, set[str]] = defaultdict(set)
    for owner, code in pairs:
        codes[owner].add(code)
    size, symbols = size_of(zoom), layer.symbols
    here: dict[tuple[int, int, int], list[Organisation]] = defaultdict(list)
    for row in rows:
        place = floor(float(row.longitude) / size), floor(float(row.latitude) / size)
        for code in codes[row.pk]:
            here[*place, symbols[code]].append(row)
    return [named_cell(ones, symbol=symbol) for (_x, _y, symbol), ones in here.items()]


def cells_by(layer: Layer, zoom: int, **wanted: Any) -> list[dict[str, Any]]:
    """`points.cells` with a feature for each symbol in a cell, of the `wanted` places; one query."""
    features = cells(layer.shown.where(**wanted), zoom)
    for one in features:
        one["properties"]["symbol"] = layer.symbols[one["properties"].pop("code")]
    return features
