"""Atom feeds: well-formed, public only, bounded."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from core.audiences import Audience
from forum.models import Topic
from forum.states import State
from forum.views.feeds import LONGEST
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, address="/en/forum/feed/"):
    response = client.get(address)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


def titles(tree):
    return [entry.findtext("a:title", namespaces=ATOM) for entry in tree.findall("a:entry", ATOM)]


def test_newest_activity_first(client, category):
    old, new = make_topic(category, title="Old"), make_topic(category, title="New")
    assert titles(feed(client)) == ["New", "Old"]
    make_reply(old)
    assert titles(feed(client)) == ["Old", "New"]
    Topic.objects.filter(pk=new.pk).update(pinned=True)
    address = reverse("forum:category_feed", args=[category.slug])
    assert titles(feed(client, address)) == ["Old", "New"]


def test_tells_the_opening_post_and_its_address(client, category):
    topic = make_topic(category, title="A & B <i>", source="**Bold** & <script>")
    entry = feed(client).find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "A & B <i>"
    assert entry.findtext("a:summary", namespaces=ATOM) == topic.posts.get().html
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver{topic.get_absolute_url()}"


def test_public_only_whoever_asks(client_for):
    make_topic(CategoryFactory(audience=Audience.MEMBERS))
    in_state(make_topic().posts.get(), State.PENDING)
    for user in (None, MemberFactory()):
        assert titles(feed(client_for(user))) == []


def test_a_category_that_is_not_public_has_none(client_for, member):
    category = CategoryFactory(audience=Audience.MEMBERS)
    address = reverse("forum:category_feed", args=[category.slug])
    assert client_for(member).get(address).status_code == 404


def test_bounded(client, category, member, django_assert_max_num_queries):
    for _number in range(LONGEST + 5):
        make_topic(category, member)
    with django_assert_max_num_queries(4):
        assert len(titles(feed(client))) == LONGEST


def test_signs_that_xml_cannot_hold(client, category):
    author = MemberFactory(name="Bell\x07")
    make_topic(category, author, title="Form\x0cfeed", source="Null\x01 text\ufffe")
    assert titles(feed(client)) == ["Formfeed"]
