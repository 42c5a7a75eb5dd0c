"""Pages of two sites of different sizes, `tenth` and `whole`, asked in turn: do they slow down as data grows?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from bench import django, one_run, serving, site_environment, summary, wrk
from bench_cpu import OwnCpu

REDIS = {"tenth": "10", "whole": "11"}
MOST_GROWTH = 1.2
# Beneath this, a fifth more is within what one and the same page differs from run to run.
NOTABLE_MS = 1.0


@dataclass
class Site:
    """One of the two while it is served; `wanted`: see `served`."""

    port: int
    used: Callable[[], float]
    wanted: dict[str, Any]


def environments_of(
    databases: dict[str, str], options: argparse.Namespace, more: dict[str, str]
) -> dict[str, dict[str, str]]:
    """The environments of the two sites, without the page cache."""
    return {
        name: site_environment(
            argparse.Namespace(**vars(options) | {"port": options.port + place}),
            database,
            REDIS[name],
        )
        # Connections must live as long as their CPU time is counted.
        | {"DATABASE_CONN_MAX_AGE": "86400", "PAGE_CACHE_SECONDS": "0", **more}
        for place, (name, database) in enumerate(databases.items())
    }


def parser_of(text: str | None, sizes: Iterable[str], *, port: int) -> argparse.ArgumentParser:
    """What every measurement of two sizes can be told."""
    parser = argparse.ArgumentParser(description=text.splitlines()[0] if text else None)
    parser.add_argument("--size", choices=sorted(sizes), default="full")
    parser.add_argument("--seconds", type=int, default=5, help="of each run (5)")
    parser.add_argument("--runs", type=int, default=3, help="per page; medians are shown (3)")
    parser.add_argument("--warm", type=int, default=2, help="seconds before the first run (2)")
    parser.add_argument("--connections", type=int, default=4, help="open at once (4)")
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn (2)")
    parser.add_argument("--threads", type=int, default=2, help="of each worker (2)")
    parser.add_argument(
        "--port", type=int, default=port, help=f"to serve on, and the next one ({port})"
    )
    parser.add_argument("--keep", action="store_true", help="use the databases of the last time")
    parser.add_argument(
        "--no-drop", dest="drop", action="store_false", help="leave the databases for --keep"
    )
    parser.add_argument("only", nargs="*", help="words in the names of pages; all by default")
    return parser


@contextmanager
def served(
    environments: dict[str, dict[str, str]], asked: tuple[str, ...], options: argparse.Namespace
) -> Iterator[dict[str, Site]]:
    """Both sites, on options.port and the next one.

    `asked` is a script that prints, for one of them, the JSON of {pages: [{name, reader, path, queries}],
    cookies: {reader: cookie}}.
    """
    with ExitStack() as stack:
        sites = {}
        for place, (name, environment) in enumerate(environments.items()):
            found = django(environment, *asked)
            port = options.port + place
            own = argparse.Namespace(**vars(options) | {"port": port})
            server, *_services = stack.enter_context(serving(environment, own))
            used = OwnCpu(server, environment["DATABASE_URL"])
            stack.callback(used.close)
            sites[name] = Site(port, used, json.loads(found.stdout))
        yield sites


def page_rows(sites: dict[str, Site], options: argparse.Namespace) -> list[dict[str, Any]]:
    """[{name, reader, queries, measured}] of the pages asked for, the last two by size."""
    return [
        pages_row(place, sites, options)
        for place, page in enumerate(sites["whole"].wanted["pages"])
        if is_asked_for(page["name"], options.only)
    ]


def is_asked_for(name: str, only: list[str]) -> bool:
    return not only or any(word in name for word in only)


def pages_row(place: int, sites: dict[str, Site], options: argparse.Namespace) -> dict[str, Any]:
    """One page of both sites, run by run in turn."""
    runs: dict[str, list[tuple[float, ...]]] = {name: [] for name in sites}
    page = sites["whole"].wanted["pages"][place]
    print(f"{page['name']}, {page['reader']}", file=sys.stderr)
    for round_ in range(options.runs + 1):
        for name, site in sites.items():
            path = site.wanted["pages"][place]["path"]
            cookie = site.wanted["cookies"][page["reader"]]
            headers = [f"Cookie: {cookie}"] if cookie else []
            address = f"http://127.0.0.1:{site.port}{path}"
            if round_ == 0:
                wrk(address, options.warm, options, headers)
            else:
                runs[name].append(one_run(address, site.used, options, headers))
    return {
        "name": page["name"],
        "reader": page["reader"],
        "queries": {name: site.wanted["pages"][place]["queries"] for name, site in sites.items()},
        "measured": {name: summary(rows) for name, rows in runs.items()},
    }


def setting(options: argparse.Namespace) -> str:
    """With what it was measured, in words."""
    return (
        f"{options.workers} workers of {options.threads} threads, {options.connections} connections, "
        f"{options.runs} runs of {options.seconds} s"
    )


def print_table(rows: list[dict[str, Any]]) -> int:
    """Print the figures; 1 where an answer was an error, else 0."""
    columns = f"{'p50':>7}{'p95':>7}{'CPU':>7}{'SQL':>5}"
    print(f"{'':32} | {'tenth':^26} | {'whole':^26} |")
    print(f"{'page':22}{'reader':10} | {columns} | {columns} | {'CPU grows':>9}")
    grown, failed = [], []
    for row in rows:
        tenth, whole = row["measured"]["tenth"], row["measured"]["whole"]
        growth = whole.cpu / tenth.cpu if tenth.cpu else 1.0
        label = f"{row['name']}, {row['reader']}"
        more_sql = row["queries"]["whole"] > row["queries"]["tenth"] * MOST_GROWTH
        if more_sql or (growth > MOST_GROWTH and whole.cpu - tenth.cpu > NOTABLE_MS):
            grown.append(label)
        if tenth.errors or whole.errors:
            failed.append(label)
        cells = " | ".join(
            f"{one.p50:7.1f}{one.p95:7.1f}{one.cpu:7.1f}{row['queries'][size]:>5}"
            for size, one in row["measured"].items()
        )
        print(f"{row['name']:22}{row['reader']:10} | {cells} | {growth - 1:>+9.0%}")
    print(
        "\np50, p95: ms until the answer. CPU: ms per request, application and database. SQL: queries of one\n"
        "request with warm caches."
    )
    if grown:
        print(f"\nGrows by more than a fifth: {'; '.join(grown)}")
    if failed:
        print(f"\nErrors were answered for: {'; '.join(failed)}")
    return int(bool(failed))
