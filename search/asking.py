"""From an address to a query: what is not known is passed over."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, QueryDict

from core.audiences import reader_tokens
from search.facets import FACETS
from search.query import DEEPEST, SearchQuery

MOST_VALUES = 20
LONGEST_VALUE = 100


def query_of(
    request: HttpRequest, *, language: str, page: int = 1, page_size: int = 10
) -> SearchQuery:
    """The query of an address: `q`, `sort`, and each facet any number of times."""
    return SearchQuery(
        text=request.GET.get("q", ""),
        language=language,
        filters=filters_in(request.GET),
        sort=_sort(request.GET),
        page=page,
        page_size=page_size,
        tokens=reader_tokens(request.user),
    )


def filters_in(values: QueryDict) -> dict[str, tuple[str, ...]]:
    """{facet: codes} of the known values, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for facet in FACETS:
        asked = [
            value
            for value in dict.fromkeys(values.getlist(facet.name))
            if value and len(value) <= LONGEST_VALUE
        ][:MOST_VALUES]
        if asked:
            known = facet.names(asked)
            codes = tuple(value for value in asked if value in known)
            if codes:
                found[facet.name] = codes
    return found


def page_number(text: str, page_size: int) -> int | None:
    """The number of a page within the deepest hits; None for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(DEEPEST)):
        return None
    number = int(text)
    return number if 1 <= number <= DEEPEST // page_size else None


def _sort(values: Any) -> Literal["relevance", "date"]:
    return "date" if values.get("sort") == "date" else "relevance"
