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
from dataclasses import asdict
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
    vacuum,
)
from bench_forum_fill import Size
from bench_sizes import (
    Site,
    environments_of,
    is_asked_for,
    page_rows,
    parser_of,
    print_table,
    served,
    setting,
)

DATABASES = {"tenth": "fashion_forum_bench_tenth", "whole": "fashion_forum_bench"}
SIZES = {
    "full": Size(1_000_000, 45_000, 100_000, 20_000, 2_000_000, 500, 5_000),
    # As many posts as the other forums were measured with.
    "peers": Size(200_000, 9_000, 20_000, 4_000, 400_000, 100, 4_000),
    "small": Size(50_000, 2_250, 5_000, 1_000, 100_000, 50, 250),
}
TOKEN = "b" * 32


def main() -> int:
    options = parse_arguments()
    if not shutil.which("wrk"):
        print("bench-forum: wrk is missing; on Debian: apt-get install wrk", file=sys.stderr)
        return 1
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    # The queue is in the admin, and the forms are sent at once.
    more = {"MFA_REQUIRED_FOR_STAFF": "0", "FORUM_SECONDS_TO_WRITE": "0"}
    environments = environments_of(DATABASES, options, more)
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
    print(
        f"{SIZES[options.size].posts} posts beside a tenth, page cache off, {setting(options)}\n"
        "Of a reply, the time until the page with it is read, one client.\n"
    )
    return print_table(rows)


def parse_arguments() -> argparse.Namespace:
    parser = parser_of(__doc__, SIZES, port=8097)
    parser.add_argument("--sent", type=int, default=60, help="replies, each by another member (60)")
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
    """The rows of `bench_sizes`, acts after pages."""
    asked = ("scripts/bench_forum_pages.py", str(options.sent + 1))
    with served(environments, asked, options) as sites:
        rows = page_rows(sites, options)
        acts = [act for act in sites["whole"].wanted["acts"] if is_asked_for(act, options.only)]
        return rows + [act_row(act, sites) for act in acts]


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


if __name__ == "__main__":
    sys.exit(main())
