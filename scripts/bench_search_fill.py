"""Fill the table of search entries with invented ones: `bench_search_fill.py NUMBER [--untold]`.

Run by scripts/bench_search.py with the environment of the site that it measures. Words are those of
the demo and the translations, with invented endings to them, as often as Zipf's law has it; the same number gives
the same entries. `--untold` leaves the database engine's text index empty, which takes most of the time.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import django
import yaml
from bench_copy import copy

SEED = 20261125
DATA = Path(__file__).resolve().parent.parent / "platform" / "demo" / "data"
LOCALE = DATA.parent.parent.parent / "locale"
WORD = re.compile(r"[^\W\d_]{2,}")
TRANSLATED = re.compile(r'^(?:msgstr )?"(.+)"$', re.MULTILINE)
WORDS = 20_000
SYLLABLES = ("ra", "ti", "no", "sel", "mu", "dor", "ve", "lan", "ki", "os", "pe", "ur")
CYRILLIC = ("ра", "ти", "но", "сел", "му", "дор", "ве", "лан", "ки", "ос", "пе", "ур")
KINDS = ("post", "practice", "event", "page", "document", "topic")
LEAST, MOST = 30, 260
START = datetime(2020, 1, 1, tzinfo=UTC)
COLUMNS = "source kind language title summary headings body organisation url audience facets group date updated_at"


class Vocabulary:
    """The words of one language, the most frequent first."""

    def __init__(self, language: str, known: list[str], rng: random.Random) -> None:
        syllables = CYRILLIC if language == "bg" else SYLLABLES
        words = dict.fromkeys(known)
        while len(words) < WORDS:
            words[rng.choice(known) + rng.choice(syllables) + rng.choice(("", *syllables))] = None
        self.words = list(words)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def some(self, rng: random.Random, number: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self.weights, k=number)


def vocabularies(rng: random.Random) -> dict[str, Vocabulary]:
    """By language: the words of the demo in it, and those of the site's own translations."""
    from django.conf import settings

    found: dict[str, Counter[str]] = {code: Counter() for code, _name in settings.LANGUAGES}

    def walk(node: Any, language: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, key if key in found else node.get("language", language))
        elif isinstance(node, list):
            for value in node:
                walk(value, language)
        elif isinstance(node, str):
            found[language].update(WORD.findall(node.lower()))

    for path in sorted(DATA.glob("*.yaml")):
        walk(yaml.safe_load(path.read_text()), "en")
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        for line in TRANSLATED.findall(path.read_text()):
            walk(line, path.parent.parent.name)
    return {
        code: Vocabulary(code, [word for word, _count in counts.most_common()], rng)
        for code, counts in found.items()
    }


def entries(number: int) -> Iterator[tuple[Any, ...]]:
    from psycopg.types.json import Jsonb

    rng = random.Random(SEED)
    texts = vocabularies(rng)
    languages = list(texts)
    for place in range(number):
        language = rng.choice(languages)
        vocabulary = texts[language]
        source = f"bench.entry:{place}"
        body = vocabulary.some(rng, rng.randint(LEAST, MOST))
        yield (
            source,
            rng.choices(KINDS, weights=(60, 8, 5, 7, 5, 15))[0],
            language,
            " ".join(vocabulary.some(rng, rng.randint(3, 9))).capitalize(),
            " ".join(body[:24]),
            " ".join(vocabulary.some(rng, 6)),
            " ".join(body),
            " ".join(vocabulary.some(rng, 2)).title() if place % 3 == 0 else "",
            f"/{language}/bench/{place}/",
            "|public|" if place % 10 else "|members|",
            Jsonb({"tag": vocabulary.some(rng, 2), "year": [str(2020 + place % 7)]}),
            source,
            START + timedelta(minutes=place % 3_000_000),
            START,
        )


def queries(number: int) -> list[tuple[str, str]]:
    """(language, text) of one to three words, neither the most frequent nor the rarest."""
    rng = random.Random(SEED + 1)
    texts = vocabularies(random.Random(SEED))
    made = []
    for _ in range(number):
        language = rng.choice(list(texts))
        words = texts[language].words[20:2_000]
        made.append((language, " ".join(rng.sample(words, rng.choice((1, 2, 2, 3))))))
    return made


def main() -> None:
    django.setup()
    from django.db import connection, transaction

    from search.models import SearchEntry

    number, is_untold = int(sys.argv[1]), "--untold" in sys.argv
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_searchentry")
        if is_untold:
            cursor.execute("ALTER TABLE search_searchentry DISABLE TRIGGER search_text_keep")
        copy(SearchEntry, COLUMNS, entries(number))
        if is_untold:
            cursor.execute("ALTER TABLE search_searchentry ENABLE TRIGGER search_text_keep")


if __name__ == "__main__":
    main()
