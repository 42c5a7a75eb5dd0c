"""A small rate limit over the cache."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def hit(scope: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one act of `key` and say whether it is among the first `limit` of this window.

    Windows are fixed slices of `seconds`; a burst over a border can reach twice the limit.
    """
    window = int(time.time()) // seconds
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    name = f"rate:{scope}:{digest}:{window}"
    cache.add(name, 0, seconds + 1)
    try:
        return cache.incr(name) <= limit
    except ValueError:
        # The window's counter expired between the two calls.
        return True


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the entry that our own outermost proxy wrote, else the peer's.

    `TRUSTED_PROXIES` says how many proxies stand before us; what a client writes itself into
    X-Forwarded-For stands further left and is not believed.
    """
    proxies = getattr(settings, "TRUSTED_PROXIES", 0)
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    if proxies and len(forwarded) >= proxies and forwarded[-proxies]:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
