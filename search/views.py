"""The search page."""

from __future__ import annotations

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.audiences import reader_tokens
from search.finding import find
from search.presentation import filter_groups, kind_labels, language_names, shown_hits
from search.query import DEEPEST, SearchQuery

PAGE_SIZE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` with `kind`, `language` (each any number of times) and `page`.

    Kinds and languages that do not exist are passed over; a page that does not is a 404.
    """
    query = SearchQuery(
        text=request.GET.get("q", ""),
        language=get_language() or "",
        filters={
            "kind": _known(request, "kind", kind_labels()),
            "language": _known(request, "language", language_names()),
        },
        page=_page_number(request),
        page_size=PAGE_SIZE,
        tokens=reader_tokens(request.user),
    )
    results = find(query)
    paginator = Paginator(range(min(results.total, DEEPEST)), PAGE_SIZE)
    try:
        page = paginator.page(query.page)
    except EmptyPage as error:
        raise Http404 from error
    has_filters = bool(query.chosen)
    is_partial = request.headers.get("HX-Target") == "search-results"
    response = render(
        request,
        "pages/search/_results.html" if is_partial else "pages/search/search.html",
        {
            "query": query,
            "results": results,
            "hits": shown_hits(results.hits),
            "groups": filter_groups(query, results),
            "hidden": [{"name": "q", "value": query.text}],
            "page_obj": page,
            "parameters": _parameters(request),
            "clear_url": f"?{_parameters(request, 'q')}" if has_filters else "",
            "deepest": DEEPEST,
            "is_cut": results.total > DEEPEST,
        },
    )
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["HX-Target"])
    if not results.is_settled:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _known(request: HttpRequest, name: str, known: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in request.GET.getlist(name) if value in known))


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > len(str(DEEPEST)):
        raise Http404
    number = int(text)
    if not 1 <= number <= DEEPEST // PAGE_SIZE:
        raise Http404
    return number


def _parameters(request: HttpRequest, *names: str) -> str:
    """The address's parameters, encoded: those named, or all but the page."""
    parameters = request.GET.copy()
    for name in list(parameters):
        if name not in names if names else name == "page":
            del parameters[name]
    return parameters.urlencode()
