"""Stop, kill and freeze an Elasticsearch of its own while a site writes; say how soon nothing is missing.

Runs what production runs: two `manage.py db_worker` and `manage.py run_periodic` every minute, over a PostgreSQL
database of its own. After each blow nobody does anything but ask `search_index verify` until it finds no difference.
Prints one line for each; exits with 1 where one took longer than a minute. Takes about ten minutes. Needs services
started natively.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from bench import (
    PROJECT,
    PYTHON,
    SERVICES_DIR,
    django,
    drop_database,
    empty_database,
    site_environment,
)

DATABASE = "fashion_search_chaos"
REDIS = "13"
OWN = PROJECT / "var" / "chaos"
AIM = 60
WRITES = 1_000
PER_SECOND = 50
WRITE = """
import sys, time
import django
django.setup()
from wagtail.models import Locale, Page
from home.models import StandardPage
number, per_second, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
locale = Locale.objects.get(language_code="en")
parent = Page.objects.get(depth=1)
pages = []
for place in range(number):
    due = time.monotonic() + 1 / per_second
    if place == number // 3:
        print("amid", flush=True)
    if len(pages) < 50:
        page = StandardPage(title=f"{name} {place}", slug=f"{name}-{place}", locale=locale)
        pages.append(parent.add_child(instance=page))
    else:
        page = pages[place % 50]
        page.title = f"{name} {place}"
        page.live = place % 7 > 0
        page.save()
    time.sleep(max(0, due - time.monotonic()))
"""
ASK = """
import time
import django
django.setup()
from search.finding import find
from search.query import SearchQuery
longest, engines = 0, []
for _ in range(40):
    results = find(SearchQuery(text="linen", language="en"))
    longest = max(longest, results.took_ms)
    engines.append(results.engine)
    time.sleep(0.5)
print(f"{longest:.0f} {engines.count('postgresql')} {len(engines)}")
"""


class Site:
    """The processes of a site, and the node that it searches with."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.workers: list[subprocess.Popen] = []
        self.is_over = threading.Event()

    def start(self, *command: str, errors: int | None = None) -> subprocess.Popen:
        return subprocess.Popen(
            [PYTHON, *command],
            env=self.environment,
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )

    def start_worker(self) -> None:
        self.workers.append(self.start("manage.py", "db_worker", errors=subprocess.DEVNULL))

    def clock(self) -> None:
        while not self.is_over.wait(60):
            self.start("manage.py", "run_periodic").wait()

    def writer(self, number: int, name: str) -> subprocess.Popen:
        """One that has done a third of its writes and goes on."""
        writer = subprocess.Popen(
            [PYTHON, "-c", WRITE, str(number), str(PER_SECOND), name],
            env=self.environment,
            cwd=PROJECT,
            stdout=subprocess.PIPE,
        )
        if writer.stdout is None or not writer.stdout.readline():
            raise SystemExit("chaos: the writer ended too soon")
        return writer

    def verify(self) -> bool:
        return self.start("manage.py", "search_index", "verify").wait() == 0

    def end(self) -> None:
        self.is_over.set()
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
        for worker in self.workers:
            worker.wait(timeout=60)


def node(act: str) -> None:
    """`up` or `down` by scripts/services, or a signal to all of the node's processes."""
    if act in ("up", "down"):
        subprocess.run([PROJECT / "scripts" / "services", act], env=services(), check=True)
    else:
        pid = int((OWN / "elasticsearch.pid").read_text().split()[0])
        os.killpg(pid, signal.Signals[act])


def services() -> dict[str, str]:
    """The environment in which scripts/services starts an Elasticsearch and nothing else."""
    lines = (SERVICES_DIR / "env").read_text().splitlines()
    shared = dict(line.split("=", 1) for line in lines)
    del shared["ELASTICSEARCH_URL"]
    own = {"SERVICES_DIR": str(OWN), "SERVICES_MODE": "native", "ES_HEAP": "512m"}
    inherited = {key: value for key, value in os.environ.items() if key != "ELASTICSEARCH_URL"}
    return inherited | shared | own


def stopped_amid_writes(site: Site) -> None:
    writer = site.writer(WRITES, "stopped")
    node("down")
    writer.wait()
    node("up")


def killed_with_a_worker(site: Site) -> None:
    writer = site.writer(WRITES // 2, "killed")
    node("SIGKILL")
    site.workers[0].kill()
    writer.wait()
    site.start_worker()
    node("up")


def frozen(site: Site) -> None:
    node("SIGSTOP")
    try:
        print(
            f"  frozen: longest answer in ms, by the database, of: {django(site.environment, '-c', ASK).stdout.strip()}"
        )
    finally:
        node("SIGCONT")


def rebuilt_amid_writes(site: Site) -> None:
    writer = site.writer(WRITES // 2, "rebuilt")
    while writer.poll() is None:
        site.start("manage.py", "search_index", "rebuild", "--rows-only").wait()


def rebuild_killed(site: Site) -> None:
    kill = (
        "import django, os, signal; django.setup()\n"
        "from search.elastic import rebuilding\n"
        "rebuilding.BATCH = 10\n"
        "rebuilding._check = lambda sent: os.kill(os.getpid(), signal.SIGKILL)\n"
        "rebuilding.rebuild()"
    )
    if site.start("-c", kill).wait() != -signal.SIGKILL:
        raise SystemExit("chaos: the rebuild was not killed")


def deleted_by_hand(site: Site) -> None:
    django(
        site.environment,
        "-c",
        "import django; django.setup()\n"
        "from search.elastic import client\n"
        "indices = client.for_work().indices\n"
        "for name in indices.get(index=client.alias() + '-*'): indices.delete(index=name)",
    )


BLOWS: dict[str, Callable[[Site], None]] = {
    f"stopped amid {WRITES} writes, started again": stopped_amid_writes,
    "killed together with a worker amid writes, started again": killed_with_a_worker,
    "frozen for 20 s and thawed": frozen,
    f"rebuilt again and again during {PER_SECOND} writes a second": rebuilt_amid_writes,
    "a rebuild killed half-way": rebuild_killed,
    "index deleted by hand": deleted_by_hand,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("only", nargs="*", help="words in the names of blows; all by default")
    parser.add_argument("--keep", action="store_true", help="use the database of the last time")
    parser.add_argument("--no-drop", dest="drop", action="store_false", help="leave the database")
    options = parser.parse_args(namespace=argparse.Namespace(port=8095, engine="elasticsearch"))
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    OWN.mkdir(parents=True, exist_ok=True)
    node("up")
    port = (OWN / "elasticsearch.port").read_text().strip()
    environment = site_environment(options, DATABASE, REDIS) | {
        "ELASTICSEARCH_URL": f"http://127.0.0.1:{port}"
    }
    site = Site(environment)
    failed = 0
    try:
        if not options.keep:
            empty_database(environment)
        django(environment, "manage.py", "search_index", "rebuild")
        site.start_worker()
        site.start_worker()
        threading.Thread(target=site.clock, daemon=True).start()
        for name, blow in BLOWS.items():
            if options.only and not any(word in name for word in options.only):
                continue
            blow(site)
            began = time.monotonic()
            while not (is_whole := site.verify()) and time.monotonic() - began < AIM * 3:
                time.sleep(1)
            seconds = time.monotonic() - began
            failed += not is_whole or seconds > AIM
            print(
                f"{name}: {'no difference' if is_whole else 'DIFFERENT'} after {seconds:.0f} s",
                flush=True,
            )
    finally:
        site.end()
        node("down")
        if options.drop:
            drop_database(environment)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
