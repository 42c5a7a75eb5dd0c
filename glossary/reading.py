"""The glossary as its page shows it: the terms of one language, with those of the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import generation
from glossary.alphabet import OTHER, letter_of, order_of
from glossary.models import GlossaryTerm

Texts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """One term. `elsewhere` is [(language, preferred term)] of the other languages.

    `definition` is in `definition_language`: the first language of the site steps in.
    """

    anchor: str
    term: str
    synonyms: list[str]
    definition: str
    definition_language: str
    elsewhere: Texts


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one language: [(letter, its anchor, terms)], in the order of its alphabet."""

    language: str
    letters: list[tuple[str, str, list[ShownTerm]]]
    is_agreed: bool

    @property
    def terms(self) -> list[ShownTerm]:
        return [term for _letter, _anchor, terms in self.letters for term in terms]


def glossary_in(language: str) -> Glossary:
    """The glossary by the terms of one language; kept until content changes."""
    return generation.cached(f"glossary:{language}", lambda: _read(language))


def address(language: str, anchor: str = "") -> str:
    """Where a term stands in the glossary of its language."""
    with translation.override(language):
        page = reverse("glossary:index")
    return f"{page}#{anchor}" if anchor else page


def _read(language: str) -> Glossary:
    concepts: dict[Any, dict[str, GlossaryTerm]] = defaultdict(dict)
    codes = [code for code, _name in settings.LANGUAGES]
    rows = GlossaryTerm.objects.select_related("locale").filter(locale__language_code__in=codes)
    for row in rows.order_by("pk"):
        concepts[row.translation_key][row.language] = row
    listed = [rows for rows in concepts.values() if language in rows]
    listed.sort(key=lambda rows: order_of(rows[language].term, language))
    letters: dict[str, list[ShownTerm]] = {}
    for rows in listed:
        term = _shown(rows, language, codes)
        letters.setdefault(letter_of(term.term, language), []).append(term)
    return Glossary(
        language=language,
        letters=[(letter, _anchor(letter), terms) for letter, terms in letters.items()],
        is_agreed=all(rows[language].is_agreed for rows in listed),
    )


def _anchor(letter: str) -> str:
    return "letter-other" if letter == OTHER else f"letter-{letter.lower()}"


def _shown(rows: dict[str, GlossaryTerm], language: str, codes: list[str]) -> ShownTerm:
    own = rows[language]
    defined = next(
        (rows[code] for code in (language, *codes) if code in rows and rows[code].definition), own
    )
    return ShownTerm(
        anchor=own.slug,
        term=own.term,
        synonyms=own.synonym_list,
        definition=defined.definition,
        definition_language=defined.language,
        elsewhere=[(code, rows[code].term) for code in codes if code in rows and code != language],
    )
