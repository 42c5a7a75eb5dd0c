"""Paging by key: the pages of a list cost the same at any depth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

ROWS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Key:
    """A descending order by `fields`, which together are unique.

    `flag` names a boolean field whose rows stand above all others. These are few, so the two parts
    are read one after another, and each by an index.
    """

    fields: tuple[str, ...]
    flag: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that make up a place in this order."""
        return (self.flag, *self.fields) if self.flag else self.fields

    @property
    def order(self) -> list[str]:
        """For `order_by`."""
        return [f"-{name}" for name in self.names]

    def place_of(self, row: Model) -> str:
        """The place of a row as an opaque, signed word for an address."""
        values = [getattr(row, name) for name in self.names]
        return self._signer.sign_object(
            [value.isoformat() if isinstance(value, datetime) else value for value in values]
        )

    def values_at(self, place: str) -> list[Any]:
        """The key of a place; Http404 for anything that `place_of` has not made of this order."""
        try:
            values = self._signer.unsign_object(place)
        except (signing.BadSignature, ValueError) as error:
            raise Http404 from error
        return [datetime.fromisoformat(one) if isinstance(one, str) else one for one in values]

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"forum.keyset {' '.join(self.names)}")


# Lists of the whole site, in which pinned topics are as others; and the list of a category.
NEWEST_FIRST = Key(("last_post_at", "pk"))
PINNED_FIRST = Key(("last_post_at", "pk"), flag="pinned")


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A page of a list, with the addresses of its neighbours; an empty one is missing."""

    rows: list[Any]
    previous_url: str
    next_url: str
    is_first: bool


def page_of(request: HttpRequest, queryset: QuerySet[Any], key: Key, **kept: str) -> KeyPage:
    """The page that `?after=` or `?before=` names, the first without them.

    `kept` are parameters that the addresses of the neighbours keep. Raises Http404 for a place that
    no page has named.
    """
    after, before = request.GET.get("after"), request.GET.get("before")
    limit = ROWS_PER_PAGE + 1
    if before is not None:
        rows = _near(queryset, key, key.values_at(before), limit, is_newer=True)
        more_before, more_after = len(rows) == limit, True
        rows = rows[:ROWS_PER_PAGE][::-1]
    else:
        if after is not None:
            rows = _near(queryset, key, key.values_at(after), limit, is_newer=False)
        else:
            rows = list(queryset.order_by(*key.order)[:limit])
        more_before, more_after = after is not None, len(rows) == limit
        rows = rows[:ROWS_PER_PAGE]

    def address(name: str, row: Any) -> str:
        return f"{request.path}?{urlencode(kept | {name: key.place_of(row)})}"

    return KeyPage(
        rows=rows,
        previous_url=address("before", rows[0]) if rows and more_before else "",
        next_url=address("after", rows[-1]) if rows and more_after else "",
        is_first=not more_before,
    )


def _near(
    queryset: QuerySet[Any], key: Key, values: list[Any], limit: int, *, is_newer: bool
) -> list[Any]:
    """The rows on one side of a place, the nearest first."""
    ordered = queryset.order_by(*key.names if is_newer else key.order)
    if not key.flag:
        return list(ordered.filter(_beyond(key.fields, values, is_newer))[:limit])
    is_flagged, *rest = values
    own_part = ordered.filter(**{key.flag: is_flagged})
    rows = list(own_part.filter(_beyond(key.fields, rest, is_newer))[:limit])
    if is_flagged != is_newer and len(rows) < limit:
        rows += ordered.filter(**{key.flag: not is_flagged})[: limit - len(rows)]
    return rows


def _beyond(fields: tuple[str, ...], values: list[Any], is_newer: bool) -> Q:
    """The first field decides, and where it is equal the next.

    The condition on the first field alone is what the index scan begins at; a comparison of the
    whole key would do so too, but the planner misjudges it by its first column and sorts instead.
    """
    side = "gt" if is_newer else "lt"
    (name, *names), (value, *others) = fields, values
    beyond = Q(**{f"{name}__{side}": value})
    if not names:
        return beyond
    tie = _beyond(tuple(names), others, is_newer)
    return Q(**{f"{name}__{side}e": value}) & (beyond | tie)
