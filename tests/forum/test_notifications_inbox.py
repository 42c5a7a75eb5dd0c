"""The pages: the inbox with its counter, what one follows, how one is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from forum import actions, keyset
from forum.models import (
    Category,
    CategorySubscription,
    Notification,
    NotificationPreferences,
    TopicSubscription,
)
from forum.models.following import Frequency, Level, MailStop
from forum.models.notifications import Kind
from forum.notifications import notify
from forum.querysets_inbox import MOST_COUNTED
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

INBOX, FOLLOWING = "/en/forum/inbox/", "/en/forum/inbox/following/"
SETTINGS, READ = "/en/forum/inbox/settings/", "/en/forum/inbox/read/"


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def give(user, count=1, *, kind=Kind.REPLY, category=None):
    """Lines about as many topics, each with a reply; the topics."""
    category = category or CategoryFactory()
    topics = []
    for _number in range(count):
        topic = make_topic(category, title=f"Topic {_number:03}")
        post = make_reply(topic)
        notify(recipients=[user.pk], kind=kind, topic=topic, post=post, actor=post.author)
        topics.append(topic)
    return topics


class TestInbox:
    def test_a_line_says_what_where_who_and_when(self, browser, member):
        topic = give(member)[0]
        text = text_of(browser.get(INBOX))
        post = topic.posts.get(number=2)
        for wanted in (
            "New replies",
            topic.title,
            topic.category.label,
            post.author.name,
            post.get_absolute_url(),
            "I do.",
            f"{timezone.now():%Y-%m-%dT}",
        ):
            assert wanted in text

    @pytest.mark.parametrize("code", ["fr", "bg"])
    def test_in_the_readers_language(self, browser, member, code):
        category = CategoryFactory(names={code: "Étagère"})
        give(member, category=category)
        text = text_of(browser.get(f"/{code}/forum/inbox/"))
        assert "Étagère" in text
        with translation.override(code):
            assert str(Kind.REPLY.label) in text
        assert re.search(rf'lang="en">\s*<a href="/{code}/forum/post/', text)

    @pytest.mark.parametrize("address", [INBOX, FOLLOWING, SETTINGS])
    def test_visitors_log_in_first(self, client, address):
        response = client.get(address)
        assert response.status_code == 302
        assert "/accounts/login/" in response.url

    def test_only_ones_own_lines(self, browser):
        give(MemberFactory())
        assert "Nothing here yet" in text_of(browser.get(INBOX))

    @pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN, State.REJECTED, State.DELETED])
    def test_nothing_of_what_cannot_be_read(self, browser, member, state):
        give(member)
        before = text_of(browser.get(INBOX))
        topic = give(member)[0]
        in_state(topic.posts.get(number=2), state)
        closed = give(member, category=CategoryFactory(name="Shelf of the staff"))[0]
        Category.objects.filter(pk=closed.category_id).update(audience="staff")
        after = text_of(browser.get(INBOX))
        token = r'csrfmiddlewaretoken" value="[^"]*'
        assert re.sub(token, "", after) == re.sub(token, "", before)

    def test_a_decision_about_a_topic_that_is_gone_does_not_name_it(self, browser, member):
        topic = make_topic(title="Unspeakable")
        notify(recipients=[member.pk], kind=Kind.DECISION, topic=topic, post=topic.posts.get())
        in_state(topic.posts.get(), State.HIDDEN)
        text = text_of(browser.get(INBOX))
        assert "Decision about your post" in text
        assert "Unspeakable" not in text

    def test_paged_by_key_to_the_end_and_back(self, browser, member):
        give(member, keyset.ROWS_PER_PAGE * 2 + 3)
        address, seen, back = INBOX, [], []
        while address:
            page = browser.get(address).context["list"]
            seen += [row.pk for row in page.rows]
            address, last = page.next_url, page
        assert seen == list(Notification.objects.order_by("-pk").values_list("pk", flat=True))
        address = last.previous_url
        while address:
            page = browser.get(address).context["list"]
            back = [row.pk for row in page.rows] + back
            address = page.previous_url
        assert back == seen[: len(back)]
        assert len(back) == keyset.ROWS_PER_PAGE * 2

    @pytest.mark.parametrize("place", ["x", "", "WzFd:forged", "[1]"])
    @pytest.mark.parametrize("side", ["after", "before"])
    def test_a_place_that_no_page_named_is_missing(self, browser, side, place):
        assert browser.get(INBOX, {side: place}).status_code == 404


class TestCounter:
    def test_in_the_account_navigation_of_every_page(self, browser, member, home_page):
        give(member, 2)
        for address in ("/en/", "/en/forum/", "/en/search/", SETTINGS):
            assert "Inbox, 2 new" in text_of(browser.get(address)), address

    def test_bounded(self, browser, member):
        topic = make_topic()
        Notification.objects.bulk_create(
            Notification(user=member, kind=Kind.ACCEPTED, topic=topic)
            for _number in range(MOST_COUNTED + 5)
        )
        assert f"Inbox, {MOST_COUNTED - 1}+ new" in text_of(browser.get("/en/forum/"))

    def test_visitors_have_none_and_pay_nothing(self, client, home_page):
        with CaptureQueriesContext(connection) as captured:
            text = text_of(client.get("/en/forum/"))
        assert "inbox" not in text
        assert not [one for one in captured if "forum_notification" in one["sql"]]


class TestReading:
    def test_opening_the_topic_reads_its_lines_and_no_others(self, browser, member):
        read, other = give(member, 2)
        text = text_of(browser.get(read.get_absolute_url()))
        assert "Inbox, 1 new" in text
        assert Notification.objects.unread().get().topic == other

    def test_a_head_request_reads_nothing(self, browser, member):
        topic = give(member)[0]
        browser.head(topic.get_absolute_url())
        assert Notification.objects.unread_count(member) == 1

    def test_one_and_all(self, browser, member):
        give(member, 3)
        line = Notification.objects.first()
        response = browser.post(READ, {"line": line.pk, "next": f"{INBOX}?x=1"})
        assert response.url == f"{INBOX}?x=1"
        assert Notification.objects.unread_count(member) == 2
        assert browser.post(READ, {"next": "https://elsewhere.example/"}).url == INBOX
        assert Notification.objects.unread_count(member) == 0

    def test_not_the_lines_of_somebody_else(self, browser):
        other = MemberFactory()
        give(other)
        browser.post(READ, {"line": Notification.objects.get().pk})
        browser.post(READ)
        assert Notification.objects.unread_count(other) == 1

    @pytest.mark.parametrize("line", ["x", "-1", "1" * 40, "1\x00"])
    def test_nonsense_is_missing(self, browser, line):
        assert browser.post(READ, {"line": line}).status_code == 404

    def test_a_get_changes_nothing(self, browser):
        assert browser.get(READ).status_code == 405


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
        address = reverse("forum:follow_topic", args=[topic.pk])
        assert client.post(address, {"level": "watch"}).status_code == 404
        assert browser.post(address, {"level": "loudly"}).status_code == 404
        assert browser.get(address).status_code == 405

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


def test_a_page_of_the_inbox_costs_the_same_whatever_is_in_it(browser, member):
    def cost(address):
        with CaptureQueriesContext(connection) as captured:
            text_of(browser.get(address))
        return len(captured)

    give(member)
    actions.follow_topic(user=member, topic=make_topic(), level=Level.WATCH)
    actions.follow_category(user=member, category=CategoryFactory(), level=Level.WATCH)
    few = cost(INBOX), cost(FOLLOWING)
    for kind in (Kind.REPLY, Kind.MENTION, Kind.ACCEPTED, Kind.TOPIC):
        give(member, 5, kind=kind)
    TopicSubscription.objects.bulk_create(
        TopicSubscription(user=member, topic=make_topic(), level=Level.WATCH) for _n in range(15)
    )
    CategorySubscription.objects.bulk_create(
        CategorySubscription(user=member, category=CategoryFactory(), level=Level.WATCH)
        for _n in range(15)
    )
    deep = browser.get(INBOX).context["list"].next_url
    assert (cost(INBOX), cost(FOLLOWING)) == few
    assert cost(deep) == few[0]
    assert max(few) <= 15
