"""Ask the engine that answers."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from django.conf import settings
from django.db import connection

from search import breaker
from search.engines.base import Engine, EngineBehind, EngineUnavailable, QueryRefused
from search.query import SearchQuery, SearchResults

logger = logging.getLogger(__name__)


def database_engine() -> Engine:
    """The engine over the rows themselves, for the database in use."""
    if connection.vendor == "postgresql":
        from search.engines.database_postgresql import PostgreSQLEngine

        return PostgreSQLEngine()
    from search.engines.database_sqlite import SQLiteEngine

    return SQLiteEngine()


def find(query: SearchQuery) -> SearchResults:
    """Answer a query: from Elasticsearch where it is configured and answers, else the database.

    A query without words to look for finds nothing.
    """
    started = time.perf_counter()
    results = SearchResults() if query.parsed.is_empty else _ask(query)
    return replace(results, took_ms=(time.perf_counter() - started) * 1000)


def _ask(query: SearchQuery) -> SearchResults:
    if settings.ELASTICSEARCH_URL and breaker.allows():
        from search.engines.elasticsearch import ElasticsearchEngine

        try:
            with breaker.watching():
                return ElasticsearchEngine().search(query)
        except QueryRefused:
            logger.exception("Elasticsearch refuses a query, the database answers it")
        except (EngineUnavailable, EngineBehind):
            pass
    return database_engine().search(query)
