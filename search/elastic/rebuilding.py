"""Fill a new index beside the one in use, and exchange them at once.

While it is filled, every change goes to both (`indexing.push`), so nothing has to be caught up
with. Killed half-way, the old index goes on serving, and the next rebuild removes the remains.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Max
from elasticsearch import Elasticsearch

from search.elastic import client
from search.elastic.documents import definition
from search.elastic.indexing import write
from search.models import SearchEntry

BATCH = 1_000
SENDERS = 2
MARKED_AT_ONCE = 5_000
LOCK = 0x5EA2C4

# (number of rows that arrived, (version, key) of those among them that waited to be pushed)
Sent = tuple[int, list[tuple[int, int]]]


class RebuildRunning(Exception):
    """Another process rebuilds the index now."""


def rebuild() -> int:
    """Make the index anew from the rows and return how many documents it has.

    Raises RebuildRunning where another process does so, EngineUnavailable where Elasticsearch
    does not answer.
    """
    with _alone(), client.unavailable_on_error():
        work = client.for_work()
        before = _behind(work, client.alias())
        _remove_remains(work, before)
        name = f"{client.alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        body = definition()
        final = body["settings"]
        replicas, interval = final["number_of_replicas"], final["refresh_interval"]
        work.indices.create(
            index=name,
            mappings=body["mappings"],
            settings=final | {"number_of_replicas": 0, "refresh_interval": "-1"},
            aliases={client.building_alias(): {}},
        )
        count, unmarked = _fill()
        work.indices.put_settings(
            index=name,
            settings={"number_of_replicas": replicas, "refresh_interval": interval},
        )
        work.indices.refresh(index=name)
        _exchange(work, name, before)
    _mark(unmarked)
    return count


def tidy() -> None:
    """Remove what rebuilds that were killed have left; changes would go there too.

    Raises RebuildRunning and EngineUnavailable as `rebuild` does.
    """
    with client.unavailable_on_error():
        work = client.for_work()
        if work.indices.exists_alias(name=client.building_alias()):
            with _alone():
                _remove_remains(work, _behind(work, client.alias()))


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other processes from rebuilding; only PostgreSQL can be shared by several."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise RebuildRunning
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _behind(work: Elasticsearch, alias: str) -> set[str]:
    if not work.indices.exists_alias(name=alias):
        return set()
    return set(work.indices.get_alias(name=alias).keys())


def _remove_remains(work: Elasticsearch, in_use: set[str]) -> None:
    """Delete what rebuilds that were killed have left."""
    ours = re.compile(rf"{re.escape(client.alias())}-\d{{20}}")
    for name in work.indices.get(index=f"{client.alias()}-*", features="aliases"):
        if ours.fullmatch(name) and name not in in_use:
            work.indices.delete(index=name)


def _fill() -> tuple[int, dict[int, array[int]]]:
    """Send all rows; return how many are in, and by version the keys of those that waited for it.

    Rows are read in batches by key: memory stays the same however many there are, and no
    transaction stays open. Plain tuples do: they cost half of what objects do.
    """
    unmarked: dict[int, array[int]] = defaultdict(lambda: array("q"))
    count = last = 0
    # Later rows reach the new index by being pushed, and could else keep this from ending.
    newest = SearchEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rows = SearchEntry.objects.findable().filter(pk__lte=newest).order_by("pk")
    names = [field.attname for field in SearchEntry._meta.concrete_fields]
    tuples = rows.values_list("pk", *names, named=True)
    sending: set[Future[Sent]] = set()

    def note(sent: set[Future[Sent]]) -> int:
        arrived = 0
        for number, waited in _check(sent):
            arrived += number
            for version, pk in waited:
                unmarked[version].append(pk)
        return arrived

    with ThreadPoolExecutor(SENDERS) as pool:
        while batch := list(tuples.filter(pk__gt=last)[:BATCH]):
            last = batch[-1].pk
            sending.add(pool.submit(_send, batch))
            if len(sending) > SENDERS:
                done, sending = wait(sending, return_when=FIRST_COMPLETED)
                count += note(done)
        count += note(sending)
    return count, unmarked


def _send(batch: Sequence[Any]) -> Sent:
    accepted, refused = write(batch, client.building_alias(), refresh="false")
    # A refused version is there already, or a newer one is.
    arrived = accepted | refused
    waited = [
        (row.version, row.pk)
        for row in batch
        if row.pushed_version < row.version and row.pk in arrived
    ]
    return len(arrived), waited


def _check(sent: set[Future[Sent]]) -> list[Sent]:
    return [future.result() for future in sent]


def _exchange(work: Elasticsearch, name: str, before: set[str]) -> None:
    actions: list[dict[str, object]] = [
        {"add": {"index": name, "alias": client.alias()}},
        {"remove": {"index": name, "alias": client.building_alias()}},
    ]
    # An index of the alias's own name, made by hand, would be in the way.
    if not before and work.indices.exists(index=client.alias()):
        actions.append({"remove_index": {"index": client.alias()}})
    actions += [{"remove_index": {"index": old}} for old in before]
    work.indices.update_aliases(actions=actions)


def _mark(unmarked: dict[int, array[int]]) -> None:
    """Note as pushed what waited and is in the new index, where nothing newer came meanwhile."""
    for version, keys in unmarked.items():
        for start in range(0, len(keys), MARKED_AT_ONCE):
            some = keys[start : start + MARKED_AT_ONCE]
            SearchEntry.objects.filter(pk__in=list(some), version=version).update(
                pushed_version=version
            )
