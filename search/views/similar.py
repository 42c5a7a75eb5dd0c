"""What is like something: a part for the pages that ask for it, a page of its own for others."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core import generation
from core.audiences import audience_key, reader_tokens
from search.finding import similar as find_similar
from search.models import SearchEntry
from search.presentation import shown_hits

MOST = 4
PART = "similar"


@require_safe
def similar(request: HttpRequest, source: str) -> HttpResponse:
    """What is most like the entry of this source; 404 where the reader may not find that itself.

    Kept, for all readers who may read the same, until content changes.
    """
    if not source.isprintable():
        raise Http404
    tokens = reader_tokens(request.user)
    readable = SearchEntry.objects.readable(tokens)
    entry = get_object_or_404(readable, source=source)
    language = get_language() or ""
    key = f"search:similar:{source}:{language}:{audience_key(request.user)}"
    hits = generation.cached(
        key, lambda: find_similar(source, language=language, tokens=tokens, limit=MOST)
    )
    is_part = request.headers.get("HX-Target") == PART
    context = {"hits": shown_hits(hits), "entry": entry}
    template = "pages/search/_similar.html" if is_part else "pages/search/similar.html"
    response = render(request, template, context)
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["HX-Target"])
    return response
