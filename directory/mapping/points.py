"""Where organisations are, gathered so that the answer stays small whatever their number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from math import floor
from typing import Any

from django.db.models import CharField, F, FloatField, Value
from django.db.models.functions import Cast, Floor

from directory.counts import Numbered
from directory.models import Organisation
from directory.querysets import OrganisationQuerySet
from directory.vocabulary import Kind

DEEPEST = 12
CELLS_PER_TILE = 4
"""Points of one cell are shown as one: a tile of 256 pixels at the zoom has so many each way."""
MOST_SINGLE = 300
"""Up to so many organisations in the box are told by name."""
MOST_ITEMS = 40
BOX = re.compile(r"^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """Decimal degrees, WGS 84; west is before east."""

    west: float
    south: float
    east: float
    north: float


EUROPE = Box(-25, 32, 46, 72)


def parse_box(text: str) -> Box | None:
    """A box as "west,south,east,north" in degrees; None for what is none."""
    match = BOX.match(text)
    if match is None:
        return None
    west, south, east, north = (float(value) for value in match.groups())
    fits = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return Box(west, south, east, north) if fits else None


def parse_zoom(text: str) -> int | None:
    """A whole number from 0 to DEEPEST; None for what is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 2:
        return None
    return int(text) if int(text) <= DEEPEST else None


def gathered(
    organisations: OrganisationQuerySet, found: Numbered, box: Box, zoom: int
) -> list[dict[str, Any]]:
    """GeoJSON features (RFC 7946) of the organisations in a box, in two queries at most.

    `found` are the same organisations by their numbers. Those of a cell are one feature with `count`,
    at the middle of their places. Where few are in the box, up to MOST_ITEMS of a cell are told by
    name: `items` of {name, url, kind, sample}, and `town` where it is one.
    """
    rows = named_rows(organisations, found, box)
    return cells(found.where(**inside(box)), zoom) if rows is None else _named(rows, zoom)


def inside(box: Box) -> dict[str, float]:
    """The condition that a place is in a box."""
    return {
        "longitude__gte": box.west,
        "longitude__lte": box.east,
        "latitude__gte": box.south,
        "latitude__lte": box.north,
    }


def named_rows(
    organisations: OrganisationQuerySet, found: Numbered, box: Box
) -> list[Organisation] | None:
    """What is told of those in a box that are told by name; None where they are too many for it."""
    if found.is_kept and found.where(**inside(box)).total() > MOST_SINGLE:
        return None
    here = organisations.filter(**inside(box)).order_by("name", "pk")
    few = here.only("name", "slug", "kind", "town", "longitude", "latitude", "is_sample")
    rows = list(few[: MOST_SINGLE + 1])
    return rows if len(rows) <= MOST_SINGLE else None


def cells(found: Numbered, zoom: int) -> list[dict[str, Any]]:
    """Features with `count` for each cell of the grid at a zoom, in one query.

    Of rows that name a code, each code has features of its own, with `code`.
    """
    x, y = (Cast(f"{found.path}{name}", FloatField()) for name in ("longitude", "latitude"))
    size = Value(size_of(zoom))
    code = Cast(F(found.column), CharField()) if found.column else Value("")
    rows = (
        found.where(latitude__isnull=False)
        .rows.order_by()
        .annotate(cell_x=Floor(x / size), cell_y=Floor(y / size), of=code)
        .values("cell_x", "cell_y", "of")
        .annotate(total=found.number, x=found.middle("longitude"), y=found.middle("latitude"))
        .filter(total__gt=0)
        .order_by("cell_x", "cell_y", "of")
    )
    return [
        feature(
            row["x"], row["y"], count=row["total"], **({"code": row["of"]} if row["of"] else {})
        )
        for row in rows
    ]


def _named(rows: list[Organisation], zoom: int) -> list[dict[str, Any]]:
    size = size_of(zoom)
    here: dict[tuple[int, int], list[Organisation]] = defaultdict(list)
    for row in rows:
        here[floor(float(row.longitude) / size), floor(float(row.latitude) / size)].append(row)
    return [named_cell(found) for found in here.values()]


def named_cell(found: list[Organisation], **more: Any) -> dict[str, Any]:
    """The feature of organisations that are near one another, up to MOST_ITEMS told by name."""
    kinds = {str(kind): str(kind.label) for kind in Kind}
    towns = {one.town for one in found}
    properties: dict[str, Any] = {"count": len(found), **more}
    if len(towns) == 1:
        properties["town"] = towns.pop()
    if len(found) <= MOST_ITEMS:
        properties["items"] = [
            {
                "name": one.name,
                "url": one.get_absolute_url(),
                "kind": kinds.get(one.kind, one.kind),
                "sample": one.is_sample,
            }
            for one in found
        ]
    x = sum(float(one.longitude) for one in found) / len(found)
    y = sum(float(one.latitude) for one in found) / len(found)
    return feature(x, y, **properties)


def size_of(zoom: int) -> float:
    """The side of a cell in degrees."""
    return 360 / 2**zoom / CELLS_PER_TILE


def feature(x: float, y: float, **properties: Any) -> dict[str, Any]:
    """A point of GeoJSON."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(x, 4), round(y, 4)]},
        "properties": properties,
    }
