"""How many queries the pages of this app cost a visitor."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePagePick
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import make_reply, make_topic
from tests.factories.home import make_image, make_page, make_section

# Real commits: inside a transaction that changed content nothing shared is kept.
pytestmark = pytest.mark.django_db(transaction=True)

FIGURE = {"value": "38", "unit": "t", "label": "kept from the fire", "source": "Own weighing"}


def queries(client, address, *others):
    for alias in caches:
        caches[alias].clear()
    # Other pages, so that what all share is known: site, navigation, names of places.
    for other in others:
        client.get(other)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture
def site_tree(home_page):
    section = make_section(home_page, "Guides", listing_summary="How to begin")
    image = make_image()
    pages = [
        make_page(section, f"Guide {number}", listing_image=image, listing_summary="Short")
        for number in range(4)
    ]
    home_page.hero_image = make_image("Hero")
    home_page.hero_links = [("link", {"page": section, "url": "", "title": "Go"})]
    home_page.key_figures = [("figure", FIGURE)]
    home_page.picks = [HomePagePick(picked=page) for page in pages]
    home_page.body = [("text", "<p>Text</p>")]
    home_page.save_revision().publish()
    return {"home": home_page, "section": section, "standard": pages[0], "other": pages[1]}


@pytest.fixture
def all_slots(home_page):
    """Something for every slot of the home page."""
    practices, events = make_practice_index(home_page), make_event_index(home_page)
    for number in range(4):
        make_practice(practices, title=f"Practice {number}", listing_image=make_image(f"P{number}"))
        make_event(events, title=f"Event {number}", start=number + 1)
        make_reply(make_topic(title=f"Topic {number}"))


@pytest.mark.usefixtures("all_slots")
@pytest.mark.parametrize(("name", "most"), [("home", 15), ("section", 15), ("standard", 12)])
def test_queries_are_few(name, most, site_tree, client):
    client.get(site_tree[name].url)
    others = [site_tree["other"].url, "/en/practices/", "/en/events/"]
    found = queries(client, site_tree[name].url, *others)
    assert len(found) <= most, "\n".join(found)


def test_a_section_costs_the_same_whatever_its_length(site_tree, client):
    section, other = site_tree["section"], site_tree["other"]
    few = len(queries(client, section.url, other.url))
    for number in range(10):
        make_page(section, f"More {number}", listing_image=make_image(f"Image {number}"))
    client.get(section.url)
    assert len(queries(client, section.url, other.url)) <= few
