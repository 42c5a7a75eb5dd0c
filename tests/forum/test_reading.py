"""Lists, topics, permalinks: order, paging, addresses, what robots are told."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audiences import Audience
from forum.keyset import NEWEST_FIRST, PINNED_FIRST
from forum.models import Post, Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic

pytestmark = pytest.mark.django_db

KEPT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def titles(response):
    return re.findall(r'<a class="card__link" href="[^"]*">([^<]*)</a>', response.content.decode())


def step(response, rel):
    found = re.search(rf'rel="{rel}"\s+href="([^"]+)"', response.content.decode())
    return found[1].replace("&amp;", "&") if found else None


class TestTopicList:
    @pytest.fixture
    def long_list(self, category, member):
        """Fifty topics with ties in their dates; every tenth is pinned."""
        now = timezone.now()
        for number in range(50):
            topic = make_topic(category, member, title=f"T{number}")
            Topic.objects.filter(pk=topic.pk).update(
                last_post_at=now - timedelta(minutes=number % 7), pinned=number % 10 == 0
            )
        return list(
            Topic.objects.order_by("-pinned", "-last_post_at", "-pk").values_list(
                "title", flat=True
            )
        )

    def test_walking_forth_and_back_shows_each_once(self, client, category, long_list):
        address, forth = category.get_absolute_url(), []
        while address:
            response = client.get(address)
            forth.append(titles(response))
            last, address = address, step(response, "next")
        assert [title for page in forth for title in page] == long_list
        assert [len(page) for page in forth] == [20, 20, 10]
        address, back = step(client.get(last), "prev"), []
        while address:
            response = client.get(address)
            back.append(titles(response))
            address = step(response, "prev")
        assert back == forth[-2::-1]

    def test_only_the_first_page_is_for_robots(self, client, category, long_list):
        first = client.get(category.get_absolute_url())
        second = client.get(step(first, "next"))
        assert b"noindex" not in first.content
        assert b"noindex" in second.content

    def test_a_page_emptied_meanwhile(self, client, category):
        topic = make_topic(category)
        word = PINNED_FIRST.place_of(topic)
        response = client.get(category.get_absolute_url(), {"after": word})
        assert (response.status_code, titles(response)) == (200, [])

    @given(word=st.text(max_size=60), name=st.sampled_from(["after", "before"]))
    @KEPT
    def test_a_cursor_that_is_none(self, client, category, word, name):
        assert client.get(category.get_absolute_url(), {name: word}).status_code == 404

    def test_a_cursor_of_another_site_or_hand(self, client, category):
        topic = make_topic(category)
        good, other = PINNED_FIRST.place_of(topic), NEWEST_FIRST.place_of(topic)
        for word in (good[:-1], good[1:], good + "x", "W10:abc", other):
            assert client.get(category.get_absolute_url(), {"after": word}).status_code == 404

    def test_index_counts_public_topics(self, client, category):
        make_topic(category)
        text = client.get(reverse("forum:index")).content.decode()
        assert re.search(
            r'topic-row__number">1</span>\s*<span class="topic-row__unit">topic<', text
        )


class TestTopicPage:
    @pytest.fixture
    def long_topic(self, member):
        topic = make_topic(author=member)
        for number in range(2, 46):
            make_reply(topic, member, source=f"Post {number} here")
        return topic

    def test_pages_by_number(self, client, long_topic):
        for query, first, last in (
            ("", 2, 20),
            ("?page=1", 2, 20),
            ("?page=2", 21, 40),
            ("?page=3", 41, 45),
        ):
            text = client.get(long_topic.get_absolute_url() + query).content.decode()
            body = text.split("<main")[1]
            shown = [int(number) for number in re.findall(r"<p>Post (\d+) here</p>", body)]
            assert shown == list(range(first, last + 1))

    def test_no_such_page(self, client, long_topic):
        for page in ("0", "4", "-1", "01", "1.0", "x", "", "9" * 30, "²", "1\x00"):
            response = client.get(long_topic.get_absolute_url(), {"page": page})
            assert response.status_code == 404, page

    def test_a_hidden_post_leaves_the_others_where_they_are(self, client, long_topic):
        post = long_topic.posts.get(number=5)
        in_state(post, State.HIDDEN)
        first = client.get(long_topic.get_absolute_url()).content.decode()
        assert 'id="post-5"' not in first
        assert 'id="post-20"' in first
        assert 'id="post-21"' not in first

    def test_a_page_of_hidden_posts_says_so(self, client, long_topic):
        Post.objects.filter(topic=long_topic, number__gt=20, number__lte=40).update(
            state=State.HIDDEN
        )
        response = client.get(long_topic.get_absolute_url() + "?page=2")
        assert response.status_code == 200
        assert "None of the posts" in response.content.decode()

    def test_permalinks_lead_to_the_place(self, client, long_topic):
        for number, place in ((1, "#post-1"), (20, "#post-20"), (21, "?page=2#post-21")):
            post = long_topic.posts.get(number=number)
            response = client.get(post.get_absolute_url())
            assert response.url == long_topic.get_absolute_url() + place

    @pytest.mark.parametrize("pk", [0, 999_999, 10**30])
    def test_permalink_of_nothing(self, client, pk):
        assert client.get(f"/en/forum/post/{pk}/").status_code == 404

    def test_one_address(self, client, category):
        topic = make_topic(category)
        good = topic.get_absolute_url()
        other = CategoryFactory()
        for wrong in (
            reverse("forum:topic", args=[category.slug, topic.pk, "old-title"]),
            reverse("forum:topic", args=[other.slug, topic.pk, topic.slug]),
            reverse("forum:topic", args=["gone", topic.pk, topic.slug]),
        ):
            response = client.get(wrong + "?page=1&x=%26")
            assert (response.status_code, response.url) == (301, good + "?page=1&x=%26")
        assert (
            f'<link rel="canonical" href="http://testserver{good}">'
            in client.get(good).content.decode()
        )

    def test_a_wrong_address_of_a_secret_topic_tells_nothing(self, client):
        topic = make_topic(CategoryFactory(audience=Audience.MEMBERS), title="Secret")
        address = reverse("forum:topic", args=["x", topic.pk, "y"])
        assert client.get(address).status_code == 404

    def test_an_author_who_is_gone(self, client, member):
        topic = make_topic()
        make_reply(topic, member, source="Still here")
        member.delete()
        text = client.get(topic.get_absolute_url()).content.decode()
        assert "Still here" in text
        assert "Former member" in text

    def test_the_language_of_each_post(self, client):
        topic = make_topic(language="bg")
        make_reply(topic, language="da", source="Hej")
        text = client.get(topic.get_absolute_url()).content.decode()
        assert re.search(r'<h1[^>]*lang="bg"', text)
        assert re.search(r'prose" lang="da"><p>Hej</p>', text)

    def test_visitors_pages_set_no_cookie(self, client, category):
        topic = make_topic(category)
        for address in (
            reverse("forum:index"),
            category.get_absolute_url(),
            topic.get_absolute_url(),
        ):
            assert not client.get(address).cookies


class TestStructuredData:
    def data(self, client, topic, query=""):
        text = client.get(topic.get_absolute_url() + query).content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        return json.loads(found[1]) if found else None

    def test_of_a_public_topic(self, client):
        topic = make_topic(title="</script><script>alert(1)</script>", source="**Who** & why?")
        make_reply(topic, source="Me")
        in_state(make_reply(topic, source="Not me"), State.HIDDEN)
        topic.refresh_from_db()
        found = self.data(client, topic)
        assert found["@type"] == "DiscussionForumPosting"
        assert found["headline"] == topic.title
        assert found["text"] == "Who & why?"
        assert found["interactionStatistic"]["userInteractionCount"] == 1
        assert [comment["text"] for comment in found["comment"]] == ["Me"]

    def test_of_a_topic_that_is_not_public(self, client_for, member):
        topic = make_topic(CategoryFactory(audience=Audience.MEMBERS), member)
        client = client_for(member)
        assert self.data(client, topic) is None
        assert b"noindex" in client.get(topic.get_absolute_url()).content


def test_moderators_carry_a_badge_as_long_as_they_are_in_the_role(client, moderator, category):
    topic = make_topic(category)
    reply = make_reply(topic, moderator)
    badge = re.compile(r'<span class="badge[^"]*">\s*Moderator\s*</span>')

    def shown():
        return len(badge.findall(client.get(topic.get_absolute_url()).content.decode()))

    assert shown() == 1
    moderator.groups.clear()
    assert shown() == 0
    moderator.groups.add(Group.objects.get(name="Moderators"))
    assert shown() == 1
    reply.author.delete()
    assert shown() == 0
