"""Writes of the glossary in numbers; single terms are kept in the admin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale

from core import generation
from glossary import matching
from glossary.models import GlossaryTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a concept is called in one language."""

    term: str
    synonyms: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    definition: str = ""


@transaction.atomic
def add_concepts(*, concepts: Mapping[UUID, Mapping[str, Words]]) -> list[GlossaryTerm]:
    """Add concepts, {translation key: {language: words}}, as working terms; returns all their rows.

    Languages without a locale are passed over. Search has to read all afterwards
    (`search_index rebuild`): so many rows are written at once, and nobody is told of each.
    """
    locales = {row.language_code: row for row in Locale.objects.all()}
    taken = {
        code: set(GlossaryTerm.objects.in_language(code).values_list("slug", flat=True))
        for code in locales
    }
    rows = []
    for key, concept in concepts.items():
        for code, words in concept.items():
            if code not in locales:
                continue
            row = GlossaryTerm(
                translation_key=key,
                locale=locales[code],
                term=words.term,
                synonyms="\n".join(words.synonyms),
                variants="\n".join(words.variants),
                definition=words.definition,
            )
            row.take_slug(taken[code])
            rows.append(row)
    GlossaryTerm.objects.bulk_create(rows, batch_size=500)
    matching.forget()
    generation.bump()
    return rows


@transaction.atomic
def remove_terms(*, terms: QuerySet[GlossaryTerm]) -> None:
    """Remove many terms at once, of which search has been told already."""
    # Signals for each of a thousand rows would take long and say nothing new.
    terms._raw_delete(terms.db)
    matching.forget()
    generation.bump()
