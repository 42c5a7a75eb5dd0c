"""The connection to Elasticsearch and the names used there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import (
    ApiError,
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    OrjsonSerializer,
    SerializationError,
    TransportError,
)

from search.engines.base import EngineSlow, EngineUnavailable, QueryRefused

BULK_SECONDS = 60.0
# What these say is wrong with the request, not with Elasticsearch.
REFUSALS = (400, 413)

# It logs every request, and every failed one as a warning; `search.breaker` says what matters.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)


@lru_cache(maxsize=4)
def _connect(url: str, seconds: float, api_key: str = "", ca_file: str = "") -> Elasticsearch:
    options: dict[str, Any] = {}
    if api_key:
        options["api_key"] = api_key
    if ca_file:
        options["ca_certs"] = ca_file
    return Elasticsearch(
        # Several nodes of one cluster, separated by commas: asked in turn, one that fails is left.
        url.split(","),
        request_timeout=seconds,
        serializer=OrjsonSerializer(),
        max_retries=0,
        retry_on_timeout=False,
        **options,
    )


def _client(seconds: float) -> Elasticsearch:
    return _connect(
        settings.ELASTICSEARCH_URL,
        seconds,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_FILE,
    )


def for_search() -> Elasticsearch:
    """The client for what a reader waits for: it gives up after ELASTICSEARCH_TIMEOUT seconds."""
    return _client(settings.ELASTICSEARCH_TIMEOUT)


def for_work() -> Elasticsearch:
    """The client for background work and commands, which may wait."""
    return _client(BULK_SECONDS)


def alias() -> str:
    """The name that is searched and written; the index behind it has one of its own."""
    return str(settings.ELASTICSEARCH_INDEX)


def building_alias() -> str:
    """The name of an index that a rebuild fills; changes go to both."""
    return f"{alias()}-building"


@contextmanager
def unavailable_on_error() -> Iterator[None]:
    """Turn whatever the client raises into `EngineUnavailable`, or a kind of it."""
    try:
        yield
    except (ApiError, TransportError) as error:
        if isinstance(error, ConnectionTimeout):
            raise EngineSlow(f"{type(error).__name__}: {str(error)[:300]}") from error
        is_refusal = isinstance(error, SerializationError) or (
            isinstance(error, ApiError) and error.status_code in REFUSALS
        )
        kind = QueryRefused if is_refusal else EngineUnavailable
        raise kind(f"{type(error).__name__}: {str(error)[:300]}") from error


def probe() -> bool:
    """Ask for next to nothing, within a reader's patience; whether there is an index to search.

    Raises EngineUnavailable where Elasticsearch, or a part of the index, does not answer.
    """
    with unavailable_on_error():
        try:
            for_search().search(
                index=alias(), size=0, terminate_after=1, allow_partial_search_results=False
            )
        except NotFoundError:
            return False
    return True


def has_index() -> bool:
    """Whether Elasticsearch answers and there is an index to search."""
    try:
        return probe()
    except EngineUnavailable:
        return False


def fingerprint() -> str | None:
    """The fingerprint of the mapping in use (`documents.definition`); None without an index.

    Raises EngineUnavailable where Elasticsearch does not answer.
    """
    with unavailable_on_error():
        try:
            found = for_search().indices.get_mapping(index=alias(), filter_path="*.mappings._meta")
        except NotFoundError:
            return None
    for mapping in found.values():
        return str(mapping["mappings"]["_meta"].get("fingerprint", ""))
    return ""
