"""What an address asks the directory for, as far as it can be understood."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from directory import names
from directory.facets import FACETS, NAME, Facet

# More is no reader's choice, and each value costs a comparison.
MOST_VALUES = 40
LONGEST_SHOWN = 40
MOST_SHOWN = 3
LONGEST_NAME = 100
LAYER = "layer"
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Selection:
    """`chosen` holds known codes only, in a fixed order, and the words of a name, which stand first;
    `ignored` holds what was not understood."""

    chosen: dict[str, tuple[str, ...]]
    ignored: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.chosen)

    @property
    def layer(self) -> str:
        """The layer of the map that is chosen, or nothing."""
        return "".join(self.chosen.get(LAYER, ()))

    @property
    def name(self) -> str:
        """The words of a name that are looked for, or nothing."""
        return "".join(self.chosen.get(NAME, ()))

    def query(self, *, without: tuple[str, str] | None = None) -> str:
        """The choice as it stands in an address, one (facet, code) left out."""
        return urlencode(
            [
                (name, code)
                for name, codes in self.chosen.items()
                for code in codes
                if (name, code) != without
            ]
        )


def parse(
    query: QueryDict, *, facets: tuple[Facet, ...] = FACETS, layers: Container[str] = ()
) -> Selection:
    """Read a query string; whatever it holds, this answers.

    `layers` are the layers of the map among which one can be chosen; it stands in the choice as LAYER,
    so that every address of the map keeps it.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    ignored: list[str] = []
    # Only organisations are searched by their names.
    typed = [value for value in query.getlist(NAME)[:1] if value.strip() and facets is FACETS]
    name = "".join(map(_name, typed))
    if name:
        chosen[NAME] = (name,)
    else:
        ignored += typed
    if query.get(LAYER, "") in layers:
        chosen[LAYER] = (query[LAYER],)
    for facet in facets:
        values = [value for value in query.getlist(facet.name)[:MOST_VALUES] if value.strip()]
        if not values:
            continue
        known = facet.understood(values)
        codes = tuple(sorted(set(known.values())))
        if codes:
            chosen[facet.name] = codes
        ignored += [value for value in values if value not in known]
    return Selection(chosen, tuple(_readable(ignored)))


def _name(value: str) -> str:
    """The words of a name as they were typed, without what no name is found by."""
    text = "".join(letter if letter.isprintable() else " " for letter in value[:LONGEST_NAME])
    kept, number = [], 0
    for typed in text.split():
        found = len(names.words(typed))
        number += found
        if number > MOST_WORDS:
            break
        if found:
            kept.append(typed)
    return " ".join(kept)


def _readable(values: Iterable[str]) -> list[str]:
    shown = []
    for value in list(dict.fromkeys(values))[:MOST_SHOWN]:
        text = "".join(letter if letter.isprintable() else " " for letter in value).strip()
        shown.append(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")
    return [text for text in shown if text]
