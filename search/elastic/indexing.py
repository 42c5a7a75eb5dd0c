"""Bring rows into Elasticsearch."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch.helpers import streaming_bulk

from search.elastic import client
from search.elastic.documents import action_of_row
from search.engines.base import EngineUnavailable
from search.models import SearchEntry

logger = logging.getLogger(__name__)

BATCH = 500
SECONDS_BETWEEN = 1.0
SERVER_ERRORS = 500
TOO_MANY_REQUESTS = 429
CONFLICT = 409
# What is read of the answers to writes.
SAID = "errors,items.*._id,items.*.status,items.*.result,items.*.error"

_refreshed: dict[str, float] = {}


class IndexMissing(Exception):
    """There is no index behind the alias."""


class WritesRefused(EngineUnavailable):
    """Elasticsearch answers, but takes no writes now: too busy, or no room on its disk."""


def push_waiting() -> None:
    """Push every row that Elasticsearch does not know, in batches.

    A row counts as pushed only once a search finds it as it is. Raises EngineUnavailable or
    IndexMissing; what was not pushed by then goes on waiting.
    """
    last = 0
    while True:
        rows = SearchEntry.objects.waiting().filter(pk__gt=last).order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return
        push(batch)
        last = batch[-1].pk


def push(batch: Sequence[SearchEntry]) -> None:
    """Push some rows and note which versions arrived."""
    refresh = _refresh(is_full=len(batch) >= BATCH)
    with client.unavailable_on_error():
        # Asked before writing: a rebuild that begins later reads these rows itself.
        is_building = client.for_work().indices.exists_alias(name=client.building_alias())
        accepted, refused = write(batch, client.alias(), refresh=refresh)
        if is_building:
            try:
                more, also_refused = write(batch, client.building_alias(), refresh="false")
            except IndexMissing:
                # The indexes were exchanged just now, and the first went to the old one.
                more, also_refused = write(batch, client.alias(), refresh=refresh)
            accepted, refused = accepted & more, refused | also_refused
    _note(batch, accepted, refused)


def _refresh(*, is_full: bool) -> str:
    """How the next write becomes findable: at once, but in each process once a second at most.

    In between it waits for Elasticsearch's own refresh; a full batch does not, as more follow.
    """
    now = time.monotonic()
    if not is_full and now - _refreshed.get("at", -SECONDS_BETWEEN) < SECONDS_BETWEEN:
        return "wait_for"
    _refreshed["at"] = now
    return "true"


def write(rows: Iterable[Any], alias: str, *, refresh: str) -> tuple[set[int], set[int]]:
    """Write rows, or tuples with their fields, and return the keys of those accepted and of those that were known newer.

    Rows that Elasticsearch can't take are logged and in neither set. Raises WritesRefused
    where it is too busy or broken, IndexMissing where nothing stands behind the alias.
    """
    accepted, refused = set(), set()
    keys: dict[str, int] = {}

    def actions() -> Iterable[dict[str, Any]]:
        for row in rows:
            keys[row.source] = row.pk
            yield action_of_row(row)

    for is_done, item in streaming_bulk(
        client.for_work(),
        actions(),
        index=alias,
        chunk_size=BATCH,
        raise_on_error=False,
        # Without it Elasticsearch would make an index of that name, with a mapping of its own.
        require_alias=True,
        refresh=refresh,
        filter_path=SAID,
    ):
        ((_operation, outcome),) = item.items()
        if is_done or outcome.get("result") == "not_found":
            accepted.add(keys[outcome["_id"]])
        elif outcome["status"] == CONFLICT:
            refused.add(keys[outcome["_id"]])
        else:
            _explain(outcome)
    return accepted, refused


def _explain(outcome: dict[str, Any]) -> None:
    error = outcome.get("error", {})
    kind = error.get("type") if isinstance(error, dict) else None
    if kind == "index_not_found_exception":
        raise IndexMissing
    if (
        outcome["status"] >= SERVER_ERRORS
        or outcome["status"] == TOO_MANY_REQUESTS
        or kind == "cluster_block_exception"
    ):
        raise WritesRefused(str(error)[:300])
    logger.error("Elasticsearch refuses %s: %s", outcome["_id"], error)


def _note(batch: Sequence[SearchEntry], accepted: set[int], refused: set[int]) -> None:
    """Note the versions that Elasticsearch has now.

    An accepted version is noted even where the row has a newer one that counted as pushed: had
    the index been exchanged in between, the newer one could be missing, so it is pushed again.
    """
    for version in {row.version for row in batch}:
        keys = {row.pk for row in batch if row.version == version}
        rows = SearchEntry.objects.all()
        rows.filter(pk__in=keys & accepted).update(pushed_version=version)
        rows.filter(pk__in=keys & refused, version=version).update(pushed_version=version)
