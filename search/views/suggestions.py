"""What is found while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.audiences import reader_tokens
from search.addresses import search_address
from search.facets import kind_labels
from search.finding import complete
from search.highlighting import unmarked
from search.query import SearchHit, SearchQuery

MOST = 8
SHORTEST = 2
KEPT_SECONDS = 60
SUGGESTIONS = "application/x-suggestions+json"


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`?q=`: a piece of HTML with the options by kind, or with `format=json` what OpenSearch asks for.

    For one reader's browser to keep: what it holds depends on who asks.
    """
    language = get_language() or ""
    text = request.GET.get("q", "")
    query = SearchQuery(
        text=text, language=language, is_prefix=True, tokens=reader_tokens(request.user)
    )
    hits = complete(query, MOST) if len(text.strip()) >= SHORTEST else []
    if request.GET.get("format") == "json":
        titles = [unmarked(hit.title) for hit in hits]
        addresses = [request.build_absolute_uri(hit.url) for hit in hits]
        response: HttpResponse = JsonResponse(
            [text, titles, [""] * len(hits), addresses], safe=False, content_type=SUGGESTIONS
        )
    else:
        context = {
            "groups": _groups(hits, language),
            "count": len(hits),
            "text": text.strip(),
            "all_url": search_address(text),
        }
        response = render(request, "pages/search/_suggestions.html", context)
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    response["X-Robots-Tag"] = "noindex"
    return response


def _groups(hits: Sequence[SearchHit], language: str) -> list[dict[str, Any]]:
    """Hits by kind, the kinds in the order of their best hit."""
    labels = kind_labels()
    groups: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(
            {
                "url": hit.url,
                "title": hit.title,
                "language": hit.language,
                "is_foreign": hit.language != language,
            }
        )
    return [
        {"label": labels.get(kind, kind), "options": options} for kind, options in groups.items()
    ]
