"""Measure the main pages as a visitor gets them: requests per second, latency, CPU time and SQL queries.

Loads the demo, and many more practices, into a PostgreSQL database of its own; serves
it with production settings by gunicorn with two workers; asks for each page with wrk, first without the page cache,
then with it. CPU time is what the processes of gunicorn, PostgreSQL and Redis used, divided by the requests answered,
so other work on the machine disturbs it little. Needs wrk, and services started natively for the CPU time of the
database; prints one table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from bench_cpu import cpu_seconds

PROJECT = Path(__file__).resolve().parent.parent
PYTHON = PROJECT / ".venv" / "bin" / "python"
SERVICES_DIR = Path(os.environ.get("SERVICES_DIR", PROJECT / ".services"))
DATABASE = "fashion_bench"
REDIS_DATABASE = "9"
MODES = {"page cache off": "0", "page cache on": "600"}
AIMS = {"home": 30, "practices": 30, "practice": 22, "search": 30}
WRK_REPORT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("WRK %.3f %.3f %.3f %.3f %d %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.requests, e.connect + e.read + e.write + e.timeout + e.status))
end
"""


@dataclass(frozen=True)
class Measured:
    """One page in one mode: medians over the runs. Latencies in milliseconds, CPU in milliseconds per request."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    errors: int


def main() -> int:
    options = parse_arguments()
    if not shutil.which("wrk"):
        print("bench: wrk is missing; on Debian: apt-get install wrk", file=sys.stderr)
        return 1
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    environment = site_environment(options)
    if not options.keep:
        build_database(environment, options.practices)
    pages = json.loads(django(environment, "scripts/bench_pages.py", *options.only).stdout)
    results: dict[str, dict[str, Measured]] = {}
    for mode, seconds in MODES.items():
        with serving(environment | {"PAGE_CACHE_SECONDS": seconds}, options) as roots:
            for name, page in pages.items():
                address = f"http://127.0.0.1:{options.port}{page['path']}"
                print(f"{mode}: {name} {page['path']}", file=sys.stderr)
                used = partial(cpu_seconds, set(roots))
                results.setdefault(name, {})[mode] = measure(address, used, options)
    print_table(pages, results, options)
    return int(any(one.errors for modes in results.values() for one in modes.values()))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=int, default=10, help="of each run (10)")
    parser.add_argument(
        "--runs", type=int, default=3, help="per page and mode; medians are shown (3)"
    )
    parser.add_argument("--warm", type=int, default=3, help="seconds before the first run (3)")
    parser.add_argument("--connections", type=int, default=16, help="open at once (16)")
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn (2)")
    parser.add_argument("--threads", type=int, default=4, help="of each worker (4)")
    parser.add_argument("--port", type=int, default=8099, help="to serve on (8099)")
    parser.add_argument("--practices", type=int, default=350, help="to load, about (350)")
    parser.add_argument("--engine", choices=("database", "elasticsearch"), default="database")
    parser.add_argument("--gzip", action="store_true", help="ask for compressed answers")
    parser.add_argument("--keep", action="store_true", help="use the database of the last time")
    parser.add_argument("only", nargs="*", help="names of pages; all by default")
    return parser.parse_args()


def site_environment(
    options: argparse.Namespace, database: str = DATABASE, redis: str = REDIS_DATABASE
) -> dict[str, str]:
    """The environment of a production-like site on the services, with a database and a cache of its own."""
    lines = (SERVICES_DIR / "env").read_text().splitlines()
    urls = dict(line.split("=", 1) for line in lines)
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": f"{PROJECT / 'platform'}{os.pathsep}{PROJECT}",
        "SECRET_KEY": "only-for-measuring-on-this-machine-0123456789-abcdefghij",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": f"http://127.0.0.1:{options.port}",
        "USE_HTTPS": "0",
        "TRUSTED_PROXIES": "0",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": with_path(urls["DATABASE_URL"], database),
        "REDIS_URL": with_path(urls["REDIS_URL"], redis),
        "ELASTICSEARCH_URL": urls["ELASTICSEARCH_URL"] if options.engine == "elasticsearch" else "",
        "ELASTICSEARCH_INDEX": database.replace("_", "-"),
        "STATIC_ROOT": str(PROJECT / "var" / "bench" / "static"),
        "MEDIA_ROOT": str(PROJECT / "var" / "bench" / "media"),
    }


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def django(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, *arguments],
        env=environment,
        cwd=PROJECT,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )


def build_database(environment: dict[str, str], practices: int) -> None:
    """Make the database anew: the demo, and invented practices until there are so many."""
    empty_database(environment)
    print("building the database", file=sys.stderr)
    django(environment, "manage.py", "load_demo", "--scale", str(practices))
    django(environment, "manage.py", "search_index", "rebuild")
    vacuum(environment)


def empty_database(environment: dict[str, str]) -> None:
    """Make the environment's database anew, with its tables; collect the static files."""
    make_database(environment)
    django(environment, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    django(environment, "manage.py", "migrate", "--no-input", "--verbosity", "0")


def make_database(environment: dict[str, str], template: str = "template1") -> None:
    drop_database(environment)
    name = urlsplit(environment["DATABASE_URL"]).path.strip("/")
    on_server(environment, f"CREATE DATABASE {name} TEMPLATE {template}")


def drop_database(environment: dict[str, str]) -> None:
    name = urlsplit(environment["DATABASE_URL"]).path.strip("/")
    on_server(environment, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def on_server(environment: dict[str, str], statement: str) -> None:
    url = with_path(environment["DATABASE_URL"], "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def vacuum(environment: dict[str, str]) -> None:
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def serving(environment: dict[str, str], options: argparse.Namespace):
    """Serve the site; yields the roots of the process trees whose CPU time counts, the server's first."""
    command = [
        PYTHON, "-m", "gunicorn", "config.wsgi", "--pythonpath", "platform", "--log-level", "warning",
        "--workers", str(options.workers), "--threads", str(options.threads), "--no-control-socket",
        "--bind", f"127.0.0.1:{options.port}",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment, cwd=PROJECT)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{options.port}/healthz", server)
        roots = [server.pid]
        for name in ("postgres", "redis"):
            record = SERVICES_DIR / f"{name}.pid"
            if record.exists():
                roots.append(int(record.read_text().split()[0]))
        yield roots
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            # On a busy machine it may take longer; what was measured must not be lost for that.
            server.kill()
            server.wait()


def fetch(address: str, timeout: float) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=timeout) as answer:
        answer.read()


def wait_until_it_answers(address: str, server: subprocess.Popen) -> None:
    for _ in range(120):
        if server.poll() is not None:
            raise SystemExit("bench: gunicorn ended at once")
        try:
            return fetch(address, timeout=5)
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"bench: {address} did not answer within a minute")


def measure(
    address: str,
    used: Callable[[], float],
    options: argparse.Namespace,
    headers: Sequence[str] = (),
) -> Measured:
    """Warm up, then run as often as asked; `used` gives the CPU seconds that count, so far."""
    wrk(address, options.warm, options, headers)
    return summary([one_run(address, used, options, headers) for _ in range(options.runs)])


def one_run(
    address: str,
    used: Callable[[], float],
    options: argparse.Namespace,
    headers: Sequence[str] = (),
) -> tuple[float, ...]:
    """The fields of Measured for one run."""
    before = used()
    *numbers, requests, errors = wrk(address, options.seconds, options, headers)
    return (*numbers, (used() - before) * 1000 / max(requests, 1), errors)


def summary(runs: Sequence[tuple[float, ...]]) -> Measured:
    """Medians over the runs, and all their errors."""
    *medians, _ = (statistics.median(column) for column in zip(*runs, strict=True))
    return Measured(*medians, errors=int(sum(run[-1] for run in runs)))


def wrk(
    address: str,
    seconds: int,
    options: argparse.Namespace,
    headers: Sequence[str] = (),
    script: str = "",
) -> list[float]:
    """Requests per second, p50, p95, p99 in milliseconds, number of requests, number of errors.

    `script` is what wrk is told besides, in Lua.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as told:
        told.write(WRK_REPORT + script)
        told.flush()
        command = ["wrk", "-t2", f"-c{options.connections}", f"-d{seconds}s", "--timeout", "30s"]
        if options.gzip:
            headers = [*headers, "Accept-Encoding: gzip"]
        for header in headers:
            command += ["-H", header]
        done = subprocess.run(
            [*command, "-s", told.name, address], check=True, text=True, stdout=subprocess.PIPE
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("WRK "))
    return [float(word) for word in line.split()[1:]]


def print_table(
    pages: dict[str, dict], results: dict[str, dict[str, Measured]], options: argparse.Namespace
) -> None:
    print(
        f"{options.workers} workers of {options.threads} threads, {options.connections} connections, "
        f"{options.runs} runs of {options.seconds} s, search by {options.engine}\n"
    )
    columns = f"{'req/s':>8}{'p50':>7}{'p95':>7}{'p99':>7}{'CPU':>7}{'SQL':>9}"
    print(f"{'':14}" + "".join(f" | {mode:^45}" for mode in MODES))
    print(f"{'page':14}" + f" | {columns}" * len(MODES))
    for name, modes in results.items():
        row = f"{name:14}"
        for mode, one in modes.items():
            queries = "/".join(str(count) for count in pages[name]["queries"][mode])
            row += (
                f" | {one.per_second:8.0f}{one.p50:7.1f}{one.p95:7.1f}{one.p99:7.1f}"
                f"{one.cpu:7.1f}{queries:>9}"
            )
        print(row)
    print(
        "\nreq/s: requests per second. p50, p95, p99: latency in ms. CPU: ms per request, application, database and\n"
        "cache. SQL: queries of the first request after all caches were emptied / of the next one."
    )
    print(
        "Aims: "
        + ", ".join(f"{name} {aim}" for name, aim in AIMS.items())
        + " CPU ms without the page cache; 3 with it."
    )
    failed = [name for name, modes in results.items() if any(one.errors for one in modes.values())]
    if failed:
        print(f"\nErrors were answered for: {', '.join(failed)}")


if __name__ == "__main__":
    sys.exit(main())
