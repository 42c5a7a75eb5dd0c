"""What the platform holds about a person. Each app says so in its `privacy.py`.

The right of access and to a copy (Regulation (EU) 2016/679, articles 15 and 20) and the right to
erasure (article 17) are served from this one list, so what is missing here would be missed there:
a test fails for every foreign key to the account that no holding names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model, Q
from django.db.models.fields.files import FieldFile

Row = Mapping[str, Any]


def nothing(_user: Any) -> Iterable[Any]:
    """No rows, no files."""
    return ()


def no_act(_user: Any) -> None:
    """Deleting the account does all that is needed."""


def addresses_of(user: Any) -> list[str]:
    """All addresses of an account in lower case: the one that it logs in by, and the further ones."""
    further = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return sorted({address.lower() for address in (user.email, *further)})


def written_to(column: str, user: Any) -> Q:
    """The condition that a column holds one of a person's addresses, whatever the case."""
    return reduce(or_, (Q(**{f"{column}__iexact": address}) for address in addresses_of(user)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of thing that is held about people.

    `name` is a slug and names it in the copy; `links` are the foreign keys to the account that it
    stands for, as "app.Model.field". `rows` gives a person's own as mappings of values that JSON
    can hold or Django can serialise, `files` what they uploaded. `erase` runs before the account is
    deleted, in the same transaction, and does what its cascades do not. `untold` says why a copy
    holds nothing of a link: {link: reason}.
    """

    name: str
    label: Any
    links: tuple[str, ...]
    rows: Callable[[Any], Iterable[Row]] = nothing
    files: Callable[[Any], Iterable[FieldFile]] = nothing
    erase: Callable[[Any], None] = no_act
    untold: Mapping[str, str] = field(default_factory=dict)


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


def together(*parts: tuple[str, ...]) -> Callable[[Any], Iterable[Row]]:
    """A `rows` of several models: each part is (model as "app.Model", path to the person, fields …).

    A row says what it is about, and in which part the person has in it.
    """

    def rows(user: Any) -> Iterable[Row]:
        for label, path, *fields in parts:
            model = apps.get_model(label)
            told = {"what": str(model._meta.verbose_name), "as": path}
            yield from ({**told, **row} for row in values(model, path, *fields)(user))

    return rows
