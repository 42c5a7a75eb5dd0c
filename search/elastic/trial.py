"""An index beside the site's, to try searches on; nothing else knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from uuid import uuid4

from elasticsearch.helpers import bulk

from search.elastic import client
from search.elastic.documents import definition, source_of_row
from search.models import SearchEntry


@contextmanager
def index(batches: Iterable[list[SearchEntry]]) -> Iterator[str]:
    """The name of a new index of these rows; it is removed afterwards, whatever happens."""
    # Not the site's name and a hyphen: what begins so is a rebuild's.
    name = f"trial-{uuid4().hex}"
    numbers = count(1)
    with client.unavailable_on_error():
        work = client.for_work()
        body = definition()
        settings = body["settings"] | {"number_of_replicas": 0, "refresh_interval": "-1"}
        try:
            work.indices.create(index=name, mappings=body["mappings"], settings=settings)
            for batch in batches:
                bulk(
                    work,
                    (
                        {
                            "_id": row.source,
                            "_source": source_of_row(row) | {"entry": next(numbers)},
                        }
                        for row in batch
                    ),
                    index=name,
                )
            work.indices.refresh(index=name)
            yield name
        finally:
            work.indices.delete(index=name, ignore_unavailable=True)
