"""The search page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.addresses import parameters, search_address
from search.asking import page_number, query_of
from search.facets import FACETS
from search.finding import find
from search.permissions import may_save
from search.presentation import chips, filter_groups, shown_hits, shown_picks, without_typed
from search.promotions import picks_for
from search.query import DEEPEST, SearchQuery, SearchResults
from search.tallies import stamp_of

PAGE_SIZE = 10
RESULTS = "search-results"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` with the facets (each any number of times), `sort` and `page`.

    Values that do not exist are passed over; a page that does not is a 404. Everything shown of a
    hit comes from the index.
    """
    number = page_number(request.GET.get("page", "1"), PAGE_SIZE)
    if number is None:
        raise Http404
    language = get_language() or ""
    query = query_of(request, language=language, page=number, page_size=PAGE_SIZE)
    results = find(query)
    paginator = Paginator(range(min(results.total, DEEPEST)), PAGE_SIZE)
    try:
        page = paginator.page(number)
    except EmptyPage as error:
        raise Http404 from error
    is_partial = request.headers.get("HX-Target") == RESULTS
    context = _context(query, results) | {
        "page_obj": page,
        "picks": shown_picks(picks_for(query.text, request, language)) if number == 1 else [],
        "may_save": may_save(request.user) and not query.is_empty,
        "is_partial": is_partial,
    }
    template = "pages/search/_results.html" if is_partial else "pages/search/search.html"
    response = render(request, template, context)
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["HX-Target"])
    if not results.is_settled:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _context(query: SearchQuery, results: SearchResults) -> dict[str, Any]:
    """What the templates show of an answer."""
    text, filters, sort = query.text, query.filters, query.sort
    hidden = [{"name": "q", "value": text}]
    if sort != "relevance":
        hidden.append({"name": "sort", "value": sort})
    groups = filter_groups(query, results)
    return {
        "query": query,
        "results": results,
        "hits": shown_hits(results.hits, before=query.offset),
        "groups": groups,
        "chips": chips(query),
        "kept": [
            {"name": facet.name, "value": code}
            for facet in FACETS
            for code in filters.get(facet.name, ())
        ],
        "hidden": hidden,
        "parameters": parameters(text, filters, sort=sort),
        "clear_url": search_address(without_typed(text), sort=sort) if query.chosen else "",
        "sorts": {
            "relevance": search_address(text, filters),
            "date": search_address(text, filters, sort="date"),
        },
        "suggestion": results.suggestion,
        "suggestion_url": search_address(results.suggestion, filters, sort=sort),
        "stamp": stamp_of(query, results.total),
        "deepest": DEEPEST,
        "is_cut": results.total > DEEPEST,
    }
