"""The search page."""

import contextlib
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings

from core.audiences import MEMBERS
from directory.models import Country
from search.views import page as views
from tests.strategies import query_strings

pytestmark = pytest.mark.django_db

URL = "/en/search/"


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_without_words_it_explains_itself(browser):
    for question in ("", "?q=", "?q=%20%22", "?q=-cotton", "?kind=nonsense"):
        response = browser.get(URL + question)
        assert response.status_code == 200
        assert "A minus before a word leaves out" in text_of(response)
        assert "Nothing was found" not in text_of(response)


def test_hits_say_what_they_are(browser, fill):
    fill(
        {
            "title": "Teinture",
            "summary": "Le pastel & la garance",
            "language": "fr",
            "url": "/fr/teinture/",
            "organisation": "Atelier",
            "is_sample": True,
        },
        {"title": "Tea", "body": "teinture"},
    )
    html = text_of(browser.get(URL, {"q": "teinture"}))
    # Engines differ in what counts more, a title of another language or a text of the reader's.
    assert re.search('href="/fr/teinture/" data-rank="[12]"><mark>Teinture</mark></a>', html)
    assert '<h2 class="search-result__title" lang="fr">' in html
    assert "Le pastel &amp; la garance" in html
    assert "Page · Français" in html
    assert "Atelier" in html
    assert "Sample" in html
    assert "2 results for “teinture”" in html
    assert '<h2 class="search-result__title"><a class="card__link" href="/en/thing-2/"' in html


def test_nothing_found_helps_on(browser, fill):
    fill({"title": "Cotton"})
    response = browser.get(URL, {"q": "cotton", "language": "fr"})
    html = text_of(response)
    assert response.status_code == 200
    assert "Nothing was found" in html
    assert "Take off the filters" in html
    assert reverse("forum:new") + "?title=cotton" in html
    assert reverse("glossary:index") in html
    assert 'href="/en/search/?q=cotton"' in html


def test_the_words_go_along_to_the_forum(client_for, member):
    html = client_for(member).get(reverse("forum:new"), {"title": "cotton & co"}).content.decode()
    assert 'value="cotton &amp; co"' in html


def test_without_anything_to_choose_there_are_no_filters(browser):
    html = text_of(browser.get(URL, {"q": "cotton"}))
    assert "Nothing was found" in html
    assert "Apply filters" not in html


def test_filters_narrow_and_say_how_many(browser, fill):
    fill(
        *({"body": "flax", "kind": "page"} for _ in range(3)),
        {"body": "flax", "kind": "document", "language": "ca"},
    )
    response = browser.get(URL, {"q": "flax", "kind": "document"})
    assert response.context["results"].total == 1
    kinds, languages = response.context["groups"]
    assert {one["value"]: (one["count"], one["selected"]) for one in kinds["options"]} == {
        "document": (1, True),
        "page": (3, False),
    }
    assert [(one["value"], one["label"]) for one in languages["options"]] == [("ca", "Català")]
    both = browser.get(URL + "?q=flax&kind=document&kind=page&language=en")
    assert both.context["results"].total == 3


def test_filters_alone_list_everything_that_has_them(browser, fill):
    fill({"kind": "page"}, {"kind": "page"}, {"kind": "document"})
    html = text_of(browser.get(URL, {"kind": "page"}))
    assert "2 results" in html


def test_what_is_chosen_can_be_taken_off(browser, fill):
    Country.objects.get_or_create(code="ES", defaults={"name": "Spain"})
    fill({"body": "flax", "kind": "page", "facets": {"country": ["ES"], "year": ["2025"]}})
    response = browser.get(
        URL, {"q": "flax year:2025", "kind": "page", "country": "ES", "sort": "date"}
    )
    assert response.context["results"].total == 1
    assert {chip["label"]: chip["url"] for chip in response.context["chips"]} == {
        "Kind: Page": f"{URL}?q=flax+year%3A2025&country=ES&sort=date",
        "Country: Spain": f"{URL}?q=flax+year%3A2025&kind=page&sort=date",
        "Year: 2025": f"{URL}?q=flax&kind=page&country=ES&sort=date",
    }
    assert response.context["clear_url"] == f"{URL}?q=flax&sort=date"


def test_a_hit_says_where_when_and_what_became_of_it(browser, fill):
    Country.objects.get_or_create(code="ES", defaults={"name": "Spain"})
    now = timezone.now()
    fill(
        {"title": "Flax days", "facets": {"country": ["ES"]}, "date": now + timedelta(days=9)},
        {"title": "Flax talk", "facets": {"solved": ["yes"]}, "date": now - timedelta(days=9)},
    )
    ahead, solved = sorted(
        browser.get(URL, {"q": "flax"}).context["hits"], key=lambda hit: hit["title"]
    )
    assert (ahead["place"], ahead["is_ahead"], ahead["is_solved"]) == ("Spain", True, False)
    assert (solved["place"], solved["is_ahead"], solved["is_solved"]) == ("", False, True)


def test_by_date(browser, fill):
    now = timezone.now()
    fill(
        *({"title": f"Flax {age}", "date": now - timedelta(days=age)} for age in (3, 1, 2)),
    )
    hits = browser.get(URL, {"q": "flax", "sort": "date"}).context["hits"]
    assert [hit["title"][-1] for hit in hits] == ["1", "2", "3"]


def test_what_it_does_not_know_is_passed_over(browser, fill):
    fill({"body": "flax"})
    response = browser.get(URL, {"q": "flax", "kind": "nonsense", "language": "xx", "other": "1"})
    assert response.context["results"].total == 1


PAGES = [("1", 200), ("2", 200), ("3", 404), ("0", 404), ("-1", 404), ("x", 404), ("", 404)]
PAGES += [("1000", 404), ("1001", 404), ("9" * 5000, 404), ("²", 404), ("٣", 404), ("1e2", 404)]


@pytest.mark.parametrize(("number", "status"), PAGES)
def test_pages_are_bounded(browser, fill, number, status):
    fill(*({"body": "jute"} for _ in range(12)))
    assert browser.get(URL, {"q": "jute", "page": number}).status_code == status


def test_paging_keeps_the_question(browser, fill):
    fill(*({"body": "jute", "kind": "page"} for _ in range(12)))
    html = browser.get(URL, {"q": "-jute & co", "kind": "page"}).content.decode()
    assert "page=2" not in html
    html = browser.get(URL, {"q": "jute", "kind": "page"}).content.decode()
    assert "?q=jute&amp;kind=page&amp;page=2" in html


def test_it_says_plainly_that_it_is_cut(browser, fill, monkeypatch):
    monkeypatch.setattr(views, "DEEPEST", 20)
    fill(*({"body": "jute"} for _ in range(21)))
    response = browser.get(URL, {"q": "jute", "page": 2})
    assert "Only the first 20 can be looked through" in text_of(response)
    assert browser.get(URL, {"q": "jute", "page": 3}).status_code == 404


def test_every_reader_finds_their_own(client_for, member, fill):
    fill({"title": "Felt inside", "audience": frozenset({MEMBERS})}, {"title": "Felt"})
    assert client_for().get(URL, {"q": "felt"}).context["results"].total == 1
    assert client_for(member).get(URL, {"q": "felt"}).context["results"].total == 2


def test_no_search_engine_may_keep_it(browser):
    response = browser.get(URL, {"q": "felt"})
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_a_part_of_the_page_for_htmx(browser, fill):
    fill({"title": "Felt"})
    headers = {"HX-Request": "true", "HX-Target": "search-results"}
    response = browser.get(URL, {"q": "felt"}, headers=headers)
    assert response.content.decode().strip().startswith('<div class="')
    assert "<html" not in response.content.decode()
    assert "<mark>Felt</mark>" in response.content.decode()
    assert "HX-Target" in response["Vary"]


def test_what_was_typed_is_text(browser):
    html = browser.get(URL, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize("language", ["ca", "bg"])
def test_in_other_languages(browser, fill, language):
    fill({"title": "Felt", "language": language}, {"title": "Felt", "language": "en"})
    with translation.override(language):
        response = browser.get(reverse("search:search"), {"q": "felt"})
    assert response.context["results"].hits[0].language == language


def test_only_reading(browser):
    assert browser.post(URL).status_code == 405
    assert browser.head(URL, {"q": "felt"}).status_code == 200


KNOWN = {"q": ("jute", '"jute'), "kind": ("page",), "language": ("fr",), "page": ("1", "2")}


def some(count):
    """So many examples, on a machine of any speed."""
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@some(2000)
@given(query=query_strings(KNOWN))
def test_every_address_is_understood_or_missing(rf, query):
    request = rf.get(URL, QUERY_STRING=query, headers={"HX-Target": "search-results"})
    request.user = AnonymousUser()
    with contextlib.suppress(Http404):
        assert views.search(request).status_code == 200


@some(60)
@given(query=query_strings(KNOWN))
def test_the_page_answers_every_address(client, query):
    assert client.get(f"{URL}?{query}").status_code in {200, 404}


# What the engine itself asks: frequencies, hits and counts, texts to show.
SEARCH = 3


@pytest.mark.django_db(transaction=True)
def test_it_needs_few_queries_however_many_hits(browser, fill, django_assert_max_num_queries):
    classified = {"country": ["ES"], "value_chain": ["x"], "strategy": ["y"], "tag": ["z"]}
    fill({"body": "jute", "facets": classified})
    browser.get(URL, {"q": "jute"})
    with django_assert_max_num_queries(8 + SEARCH) as queries:
        browser.get(URL, {"q": "jute", "sort": "date"})
    few = len(queries)
    fill(
        *(
            {"body": "jute", "language": "fr", "kind": "event", "facets": classified}
            for _ in range(30)
        )
    )
    cache.clear()
    browser.get(URL, {"q": "jute"})
    with django_assert_max_num_queries(few) as queries:
        browser.get(URL, {"q": "jute", "sort": "date"})
    assert any("search_text" in query["sql"] for query in queries.captured_queries)
