"""Measure how good the search is on the demo content, by the judged queries of tests/search/judgements.

Loads the demo into a PostgreSQL and an SQLite database of its own, asks each engine every query as a member who reads
in the query's language, and prints nDCG@10, MRR and the share of queries without a result for each engine and language,
beside a plain multi_match over the same texts with Elasticsearch's standard analyser.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import PROJECT, django, drop_database, make_database, site_environment

DATABASE = "fashion_search_quality"
MEASURE = PROJECT / "scripts" / "bench_search_quality_engines.py"

# {language: [nDCG@10, MRR@10, share without a result, queries]}, "all" among the languages.
Results = dict[str, list[float]]


def main() -> int:
    options = parse_arguments()
    subprocess.run([PROJECT / "scripts" / "services", "up"], check=True)
    services = argparse.Namespace(engine="elasticsearch", port=0)
    everything = site_environment(services, DATABASE, "12")
    everything["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
    postgresql = everything | {"ELASTICSEARCH_URL": ""}
    results: dict[str, Results] = {}
    with tempfile.TemporaryDirectory() as folder:
        media = {"MEDIA_ROOT": str(Path(folder) / "media")}
        sqlite = postgresql | media | {"DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}"}
        make_database(postgresql)
        try:
            for environment in (postgresql | media, sqlite):
                django(environment, "manage.py", "migrate", "--no-input", "--verbosity", "0")
                django(environment, "manage.py", "load_demo", "--verbosity", "0")
            for engine, environment in (
                ("elasticsearch", everything),
                ("plain", everything),
                ("postgresql", postgresql),
                ("sqlite", sqlite),
            ):
                results[engine] = measured(environment, engine, verbose=options.verbose)
        finally:
            drop_database(postgresql)
    print_table(results)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="print every query's nDCG@10")
    return parser.parse_args()


def measured(environment: dict[str, str], engine: str, *, verbose: bool) -> Results:
    """Measure one engine in a process of its own, with that environment."""
    command = [sys.executable, MEASURE, engine, *(["--verbose"] if verbose else [])]
    found = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    results: Results = json.loads(found.stdout)
    return results


def print_table(results: dict[str, Results]) -> None:
    languages = list(next(iter(results.values())))
    for place, title in enumerate(("nDCG@10", "MRR@10", "share without a result")):
        print(f"\n{title:24}" + "".join(f"{language:>8}" for language in languages))
        for engine, by_language in results.items():
            cells = (f"{by_language[language][place]:8.3f}" for language in languages)
            print(f"{engine:24}" + "".join(cells))
    counts = next(iter(results.values()))
    print(f"\n{'queries':24}" + "".join(f"{counts[language][3]:8.0f}" for language in languages))


if __name__ == "__main__":
    sys.exit(main())
