"""Where towns are, from a list that comes along: no service is asked.

`data/towns.csv` holds the towns of textile and fashion in the regions that the platform knows, with
decimal degrees of their centres (WGS 84, three digits: about a hundred metres).
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "towns.csv"


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its own name; `also` is another name that people write, `region` its NUTS 2 code."""

    name: str
    also: str
    country: str
    region: str
    latitude: Decimal
    longitude: Decimal


@cache
def towns() -> tuple[Town, ...]:
    """All towns, in the order of the file."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Town(
                name=row["name"],
                also=row["also"],
                country=row["country"],
                region=row["nuts2"],
                latitude=Decimal(row["latitude"]),
                longitude=Decimal(row["longitude"]),
            )
            for row in csv.DictReader(file)
        )


def find(name: str, country: str) -> Town | None:
    """The town of this name in a country (its code), whatever case and accents; None where unknown."""
    return _by_name().get((country, folded(name)))


def folded(text: str) -> str:
    """A name without case, accents and outer space, for comparing."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def _by_name() -> dict[tuple[str, str], Town]:
    return {
        (town.country, folded(name)): town
        for town in towns()
        for name in (town.name, town.also)
        if name
    }
