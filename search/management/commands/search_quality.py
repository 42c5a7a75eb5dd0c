"""Measure how good the search is on any collection of judged queries."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from search.engines.base import Engine, EngineUnavailable
from search.finding import database_engine
from search.judged import Malformed, documents, queries
from search.measuring import DEPTH, quality
from search.models import SearchEntry
from search.query import SearchQuery

BATCH = 1_000
# The audience of all documents, which no reader has.
AUDIENCE = "measured"


class Command(BaseCommand):
    help = (
        "Search a collection through the site's own mapping and query, in an index of its own that"
        " is removed afterwards, and print nDCG@10. Without ELASTICSEARCH_URL the database's engine"
        " is measured, in a transaction that is rolled back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--documents", type=Path, required=True, help="JSON lines: id, title, body, language"
        )
        parser.add_argument(
            "--queries", type=Path, required=True, help="JSON lines: id, text, language"
        )
        parser.add_argument(
            "--judgements",
            type=Path,
            required=True,
            help="lines of query, document and grade, with tabs between",
        )

    def handle(self, **options: Any) -> None:
        token = f"{AUDIENCE}-{uuid4().hex}"
        try:
            wanted = queries(options["queries"], options["judgements"])
            with filled(documents(options["documents"], token)) as (engine, names):
                answers = [(_found(engine, one, token, names), one.grades) for one in wanted]
        except (Malformed, EngineUnavailable) as error:
            raise CommandError(str(error)) from error
        result = quality(answers)
        self.stdout.write(
            f"engine {engine.name}, {len(names)} documents, {result.queries} queries\n"
            f"nDCG@{DEPTH} {result.ndcg:.4f}\n"
            f"MRR@{DEPTH} {result.mrr:.4f}\n"
            f"without result {result.nothing:.4f}"
        )


def _found(engine: Engine, one: Any, token: str, names: dict[str, str]) -> Sequence[str]:
    query = SearchQuery(
        text=one.text, language=one.language, page_size=DEPTH, tokens=frozenset({token})
    )
    return [names[hit.source] for hit in engine.search(query).hits] if not query.is_empty else []


@contextmanager
def filled(rows: Iterable[tuple[str, SearchEntry]]) -> Iterator[tuple[Engine, dict[str, str]]]:
    """An engine that finds these rows, with {source: id}; afterwards all of it is gone."""
    names: dict[str, str] = {}
    batches = _batches(rows, names)
    if settings.ELASTICSEARCH_URL:
        from search.elastic import trial
        from search.engines.elasticsearch import ElasticsearchEngine

        with trial.index(batches) as name:
            yield ElasticsearchEngine(name), names
        return
    with transaction.atomic():
        for batch in batches:
            SearchEntry.objects.bulk_create(batch)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE search_text")
        yield database_engine(), names
        transaction.set_rollback(True)


def _batches(
    rows: Iterable[tuple[str, SearchEntry]], names: dict[str, str]
) -> Iterator[list[SearchEntry]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        names.update({row.source: key for key, row in batch})
        yield [row for _key, row in batch]
