"""Print, as JSON, the seconds from the end of a transaction until Elasticsearch finds what it published.

Run by scripts/bench_search.py while `manage.py db_worker` runs.
"""

from __future__ import annotations

import json
import sys
import time
from uuid import uuid4

import django


def main(number: int) -> None:
    django.setup()
    from django.db import transaction

    from core.audiences import PUBLIC
    from core.searchable import Entry
    from search import outbox
    from search.finding import find
    from search.query import SearchQuery

    taken = []
    for _ in range(number):
        word = f"bench{uuid4().hex[:12]}"
        with transaction.atomic():
            outbox.store(
                f"bench.new:{word}",
                Entry(
                    kind="page",
                    language="en",
                    title=f"New {word}",
                    url=f"/en/{word}/",
                    audience=frozenset({PUBLIC}),
                ),
            )
            outbox.schedule()
        began = time.perf_counter()
        while True:
            results = find(SearchQuery(text=word, language="en"))
            if results.total and results.engine == "elasticsearch":
                break
            if time.perf_counter() - began > 60:
                raise SystemExit("bench-search: not findable after a minute")
            time.sleep(0.02)
        taken.append(time.perf_counter() - began)
    print(json.dumps(sorted(taken)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
