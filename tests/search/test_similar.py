"""More like this."""

import pytest

from core.audiences import MEMBERS, STAFF
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import make_topic

pytestmark = pytest.mark.django_db

TEXT = "Shredded denim becomes insulation for walls, and shredded denim keeps walls dry."
PART = {"HX-Request": "true", "HX-Target": "similar"}


def similar(browser, source, **headers):
    return browser.get(f"/en/search/similar/{source}/", headers=headers)


def test_what_is_alike_without_the_thing_itself(browser, fill):
    fill(
        {"title": "Denim in walls", "body": TEXT},
        {"title": "Walls of denim", "body": TEXT},
        {"title": "Buttons", "body": "Horn and shell."},
    )
    html = similar(browser, "test.thing:1", **PART).content.decode()
    assert "Walls of denim" in html
    assert "Denim in walls" not in html
    assert "Buttons" not in html
    assert "<html" not in html
    whole = similar(browser, "test.thing:1").content.decode()
    assert "More like this" in whole
    assert 'content="noindex"' in whole
    assert '<a href="/en/thing-1/">Denim in walls</a>' in whole


def test_everybody_sees_their_own(client_for, member, fill):
    fill(
        {"title": "Denim in walls", "body": TEXT},
        {"title": "Inside", "body": TEXT, "audience": frozenset({MEMBERS})},
        {"title": "Offices", "body": TEXT, "audience": frozenset({STAFF})},
    )
    assert "Inside" not in similar(client_for(), "test.thing:1").content.decode()
    html = similar(client_for(member), "test.thing:1").content.decode()
    assert "Inside" in html
    assert "Offices" not in html
    assert similar(client_for(), "test.thing:2").status_code == 404
    assert similar(client_for(member), "test.thing:3").status_code == 404


@pytest.mark.parametrize("source", ["x", "test.thing:9", "a:b:c", "%00", "%E2%80%AE", "x" * 400])
def test_what_is_not_there_is_missing(browser, source):
    assert similar(browser, source).status_code == 404


def test_pages_and_topics_lead_to_it(client, home_page):
    pages = [
        make_practice(make_practice_index(home_page)),
        make_event(make_event_index(home_page)),
    ]
    for address, source in (
        (pages[0].url, f"bestpractices.bestpracticepage:{pages[0].pk}"),
        (pages[1].url, f"events.eventpage:{pages[1].pk}"),
    ):
        html = client.get(address).content.decode()
        assert f'href="/en/search/similar/{source}/"' in html
        assert client.get(f"/en/search/similar/{source}/").status_code == 200
    topic = make_topic()
    html = client.get(topic.get_absolute_url()).content.decode()
    assert f'hx-get="/en/search/similar/forum.topic:{topic.pk}/"' in html
