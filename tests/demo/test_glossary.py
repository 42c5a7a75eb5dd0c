"""The working glossary of the demo holds what it promises."""

import unicodedata
from itertools import chain

import pytest
import yaml
from django.conf import settings

from demo.glossary import FOLDER, concepts
from demo.registry import Registry
from glossary.models import LONGEST_TERM, GlossaryTerm

LANGUAGES = [code for code, _name in settings.LANGUAGES]
CONCEPTS = concepts()
# What is no word of the language, but is used in it.
LATIN_IN_BULGARIAN = {
    "upcycling", "downcycling", "slow fashion", "fast fashion", "deadstock", "PFAS",
    "greenwashing", "lean", "3D дизайн",
}  # fmt: skip


def forms(words):
    return [words.term, *words.synonyms, *words.variants]


def scripts(text):
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_at_least_150_concepts_in_every_language_with_a_definition():
    assert len(CONCEPTS) >= 150
    for concept in CONCEPTS.values():
        assert set(concept) == set(LANGUAGES)
        assert concept["en"].definition.endswith(".")
        assert all(len(form) <= LONGEST_TERM for words in concept.values() for form in forms(words))


@pytest.mark.parametrize(
    "path", sorted((FOLDER / "definitions").glob("*.yaml")), ids=lambda p: p.stem
)
def test_definitions_are_of_all_concepts(path):
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert texts.keys() == CONCEPTS.keys()
    assert path.stem in LANGUAGES
    expected = "CYRILLIC" if path.stem == "bg" else "LATIN"
    for text in texts.values():
        assert text.endswith(".")
        assert len(text) <= 500
        assert expected in scripts(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_names_one_concept_only(language):
    found = [form.casefold() for concept in CONCEPTS.values() for form in forms(concept[language])]
    doubled = {form for form in found if found.count(form) > 1}
    # Danish has one everyday word for using a thing again and for making new things of it.
    assert doubled == ({"genbrug"} if language == "da" else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_those_of_the_language(language):
    texts = set(chain.from_iterable(forms(concept[language]) for concept in CONCEPTS.values()))
    if language == "bg":
        texts -= LATIN_IN_BULGARIAN
    expected = {"CYRILLIC"} if language == "bg" else {"LATIN"}
    assert {text for text in texts if scripts(text) != expected} == set()
    # Romanian has commas below s and t, not cedillas.
    assert not any(letter in text for text in texts for letter in "şţŞŢ")
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


@pytest.mark.django_db
def test_it_is_loaded_once():
    from demo import glossary

    registry = Registry()
    glossary.load(registry)
    assert GlossaryTerm.objects.count() == len(CONCEPTS) * len(LANGUAGES)
    assert not GlossaryTerm.objects.filter(is_agreed=True).exists()
    GlossaryTerm.objects.filter(term="recycling").delete()
    before = registry.made
    glossary.load(Registry())
    assert registry.made == before
    assert not GlossaryTerm.objects.filter(term="recycling").exists()
