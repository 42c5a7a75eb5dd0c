"""What `/readyz` says of search."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from search import breaker
from search.models import SearchEntry

MANY_WAITING = 1_000


def state() -> dict[str, Any]:
    """The engine in use and how many changes wait for it.

    "degraded" is a search that works on the database although Elasticsearch is configured.
    """
    if not settings.ELASTICSEARCH_URL:
        return {"state": "ok", "engine": "database"}
    from search.elastic import client

    waiting = SearchEntry.objects.waiting()[: MANY_WAITING + 1].count()
    answers = not breaker.is_open() and client.has_index()
    is_ok = answers and waiting <= MANY_WAITING
    return {
        "state": "ok" if is_ok else "degraded",
        "engine": "elasticsearch" if is_ok else "database",
        "waiting": waiting,
    }
