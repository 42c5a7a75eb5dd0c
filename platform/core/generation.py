"""One number for "what visitors can see", so that every cache can be dropped at once.

Each change of public content inserts a row in the same transaction. The generation is read from
those rows, and a copy of it is kept in the cache for a few seconds, so that serving from a cache
needs no SQL. After the commit the copy is replaced by a fresh token, never by a value read earlier:
whatever was rendered before the commit is stored under a generation that nobody asks for again.
Should the process die between commit and replacement, the copy expires by itself.

Inside a transaction that has changed content, nothing shared is read or written: what it sees is
not yet true for anybody else.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

T = TypeVar("T")

COPY_KEY = "content-generation"
COPY_SECONDS = 5
# Longer than any request may take, so that no reader can put back a value from before the commit.
FRESH_SECONDS = 60
KEPT = timedelta(days=1)


def bump() -> None:
    """Say that public content changes with the current transaction."""
    from core.models import ContentChange

    if _pending():
        return
    ContentChange.objects.create()
    transaction.on_commit(_renew)


def current() -> str | None:
    """The generation, or None inside a transaction that has changed content itself."""
    if _pending():
        return None
    value: str | None = cache.get(COPY_KEY)
    if value is None:
        value = _read()
        if not cache.add(COPY_KEY, value, COPY_SECONDS):
            value = cache.get(COPY_KEY, value)
    return value


def cached(key: str, producer: Callable[[], T], ttl: int = 600) -> T:
    """What `producer` returns, kept for `ttl` seconds or until content changes.

    For what is the same for everyone; whatever depends on the reader belongs into the key.
    """
    generation = current()
    if generation is None:
        return producer()
    full_key = f"g:{generation}:{key}"
    missing = object()
    value = cache.get(full_key, missing)
    if value is missing:
        value = producer()
        cache.set(full_key, value, ttl)
    return value


def prune() -> int:
    """Delete the rows older than a day and return how many; the newest row always stays."""
    from core.models import ContentChange

    with transaction.atomic():
        # A new row first: a number of rows and a newest row that were both there before could
        # bring back an old generation.
        bump()
        old = ContentChange.objects.filter(at__lt=timezone.now() - KEPT)
        return old.delete()[0]


def _pending() -> bool:
    return any(entry[1] is _renew for entry in connection.run_on_commit)


def _renew() -> None:
    cache.set(COPY_KEY, uuid.uuid4().hex, FRESH_SECONDS)


def _read() -> str:
    from core.models import ContentChange

    row = ContentChange.objects.aggregate(newest=Max("pk"), rows=Count("pk"))
    return f"{row['newest'] or 0}.{row['rows']}"
