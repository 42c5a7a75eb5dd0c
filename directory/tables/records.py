"""One organisation as a row of a table: what is stored, what a file says, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from directory.actions import ProfileData
from directory.actions.storing import RELATIONS
from directory.models import Country, NaceDivision, Organisation, Region
from directory.several import LINES, TRAITS, codes_of, lines_of
from directory.tables.cells import plain

CHUNK = 500
# Columns that are columns of the model, by their names there.
TEXTS = {
    "name": "name",
    "legal_name": "legal_name",
    "type": "kind",
    "language_of_texts": "language",
    "summary": "summary",
    "description": "description",
    "products": "products",
    "materials": "materials",
    "town": "town",
    "website": "website",
    "contact_role": "contact_role",
    "contact_email": "contact_email",
}
NUMBERS = {name: name for name in ("founded", "staff", "turnover", "balance", "digital_maturity")}
KEYS = {"country": "country", "region": "region", "nace": "nace"}
FIELDS = {**TEXTS, **NUMBERS, **KEYS, "links": "links"}


class Record:
    """The cells of one row as values, each an attribute named like its column.

    Codes of lists are sorted tuples, offers and needs are tuples of (capability, sentence), links
    tuples of (label, address). `organisation` is the stored one, None for a new one, and `was` its
    record.
    """

    def __init__(
        self, values: dict[str, Any] | None = None, organisation: Organisation | None = None
    ) -> None:
        self.organisation = organisation
        self.was: Record | None = None
        self.__dict__.update(values or {})

    def __str__(self) -> str:
        return str(getattr(self, "name", ""))

    @classmethod
    def changing(cls, stored: Record) -> Record:
        """A record that starts as what is stored."""
        made = cls(dict(stored.__dict__), stored.organisation)
        made.was = stored
        return made

    def changes(self) -> list[str]:
        """The columns that differ from what is stored; all there are of a new one."""
        names = [*FIELDS, *RELATIONS, *TRAITS.values(), *LINES.values()]
        if self.was is None:
            return [name for name in names if name in self.__dict__]
        return [name for name in names if self.__dict__[name] != self.was.__dict__[name]]

    def data(self, lists: Lists) -> ProfileData:
        """What an action has to store: the columns that differ, and nothing else."""
        changed = self.changes()
        values = self.__dict__
        fields = {FIELDS[name]: values[name] for name in changed if name in FIELDS}
        for name in KEYS:
            if name in fields:
                fields[name] = lists.of(name).get(fields[name])
        if "links" in fields:
            fields["links"] = [{"label": label, "url": url} for label, url in values["links"]]
        lines = [
            (kind, capability, text)
            for kind, name in LINES.items()
            for capability, text in values.get(name, ())
        ]
        return ProfileData(
            fields=fields,
            **{name: values[name] for name in RELATIONS if name in changed},
            traits={kind: values[name] for kind, name in TRAITS.items() if name in changed},
            lines=lines if set(LINES.values()) & set(changed) else None,
        )


class Lists:
    """The countries, regions and activities by code, read once for a whole file."""

    def __init__(self) -> None:
        self.countries = Country.objects.in_bulk()
        self.regions = Region.objects.in_bulk()
        self.activities = NaceDivision.objects.in_bulk()

    def of(self, column: str) -> dict[str, Any]:
        """{code: object} of what stands in a column."""
        return {"country": self.countries, "region": self.regions, "nace": self.activities}[column]


def stored(keys: Sequence[int]) -> Iterator[Record]:
    """The records of these organisations, in this order; a fixed number of queries for each 500."""
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found = Organisation.objects.in_bulk(part)
        codes, lines = codes_of(part), lines_of(part)
        for key in part:
            if key in found:
                yield Record(_values(found[key], codes[key], lines[key]), found[key])


def _values(
    organisation: Organisation,
    codes: Mapping[str, list[str]],
    lines: Mapping[str, list[tuple[str, str]]],
) -> dict[str, Any]:
    return {
        "slug": organisation.slug,
        **{name: plain(getattr(organisation, column)) for name, column in TEXTS.items()},
        **{name: getattr(organisation, name) for name in NUMBERS},
        **{name: getattr(organisation, f"{name}_id") or "" for name in KEYS},
        "links": tuple((plain(one["label"]), plain(one["url"])) for one in organisation.links),
        **{name: tuple(sorted(codes.get(name, ()))) for name in (*RELATIONS, *TRAITS.values())},
        **{
            name: tuple((code, plain(text)) for code, text in lines.get(name, ()))
            for name in LINES.values()
        },
    }
