"""After Elasticsearch failed once, nobody waits for it for some seconds.

The state is in the cache, so that all processes share it.
"""

from __future__ import annotations

import logging

from django.core.cache import cache

logger = logging.getLogger(__name__)

OPEN_SECONDS = 10
LOG_SECONDS = 60

OPEN_KEY = "search-breaker-open"
LOGGED_KEY = "search-breaker-logged"


def is_open() -> bool:
    """Whether Elasticsearch failed just now."""
    return cache.get(OPEN_KEY) is not None


def trip(reason: object) -> None:
    """Leave Elasticsearch alone for some seconds, and say so in the log once a minute."""
    cache.set(OPEN_KEY, True, OPEN_SECONDS)
    if cache.add(LOGGED_KEY, True, LOG_SECONDS):
        logger.warning("Elasticsearch does not answer, the database does its work: %s", reason)


def close() -> None:
    """It answered."""
    if is_open():
        cache.delete(OPEN_KEY)
    if cache.delete(LOGGED_KEY):
        logger.warning("Elasticsearch answers again")
