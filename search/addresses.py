"""Addresses of the search page: everything that was chosen stands in them, so they can be shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from core.addresses import with_query


def parameters(
    text: str = "", filters: Mapping[str, Sequence[str]] | None = None, *, sort: str = ""
) -> str:
    """The parameters of a search, encoded; what is as by default is left out."""
    pairs = [("q", text)] if text else []
    for facet, codes in (filters or {}).items():
        pairs += [(facet, code) for code in codes]
    if sort and sort != "relevance":
        pairs.append(("sort", sort))
    return urlencode(pairs)


def search_address(
    text: str = "", filters: Mapping[str, Sequence[str]] | None = None, *, sort: str = ""
) -> str:
    """The address of a search, in the active language."""
    asked = parameters(text, filters, sort=sort)
    return with_query(reverse("search:search"), asked)
