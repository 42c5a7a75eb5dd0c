"""Rebuild the index and print, as JSON, how long that took. Run by scripts/bench_search.py."""

from __future__ import annotations

import json
import time

import django


def main() -> None:
    django.setup()
    from search.elastic.rebuilding import rebuild

    began, cpu = time.perf_counter(), time.process_time()
    count = rebuild()
    seconds = time.perf_counter() - began
    print(json.dumps({"documents": count, "seconds": seconds, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main()
