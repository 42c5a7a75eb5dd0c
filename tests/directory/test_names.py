"""An organisation is found by the beginning of any word of its name, in any script."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from directory import actions
from directory.models import NameWord, Organisation
from directory.names import LONGEST_WORD, in_latin, words, words_of
from directory.selection import LONGEST_NAME, MOST_WORDS, parse
from directory.states import State
from tests.directory.test_pages import LIST, names
from tests.factories.directory import give_role, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def some():
    for name in ("Fiação Nova", "Ателие Нишка", "Łódź Weavers", "L’Atelier d’Été", "Weaver & Sons"):
        make_organisation(name=name)
    make_organisation(name="Mill", legal_name="Tecelagem Limitada")
    make_organisation(State.DRAFT, name="Weaver in hiding")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fiacao", ["Fiação Nova"]),
        ("FIAÇ", ["Fiação Nova"]),
        ("nova fia", ["Fiação Nova"]),
        ("iacao", []),
        ("нишка", ["Ателие Нишка"]),
        ("nish", ["Ателие Нишка"]),
        ("ateli", ["L’Atelier d’Été", "Ателие Нишка"]),
        ("ete", ["L’Atelier d’Été"]),
        ("lodz", ["Łódź Weavers"]),
        ("łódź", ["Łódź Weavers"]),
        ("weaver", ["Weaver & Sons", "Łódź Weavers"]),
        ("weaver sons", ["Weaver & Sons"]),
        ("weaver %", ["Weaver & Sons", "Łódź Weavers"]),
        ("tecelagem", ["Mill"]),
        ("_", ["Fiação Nova", "L’Atelier d’Été", "Mill", "Weaver & Sons", "Ателие Нишка", "Łódź Weavers"]),
    ],
)  # fmt: skip
def test_the_list_by_name(client, some, typed, expected):
    page = client.get(f"{LIST}?{urlencode({'name': typed})}")
    assert sorted(names(page)) == sorted(expected)


def test_the_name_and_the_filters_hold_together_in_list_files_and_map(client, some):
    make_organisation(name="Weaver of Terrassa", town="Terrassa", country="ES")
    query = "name=weaver&country=ES"
    page = client.get(f"{LIST}?{query}")
    assert names(page) == ["Weaver of Terrassa"]
    text = page.content.decode()
    assert 'value="weaver"' in text
    assert "Name: weaver" in text
    assert f'href="{LIST}?country=ES"' in text
    assert "export.csv?name=weaver&amp;country=ES" in text
    assert client.get(f"{LIST}map/?{query}").context["total"] == 1


def test_words_follow_the_name():
    mill = make_organisation(name="First name")
    actions.edit(
        organisation=mill,
        editor=give_role(mill),
        version=mill.version,
        data=actions.ProfileData(fields={"legal_name": "Zweite GmbH"}),
    )
    found = NameWord.objects.filter(organisation=mill).values_list("word", flat=True)
    assert sorted(found) == ["first", "gmbh", "name", "zweite"]


def test_the_name_costs_no_query_of_its_own(client, some):
    def cost(query):
        client.get(f"{LIST}?{query}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{LIST}?{query}")
        return len(captured)

    assert cost("name=weaver") <= cost("kind=sme")


def test_what_is_no_word_is_said(client, some):
    page = client.get(f"{LIST}?name=%E2%80%94+%26")
    assert len(names(page)) == 6
    assert "— &amp;" in page.content.decode()
    assert client.get(f"{LIST}export.csv?name=%26").status_code == 404


@given(st.text(max_size=150))
def test_any_text_is_understood_the_same_again(text):
    query = QueryDict(mutable=True)
    query["name"] = text
    found = parse(query)
    assert len(found.name) <= LONGEST_NAME
    assert len(words(found.name)) <= MOST_WORDS
    assert parse(QueryDict(found.query())).chosen == found.chosen
    assert list(Organisation.objects.named_like(text[:20])) == []


@given(st.text(max_size=80))
def test_every_name_is_found_by_each_of_its_words(text):
    kept = words_of(text)
    assert all(0 < len(word) <= LONGEST_WORD for word in kept)
    assert {*words(text), *map(in_latin, words(text))} == set(kept)
