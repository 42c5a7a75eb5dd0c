"""Views of the ground: health, theme, errors, robots."""

from __future__ import annotations

import posixpath
import sys
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.static import serve

from core import health
from core.addresses import own_or
from core.context_processors import THEMES
from core.middleware import unavailable

THEME_SECONDS = 365 * 24 * 3600
MEDIA_SECONDS = 30 * 24 * 3600
PUBLIC_MEDIA = ("images/", "avatars/")


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """`/readyz`: every part with its state; 503 where one that is needed is down."""
    states = health.states()
    return JsonResponse(states, status=200 if health.is_ready(states) else 503)


# The cookie holds a preference and nothing else, and pages kept for visitors can carry no token.
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or system in a cookie and go back to where the reader came from."""
    theme = request.POST.get("theme", "")
    target = request.POST.get("next") or request.headers.get("referer", "")
    response = redirect(own_or(request, target, "/"))
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=THEME_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    return response


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(
            f"Disallow: /{code}/{part}/"
            for code, _ in settings.LANGUAGES
            for part in ("search", "accounts")
        ),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_GET
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures that anybody may see; documents go through their own view, which checks the reader."""
    path = posixpath.normpath(path)
    if not path.startswith(PUBLIC_MEDIA):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={MEDIA_SECONDS}, immutable"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: say so in plain words."""
    return render(request, "403.html", {"is_csrf": True}, status=403)


def server_error(request: HttpRequest, *_args: Any) -> HttpResponseBase:
    """The 500 page uses no context processor and no database: either may be what failed.

    Django calls this while it handles the exception. One that a middleware raised comes here
    only, so the database that does not answer is looked for here too; and maybe before the
    request's language was chosen, while this thread still speaks that of the one before.
    """
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        return unavailable(sys.exception()) or HttpResponse(
            render_to_string("500.html"), status=500
        )
