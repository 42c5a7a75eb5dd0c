"""What the site needs to work, and whether it is there."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend

logger = logging.getLogger(__name__)

Check = Callable[[], dict[str, Any]]

NEEDED = ("database", "cache")
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a part: `check` returns {"state": "ok" | "degraded", ...} or raises where it is down."""
    _checks[name] = check


def states() -> dict[str, dict[str, Any]]:
    """Each part with its state: "ok", "degraded" or "down". Reasons go to the log only."""
    result = {}
    for name, check in _checks.items():
        try:
            result[name] = check()
        except Exception:
            logger.exception("readiness: %s is down", name)
            result[name] = {"state": "down"}
    return result


def is_ready(states: dict[str, dict[str, Any]]) -> bool:
    """Whether everything is there that no page can do without."""
    return all(states[name]["state"] != "down" for name in NEEDED)


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"state": "ok", "engine": connection.vendor}


def _cache() -> dict[str, Any]:
    key, value = "readyz", uuid.uuid4().hex
    cache.set(key, value, 10)
    return {"state": "ok" if cache.get(key) is not None else "down"}


def _queue() -> dict[str, Any]:
    if not isinstance(task_backends["default"], DatabaseBackend):
        return {"state": "ok", "kind": "in-process"}
    from django_tasks_db.models import DBTaskResult

    return {"state": "ok", "kind": "database", "waiting": DBTaskResult.objects.ready().count()}


register("database", _database)
register("cache", _cache)
register("queue", _queue)
