"""Concepts to look for."""

from uuid import uuid4

import pytest
from wagtail.models import Locale

from glossary.models import GlossaryTerm


@pytest.fixture
def concept(db):
    """Makes a concept from {language: term or (term, synonyms, other forms)}; returns its rows."""

    def make(**terms):
        key = uuid4()
        made = []
        for code, words in terms.items():
            term, synonyms, variants = (
                (*words, "", "")[:3] if isinstance(words, tuple) else (words, "", "")
            )
            made.append(
                GlossaryTerm.objects.create(
                    translation_key=key,
                    locale=Locale.objects.get(language_code=code),
                    term=term,
                    synonyms=synonyms,
                    variants=variants,
                )
            )
        return made

    return make


@pytest.fixture
def recycling(concept):
    return concept(
        en=("recycling", "material recovery", "recycle\nrecycled"),
        ca="reciclatge",
        da=("genanvendelse", "genbrug"),
        es="reciclaje",
        fr="recyclage",
        pt="reciclagem",
        bg="рециклиране",
        ro="reciclare",
    )


@pytest.fixture
def economy(concept):
    return concept(en="circular economy", ca="economia circular", fr="économie circulaire")
