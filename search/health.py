"""What `/readyz` says of search; docs/operations.md says what to do about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from search import breaker
from search.engines.base import EngineUnavailable
from search.models import SearchEntry

MANY_WAITING = 1_000


def state() -> dict[str, Any]:
    """The engine in use, the state of the breaker and the index, how many changes wait for it.

    "degraded" is a search that works on the database although Elasticsearch is configured.
    Asking is a probe too: while the breaker is half-open, this may close it.
    """
    if not settings.ELASTICSEARCH_URL:
        return {"state": "ok", "engine": "database"}
    index = _index()
    waiting = SearchEntry.objects.waiting()[: MANY_WAITING + 1].count()
    is_ok = index == "ok" and waiting <= MANY_WAITING
    return {
        "state": "ok" if is_ok else "degraded",
        "engine": "elasticsearch" if is_ok else "database",
        "breaker": str(breaker.state()),
        "index": index,
        "waiting": waiting,
    }


def _index() -> str:
    """ "ok", "missing", or "unknown" where nobody asks or nothing answers."""
    from search.elastic import client

    turn = breaker.turn()
    if turn is None:
        return "unknown"
    try:
        with breaker.watching(turn):
            return "ok" if client.probe() else "missing"
    except EngineUnavailable:
        return "unknown"
