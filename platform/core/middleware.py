"""Middleware of the ground: what no page can do without and does not answer, and the content
security policy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from redis.exceptions import ConnectionError as CacheConnectionError
from redis.exceptions import TimeoutError as CacheTimeoutError

logger = logging.getLogger(__name__)

NO_ANSWER = (OperationalError, InterfaceError, CacheConnectionError, CacheTimeoutError)
ADMIN_PREFIXES = ("/admin/", "/django-admin/")


class UnavailableMiddleware:
    """Answers 503 with a plain page where the database or the cache does not answer a view.

    What other middleware meets goes past it, to `core.views.server_error`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(exception)


def unavailable(exception: BaseException | None) -> HttpResponse | None:
    """The 503 page where the database or the cache does not answer; None for anything else."""
    if not isinstance(exception, NO_ANSWER):
        return None
    logger.error("database or cache does not answer: %s", exception)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, the looser one under the admin only.

    A preview is a part of the admin: it stands in a frame there, with Wagtail's checks inside.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        in_admin = request.path.startswith(ADMIN_PREFIXES) or getattr(request, "is_preview", False)
        if not report_only and in_admin:
            parts.config = settings.CONTENT_SECURITY_POLICY_ADMIN
        return parts
