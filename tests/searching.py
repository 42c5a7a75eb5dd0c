"""Search in whole-site tests: the same test with each engine that can answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from search.elastic import client

in_each_engine = pytest.mark.parametrize(
    "refresh_search",
    ["database", pytest.param("elasticsearch", marks=pytest.mark.services)],
    indirect=True,
)


@contextmanager
def engine(name: str, settings: Any) -> Iterator[Callable[[], None]]:
    """Search with the engine of this name; what is yielded brings it up to date.

    Elasticsearch gets an index of its own, which is removed afterwards.
    """
    if name == "database":
        settings.ELASTICSEARCH_URL = ""
        yield lambda: None
        return
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
    settings.ELASTICSEARCH_INDEX = f"site-{uuid4().hex[:8]}"
    call_command("search_index", "rebuild", verbosity=0)

    def refresh() -> None:
        call_command("search_index", "sync", verbosity=0)
        client.for_work().indices.refresh(index=client.alias())

    yield refresh
    indices = client.for_work().indices
    for index in indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*"):
        indices.delete(index=index)
