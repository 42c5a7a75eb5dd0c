#!/usr/bin/env python3
"""Cut the outlines of Europe's countries out of world-atlas (Natural Earth, public domain).

    scripts/make_outlines.py countries-50m.json > static/data/europe.json

`countries-50m.json` is that of the npm package world-atlas. What comes out is a GeoJSON collection
with the code of each country that the directory knows (others are land only), two decimals of a
degree, without islands too small to be seen.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import hypot
from pathlib import Path

WEST, SOUTH, EAST, NORTH = -25.0, 32.0, 46.0, 72.0
SMALLEST = 0.02
"""Square degrees; what is smaller is left out unless it is the whole country."""
DECIMALS = 2
TOLERANCE = 0.025
"""Degrees that a line may be off; about two kilometres."""

# Natural Earth names countries by ISO numbers; Kosovo has none.
CODES = {
    "040": "AT", "056": "BE", "100": "BG", "191": "HR", "196": "CY", "203": "CZ", "208": "DK",
    "233": "EE", "246": "FI", "250": "FR", "276": "DE", "300": "GR", "348": "HU", "372": "IE",
    "380": "IT", "428": "LV", "440": "LT", "442": "LU", "470": "MT", "528": "NL", "616": "PL",
    "620": "PT", "642": "RO", "703": "SK", "705": "SI", "724": "ES", "752": "SE", "008": "AL",
    "051": "AM", "070": "BA", "352": "IS", "498": "MD", "499": "ME", "807": "MK", "688": "RS",
    "792": "TR", "804": "UA", "826": "GB", "578": "NO",
}  # fmt: skip

Ring = list[tuple[float, float]]


def main(path: Path) -> None:
    atlas = json.loads(path.read_text(encoding="utf-8"))
    arcs = _arcs(atlas)
    features = []
    for country in atlas["objects"]["countries"]["geometries"]:
        code = CODES.get(country.get("id", ""), "")
        if country["properties"]["name"] == "Kosovo":
            code = "XK"
        polygons = _polygons(country, arcs)
        if polygons:
            features.append(
                {
                    "type": "Feature",
                    "properties": {"code": code},
                    "geometry": {"type": "MultiPolygon", "coordinates": polygons},
                }
            )
    features.sort(key=lambda one: one["properties"]["code"])
    collection = {"type": "FeatureCollection", "features": features}
    json.dump(collection, sys.stdout, separators=(",", ":"))


def _arcs(atlas: dict) -> list[Ring]:
    """The arcs in degrees; each stores differences of whole numbers."""
    (width, height), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    decoded = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * width + left, y * height + bottom))
        # Neighbours share the arc of their border, so simplified arcs still meet.
        decoded.append(_simplified(points))
    return decoded


def _simplified(points: Ring) -> Ring:
    """Douglas and Peucker (1973): without the points that are less than TOLERANCE off the line."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = hypot(bx - ax, by - ay)

    def off(point: tuple[float, float]) -> float:
        x, y = point
        if not length:
            return hypot(x - ax, y - ay)
        return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length

    at = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[at]) <= TOLERANCE:
        return [points[0], points[-1]]
    return _simplified(points[: at + 1])[:-1] + _simplified(points[at:])


def _polygons(country: dict, arcs: list[Ring]) -> list[list[Ring]]:
    shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    polygons = [[_ring(indices, arcs) for indices in shape] for shape in shapes]
    near = [polygon for polygon in polygons if _is_near(polygon[0])]
    large = [polygon for polygon in near if _area(polygon[0]) >= SMALLEST]
    kept = large or near[:1]
    return [[_rounded(ring) for ring in polygon if len(ring) > 3] for polygon in kept]


def _ring(indices: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _is_near(ring: Ring) -> bool:
    """Whether any of it lies in the picture, and it is no continent that only reaches in."""
    return any(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in ring)


def _area(ring: Ring) -> float:
    pairs = pairwise(ring)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _rounded(ring: Ring) -> Ring:
    """Rounded, held to a margin around the picture, without points that fall together."""
    rounded: Ring = []
    for x, y in ring:
        held = (min(max(x, WEST - 15), EAST + 15), min(max(y, SOUTH - 15), NORTH + 8))
        point = (round(held[0], DECIMALS), round(held[1], DECIMALS))
        if not rounded or rounded[-1] != point:
            rounded.append(point)
    return rounded


if __name__ == "__main__":
    main(Path(sys.argv[1]))
