"""Paging by key for ordered lists: the same cost at any depth, and nothing twice when rows come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

_signer = signing.Signer(salt="core.keyset")


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A page of a list, with the addresses of its neighbours; an empty one is missing."""

    rows: list[Any]
    previous_url: str
    next_url: str


def page_of(
    request: HttpRequest,
    queryset: QuerySet[Any, Any],
    *,
    key: tuple[str, ...],
    size: int,
    query: str = "",
) -> KeyPage:
    """The page that `?after=` or `?before=` names, the first without them.

    `key` names the fields of a unique, ascending order whose values are texts and whole numbers;
    `query` is the rest of the address, encoded. Raises Http404 for a place that no page has named.
    """
    after, before = request.GET.get("after"), request.GET.get("before")
    if before is not None:
        near = queryset.filter(_beyond(key, _decode(before, key), "lt"))
        rows = list(near.order_by(*(f"-{name}" for name in key))[: size + 1])
        more_before, more_after = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        if after is not None:
            queryset = queryset.filter(_beyond(key, _decode(after, key), "gt"))
        rows = list(queryset.order_by(*key)[: size + 1])
        more_before, more_after = after is not None, len(rows) > size
        rows = rows[:size]

    def address(name: str, row: Any) -> str:
        place = urlencode({name: _signer.sign_object([getattr(row, field) for field in key])})
        return f"{request.path}?{query}&{place}" if query else f"{request.path}?{place}"

    return KeyPage(
        rows=rows,
        previous_url=address("before", rows[0]) if rows and more_before else "",
        next_url=address("after", rows[-1]) if rows and more_after else "",
    )


def _beyond(key: tuple[str, ...], values: list[Any], side: str) -> Q:
    """The rows on one side of a place: the first field decides, and where it is equal the next."""
    condition = Q()
    for depth, name in enumerate(key):
        equal = dict(zip(key[:depth], values[:depth], strict=True))
        condition |= Q(**equal, **{f"{name}__{side}": values[depth]})
    return condition


def _decode(word: str, key: tuple[str, ...]) -> list[Any]:
    try:
        values = _signer.unsign_object(word)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    if not isinstance(values, list) or len(values) != len(key):
        raise Http404
    return values
