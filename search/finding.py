"""Ask the engine that answers."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.conf import settings
from django.db import connection

from search import breaker
from search.engines.base import Engine, EngineBehind, EngineUnavailable, QueryRefused
from search.query import SearchHit, SearchQuery, SearchResults

Answer = TypeVar("Answer")

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

    A query that asks for nothing finds nothing.
    """
    started = time.perf_counter()
    results = (
        SearchResults()
        if query.is_empty
        else _ask(lambda engine: engine.search(query), is_costly=query.is_long)
    )
    return replace(results, took_ms=(time.perf_counter() - started) * 1000)


def complete(query: SearchQuery, limit: int) -> list[SearchHit]:
    """At most `limit` hits whose title has all the words, the last one only begun."""
    if not query.has_words:
        return []
    return _ask(lambda engine: engine.complete(query, limit), is_costly=query.is_long)


def similar(source: str, *, language: str, tokens: frozenset[str], limit: int) -> list[SearchHit]:
    """At most `limit` hits most like an entry, none where these tokens may not read it."""
    return _ask(
        lambda engine: engine.similar(source, language=language, tokens=tokens, limit=limit)
    )


def _ask(question: Callable[[Engine], Answer], *, is_costly: bool = False) -> Answer:
    turn = breaker.turn() if settings.ELASTICSEARCH_URL else None
    if turn is not None:
        from search.engines.elasticsearch import ElasticsearchEngine

        try:
            with breaker.watching(turn, is_costly=is_costly):
                return question(ElasticsearchEngine())
        except QueryRefused:
            logger.exception("Elasticsearch refuses a query, the database answers it")
        except (EngineUnavailable, EngineBehind):
            pass
    return question(database_engine())
