"""Whole pages kept for visitors, keyed by the content generation.

Only answers to visitors are kept, only they get them, and a publication, a withdrawal or a
moderation makes all kept pages unreachable at once (`core.generation`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language_from_path

from core import generation

BYPASSED_PREFIXES = ("/admin/", "/django-admin/", "/static/", "/media/", "/healthz", "/readyz")
KEPT_STATUSES = {200, 301, 302, 404}
LONGEST_BODY = 1_000_000
KEPT_HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Content-Language",
    "Content-Security-Policy",
    "Location",
    "Link",
    "Vary",
    "X-Frame-Options",
    "X-Robots-Tag",
)


def expire_at(request: HttpRequest, moment: datetime) -> None:
    """Say that this page must not be kept beyond a moment, such as the end of an event it lists."""
    known: datetime | None = getattr(request, "_page_expires_at", None)
    if known is None or moment < known:
        request._page_expires_at = moment  # type: ignore[attr-defined]


class PageCacheMiddleware:
    """Serves kept pages to visitors and keeps those that may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_visitor(request):
            return self.get_response(request)
        # Read before the page is made: a change while it is made leaves it under the old key.
        content = generation.current()
        if content is None:
            return self.get_response(request)
        key = self._key(request, content)
        kept = cache.get(key)
        if kept is not None:
            status, headers, body = kept
            response = HttpResponse(body, status=status, headers=headers)
            response["X-Page-Cache"] = "hit"
            return response
        fresh = self.get_response(request)
        seconds = self._seconds(request, fresh)
        if seconds > 0 and isinstance(fresh, HttpResponse):
            headers = {name: fresh[name] for name in KEPT_HEADERS if name in fresh}
            cache.set(key, (fresh.status_code, headers, fresh.content), seconds)
            fresh["X-Page-Cache"] = "miss"
        return fresh

    @staticmethod
    def _is_visitor(request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE_SECONDS > 0
            and request.method in {"GET", "HEAD"}
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "messages" not in request.COOKIES
            and not request.path.startswith(BYPASSED_PREFIXES)
        )

    @staticmethod
    def _key(request: HttpRequest, content: str) -> str:
        parts = (
            # A kept page names style sheets that the next release of the site may no longer have.
            getattr(staticfiles_storage, "manifest_hash", ""),
            request.method or "",
            request.scheme or "",
            request.get_host(),
            request.get_full_path(),
            request.COOKIES.get("theme", ""),
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
            # Addresses without a language lead to one in the language that the browser prefers.
            _preferred_languages(request),
            request.headers.get("hx-request", ""),
            request.headers.get("hx-target", ""),
            "gzip" if "gzip" in request.headers.get("accept-encoding", "") else "",
        )
        return f"page:{content}:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"

    @staticmethod
    def _seconds(request: HttpRequest, response: HttpResponseBase) -> int:
        control = response.headers.get("Cache-Control", "")
        user = getattr(request, "user", None)
        if (
            response.streaming
            or response.status_code not in KEPT_STATUSES
            or response.cookies
            or "private" in control
            or "no-store" in control
            or "no-cache" in control
            or (user is not None and user.is_authenticated)
            or getattr(request, "is_preview", False)
            or len(getattr(response, "content", b"")) > LONGEST_BODY
        ):
            return 0
        seconds = settings.PAGE_CACHE_SECONDS
        until: datetime | None = getattr(request, "_page_expires_at", None)
        if until is not None:
            seconds = min(seconds, int((until - timezone.now()).total_seconds()))
        return seconds


def _preferred_languages(request: HttpRequest) -> str:
    if get_language_from_path(request.path_info):
        return ""
    return request.headers.get("accept-language", "")
