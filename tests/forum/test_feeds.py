"""Atom feeds: well-formed, public only, bounded."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from core.audiences import Audience
from forum import sitemaps
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


class TestOfATopic:
    def test_tells_its_public_posts_the_newest_first(self, client):
        topic = make_topic(title="A & B")
        make_reply(topic, source="Second")
        in_state(make_reply(topic, source="Hidden"), State.HIDDEN)
        tree = feed(client, reverse("forum:topic_feed", args=[topic.pk]))
        assert titles(tree) == ["A & B #2", "A & B #1"]
        link = tree.find("a:entry", ATOM).find("a:link", ATOM).get("href")
        post = topic.posts.get(number=2)
        assert link == f"http://testserver{post.get_absolute_url()}"

    def test_is_linked_where_there_is_one(self, client_for, member):
        topic = make_topic()
        shelf = make_topic(CategoryFactory(audience=Audience.MEMBERS))
        for one, expected in ((topic, True), (shelf, False)):
            text = client_for(member).get(one.get_absolute_url()).content.decode()
            assert (reverse("forum:topic_feed", args=[one.pk]) in text) is expected

    def test_public_topics_only_whoever_asks(self, client_for, member):
        shelf = make_topic(CategoryFactory(audience=Audience.MEMBERS))
        pending = make_topic(author=member)
        in_state(pending.posts.get(), State.PENDING)
        for pk in (shelf.pk, pending.pk, 0, 10**30):
            assert client_for(member).get(f"/en/forum/topic/{pk}/feed/").status_code == 404

    def test_bounded(self, client, django_assert_max_num_queries):
        topic = make_topic()
        for _number in range(LONGEST + 5):
            make_reply(topic)
        with django_assert_max_num_queries(4):
            tree = feed(client, reverse("forum:topic_feed", args=[topic.pk]))
        assert len(titles(tree)) == LONGEST


class TestSitemap:
    def test_names_public_topics_in_their_own_language(self, client, home_page):
        topic = make_topic(language="fr", title="Qui file ?")
        shelf = make_topic(CategoryFactory(audience=Audience.MEMBERS))
        pending = make_topic()
        in_state(pending.posts.get(), State.PENDING)
        text = client.get("/sitemap.xml").content.decode()
        assert f"/fr/forum/{topic.category.slug}/{topic.pk}-qui-file/</loc>" in text
        assert home_page.full_url.split("/", 3)[3] in text
        for hidden in (shelf, pending):
            assert f"/{hidden.pk}-" not in text

    def test_bounded(self, client, home_page, monkeypatch, category):
        monkeypatch.setattr(sitemaps, "MOST", 2)
        for number in range(3):
            make_topic(category, title=f"T{number}")
        text = client.get("/sitemap.xml").content.decode()
        assert ["-t0/" in text, "-t1/" in text, "-t2/" in text] == [False, True, True]


def test_the_canonical_address_is_in_the_topics_language(client):
    topic = make_topic(language="fr", title="Qui file ?")
    text = client.get(topic.get_absolute_url()).content.decode()
    good = topic.get_absolute_url().replace("/en/", "/fr/")
    assert text.count('rel="canonical"') == 1
    assert f'<link rel="canonical" href="http://testserver{good}">' in text
    assert "hreflang" not in text.split("</head>")[0]
