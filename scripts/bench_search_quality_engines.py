"""Ask one engine the judged queries about what the database holds; `bench_search_quality.py` starts this."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT / "platform"), str(PROJECT)]
os.chdir(PROJECT)

import django  # noqa: E402

django.setup()

from elasticsearch.helpers import bulk  # noqa: E402

from core.audiences import MEMBERS, PUBLIC  # noqa: E402
from search.elastic import client, trial  # noqa: E402
from search.engines.base import Engine  # noqa: E402
from search.engines.elasticsearch import ElasticsearchEngine  # noqa: E402
from search.finding import database_engine  # noqa: E402
from search.measuring import DEPTH, ndcg, quality  # noqa: E402
from search.models import SearchEntry  # noqa: E402
from search.query import SearchQuery  # noqa: E402

JUDGEMENTS = PROJECT / "tests" / "search" / "judgements"
TEXTS = ["title", "summary", "headings", "body", "organisation"]

# From a text and the reader's language to the groups found, best first.
Ask = Callable[[str, str], list[str]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["elasticsearch", "plain", "postgresql", "sqlite"])
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    answers: dict[str, list[Any]] = {"all": []}
    with asked(options.engine) as ask:
        for language, text, grades in judged():
            answer = (ask(text, language), grades)
            answers["all"].append(answer)
            answers.setdefault(language, []).append(answer)
            if options.verbose:
                line = f"{options.engine:14} {ndcg(*answer):.2f} {language} {text}"
                print(line, file=sys.stderr)
    found = {language: quality(some) for language, some in answers.items()}
    means = {
        language: [one.ndcg, one.mrr, one.nothing, one.queries] for language, one in found.items()
    }
    print(json.dumps(means))
    return 0


def judged() -> Iterator[tuple[str, str, dict[str, int]]]:
    """Language, text and {group: grade} of every judged query."""
    named = {
        f"{row.kind}/{row.language}/{row.title}": row.group
        for row in SearchEntry.objects.findable().exclude(kind="post")
    }
    for path in sorted(JUDGEMENTS.glob("*.yaml")):
        for one in yaml.safe_load(path.read_text(encoding="utf-8")):
            grades = {group_of(name, named): grade for name, grade in one["relevant"].items()}
            yield path.stem, one["query"], grades


def group_of(name: str, named: dict[str, str]) -> str:
    """The group of what a judgement names; ends the program where that is not exactly one."""
    begun = [group for title, group in named.items() if title.startswith(name)]
    fitting = [named[name]] if name in named else begun
    if len(fitting) != 1:
        raise SystemExit(f"the judgement {name!r} names {len(fitting)} things")
    return fitting[0]


@contextmanager
def asked(name: str) -> Iterator[Ask]:
    """The way to ask an engine, over an index of its own where it is Elasticsearch."""
    rows = SearchEntry.objects.readable({PUBLIC, MEMBERS}).order_by("pk")
    if name == "elasticsearch":
        with trial.index([list(rows)]) as index:
            yield through(ElasticsearchEngine(index))
    elif name == "plain":
        with plain_index(list(rows)) as ask:
            yield ask
    else:
        yield through(database_engine())


def through(engine: Engine) -> Ask:
    """Ask one of the site's engines, as a member."""
    tokens = frozenset({PUBLIC, MEMBERS})
    return lambda text, language: [
        hit.group
        for hit in engine.search(SearchQuery(text=text, language=language, tokens=tokens)).hits
    ]


@contextmanager
def plain_index(rows: list[SearchEntry]) -> Iterator[Ask]:
    """What Elasticsearch does with these texts where nobody says anything of language or ranking."""
    name, work = f"trial-{uuid4().hex}", client.for_work()
    texts: dict[str, Any] = {text: {"type": "text"} for text in TEXTS}
    mappings = {"properties": {**texts, "group": {"type": "keyword"}}}
    try:
        work.indices.create(index=name, mappings=mappings, settings={"number_of_replicas": 0})
        documents = ({field: getattr(row, field) for field in (*TEXTS, "group")} for row in rows)
        bulk(work, ({"_source": document} for document in documents), index=name, refresh=True)

        def ask(text: str, language: str) -> list[str]:
            question = {"multi_match": {"query": text, "fields": TEXTS}}
            found = work.search(index=name, query=question, size=DEPTH, collapse={"field": "group"})
            return [hit["_source"]["group"] for hit in found["hits"]["hits"]]

        yield ask
    finally:
        work.indices.delete(index=name, ignore_unavailable=True)


if __name__ == "__main__":
    sys.exit(main())
