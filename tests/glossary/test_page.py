"""The page of the glossary."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from glossary.alphabet import letter_of, order_of
from glossary.models import GlossaryTerm
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def page(address="/en/glossary/"):
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_terms_stand_under_their_letters_with_those_of_other_languages(recycling, economy):
    html = page()
    assert html.index('id="letter-c"') < html.index('id="circular-economy"')
    assert html.index('id="circular-economy"') < html.index('id="letter-r"')
    assert '<span lang="bg">рециклиране</span>' in html
    assert "material recovery" in html
    assert "Working glossary" in html


def test_any_language_can_be_listed(recycling, economy):
    html = page("/en/glossary/?in=bg")
    assert 'id="letter-р"' in html
    assert 'id="рециклиране"' in html
    assert "circular-economy" not in html
    assert '<link rel="canonical" href="http://testserver/bg/glossary/">' in html
    assert page("/bg/glossary/").count('id="рециклиране"') == 1
    assert 'id="recycling"' in page("/en/glossary/?in=xx")


def test_a_definition_of_the_first_language_steps_in(recycling):
    GlossaryTerm.objects.filter(term="recycling").update(definition="Using <again>.")
    assert '<dd lang="en">Using &lt;again&gt;.</dd>' in page("/fr/glossary/")
    assert "<dd >Using &lt;again&gt;.</dd>" in page("/en/glossary/")


def test_machines_get_a_set_of_defined_terms(recycling):
    recycling[0].definition = "Ends </script> here"
    recycling[0].save()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page(), re.S)[1])
    assert data["@type"] == "DefinedTermSet"
    assert data["hasDefinedTerm"] == [
        {
            "@type": "DefinedTerm",
            "@id": "http://testserver/en/glossary/#recycling",
            "name": "recycling",
            "description": "Ends </script> here",
        }
    ]


def test_nothing_yet():
    assert "There are no terms in this language yet." in page("/en/glossary/?in=da")


def test_agreed_terms_are_not_marked(recycling):
    GlossaryTerm.objects.update(is_agreed=True)
    assert "Working glossary" not in page()


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_asks_little(concept, django_assert_max_num_queries, count):
    for number in range(count):
        concept(en=f"term {number}", fr=f"mot {number}")
    with django_assert_max_num_queries(10):
        page()


def test_the_sitemap_names_each_language_that_has_terms(economy):
    xml = Client().get("/sitemap.xml").content.decode()
    found = re.findall(r"<loc>[^<]*?(/\w\w/glossary/)</loc>", xml)
    assert found == ["/ca/glossary/", "/en/glossary/", "/fr/glossary/"]


def test_search_finds_a_concept_once_in_the_language_asked(recycling):
    rows = SearchEntry.objects.filter(source__startswith="glossary.", is_deleted=False)
    assert rows.count() == 8
    assert rows.values("group").distinct().count() == 1
    row = rows.get(language="bg")
    assert (row.title, row.url) == ("рециклиране", "/bg/glossary/#рециклиране")
    GlossaryTerm.objects.all().delete()
    assert not rows.exists()


class TestTerm:
    def test_an_anchor_is_unique_in_its_language_and_stays(self, concept):
        (first,) = concept(en="T-shirt")
        (second,) = concept(en="t shirt")
        assert (first.slug, second.slug) == ("t-shirt", "t-shirt-2")
        first.term = "Tee"
        first.save()
        assert first.slug == "t-shirt"
        with pytest.raises(IntegrityError), transaction.atomic():
            GlossaryTerm.objects.filter(pk=second.pk).update(slug="t-shirt")

    def test_lines_have_a_length(self, concept):
        (term,) = concept(en="yarn")
        term.synonyms = "x" * 101
        with pytest.raises(ValidationError):
            term.full_clean()

    def test_editors_keep_it(self, editor, client_for, recycling, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        html = client_for(editor).get("/admin/snippets/glossary/glossaryterm/?q=recov")
        assert "recycling" in html.content.decode()
        assert "reciclatge" not in html.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["cotton", "Économie", "fibre", "wool"]),
        ("da", ["affald", "zink", "ægte", "øko", "åben"]),
        ("es", ["nube", "ñandú", "ola"]),
        ("fr", ["eau", "écru", "étoffe", "lin"]),
        ("ro", ["sus", "șal", "tare", "țesut"]),
        ("bg", ["вълна", "игла", "йод", "памук", "ют"]),
    ],
)
def test_each_language_has_its_alphabet(language, words):
    assert sorted(set(words), key=lambda word: order_of(word, language)) == words


@pytest.mark.parametrize(
    ("term", "language", "letter"),
    [
        ("écru", "fr", "E"),
        ("økologi", "da", "Ø"),
        ("økologi", "fr", "O"),
        ("șal", "ro", "Ș"),
        ("œuvre", "fr", "O"),
        ("йод", "bg", "Й"),
        ("3D", "en", "#"),
        ("PFAS", "bg", "#"),
        ("", "en", "#"),
    ],
)
def test_letters(term, language, letter):
    assert letter_of(term, language) == letter
