"""Measure the forum when it is full: a million posts, beside a tenth of them.

Fills two PostgreSQL databases of its own, serves each with production settings and without the page cache, and asks
both in turn for the same pages, so that other work on the machine meets both alike. CPU time is what gunicorn and the
database's processes for its connections used, divided by the requests answered. Prints one table, and says where a
figure grows by more than a fifth. Needs wrk.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any

from bench import (
    PROJECT,
    django,
    drop_database,
    empty_database,
    make_database,
    vacuum,
)
from bench_forum_acts import act_row
from bench_forum_fill import Size
from bench_sizes import (
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
        "Of a reply, the time until it is read on its page, one client: put there by htmx, or with the whole page.\n"
    )
    return print_table(rows)


def parse_arguments() -> argparse.Namespace:
    parser = parser_of(__doc__, SIZES, port=8097)
    parser.add_argument(
        "--sent", type=int, default=60, help="replies of each kind, each by another member (60)"
    )
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
    asked = ("scripts/bench_forum_pages.py", str(2 * options.sent + 2))
    with served(environments, asked, options) as sites:
        rows = page_rows(sites, options)
        acts = [act for act in sites["whole"].wanted["acts"] if is_asked_for(act, options.only)]
        return rows + [act_row(act, sites) for act in acts]


if __name__ == "__main__":
    sys.exit(main())
