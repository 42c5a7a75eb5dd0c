"""Editors' picks above the results."""

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Locale

from tests.factories.home import make_page, restrict

pytestmark = pytest.mark.django_db

URL = "/en/search/"


@pytest.fixture
def pick():
    def choose(words, **values):
        return SearchPromotion.objects.create(query=Query.get(words), **values)

    return choose


def picks(browser, words, url=URL):
    return [one["title"] for one in browser.get(url, {"q": words}).context["picks"]]


def test_they_stand_above_the_results_of_these_words(browser, fill, pick, home_page):
    fill({"title": "Flax"})
    pick("Flax", page=make_page(home_page, "All about flax"), description="Start <here>")
    pick("flax", external_link_url="https://example.org/", external_link_text="Elsewhere")
    html = browser.get(URL, {"q": " flax "}).content.decode()
    assert "Editors’ picks" in html
    assert html.index("All about flax") < html.index("<mark>Flax</mark>")
    assert "Start &lt;here&gt;" in html
    assert 'href="https://example.org/"' in html
    assert picks(browser, "hemp") == []


def test_not_on_further_pages(browser, fill, pick, home_page):
    fill(*({"body": "flax"} for _ in range(12)))
    pick("flax", page=make_page(home_page, "All about flax"))
    assert browser.get(URL, {"q": "flax", "page": "2"}).context["picks"] == []


def test_everybody_sees_their_own(client_for, member, pick, home_page):
    pick("flax", page=restrict(make_page(home_page, "Flax inside")))
    draft = make_page(home_page, "Flax draft")
    draft.unpublish()
    pick("flax", page=draft)
    assert picks(client_for(), "flax") == []
    assert picks(client_for(member), "flax") == ["Flax inside"]


def test_in_the_readers_language_where_there_is_one(browser, pick, home_page):
    page = make_page(home_page, "All about flax")
    pick("flax", page=page)
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.title = "Tout sur le lin"
    french.save_revision().publish()
    assert picks(browser, "flax", "/fr/search/") == ["Tout sur le lin"]
    assert picks(browser, "flax", "/ca/search/") == ["All about flax"]
    french.refresh_from_db()
    french.unpublish()
    assert picks(browser, "flax", "/fr/search/") == ["All about flax"]


@pytest.mark.parametrize("words", ["", "\x00", "'", "x" * 5000])
def test_any_words_are_answered(browser, pick, home_page, words):
    pick("flax", page=make_page(home_page, "All about flax"))
    assert picks(browser, words) == []
