"""What is found while somebody types."""

import pytest

from core.audiences import MEMBERS

pytestmark = pytest.mark.django_db

URL = "/en/search/suggestions/"


def test_by_kind_and_with_the_way_to_all(browser, fill):
    fill(
        {"title": "Hemp yarn", "kind": "page"},
        {"title": "Hemp days", "kind": "event", "language": "fr"},
        {"title": "Jute"},
    )
    html = browser.get(URL, {"q": "hem"}).content.decode()
    assert html.count('role="option"') == 3
    assert html.count('role="group"') == 2
    assert 'data-url="/en/thing-1/"' in html
    assert '<span lang="fr">' in html
    assert ">Français</span>" in html
    assert "2 suggestions" in html
    assert 'data-url="/en/search/?q=hem"' in html
    assert "Jute" not in html


def test_titles_are_escaped(browser, fill):
    fill({"title": "Hemp <script>alert(1)</script>"})
    html = browser.get(URL, {"q": "hemp"}).content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_everybody_gets_their_own(client_for, member, fill):
    fill({"title": "Hemp inside", "audience": frozenset({MEMBERS})})
    assert "Hemp" not in client_for().get(URL, {"q": "hemp"}).content.decode()
    assert "Hemp" in client_for(member).get(URL, {"q": "hemp"}).content.decode()


@pytest.mark.parametrize("q", ["", "h", " ", '"', "-", "\x00", "‮‏", "kind:event", "x" * 9999])
def test_any_words_are_answered(browser, fill, q):
    fill({"title": "Hemp"})
    answer = browser.get(URL, {"q": q})
    assert answer.status_code == 200
    assert 'role="option"' not in answer.content.decode() or "event" in q
    assert browser.get(URL, {"q": q, "format": "json"}).json()[0] == q


def test_for_one_browser_to_keep(browser, fill):
    fill({"title": "Hemp"})
    control = browser.get(URL, {"q": "hemp"})["Cache-Control"]
    assert "private" in control
    assert "max-age=60" in control


def test_as_opensearch_wants_it(browser, fill):
    fill({"title": "Hemp & flax"})
    answer = browser.get(URL, {"q": "hem", "format": "json"})
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert answer.json() == ["hem", ["Hemp & flax"], [""], ["http://testserver/en/thing-1/"]]


def test_browsers_learn_how_to_search(browser):
    assert '/opensearch.xml?language=en"' in browser.get("/en/search/").content.decode()
    answer = browser.get("/opensearch.xml?language=fr")
    xml = answer.content.decode()
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    assert 'template="http://testserver/fr/search/?q={searchTerms}"' in xml
    assert "<Language>fr</Language>" in xml
    for other in ("xx", "\x00", "fr<"):
        assert (
            "<Language>en</Language>"
            in browser.get("/opensearch.xml", {"language": other}).content.decode()
        )
