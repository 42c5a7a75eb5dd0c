"""Paging by key for lists of one's own, the newest first: the same cost at any depth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

ROWS_PER_PAGE = 20
_signer = signing.Signer(salt="forum.keyset")


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A page of a list, with the addresses of its neighbours; an empty one is missing."""

    rows: list[Any]
    previous_url: str
    next_url: str


def page_of(
    request: HttpRequest, queryset: QuerySet[Any], *, key: tuple[str, ...], **kept: str
) -> KeyPage:
    """The page that `?after=` or `?before=` names, the first without them.

    `key` names the fields of a unique, descending order; `kept` are parameters that the addresses
    of the neighbours keep. Raises Http404 for a place that no page has named.
    """
    after, before = request.GET.get("after"), request.GET.get("before")
    order = [f"-{name}" for name in key]
    limit = ROWS_PER_PAGE + 1
    if before is not None:
        near = queryset.filter(_beyond(key, _decode(before, key), "gt"))
        rows = list(near.order_by(*key)[:limit])
        more_before, more_after = len(rows) == limit, True
        rows = rows[:ROWS_PER_PAGE][::-1]
    else:
        if after is not None:
            queryset = queryset.filter(_beyond(key, _decode(after, key), "lt"))
        rows = list(queryset.order_by(*order)[:limit])
        more_before, more_after = after is not None, len(rows) == limit
        rows = rows[:ROWS_PER_PAGE]

    def address(name: str, row: Any) -> str:
        return f"{request.path}?{urlencode(kept | {name: _encode(row, key)})}"

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


def _encode(row: Any, key: tuple[str, ...]) -> str:
    values = [getattr(row, name) for name in key]
    return _signer.sign_object(
        [value.isoformat() if isinstance(value, datetime) else value for value in values]
    )


def _decode(word: str, key: tuple[str, ...]) -> list[Any]:
    try:
        values = _signer.unsign_object(word)
        if len(values) != len(key):
            raise ValueError
        return [datetime.fromisoformat(one) if isinstance(one, str) else one for one in values]
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
