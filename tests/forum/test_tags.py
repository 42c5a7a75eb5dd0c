"""Tags of topics: from the site's taxonomy, of which nobody learns what is not theirs to read."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from taggit.models import Tag

from core import taxonomy
from core.audiences import Audience
from forum.forms import TopicForm
from forum.models import Topic
from forum.states import State
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import CategoryFactory, in_state, make_topic
from tests.factories.home import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(home_page):
    """Pages with tags: two everybody's, one a draft, one the members'."""
    practices, events = make_practice_index(home_page), make_event_index(home_page)
    make_practice(practices, title="Linen shelf", tags=["Linen", "Wool"])
    make_event(events, title="Dye days", slug="dye", tags=["Dyeing"])
    make_practice(practices, title="Draft", slug="draft", tags=["Secretium"], live=False)
    restrict(make_event(events, title="Closed", slug="closed", tags=["Shelfium"]))


def form(user, category, tags):
    data = {
        "category": category.pk,
        "title": "Who spins?",
        "source": "We look for yarn.",
        "language": "en",
        "key": uuid4(),
        "tags": tags,
    }
    return TopicForm(data, user=user)


class TestTaxonomy:
    def test_is_what_readable_pages_carry(self, pages, member, rf):
        from django.contrib.auth.models import AnonymousUser

        assert list(taxonomy.known_tags(AnonymousUser())) == ["Dyeing", "Linen", "Wool"]
        assert list(taxonomy.known_tags(member)) == ["Dyeing", "Linen", "Shelfium", "Wool"]

    def test_names_are_found_whatever_their_case(self, pages, member):
        tags, unknown = taxonomy.tags_named(["LINEN", "linen", "Gold"], member)
        assert [tag.name for tag in tags] == ["Linen"]
        assert unknown == ["Gold"]


class TestChoosing:
    @pytest.mark.parametrize(
        ("typed", "chosen"),
        [
            ("", []),
            (" , ,", []),
            ("Linen", ["Linen"]),
            (" linen ,WOOL, linen", ["Linen", "Wool"]),
        ],
    )
    def test_by_name(self, pages, member, category, typed, chosen):
        filled = form(member, category, typed)
        assert filled.is_valid(), filled.errors
        assert [tag.name for tag in filled.cleaned_data["tags"]] == chosen

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("Linnen", "Did you mean: Linen?"),
            ("Gold", "There is no tag “Gold” here."),
            ("Secretium", "There is no tag “Secretium” here."),
            ("\x00", "Null characters are not allowed."),
            ("x" * 401, "at most 400"),
        ],
    )
    def test_what_is_not_there(self, pages, member, category, typed, told):
        filled = form(member, category, typed)
        assert told in " ".join(filled.errors["tags"])

    def test_at_most_five(self, home_page, member, category):
        names = [f"Fibre {number}" for number in range(6)]
        make_practice(make_practice_index(home_page), tags=names)
        assert form(member, category, ", ".join(names[:5])).is_valid()
        assert "At most 5" not in str(form(member, category, "").errors)
        filled = form(member, category, ", ".join(names))
        assert filled.errors["tags"] == ["Choose at most 5 tags."]

    def test_in_the_browser(self, pages, client_for, member, category):
        client, address = client_for(member), reverse("forum:new")
        text = client.get(address).content.decode()
        assert re.search(r'<datalist id="known-tags">.*value="Linen"', text, re.DOTALL)
        assert "Secretium" not in text
        filled = form(member, category, "linen, dyeing")
        response = client.post(address, filled.data)
        topic = Topic.objects.get()
        assert response.url == topic.get_absolute_url()
        assert sorted(topic.tags.names()) == ["Dyeing", "Linen"]
        again = client.post(address, form(member, category, "Gold").data)
        assert again.status_code == 422
        assert 'value="Gold"' in again.content.decode()


class TestReading:
    def test_on_the_topic_and_as_a_list(self, client):
        topic, other = make_topic(title="About linen"), make_topic(title="Other")
        topic.tags.add("Linen")
        address = reverse("forum:tag", args=["linen"])
        assert f'href="{address}"' in client.get(topic.get_absolute_url()).content.decode()
        text = client.get(address).content.decode()
        assert "Tag: Linen" in text
        assert topic.title in text
        assert other.title not in text

    def test_a_tag_without_a_topic_one_may_see_is_missing(self, client_for, member):
        Tag.objects.create(name="Bare")
        make_topic(CategoryFactory(audience=Audience.MEMBERS), title="Shelf").tags.add("Shelfium")
        pending = make_topic(title="Pending")
        pending.tags.add("Pendium")
        in_state(pending.posts.get(), State.PENDING)
        for slug in ("bare", "gone", "pendium", "%00", "x" * 300):
            assert client_for().get(f"/en/forum/tag/{slug}/").status_code == 404
        assert client_for().get("/en/forum/tag/shelfium/").status_code == 404
        assert client_for(member).get("/en/forum/tag/shelfium/").status_code == 200
