"""Ask the search of this site 10,000 strings that nobody means: none may fail, by whichever engine it has.

Half of them are of any characters of Unicode, half of those that mean something to a query or to an engine. The seed is
fixed. Every tenth is asked as the beginning of a word, too, and of the type-ahead. Ends with 1 where an engine failed
or refused a query; with Elasticsearch, an answer of the database counts as a refusal.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT / "platform"), str(PROJECT)]
os.chdir(PROJECT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402

from search.engines.base import Engine  # noqa: E402
from search.finding import database_engine  # noqa: E402
from search.query import SearchQuery  # noqa: E402

SEED = 20_261_125
TELLING = "aA0ßé ж\"'“”«»-:()*&|!<>\\/~^+?{}[]\x00\x02\x03\u200f\u202e\ud800%_.,; "
WORDS = ["AND", "OR", "NOT", "NEAR", "kind:event", "-cotton", '"', "year:2024", "*:*", "a" * 3_000]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=10_000)
    options = parser.parse_args()
    engine = asked_engine()
    began, failed = time.monotonic(), 0
    for number, text in enumerate(texts(options.number)):
        try:
            ask(engine, text, is_prefix=number % 10 == 0)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            failed += 1
            print(f"{text[:80]!r}: {type(error).__name__}: {str(error)[:200]}")
    seconds = time.monotonic() - began
    print(f"{engine.name}: {options.number} strings in {seconds:.0f} s, {failed} failed")
    return 1 if failed else 0


def asked_engine() -> Engine:
    """The engine of this site, without what would answer in its place."""
    if not settings.ELASTICSEARCH_URL:
        return database_engine()
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(settings.ELASTICSEARCH_INDEX)


def texts(number: int) -> list[str]:
    """So many strings, the same each time."""
    chance = random.Random(SEED)
    found = []
    for place in range(number):
        length = chance.choice((1, 5, 20, 60, 300))
        if place % 2:
            found.append("".join(chr(chance.randrange(0x11_0000)) for _ in range(length)))
        else:
            parts = [chance.choice(TELLING) for _ in range(length)]
            parts.insert(chance.randrange(length), chance.choice(WORDS))
            found.append("".join(parts))
    return found


def ask(engine: Engine, text: str, *, is_prefix: bool) -> None:
    """Search for a text, and complete it where it is taken for a beginning."""
    query = SearchQuery(text=text, language="en", is_prefix=is_prefix)
    if not query.is_empty:
        engine.search(query)
    if is_prefix and query.has_words:
        engine.complete(query, 5)


if __name__ == "__main__":
    sys.exit(main())
