"""Paging by key: a page of a list costs the same at any depth, and nothing shows twice when rows come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest


@dataclass(frozen=True, slots=True)
class Key:
    """An order by `fields`, all of them descending or all ascending, which together are unique.

    Their values are texts, whole numbers and moments. `flag` names a boolean field whose rows stand
    above all others. These are few, so the two parts are read one after another, and each by an index.
    """

    fields: tuple[str, ...]
    flag: str = ""
    is_ascending: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that make up a place in this order."""
        return (self.flag, *self.fields) if self.flag else self.fields

    def order(self, *, forth: bool = True) -> list[str]:
        """For `order_by`; not `forth` is the same order from its end."""
        flag = [f"-{self.flag}" if forth else self.flag] if self.flag else []
        sign = "" if self.is_ascending == forth else "-"
        return flag + [f"{sign}{name}" for name in self.fields]

    def place_of(self, row: Model) -> str:
        """The place of a row as an opaque, signed word for an address."""
        values = [getattr(row, name) for name in self.names]
        return self._signer.sign_object(
            [
                {"at": value.isoformat()} if isinstance(value, datetime) else value
                for value in values
            ]
        )

    def values_at(self, place: str) -> list[Any]:
        """The key of a place; Http404 for anything that `place_of` has not made of this order."""
        try:
            values = self._signer.unsign_object(place)
        except (signing.BadSignature, ValueError) as error:
            raise Http404 from error
        return [
            datetime.fromisoformat(one["at"]) if isinstance(one, dict) else one for one in values
        ]

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"core.keyset {' '.join(self.order())}")


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A page of a list, with the addresses of its neighbours; an empty one is missing."""

    rows: list[Any]
    previous_url: str
    next_url: str
    is_first: bool


def page_of(
    request: HttpRequest, queryset: QuerySet[Any], key: Key, *, size: int, query: str = ""
) -> KeyPage:
    """The page that `?after=` or `?before=` names, the first without them.

    `query` is the rest of the address, encoded, which the addresses of the neighbours keep. Raises
    Http404 for a place that no page has named.
    """
    after, before = request.GET.get("after"), request.GET.get("before")
    if before is not None:
        rows = _near(queryset, key, key.values_at(before), size + 1, forth=False)
        more_before, more_after = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        if after is not None:
            rows = _near(queryset, key, key.values_at(after), size + 1, forth=True)
        else:
            rows = list(queryset.order_by(*key.order())[: size + 1])
        more_before, more_after = after is not None, len(rows) > size
        rows = rows[:size]

    def address(name: str, row: Any) -> str:
        place = urlencode({name: key.place_of(row)})
        return f"{request.path}?{query}&{place}" if query else f"{request.path}?{place}"

    return KeyPage(
        rows=rows,
        previous_url=address("before", rows[0]) if rows and more_before else "",
        next_url=address("after", rows[-1]) if rows and more_after else "",
        is_first=not more_before,
    )


def _near(
    queryset: QuerySet[Any], key: Key, values: list[Any], limit: int, *, forth: bool
) -> list[Any]:
    """The rows on one side of a place, the nearest first."""
    ordered = queryset.order_by(*key.order(forth=forth))
    side = "gt" if key.is_ascending == forth else "lt"
    if not key.flag:
        return list(ordered.filter(_beyond(key.fields, values, side))[:limit])
    is_flagged, *rest = values
    own_part = ordered.filter(**{key.flag: is_flagged})
    rows = list(own_part.filter(_beyond(key.fields, rest, side))[:limit])
    if is_flagged == forth and len(rows) < limit:
        rows += ordered.filter(**{key.flag: not is_flagged})[: limit - len(rows)]
    return rows


def _beyond(fields: tuple[str, ...], values: list[Any], side: str) -> Q:
    """The first field decides, and where it is equal the next.

    The condition on the first field alone is what the index scan begins at; a comparison of the
    whole key would do so too, but the planner misjudges it by its first column and sorts instead.
    """
    (name, *names), (value, *others) = fields, values
    beyond = Q(**{f"{name}__{side}": value})
    if not names:
        return beyond
    return Q(**{f"{name}__{side}e": value}) & (beyond | _beyond(tuple(names), others, side))
