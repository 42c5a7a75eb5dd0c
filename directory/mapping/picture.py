"""The map as a picture (SVG), for paper and for readers without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import cos, log, pi, radians, sin, sqrt, tan
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from directory.mapping.points import Box

OUTLINES = "data/europe.json"
VIEW = Box(-12, 34, 42, 66)
WIDTH = 1000
LEAST_RADIUS, MOST_RADIUS = 5.0, 34.0
# The shapes of the symbols from 2 on, for a radius of 1; the first is a circle. static/css/pages/map.css
# has the same.
SHAPES = {
    2: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    3: ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    4: ((0, -1.2), (1.2, 1), (-1.2, 1)),
    5: ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
    6: ((0, -1.15), (1.1, -0.3), (0.7, 1), (-0.7, 1), (-1.1, -0.3)),
}
# How far symbols of one place stand from it, so that none hides another.
APART = 9.0
LEGEND_LINE = 24


def _y(latitude: float) -> float:
    """Mercator's projection, so that the picture and the map on the screen agree."""
    return log(tan(pi / 4 + radians(latitude) / 2))


SCALE = WIDTH / radians(VIEW.east - VIEW.west)
TOP = _y(VIEW.north)
HEIGHT = round((TOP - _y(VIEW.south)) * SCALE)


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """Where in the picture a place is, in its units, from the left upper corner."""
    return (
        round(radians(longitude - VIEW.west) * SCALE, 1),
        round((TOP - _y(latitude)) * SCALE, 1),
    )


@cache
def outlines() -> tuple[tuple[str, str], ...]:
    """(code of the country or nothing, path) of each piece of land in the picture."""
    found: Any = finders.find(OUTLINES)
    collection = json.loads(Path(found).read_text(encoding="utf-8"))
    return tuple(
        (one["properties"]["code"], _path(one["geometry"]["coordinates"]))
        for one in collection["features"]
    )


def _path(polygons: list[list[list[list[float]]]]) -> str:
    parts = []
    for polygon in polygons:
        for ring in polygon:
            points = [place(x, y) for x, y in ring]
            if any(-50 <= x <= WIDTH + 50 and -50 <= y <= HEIGHT + 50 for x, y in points):
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


def picture(
    *,
    title: str,
    note: str,
    shades: Mapping[str, int],
    cells: Sequence[Mapping[str, Any]],
    legend: Sequence[Any] = (),
) -> str:
    """The SVG document: land shaded by `shades` {country: class}, a symbol for each cell.

    `cells` are features of `points.cells` or of `layers.cells_by`, whose entries are the `legend`. The
    area of a symbol grows with the number in it.
    """
    most = max((cell["properties"]["count"] for cell in cells), default=1)
    circles = []
    for cell in sorted(cells, key=lambda one: -one["properties"]["count"]):
        x, y = place(*cell["geometry"]["coordinates"])
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        count, symbol = cell["properties"]["count"], cell["properties"].get("symbol", 0)
        radius = max(LEAST_RADIUS, MOST_RADIUS * sqrt(count / most) / (2 if symbol else 1))
        if symbol:
            angle = symbol * pi / 3
            x, y = round(x + APART * sin(angle), 1), round(y - APART * cos(angle), 1)
        circles.append(_symbol(x, y, round(radius, 1), symbol) | {"count": count})
    lands = [{"path": path, "shade": shades.get(code, 0)} for code, path in outlines() if path]
    lines = [
        _symbol(26, HEIGHT + 74 + LEGEND_LINE * line, 8, entry.symbol)
        | {"label": f"{entry.label}: {entry.number}"}
        for line, entry in enumerate(legend)
    ]
    return render_to_string(
        "pages/directory/map.svg",
        {
            "title": title,
            "note": note,
            "width": WIDTH,
            "height": HEIGHT,
            "bottom": HEIGHT + 60 + LEGEND_LINE * len(lines),
            "lands": lands,
            "circles": circles,
            "legend": lines,
        },
    )


def _symbol(x: float, y: float, radius: float, symbol: int) -> dict[str, Any]:
    """A circle, or the corners of another shape."""
    corners = " ".join(
        f"{x + radius * right:.1f},{y + radius * down:.1f}"
        for right, down in SHAPES.get(symbol, ())
    )
    return {"x": x, "y": y, "radius": radius, "symbol": symbol, "corners": corners}
