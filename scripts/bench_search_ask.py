"""Print, as JSON, how long searches take: `bench_search_ask.py PORT NUMBER`.

Run by scripts/bench_search.py with the environment of the site that is served at PORT. Each search is
asked through the view and, by turns, with the requests that it sends to Elasticsearch sent by the
client alone; so other work on the machine meets both alike.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import django
from bench_search_fill import SEED, queries

RUNS = 3


def main(port: int, number: int) -> None:
    django.setup()
    from django.conf import settings
    from django.urls import NoReverseMatch, reverse
    from django.utils import translation

    site = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    paths: dict[str, list[str]] = {"search": [], "type-ahead": []}
    raw: dict[str, list[list[Any]]] = {"search": [], "type-ahead": []}
    is_elastic = bool(settings.ELASTICSEARCH_URL)
    for language, text in queries(number):
        with translation.override(language):
            paths["search"].append(f"{reverse('search:search')}?{urlencode({'q': text})}")
            try:
                address = reverse("search:suggestions")
            except NoReverseMatch:
                address = ""
            if address:
                paths["type-ahead"].append(f"{address}?{urlencode({'q': text[:-2]})}")
        if is_elastic:
            raw["search"].append(recorded(lambda: whole(language, text)))  # noqa: B023 - called at once
            if address:
                raw["type-ahead"].append(recorded(lambda: begun(language, text[:-2])))  # noqa: B023
    times: dict[str, dict[str, list[float]]] = {}
    order = [(name, place) for name in paths for place in range(len(paths[name]))]
    for run in range(RUNS + 1):
        random.Random(SEED + run).shuffle(order)
        for name, place in order:
            asks: dict[str, Callable[[], object]] = {
                "view": lambda: fetch(site, paths[name][place])  # noqa: B023
            }
            if is_elastic:
                asks["raw"] = lambda: replay(raw[name][place])  # noqa: B023
            for way in sorted(asks, reverse=bool((run + place) % 2)):
                began = time.perf_counter()
                asks[way]()
                # The first round warms everything up.
                if run:
                    taken = (time.perf_counter() - began) * 1000
                    times.setdefault(name, {}).setdefault(way, []).append(taken)
    print(json.dumps({"times": times, "paths": paths["search"]}))


def fetch(site: http.client.HTTPConnection, path: str) -> None:
    site.request("GET", path)
    answer = site.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"bench-search: {path} answered {answer.status}")


def whole(language: str, text: str) -> None:
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.query import SearchQuery

    ElasticsearchEngine().search(SearchQuery(text=text, language=language))


def begun(language: str, text: str) -> None:
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.query import SearchQuery

    query: Any = SearchQuery
    ElasticsearchEngine().complete(query(text=text, language=language, is_prefix=True), 8)  # type: ignore[attr-defined]


def recorded(ask: Callable[[], None]) -> list[Any]:
    """The requests that a search sends, as the client's own transport takes them."""
    from search.elastic import client

    transport = client.for_search().transport
    really, sent = transport.perform_request, []

    def record(method: str, target: str, **options: Any) -> Any:
        sent.append((method, target, options))
        return really(method, target, **options)

    transport.perform_request = record
    try:
        ask()
    finally:
        del transport.perform_request
    return sent


def replay(requests: list[Any]) -> None:
    from search.elastic import client

    transport = client.for_search().transport
    for method, target, options in requests:
        transport.perform_request(method, target, **options)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
