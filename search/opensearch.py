"""What tells a browser how to search here (OpenSearch 1.1)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DAY = 24 * 3600
OPENSEARCH = "application/opensearchdescription+xml; charset=utf-8"


@cache_control(public=True, max_age=DAY)
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """`/opensearch.xml?language=`: in one of the site's languages, by default the first."""
    asked = request.GET.get("language", "")
    code = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(code):
        context = {
            "site_name": settings.SITE_NAME,
            "language": code,
            "home_url": request.build_absolute_uri("/"),
            "search_url": request.build_absolute_uri(reverse("search:search")),
            "suggest_url": request.build_absolute_uri(reverse("search:suggestions")),
        }
        text = render_to_string("pages/search/opensearch.xml", context)
    return HttpResponse(text, content_type=OPENSEARCH)
