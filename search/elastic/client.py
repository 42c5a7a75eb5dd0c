"""The connection to Elasticsearch and the names used there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.base import EngineUnavailable

BULK_SECONDS = 60.0

# It logs every request, and every failed one as a warning; `search.breaker` says what matters.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)


@lru_cache(maxsize=4)
def _connect(url: str, seconds: float) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=seconds, max_retries=0, retry_on_timeout=False)


def for_search() -> Elasticsearch:
    """The client for what a reader waits for: it gives up after ELASTICSEARCH_TIMEOUT seconds."""
    return _connect(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_TIMEOUT)


def for_work() -> Elasticsearch:
    """The client for background work and commands, which may wait."""
    return _connect(settings.ELASTICSEARCH_URL, BULK_SECONDS)


def alias() -> str:
    """The name that is searched and written; the index behind it has one of its own."""
    return str(settings.ELASTICSEARCH_INDEX)


def building_alias() -> str:
    """The name of an index that a rebuild fills; changes go to both."""
    return f"{alias()}-building"


@contextmanager
def unavailable_on_error() -> Iterator[None]:
    """Turn whatever the client raises into `EngineUnavailable`."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"{type(error).__name__}: {str(error)[:300]}") from error


def has_index() -> bool:
    """Whether Elasticsearch answers and there is an index to search."""
    try:
        with unavailable_on_error():
            return bool(for_search().indices.exists_alias(name=alias()))
    except EngineUnavailable:
        return False
