"""Measure search with many entries: rebuild, latency, throughput, time until a change is findable.

Fills a PostgreSQL database of its own by COPY, rebuilds the index in a real Elasticsearch and sends the
same documents by `helpers.parallel_bulk`, serves the site with production settings and without the page cache, and
asks Elasticsearch and the database engine the same. Prints one table for each size. Needs wrk.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import (
    PROJECT,
    PYTHON,
    django,
    drop_database,
    empty_database,
    serving,
    site_environment,
    vacuum,
    wrk,
)
from bench_cpu import cpu_seconds

DATABASE = "fashion_search_bench"
REDIS = "12"
SIZES = {"small": [10_000], "middle": [100_000], "full": [100_000, 1_000_000]}
# Above this, the text index of the database engine takes too long to fill.
MOST_TOLD = 100_000
AIMS = {
    "rebuild, share of raw bulk": "0.7 or more",
    "search: the view adds at p95, ms": "15 or less",
    "type-ahead: the view adds at p95, ms": "8 or less",
    "publish to findable, median s": "2 or less",
    "memory of the rebuild, MB": "300 or less, whatever the size",
}


def main() -> int:
    options = parse_arguments()
    if not shutil.which("wrk"):
        print("bench-search: wrk is missing; on Debian: apt-get install wrk", file=sys.stderr)
        return 1
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    environment = site_environment(options, DATABASE, REDIS) | {"PAGE_CACHE_SECONDS": "0"}
    try:
        if not options.keep:
            empty_database(environment)
        for size in [options.entries] if options.entries else SIZES[options.size]:
            print_table(size, measured(environment, size, options))
    finally:
        remove_indices(environment)
        if options.drop:
            drop_database(environment)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", choices=sorted(SIZES), default="full")
    parser.add_argument("--entries", type=int, help="exactly so many entries, instead of a size")
    parser.add_argument("--queries", type=int, default=100, help="different ones (100)")
    parser.add_argument("--rebuilds", type=int, default=2, help="by turns with raw bulk (2)")
    parser.add_argument("--published", type=int, default=20, help="until findable (20)")
    parser.add_argument("--seconds", type=int, default=10, help="of requests by 8 clients (10)")
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn (2)")
    parser.add_argument("--threads", type=int, default=4, help="of each worker (4)")
    parser.add_argument("--port", type=int, default=8096, help="to serve on (8096)")
    parser.add_argument("--keep", action="store_true", help="use the database of the last time")
    parser.add_argument(
        "--no-database",
        dest="most_told",
        action="store_const",
        const=0,
        default=MOST_TOLD,
        help="leave the database engine out, whose text index takes long to fill",
    )
    parser.add_argument("--no-drop", dest="drop", action="store_false", help="leave the database")
    return parser.parse_args(
        namespace=argparse.Namespace(engine="elasticsearch", gzip=False, connections=8)
    )


def measured(
    environment: dict[str, str], size: int, options: argparse.Namespace
) -> dict[str, dict[str, Any]]:
    """{engine: {what: figure}} for so many entries."""
    is_told = size <= options.most_told
    began = time.monotonic()
    django(
        environment, "scripts/bench_search_fill.py", str(size), *([] if is_told else ["--untold"])
    )
    vacuum(environment)
    print(f"{size} entries in {time.monotonic() - began:.0f} s", file=sys.stderr)
    figures = {"elasticsearch": rebuilds(environment, options.rebuilds)}
    figures["elasticsearch"] |= asked(environment, options)
    figures["elasticsearch"] |= findable(environment, options.published)
    if is_told:
        figures["database"] = asked(environment | {"ELASTICSEARCH_URL": ""}, options)
    return figures


def rebuilds(environment: dict[str, str], runs: int) -> dict[str, Any]:
    """Rebuild and raw bulk by turns; medians, and the most memory that a rebuild took."""
    own, raw, memory, own_cpu, raw_cpu = [], [], [], [], []
    for _ in range(runs):
        one = json.loads(django(environment, "scripts/bench_search_raw.py").stdout)
        raw.append(one["documents"] / one["seconds"])
        raw_cpu.append(one["cpu"] * 1e6 / one["documents"])
        count, seconds, cpu, size = rebuild(environment)
        own.append(count / seconds)
        own_cpu.append(cpu * 1e6 / count)
        memory.append(size)
        print(f"raw bulk {raw[-1]:.0f}, rebuild {own[-1]:.0f} documents/s", file=sys.stderr)
    return {
        "rebuild, documents/s": statistics.median(own),
        "raw bulk, documents/s": statistics.median(raw),
        "rebuild, share of raw bulk": statistics.median(own) / statistics.median(raw),
        "rebuild, CPU µs a document": statistics.median(own_cpu),
        "raw bulk, CPU µs a document": statistics.median(raw_cpu),
        "memory of the rebuild, MB": max(memory),
    }


def rebuild(environment: dict[str, str]) -> tuple[int, float, float, float]:
    """Documents, seconds without the start of the process, its CPU seconds, its most memory in MB."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            [PYTHON, "scripts/bench_search_rebuild.py"],
            env=environment,
            cwd=PROJECT,
            stdout=output,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("bench-search: the rebuild failed")
        output.seek(0)
        one = json.loads(output.read())
    return one["documents"], one["seconds"], one["cpu"], usage.ru_maxrss / 1024


def asked(environment: dict[str, str], options: argparse.Namespace) -> dict[str, Any]:
    """Latencies of the view, and of Elasticsearch alone, and requests per second of 8 clients."""
    figures: dict[str, Any] = {}
    with serving(environment, options) as (server, *_services):
        before = cpu_seconds({server})
        answer = json.loads(
            django(
                environment, "scripts/bench_search_ask.py", str(options.port), str(options.queries)
            ).stdout
        )
        # The views of the round that warms up cost it too.
        views = sum(len(ways["view"]) for ways in answer["times"].values()) * 4 / 3
        figures["CPU ms of the web server for one view"] = (
            (cpu_seconds({server}) - before) * 1000 / views
        )
        for name, ways in answer["times"].items():
            cuts = {way: statistics.quantiles(taken, n=100) for way, taken in ways.items()}
            for way, cut in cuts.items():
                for percent in (50, 95, 99):
                    figures[f"{name}, {way}, p{percent} ms"] = cut[percent - 1]
            if "raw" in cuts:
                added = cuts["view"][94] - cuts["raw"][94]
                figures[f"{name}: the view adds at p95, ms"] = added
        figures["search, requests/s of 8 clients"] = throughput(answer["paths"], options)
    return figures


def throughput(paths: list[str], options: argparse.Namespace) -> float:
    """Requests per second with the paths in turn."""
    listed = ", ".join(json.dumps(path) for path in paths)
    script = f"local paths = {{{listed}}}\nlocal place = 0\n" + (
        'request = function() place = place % #paths + 1; return wrk.format("GET", paths[place]) end'
    )
    address = f"http://127.0.0.1:{options.port}/"
    per_second, *_others, errors = wrk(address, options.seconds, options, script=script)
    if errors:
        print(f"bench-search: {errors:.0f} errors were answered", file=sys.stderr)
    return per_second


def findable(environment: dict[str, str], number: int) -> dict[str, Any]:
    """How long until what was published is found by Elasticsearch, with one worker running."""
    worker = subprocess.Popen(
        [PYTHON, "manage.py", "db_worker"],
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        taken = json.loads(
            django(environment, "scripts/bench_search_findable.py", str(number)).stdout
        )
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=60)
    return {
        "publish to findable, median s": statistics.median(taken),
        "publish to findable, longest s": max(taken),
    }


def remove_indices(environment: dict[str, str]) -> None:
    django(
        environment,
        "-c",
        "import django; django.setup()\n"
        "from search.elastic import client\n"
        "indices = client.for_work().indices\n"
        "for name in indices.get(index=client.alias() + '-*', features='aliases'):\n"
        "    indices.delete(index=name)",
    )


def print_table(size: int, figures: dict[str, dict[str, Any]]) -> None:
    engines = list(figures)
    print(
        f"\n{size:,} entries, on a machine that wants {load()} processes to run on {os.cpu_count()} cores\n"
    )
    print("| |" + "".join(f" {engine} |" for engine in engines) + " aim |")
    print("|---|" + "---|" * (len(engines) + 1))
    names = dict.fromkeys(name for one in figures.values() for name in one)
    for name in names:
        cells = "".join(f" {shown(figures[engine].get(name))} |" for engine in engines)
        print(f"| {name} |{cells} {AIMS.get(name, '')} |")
    sys.stdout.flush()


def load() -> str:
    return re.split(r"\s", Path("/proc/loadavg").read_text())[0]


def shown(figure: float | None) -> str:
    if figure is None:
        return "–"
    return (
        f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}" if figure < 10 else f"{figure:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
