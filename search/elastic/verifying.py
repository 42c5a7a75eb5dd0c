"""Compare the index with the rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.elastic import client
from search.elastic.documents import definition
from search.models import SearchEntry

BATCH = 2_000

# (key of the row, source, version)
Place = tuple[int, str, int]


def drift() -> Iterator[str]:
    """Say what differs between rows and index, one line each; nothing where they are the same.

    What is written while this runs is looked at a second time before it counts. Raises
    EngineUnavailable where Elasticsearch does not answer.
    """
    with client.unavailable_on_error():
        work = client.for_work()
        if not work.indices.exists_alias(name=client.alias()):
            yield f"there is no index behind {client.alias()}"
            return
        ((name, mapping),) = work.indices.get_mapping(index=client.alias()).items()
        wanted = definition()["mappings"]["_meta"]
        if mapping["mappings"].get("_meta") != wanted:
            yield f"{name} has the mapping of another release: rebuild it"
        work.indices.refresh(index=client.alias())
        for source in sorted(set(_unequal())):
            line = _line(source)
            if line:
                yield line


def _unequal() -> Iterator[str]:
    """The sources that are in one place only, or in different versions; both run by key."""
    kept, found = _rows(), _documents()
    row, document = next(kept, None), next(found, None)
    while row is not None or document is not None:
        if row == document:
            row, document = next(kept, None), next(found, None)
        elif document is None or (row is not None and row[0] < document[0]):
            assert row is not None  # noqa: S101 - one of the two is there
            yield row[1]
            row = next(kept, None)
        else:
            yield document[1]
            if row is not None and row[0] == document[0]:
                yield row[1]
                row = next(kept, None)
            document = next(found, None)


def _rows() -> Iterator[Place]:
    last = 0
    rows = SearchEntry.objects.findable().order_by("pk").values_list("pk", "source", "version")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1][0]
        yield from batch


def _documents() -> Iterator[Place]:
    work = client.for_work()
    snapshot = work.open_point_in_time(index=client.alias(), keep_alive="2m")["id"]
    try:
        after: dict[str, Any] = {}
        while True:
            hits = work.search(
                pit={"id": snapshot, "keep_alive": "2m"},
                sort=[{"entry": "asc"}],
                size=BATCH,
                version=True,
                source=False,
                track_total_hits=False,
                **after,
            )["hits"]["hits"]
            for hit in hits:
                yield hit["sort"][0], hit["_id"], hit["_version"]
            if len(hits) < BATCH:
                return
            after = {"search_after": hits[-1]["sort"]}
    finally:
        work.close_point_in_time(id=snapshot)


def _line(source: str) -> str:
    """What differs for one source now; empty where nothing does any more."""
    row = SearchEntry.objects.findable().filter(source=source).first()
    document = client.for_work().mget(index=client.alias(), ids=[source], source=["entry"])["docs"][
        0
    ]
    if not document.get("found"):
        return f"{source}: not in the index" if row else ""
    if row is None:
        return f"{source}: in the index, but nothing that may be found"
    if document["_version"] != row.version:
        return f"{source}: version {document['_version']} in the index, {row.version} wanted"
    if document["_source"]["entry"] != row.pk:
        return f"{source}: in the index for another row"
    return ""
