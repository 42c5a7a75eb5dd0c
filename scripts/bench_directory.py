"""Measure the directory with 50,000 organisations, beside a tenth of them.

Fills two PostgreSQL databases of its own, serves each with production settings and without the page cache, and asks
both in turn for the same pages, so that other work on the machine meets both alike. Prints one table, says where a
figure grows by more than a fifth, and how long an import of 10,000 rows takes. Needs wrk.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time

from bench import PROJECT, django, drop_database, empty_database, make_database, vacuum
from bench_sizes import environments_of, page_rows, parser_of, print_table, served, setting

DATABASES = {"tenth": "fashion_directory_bench_tenth", "whole": "fashion_directory_bench"}
SIZES = {"full": 50_000, "small": 2_000}
IMPORTED = {"full": 10_000, "small": 500}


def main() -> int:
    options = parser_of(__doc__, SIZES, port=8095).parse_args(
        namespace=argparse.Namespace(engine="database", gzip=False)
    )
    if not shutil.which("wrk"):
        print("bench-directory: wrk is missing; on Debian: apt-get install wrk", file=sys.stderr)
        return 1
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    environments = environments_of(DATABASES, options, {})
    try:
        if options.keep:
            django(environments["whole"], "manage.py", "collectstatic", "--no-input", "-v0")
        else:
            build(environments, SIZES[options.size])
        with served(environments, ("scripts/bench_directory_pages.py",), options) as sites:
            rows = page_rows(sites, options)
        imported = () if options.only else imports(environments["whole"], IMPORTED[options.size])
    finally:
        if options.drop:
            for environment in environments.values():
                drop_database(environment)
    print(
        f"{SIZES[options.size]} organisations beside a tenth, page cache off, {setting(options)}\n"
    )
    status = print_table(rows)
    for line in imported:
        print(line)
    return status


def build(environments: dict[str, dict[str, str]], number: int) -> None:
    """Make and fill the databases, the demo included, which makes up what stands around."""
    template = environments["tenth"]
    empty_database(template)
    django(template, "manage.py", "load_demo")
    make_database(environments["whole"], template=DATABASES["tenth"])
    for environment, wanted in zip(environments.values(), (number // 10, number), strict=True):
        began = time.monotonic()
        django(environment, "scripts/bench_directory_fill.py", str(wanted))
        vacuum(environment)
        print(f"filled with {wanted} in {time.monotonic() - began:.0f} s", file=sys.stderr)


def imports(environment: dict[str, str], number: int) -> list[str]:
    """How long each step of an import takes, in words."""
    print("import", file=sys.stderr)
    taken = json.loads(django(environment, "scripts/bench_directory_import.py", str(number)).stdout)
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in taken["seconds"].items())
    return [f"\nImport of {number} rows (aim: under 60 s): {steps}"]


if __name__ == "__main__":
    sys.exit(main())
