"""What else the words of a query could be called, in the languages of the site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.widening import widening
from glossary.models import GlossaryTerm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("recycling", "en"),
        ("RECYCLED", "en"),
        ("material recovery", "en"),
        ("рециклиране", "bg"),
        ("Рециклирането", "bg"),
        ("рециклиране", "en"),
        ("reciclajes", "fr"),
        ("reciclării", "ro"),
        ("genbruget", "da"),
    ],
)
def test_a_form_of_a_term_in_any_language_gives_its_terms_in_all(recycling, text, language):
    (found,) = widening(text, language)
    assert found.terms["en"] == ("recycling", "material recovery")
    assert found.terms["da"] == ("genanvendelse", "genbrug")
    assert found.terms["bg"] == ("рециклиране",)
    assert set(found.terms) == {"en", "ca", "da", "es", "fr", "pt", "bg", "ro"}
    assert found.words == tuple(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "économie circulaire",
        "economie  Circulaires",
        "l’économie-circulaire",
        "ECONOMIE CIRCULAIRE",
    ],
)
def test_case_accents_hyphens_and_articles_do_not_matter(economy, text):
    (found,) = widening(text, "fr")
    assert found.terms["en"] == ("circular economy",)


def test_terms_say_where_in_the_text_they_stand(recycling, economy):
    found = widening("which recycling in a circular economy & fashion", "en")
    assert [(one.start, one.words) for one in found] == [
        (1, ("recycling",)),
        (4, ("circular", "economy")),
    ]


def test_the_longest_term_counts(economy, concept):
    concept(en="economy", fr="économie")
    (found,) = widening("circular economy", "en")
    assert found.terms["fr"] == ("économie circulaire",)


def test_the_readers_own_language_comes_first(concept):
    concept(fr="pile", en="battery")
    concept(en="pile", fr="poil")
    assert widening("pile", "fr")[0].terms["en"] == ("battery",)
    assert widening("pile", "en")[0].terms["fr"] == ("poil",)
    assert widening("pile", "da")[0].terms["en"] == ("pile", "battery")


def test_short_words_mean_themselves(concept):
    concept(pt="lã", en="wool")
    assert widening("lã", "pt")[0].terms["en"] == ("wool",)
    assert widening("la", "pt") == []
    assert widening("lã", "es") == []


def test_the_rest_is_left_alone(recycling):
    assert widening("bicycle", "en") == []
    assert widening("", "en") == []
    assert widening("recycling", "xx")[0].terms["fr"] == ("recyclage",)


def test_a_change_counts_at_once(recycling, django_capture_on_commit_callbacks):
    assert widening("recycling", "en")
    with django_capture_on_commit_callbacks(execute=True):
        recycling[0].term = "upcycling"
        recycling[0].variants = ""
        recycling[0].save()
    connection.run_on_commit = []
    assert widening("recycling", "en") == []
    assert widening("upcycling", "en")
    with django_capture_on_commit_callbacks(execute=True):
        GlossaryTerm.objects.all().delete()
    connection.run_on_commit = []
    assert widening("upcycling", "en") == []


def test_a_search_reads_no_row_once_the_terms_are_known(recycling):
    connection.run_on_commit = []
    widening("warm", "en")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        widening("which recycling", "en")
    assert len(queries) == 0


def test_no_text_fails(recycling, economy):
    connection.run_on_commit = []

    @given(st.text(max_size=200), st.sampled_from(["en", "bg", ""]))
    def check(text, language):
        words = text.split()
        for found in widening(text, language):
            assert tuple(words[found.start : found.start + len(found.words)]) == found.words

    check()
    assert widening("circular " * 10_000, "en") == []
