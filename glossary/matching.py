"""The terms of the glossary in a text.

All terms are kept in the memory of the process, under a version in the cache that changes with every
change of a term: while that is the same, nothing is read.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from core.widening import Widening
from glossary.models import GlossaryTerm, lines
from glossary.words import stem, words_of

VERSION_KEY = "glossary-terms"
# Should a process die between commit and new version, the old terms live no longer than this.
VERSION_SECONDS = 600
MOST_WORDS = 64
# A short word means something else in every language; only the reader's own counts.
SHORTEST_FOREIGN = 4

Stems = tuple[str, ...]


@dataclass(slots=True)
class Terms:
    """All terms: `concepts` by the language and the stems of each of their forms."""

    names: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    concepts: dict[tuple[str, Stems], dict[str, None]] = field(default_factory=dict)
    longest: int = 0


_kept: tuple[str, Terms] | None = None


def widening(text: str, language: str) -> list[Widening]:
    """What else the terms in a text could be called, in the order of the text (`core.widening`).

    Of several terms that begin with the same word the longest counts; of equally long ones those
    in the reader's language, and only where there are none those in any other.
    """
    terms = _terms()
    if not terms.concepts:
        return []
    written = text.split()[:MOST_WORDS]
    # A written word can hold several (life-cycle) or none (&).
    parts = [words_of(word) for word in written]
    found = []
    start = 0
    while start < len(written):
        end, concepts = _longest_at(terms, parts, start, language)
        if concepts:
            found.append(
                Widening(
                    start=start, words=tuple(written[start:end]), terms=_names(terms, concepts)
                )
            )
        start = max(end, start + 1)
    return found


def forget() -> None:
    """Have all processes read the terms again once this transaction commits."""
    if not _is_changing():
        transaction.on_commit(_renew)


def _longest_at(
    terms: Terms, parts: list[list[str]], start: int, language: str
) -> tuple[int, list[str]]:
    """(where the longest term ends that begins at `start`, the concepts it names)."""
    if not parts[start]:
        return start + 1, []
    best: tuple[int, list[str]] = (start + 1, [])
    words: list[str] = []
    for end in range(start + 1, len(parts) + 1):
        if not parts[end - 1]:
            continue
        words += parts[end - 1]
        if len(words) > terms.longest:
            break
        concepts = _named(terms, words, language)
        if concepts:
            best = (end, concepts)
    return best


def _named(terms: Terms, words: list[str], language: str) -> list[str]:
    own = _concepts(terms, words, language)
    if own:
        return list(own)
    if sum(len(word) for word in words) < SHORTEST_FOREIGN:
        return []
    others = (code for code, _name in settings.LANGUAGES if code != language)
    return list({key: None for code in others for key in _concepts(terms, words, code)})


def _concepts(terms: Terms, words: list[str], language: str) -> dict[str, None]:
    stems = tuple(stem(word, language) for word in words)
    return terms.concepts.get((language, stems), {})


def _names(terms: Terms, concepts: list[str]) -> dict[str, tuple[str, ...]]:
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for key in concepts:
        for code, own in terms.names[key].items():
            names[code].update(dict.fromkeys(own))
    return {code: tuple(own) for code, own in names.items()}


def _terms() -> Terms:
    global _kept
    if _is_changing():
        # What this transaction sees is not true for anybody else yet.
        return _read()
    version = cache.get(VERSION_KEY)
    if version is None:
        version = uuid.uuid4().hex
        if not cache.add(VERSION_KEY, version, VERSION_SECONDS):
            version = cache.get(VERSION_KEY, version)
    if _kept is None or _kept[0] != version:
        _kept = (version, _read())
    return _kept[1]


def _read() -> Terms:
    terms = Terms()
    for key, code, term, synonyms, variants in _rows():
        own = tuple(dict.fromkeys([term, *lines(synonyms)]))
        terms.names.setdefault(key, {})[code] = own
        for form in (*own, *lines(variants)):
            stems = tuple(stem(word, code) for word in words_of(form))
            if stems:
                terms.concepts.setdefault((code, stems), {})[key] = None
                terms.longest = max(terms.longest, len(stems))
    return terms


def _rows() -> Iterator[tuple[str, str, str, str, str]]:
    columns = ("translation_key", "locale__language_code", "term", "synonyms", "variants")
    for key, *texts in GlossaryTerm.objects.order_by("pk").values_list(*columns):
        yield str(key), *texts


def _is_changing() -> bool:
    return any(entry[1] is _renew for entry in connection.run_on_commit)


def _renew() -> None:
    cache.set(VERSION_KEY, uuid.uuid4().hex, VERSION_SECONDS)
