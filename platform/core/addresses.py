"""Addresses: with a question behind them, and those that a request may be sent on to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def with_query(url: str, query: str) -> str:
    """An address with its query, which is encoded already; without one, the address alone."""
    return f"{url}?{query}" if query else url


def own_or(request: HttpRequest, target: str, default: str) -> str:
    """An address that came with a request where it is one of this site, else the default."""
    is_own = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Any other word would be looked for among the names of routes.
    return target if is_own and target.startswith(("/", "http://", "https://")) else default
