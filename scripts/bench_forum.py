"""Measure the forum when it is full: a million posts, beside a tenth of them.

Fills two PostgreSQL databases of its own, serves each with production settings and without the page cache, and asks
both in turn for the same pages, so that other work on the machine meets both alike. CPU time is what gunicorn and the
database's processes for its connections used, divided by the requests answered. Prints one table, and says where a
figure grows by more than a fifth. Needs wrk.
"""

from __future__ import annotations

import argparse
import http.client
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench import (
    PROJECT,
    Measured,
    django,
    drop_database,
    empty_database,
    make_database,
    one_run,
    serving,
    site_environment,
    summary,
    vacuum,
    wrk,
)
from bench_cpu import OwnCpu
from bench_forum_fill import Size

DATABASES = {"tenth": "fashion_forum_bench_tenth", "whole": "fashion_forum_bench"}
REDIS = {"tenth": "10", "whole": "11"}
SIZES = {
    "full": Size(1_000_000, 45_000, 100_000, 20_000, 2_000_000, 500, 5_000),
    # As many posts as the other forums were measured with.
    "peers": Size(200_000, 9_000, 20_000, 4_000, 400_000, 100, 4_000),
    "small": Size(50_000, 2_250, 5_000, 1_000, 100_000, 50, 250),
}
MOST_GROWTH = 1.2
# Beneath this, a fifth more is within what one and the same page differs from run to run.
NOTABLE_MS = 1.0
TOKEN = "b" * 32


@dataclass
class Site:
    """One of the two forums while it is served."""

    port: int
    used: Callable[[], float]
    wanted: dict[str, Any]


def main() -> int:
    options = parse_arguments()
    if not shutil.which("wrk"):
        print("bench-forum: wrk is missing; on Debian: apt-get install wrk", file=sys.stderr)
        return 1
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    environments = {
        name: site_environment(
            argparse.Namespace(**vars(options) | {"port": options.port + place}),
            database,
            REDIS[name],
        )
        # The queue is in the admin, and connections must live as long as their CPU time is counted.
        | {
            "MFA_REQUIRED_FOR_STAFF": "0",
            "DATABASE_CONN_MAX_AGE": "86400",
            "PAGE_CACHE_SECONDS": "0",
            # The forms are sent at once.
            "FORUM_SECONDS_TO_WRITE": "0",
        }
        for place, (name, database) in enumerate(DATABASES.items())
    }
    try:
        if options.keep:
            django(environments["whole"], "manage.py", "collectstatic", "--no-input", "-v0")
        else:
            build(environments, sizes(options.size))
        rows = measure_all(environments, options)
    finally:
        if options.drop:
            for environment in environments.values():
                drop_database(environment)
    return print_table(rows, options)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", choices=sorted(SIZES), default="full")
    parser.add_argument("--seconds", type=int, default=5, help="of each run (5)")
    parser.add_argument("--runs", type=int, default=3, help="per page; medians are shown (3)")
    parser.add_argument("--warm", type=int, default=2, help="seconds before the first run (2)")
    parser.add_argument("--connections", type=int, default=4, help="open at once (4)")
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn (2)")
    parser.add_argument("--threads", type=int, default=2, help="of each worker (2)")
    parser.add_argument(
        "--port", type=int, default=8097, help="to serve on, and the next one (8097)"
    )
    parser.add_argument("--sent", type=int, default=60, help="replies, each by another member (60)")
    parser.add_argument("--keep", action="store_true", help="use the databases of the last time")
    parser.add_argument(
        "--no-drop", dest="drop", action="store_false", help="leave the databases for --keep"
    )
    parser.add_argument("only", nargs="*", help="words in the names of pages; all by default")
    return parser.parse_args(namespace=argparse.Namespace(engine="database", gzip=False))


def sizes(name: str) -> dict[str, Size]:
    whole = SIZES[name]
    return {
        "tenth": Size(**{key: value // 10 for key, value in asdict(whole).items()}),
        "whole": whole,
    }


def build(environments: dict[str, dict[str, str]], wanted: dict[str, Size]) -> None:
    """Make and fill the databases, the demo's pages included, which make up what stands around."""
    template = environments["tenth"]
    empty_database(template)
    django(template, "manage.py", "load_demo")
    make_database(environments["whole"], template=DATABASES["tenth"])
    for name, environment in environments.items():
        began = time.monotonic()
        django(environment, "scripts/bench_forum_fill.py", json.dumps(asdict(wanted[name])))
        vacuum(environment)
        seconds = time.monotonic() - began
        print(f"filled with {wanted[name].posts} posts in {seconds:.0f} s", file=sys.stderr)


def measure_all(
    environments: dict[str, dict[str, str]], options: argparse.Namespace
) -> list[dict[str, Any]]:
    """[{name, reader, queries, measured}], the last two by size."""
    with ExitStack() as stack:
        sites = {}
        for place, (name, environment) in enumerate(environments.items()):
            asked = django(environment, "scripts/bench_forum_pages.py", str(options.sent + 1))
            port = options.port + place
            own = argparse.Namespace(**vars(options) | {"port": port})
            server, *_services = stack.enter_context(serving(environment, own))
            used = OwnCpu(server, environment["DATABASE_URL"])
            stack.callback(used.close)
            sites[name] = Site(port, used, json.loads(asked.stdout))
        pages = sites["whole"].wanted["pages"]
        rows = [
            pages_row(place, sites, options)
            for place, page in enumerate(pages)
            if is_asked_for(page["name"], options.only)
        ]
        acts = [act for act in sites["whole"].wanted["acts"] if is_asked_for(act, options.only)]
        rows += [act_row(act, sites) for act in acts]
    return rows


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


def act_row(act: str, sites: dict[str, Site]) -> dict[str, Any]:
    """An act of members, one after the other, until its answer is shown; both sites in turn."""
    print(act, file=sys.stderr)
    times: dict[str, list[float]] = {name: [] for name in sites}
    used: dict[str, float] = dict.fromkeys(sites, 0.0)
    for place in range(min(len(site.wanted["acts"][act]["cookies"]) for site in sites.values())):
        for name, site in sites.items():
            wanted = site.wanted["acts"][act]
            before = site.used()
            began = time.perf_counter()
            send(site.port, wanted["path"], wanted["fields"], wanted["cookies"][place])
            times[name].append((time.perf_counter() - began) * 1000)
            used[name] += site.used() - before
    measured = {}
    for name, taken in times.items():
        cuts = statistics.quantiles(taken, n=100)
        mean = statistics.fmean(taken)
        cpu = used[name] * 1000 / len(taken)
        measured[name] = Measured(1000 / mean, cuts[49], cuts[94], cuts[98], cpu, errors=0)
    return {
        "name": act,
        "reader": "member",
        "queries": {name: site.wanted["acts"][act]["queries"] for name, site in sites.items()},
        "measured": measured,
    }


def send(port: int, path: str, fields: dict[str, str], cookie: str) -> None:
    """Send a form and read the page that it leads to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = f"{cookie}; csrftoken={TOKEN}"
    body = urlencode(fields | {"key": str(uuid4()), "csrfmiddlewaretoken": TOKEN})
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    target = answer.getheader("Location")
    if answer.status != 302 or not target:
        raise SystemExit(f"bench-forum: {path} answered {answer.status} to a form")
    connection.request("GET", target.partition("#")[0], headers={"Cookie": cookies})
    shown = connection.getresponse()
    shown.read()
    connection.close()
    if shown.status != 200:
        raise SystemExit(f"bench-forum: {target} answered {shown.status}")


def print_table(rows: list[dict[str, Any]], options: argparse.Namespace) -> int:
    """Print the figures; 1 where an answer was an error, else 0."""
    print(
        f"{SIZES[options.size].posts} posts beside a tenth, page cache off, {options.workers} workers of "
        f"{options.threads} threads, {options.connections} connections, {options.runs} runs of {options.seconds} s\n"
    )
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
        "\np50, p95: ms until the answer; of a reply, until the page with it is read, one client. CPU: ms per request,\n"
        "application and database. SQL: queries of one request with warm caches."
    )
    if grown:
        print(f"\nGrows by more than a fifth: {'; '.join(grown)}")
    if failed:
        print(f"\nErrors were answered for: {'; '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
