"""Search for programs."""

import json

import pytest

from core.audiences import MEMBERS
from search import api

pytestmark = pytest.mark.django_db

URL = "/api/search"


def test_one_page_of_hits(browser, fill):
    fill(
        {
            "title": "Flax & <co>",
            "kind": "document",
            "summary": "All of flax",
            "organisation": "Atelier",
            "facets": {"country": ["ES"]},
        },
        {"title": "Flax"},
    )
    answer = browser.get(URL, {"q": "flax", "kind": "document"})
    assert answer["Content-Type"].startswith("application/json")
    assert "no-store" in answer["Cache-Control"]
    found = answer.json()
    assert (found["total"], found["page"], found["page_size"]) == (1, 1, 10)
    assert found["facets"]["kind"] == {"document": 1, "page": 1}
    (hit,) = found["hits"]
    assert hit["title"] == "Flax & <co>"
    assert hit["title_html"] == "<mark>Flax</mark> &amp; &lt;co&gt;"
    assert hit["url"] == "http://testserver/en/thing-1/"
    assert hit["kind_label"] == "Document"
    assert hit["facets"] == {"country": ["ES"]}


def test_labels_in_the_callers_language(browser, fill):
    fill({"title": "Flax", "kind": "case_study"})
    (hit,) = browser.get(URL, {"q": "flax", "lang": "fr"}).json()["hits"]
    assert hit["kind_label"] == "Étude de cas"


def test_everybody_finds_their_own(client_for, member, fill):
    fill({"title": "Felt inside", "audience": frozenset({MEMBERS})}, {"title": "Felt"})
    found = {
        name: client_for(user).get(URL, {"q": "felt"}).json()
        for name, user in {"visitor": None, "member": member}.items()
    }
    assert found["visitor"]["total"] == 1
    assert found["visitor"]["facets"]["kind"] == {"page": 1}
    assert found["member"]["total"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"},
        {"page": "x"},
        {"page_size": "51"},
        {"page": "1001"},
        {"page": "9" * 5000},
        {"sort": "other"},
        {"q": "x" * 3000},
    ],
)
def test_what_is_out_of_bounds_is_said_in_json(browser, asked):
    answer = browser.get(URL, {"q": "felt"} | asked)
    assert answer.status_code == 422
    assert "detail" in answer.json()


@pytest.mark.parametrize("q", ["", '"', "\x00\ud800", "-", "kind:", "'; DROP", "\u202e"])
def test_any_words_are_answered(browser, q):
    assert browser.get(URL, {"q": q.encode("utf-8", "replace")}).status_code == 200


def test_not_too_often(browser, monkeypatch):
    monkeypatch.setattr(api, "LIMIT", 2)
    statuses = [browser.get(URL, {"q": "felt"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert "wait" in browser.get(URL, {"q": "felt"}).json()["detail"]


def test_it_describes_itself(browser):
    schema = json.loads(browser.get("/api/openapi.json").content)
    assert schema["openapi"].startswith("3.")
    names = {one["name"] for one in schema["paths"]["/api/search"]["get"]["parameters"]}
    assert {"q", "lang", "sort", "page", "page_size", "kind", "country", "solved"} <= names


def test_only_reading(browser):
    assert browser.post(URL, {"q": "felt"}).status_code == 405
