"""The buttons by which one follows, the list of what one follows, and how one is told."""

import re

import pytest
from django.urls import reverse

from forum import actions, keyset
from forum.models import (
    NotificationPreferences,
)
from forum.models.following import Frequency, Level, MailStop
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

FOLLOWING, SETTINGS = "/en/forum/inbox/following/", "/en/forum/inbox/settings/"


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


class TestFollowButtons:
    @pytest.mark.parametrize("which", ["topic", "category"])
    def test_without_script_and_with_it(self, browser, member, which):
        topic = make_topic()
        shown = topic if which == "topic" else topic.category
        text = text_of(browser.get(shown.get_absolute_url()))
        assert f"You do not follow this {which}." in text
        action = re.search(r'hx-post="([^"]*)"[^>]*hx-target="#follow"', text)[1]
        response = browser.post(action, {"level": "watch"})
        assert response.url.startswith(shown.get_absolute_url())
        text = text_of(browser.get(shown.get_absolute_url()))
        assert f"You watch this {which}" in text
        assert f"Stop watching this {which}" in text
        response = browser.post(action, {"level": "none"}, headers={"hx-request": "true"})
        partial = text_of(response)
        assert partial.strip().startswith("<section")
        assert f"You do not follow this {which}." in partial
        assert 'role="status"' in partial

    def test_what_is_not_there_for_the_reader_is_missing(self, browser, client):
        topic = make_topic()
        hidden = make_topic()
        in_state(hidden.posts.get(), State.HIDDEN)
        closed = CategoryFactory(audience="staff")
        for address in (
            reverse("forum:follow_topic", args=[hidden.pk]),
            reverse("forum:follow_topic", args=[10**12]),
            reverse("forum:follow_category", args=[closed.pk]),
        ):
            assert browser.post(address, {"level": "watch"}).status_code == 404
        for address in (
            reverse("forum:follow_topic", args=[hidden.pk]),
            reverse("forum:follow_category", args=[closed.pk]),
        ):
            assert client.post(address, {"level": "watch"}).status_code == 404
        address = reverse("forum:follow_topic", args=[topic.pk])
        assert browser.post(address, {"level": "loudly"}).status_code == 404
        assert browser.get(address).status_code == 405

    @pytest.mark.parametrize("name", ["follow_topic", "follow_category"])
    def test_who_was_logged_out_meanwhile_logs_in_first(self, client, name):
        topic = make_topic()
        pk = topic.pk if name == "follow_topic" else topic.category_id
        address = reverse(f"forum:{name}", args=[pk])
        assert "/accounts/login/" in client.post(address, {"level": "watch"}).url
        headers = {"hx-request": "true"}
        response = client.post(address, {"level": "watch"}, headers=headers)
        assert "/accounts/login/" in response["HX-Redirect"]

    def test_visitors_see_no_buttons(self, client):
        topic = make_topic()
        for address in (topic.get_absolute_url(), topic.category.get_absolute_url()):
            assert 'id="follow"' not in text_of(client.get(address))


class TestFollowing:
    def test_lists_what_is_followed_by_newest_activity(self, browser, member):
        older, newer, muted = make_topic(title="Older"), make_topic(), make_topic(title="Muted")
        actions.follow_topic(user=member, topic=older, level=Level.TRACK)
        actions.follow_topic(user=member, topic=newer, level=Level.WATCH)
        actions.follow_topic(user=member, topic=muted, level=Level.MUTE)
        actions.follow_topic(user=MemberFactory(), topic=make_topic(), level=Level.WATCH)
        actions.follow_category(user=member, category=muted.category, level=Level.WATCH)
        context = browser.get(FOLLOWING).context
        assert context["list"].rows == [newer, older]
        assert list(context["categories"]) == [muted.category]
        assert browser.get(f"{FOLLOWING}?show=muted").context["list"].rows == [muted]

    def test_paged_and_without_what_cannot_be_read(self, browser, member):
        category = CategoryFactory()
        topics = [make_topic(category) for _number in range(keyset.ROWS_PER_PAGE + 2)]
        for one in topics:
            actions.follow_topic(user=member, topic=one, level=Level.MUTE)
        in_state(topics[0].posts.get(), State.HIDDEN)
        page = browser.get(f"{FOLLOWING}?show=muted").context["list"]
        second = browser.get(page.next_url).context["list"]
        assert [*page.rows, *second.rows] == topics[:0:-1]
        assert "show=muted" in second.previous_url


class TestSettings:
    def test_shown_and_stored(self, browser, member):
        assert "checked" in text_of(browser.get(SETTINGS))
        browser.post(SETTINGS, {"frequency": "weekly"})
        row = NotificationPreferences.objects.get(user=member)
        assert (row.frequency, row.watches_own) == (Frequency.WEEKLY, False)

    def test_nonsense_is_refused_and_nothing_stored(self, browser):
        response = browser.post(SETTINGS, {"frequency": "hourly"})
        assert response.status_code == 422
        assert not NotificationPreferences.objects.exists()

    def test_linked_from_the_pages_of_the_account(self, browser):
        assert f'href="{SETTINGS}"' in text_of(browser.get("/en/members/profile/"))

    def test_says_why_mail_was_stopped_and_starts_it_again(self, browser, member):
        actions.stop_mail(user=member, why=MailStop.BOUNCE)
        assert "refused our messages" in text_of(browser.get(SETTINGS))
        browser.post(SETTINGS, {"resume": "1"})
        assert "refused our messages" not in text_of(browser.get(SETTINGS))
        assert NotificationPreferences.objects.get(user=member).mail_stop == ""
