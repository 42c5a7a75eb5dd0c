"""Whether Elasticsearch is asked: a circuit breaker that all processes share.

Closed, it is asked. A failure, an answer that took longer than ELASTICSEARCH_TIMEOUT or several
slow ones in a row open it: for OPEN_SECONDS nobody asks. After that it is half-open: one process
at a time may ask, and what becomes of that closes it or opens it again.

The state is in the cache. Where the cache does not answer, each process keeps one of its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

from search.engines.base import EngineSlow, EngineUnavailable, QueryRefused

logger = logging.getLogger(__name__)

OPEN_SECONDS = 10
# Longer than whoever asks can take; one that was killed while asking is in nobody's way for longer.
PROBE_SECONDS = 6
SLOW_IN_A_ROW = 5
SLOW_SECONDS = 60
LOG_SECONDS = 60

OPEN_KEY = "search-breaker-open"
TRIPPED_KEY = "search-breaker-tripped"
PROBE_KEY = "search-breaker-probe"
SLOW_KEY = "search-breaker-slow"
LOGGED_KEY = "search-breaker-logged"

_own = LocMemCache("search-breaker", {})


@dataclass(frozen=True, slots=True)
class Turn:
    """Leave to ask once: as the one who tries whether it answers again, or after slow answers."""

    is_probe: bool
    is_after_slow: bool


class State(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


def state() -> State:
    """What holds now."""
    return _state_in(_kept("get_many", (TRIPPED_KEY, OPEN_KEY)))


def _state_in(known: Mapping[str, Any]) -> State:
    if TRIPPED_KEY not in known:
        return State.CLOSED
    return State.OPEN if OPEN_KEY in known else State.HALF_OPEN


def turn() -> Turn | None:
    """Leave to ask now (`watching`), or None. While half-open one asker gets it, who has to ask."""
    known = _kept("get_many", (TRIPPED_KEY, OPEN_KEY, SLOW_KEY))
    now = _state_in(known)
    if now == State.OPEN:
        return None
    if now == State.HALF_OPEN and not _kept("add", PROBE_KEY, True, PROBE_SECONDS):
        return None
    return Turn(is_probe=now == State.HALF_OPEN, is_after_slow=SLOW_KEY in known)


@contextmanager
def watching(own: Turn, *, is_costly: bool = False) -> Iterator[None]:
    """Ask in this context: how it ends, and how long it takes, decides about the state.

    EngineUnavailable counts as a failure, but for QueryRefused, which concerns one query only.
    That a costly question is slow, or is given up (EngineSlow), says nothing about Elasticsearch,
    except while it is half-open; nor does any other exception.
    """
    began = time.monotonic()
    try:
        yield
    except QueryRefused:
        _answered(time.monotonic() - began, own, is_costly=is_costly)
        raise
    except EngineUnavailable as error:
        if own.is_probe or not is_costly or not isinstance(error, EngineSlow):
            trip(error)
        raise
    except BaseException:
        _kept("delete", PROBE_KEY)
        raise
    _answered(time.monotonic() - began, own, is_costly=is_costly)


def trip(reason: object) -> None:
    """Leave Elasticsearch alone for some seconds, and say so in the log once a minute."""
    _kept("set", OPEN_KEY, True, OPEN_SECONDS)
    _kept("add", TRIPPED_KEY, time.time(), None)
    _kept("delete", PROBE_KEY)
    _kept("delete", SLOW_KEY)
    if _kept("add", LOGGED_KEY, True, LOG_SECONDS):
        logger.warning(
            "breaker open: Elasticsearch does not answer, the database does its work: %s", reason
        )


def close() -> None:
    """It answers: everybody asks it again."""
    since = _kept("get", TRIPPED_KEY)
    for key in (TRIPPED_KEY, OPEN_KEY, PROBE_KEY, SLOW_KEY, LOGGED_KEY):
        _kept("delete", key)
    if since is not None:
        logger.warning(
            "breaker closed: Elasticsearch answers again after %d s", time.time() - since
        )


def _answered(seconds: float, own: Turn, *, is_costly: bool) -> None:
    limit = settings.ELASTICSEARCH_TIMEOUT
    if seconds < limit / 2:
        if own.is_probe:
            close()
        elif own.is_after_slow:
            _kept("delete", SLOW_KEY)
    elif own.is_probe or (
        not is_costly and (seconds >= limit or _one_more_slow() >= SLOW_IN_A_ROW)
    ):
        trip(f"the last answer took {seconds:.1f} s")


def _one_more_slow() -> int:
    """Count a slow answer; how many have come in a row by now."""
    _kept("add", SLOW_KEY, 0, SLOW_SECONDS)
    try:
        return int(_kept("incr", SLOW_KEY))
    except ValueError:
        # A quick one came in between.
        return 1


def _kept(act: str, *arguments: Any) -> Any:
    """Do something in the cache, or in this process's memory while the cache does not answer."""
    try:
        return getattr(cache, act)(*arguments)
    except (RedisError, OSError):
        return getattr(_own, act)(*arguments)
