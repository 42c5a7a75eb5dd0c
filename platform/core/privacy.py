"""What the platform holds about a person. Each app says so in its `privacy.py`.

The right of access and to a copy (Regulation (EU) 2016/679, articles 15 and 20) and the right to
erasure (article 17) are served from this one list, so what is missing here would be missed there:
a test fails for every foreign key to the account that no holding names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile

Row = Mapping[str, Any]


def nothing(_user: Any) -> Iterable[Any]:
    """No rows, no files."""
    return ()


def no_act(_user: Any) -> None:
    """Deleting the account does all that is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of thing that is held about people.

    `name` is a slug and names it in the copy; `links` are the foreign keys to the account that it
    stands for, as "app.Model.field". `rows` gives a person's own as mappings of values that JSON
    can hold or Django can serialise, `files` what they uploaded. `erase` runs before the account is
    deleted, in the same transaction, and does what its cascades do not.
    """

    name: str
    label: Any
    links: tuple[str, ...]
    rows: Callable[[Any], Iterable[Row]] = nothing
    files: Callable[[Any], Iterable[FieldFile]] = nothing
    erase: Callable[[Any], None] = no_act


_registry: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """Make them part of every copy and every erasure."""
    for holding in holdings:
        _registry[holding.name] = holding


def registered() -> Iterator[Holding]:
    """Every holding, in the order of registration."""
    yield from list(_registry.values())


def values(model: type[Model], path: str, *fields: str) -> Callable[[Any], Iterable[Row]]:
    """A `rows` that gives these fields of a model's rows whose `path` leads to the person."""

    def rows(user: Any) -> Iterable[Row]:
        found = model._default_manager.filter(**{path: user}).order_by("pk")
        return found.values(*fields).iterator(chunk_size=500)

    return rows
