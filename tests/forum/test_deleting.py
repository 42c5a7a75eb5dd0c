"""Taking one's own post away, in the browser."""

import re

import pytest
from django.urls import reverse

from forum.states import State
from tests.factories.forum import make_reply, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


class TestDelete:
    def test_asked_then_done(self, browser, member):
        post = make_reply(make_topic(), member, source="Gone soon")
        address = reverse("forum:delete", args=[post.pk])
        link = re.escape(address)
        assert re.search(
            f'href="{link}"', browser.get(post.topic.get_absolute_url()).content.decode()
        )
        assert "Gone soon" in browser.get(address).content.decode()
        post.refresh_from_db()
        assert post.state == State.PUBLISHED
        response = browser.post(address, {"version": 1}, follow=True)
        assert "Gone soon" not in response.content.decode()
        post.refresh_from_db()
        assert post.state == State.DELETED

    def test_an_opening_post_leads_back_to_the_category(self, browser, member):
        topic = make_topic(author=member)
        address = reverse("forum:delete", args=[topic.posts.get().pk])
        assert browser.post(address, {"version": 1}).url == topic.category.get_absolute_url()

    def test_not_of_others(self, browser):
        post = make_reply(make_topic())
        assert (
            browser.post(reverse("forum:delete", args=[post.pk]), {"version": 1}).status_code == 404
        )
        post.refresh_from_db()
        assert post.state == State.PUBLISHED

    @pytest.mark.parametrize("version", ["", "x", "0", "99"])
    def test_another_version(self, browser, member, version):
        post = make_reply(make_topic(), member)
        browser.post(reverse("forum:delete", args=[post.pk]), {"version": version})
        post.refresh_from_db()
        assert post.state == State.PUBLISHED
