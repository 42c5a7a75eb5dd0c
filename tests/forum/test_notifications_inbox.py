"""The pages: the inbox with its counter, what one follows, how one is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from forum import actions, keyset
from forum.models import (
    Category,
    CategorySubscription,
    Notification,
    TopicSubscription,
)
from forum.models.following import Level
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
