"""Print, as JSON, what `helpers.parallel_bulk` does with the documents of the entries, already prepared.

Run by scripts/bench_search.py. The index has the mapping and the settings that a rebuild fills one
with, and is removed afterwards. At most MOST documents are held in memory.
"""

from __future__ import annotations

import json
import time

import django

MOST = 100_000


def main() -> None:
    django.setup()
    from elasticsearch.helpers import parallel_bulk

    from search.elastic import client, documents, rebuilding
    from search.models import SearchEntry

    rows = SearchEntry.objects.findable().order_by("pk")[:MOST]
    actions = [documents.action_of_row(row) for row in rows.iterator(chunk_size=2_000)]
    work, name = client.for_work(), f"{client.alias()}-raw"
    work.indices.delete(index=name, ignore_unavailable=True)
    body = documents.definition()
    work.indices.create(
        index=name,
        mappings=body["mappings"],
        settings=body["settings"] | {"number_of_replicas": 0, "refresh_interval": "-1"},
    )
    try:
        began, cpu = time.perf_counter(), time.process_time()
        sent = parallel_bulk(
            work, actions, thread_count=rebuilding.SENDERS, chunk_size=rebuilding.BATCH, index=name
        )
        count = sum(1 for is_done, _item in sent if is_done)
        work.indices.refresh(index=name)
        seconds = time.perf_counter() - began
        print(
            json.dumps({"documents": count, "seconds": seconds, "cpu": time.process_time() - cpu})
        )
    finally:
        work.indices.delete(index=name)


if __name__ == "__main__":
    main()
