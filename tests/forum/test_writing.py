"""Writing in the browser: what was typed is never lost, and nothing is stored twice."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.audiences import Audience
from forum.markdown import LONGEST_SOURCE
from forum.models import Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db

TEXT = "My text with **stars**"


def reply_data(**values):
    return {"source": TEXT, "language": "en", "key": str(uuid4()), "website": ""} | values


def topic_data(category, **values):
    return reply_data(category=category.pk, title="My title") | values


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


class TestReply:
    @pytest.fixture
    def topic(self, category):
        return make_topic(category)

    def test_published_and_shown(self, browser, topic):
        response = browser.post(topic.get_absolute_url(), reply_data(), follow=True)
        post = topic.posts.get(number=2)
        assert response.redirect_chain[-1][0] == f"{topic.get_absolute_url()}#post-2"
        assert "Your text is published." in response.content.decode()
        assert "My text with <strong>stars</strong>" in response.content.decode()
        assert post.state == State.PUBLISHED

    def test_waiting_and_told_so(self, browser, topic):
        topic.category.premoderated_posts = 2
        topic.category.save()
        response = browser.post(topic.get_absolute_url(), reply_data(), follow=True)
        post = topic.posts.get(state=State.PENDING)
        text = response.content.decode()
        assert response.redirect_chain[-1][0] == f"{topic.get_absolute_url()}#waiting-{post.pk}"
        assert "waits for a moderator" in text
        assert f'id="waiting-{post.pk}"' in text
        assert TEXT.split()[0] in text

    def test_on_the_right_page(self, browser, topic):
        for _number in range(20):
            make_reply(topic)
        response = browser.post(topic.get_absolute_url(), reply_data())
        assert response.url == f"{topic.get_absolute_url()}?page=2#post-22"

    def test_sent_twice_is_one_and_shows_it(self, browser, topic):
        data = reply_data()
        first, second = (browser.post(topic.get_absolute_url(), data) for _ in range(2))
        assert first.url == second.url
        assert topic.posts.count() == 2

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"source": ""}, "required"),
            ({"source": "  \n "}, "required"),
            ({"source": "x" * (LONGEST_SOURCE + 1)}, "at most"),
            ({"source": "---"}, "Nothing of this text would be shown"),
            ({"language": "xx"}, "valid choice"),
            ({"language": ""}, "required"),
            ({"key": "no-key"}, "UUID"),
            ({"website": "https://spam.example"}, "Leave this field empty"),
        ],
    )
    def test_refused_with_the_text_kept(self, browser, topic, change, message):
        response = browser.post(topic.get_absolute_url(), reply_data(**change))
        text = response.content.decode()
        assert response.status_code == 422
        assert message in text
        assert change.get("source", TEXT).strip() in text
        assert "spam.example" not in text
        assert topic.posts.count() == 1

    def test_too_fast_keeps_the_text_and_the_key(self, browser, topic):
        browser.post(topic.get_absolute_url(), reply_data())
        again = reply_data(source="Another thing")
        response = browser.post(topic.get_absolute_url(), again)
        text = response.content.decode()
        assert response.status_code == 422
        assert "You have just posted" in text
        assert "Another thing" in text
        assert again["key"] in text
        assert topic.posts.count() == 2

    @pytest.mark.usefixtures("_no_distance")
    def test_too_many_waiting_keeps_the_text(self, browser, topic):
        topic.category.premoderated_posts = 2
        topic.category.save()
        for source in ("First", "Second"):
            browser.post(topic.get_absolute_url(), reply_data(source=source))
        response = browser.post(topic.get_absolute_url(), reply_data(source="Third"))
        assert response.status_code == 422
        assert "waiting for a moderator" in response.content.decode()
        assert "Third" in response.content.decode()

    def test_states_are_no_fields(self, browser, topic, member):
        topic.category.premoderated_posts = 2
        topic.category.save()
        extra = {
            "state": "published",
            "number": "1",
            "trusted": "1",
            "author": "1",
            "is_opening": "1",
        }
        browser.post(topic.get_absolute_url(), reply_data(**extra))
        post = topic.posts.get(author=member)
        assert (post.state, post.number, post.is_opening) == (State.PENDING, None, False)

    def test_locked_meanwhile_keeps_the_text(self, browser, topic):
        Topic.objects.filter(pk=topic.pk).update(locked=True)
        response = browser.post(topic.get_absolute_url(), reply_data())
        assert response.status_code == 422
        assert "no longer open" in response.content.decode()
        assert TEXT in response.content.decode()
        assert "Your reply" in browser.get(topic.get_absolute_url()).content.decode()
        assert b"<textarea" not in browser.get(topic.get_absolute_url()).content

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods(self, browser, topic, method):
        assert getattr(browser, method)(topic.get_absolute_url()).status_code == 405

    def test_an_account_that_is_no_members(self, client_for, topic):
        client = client_for(UserFactory())
        text = client.get(topic.get_absolute_url()).content.decode()
        assert "not yet a member" in text
        assert "<textarea" not in text
        assert client.post(topic.get_absolute_url(), reply_data()).status_code == 404
        assert topic.posts.count() == 1

    def test_visitors_are_invited(self, client, topic):
        text = client.get(topic.get_absolute_url()).content.decode()
        assert reverse("account_signup") in text
        assert "<textarea" not in text

    def test_a_session_that_ended_keeps_the_text_until_after_the_log_in(
        self, client, topic, member
    ):
        address = topic.get_absolute_url()
        response = client.post(address, reply_data())
        assert response.url.startswith(reverse("account_login"))
        assert topic.posts.count() == 1
        client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        other = make_topic(topic.category)
        assert TEXT not in client.get(other.get_absolute_url()).content.decode()
        assert TEXT in client.get(address).content.decode()
        assert TEXT not in client.get(address).content.decode()

    def test_csrf(self, member, topic):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(topic.get_absolute_url(), reply_data()).status_code == 403


class TestNewTopic:
    address = "/en/forum/new/"

    def test_started_and_shown(self, browser, category):
        response = browser.post(self.address, topic_data(category), follow=True)
        topic = Topic.objects.get()
        assert response.redirect_chain[-1][0] == topic.get_absolute_url()
        assert (topic.title, topic.category, topic.page) == ("My title", category, None)

    def test_title_is_one_line(self, browser, category):
        browser.post(self.address, topic_data(category, title="  a\n\t b  "))
        assert Topic.objects.get().title == "a b"

    def test_category_in_the_address_is_chosen(self, browser, category):
        other = CategoryFactory()
        text = browser.get(f"{self.address}?category={other.slug}").content.decode()
        assert f'<option value="{other.pk}" selected>' in text
        assert f'<option value="{category.pk}">' in text

    @pytest.mark.parametrize(
        "query", ["?category=none", "?category=%00", "?page=x", "?page=%00", "?page="]
    )
    def test_nonsense_in_the_address(self, browser, query):
        assert browser.get(self.address + query).status_code == 200

    def test_a_category_that_is_not_theirs(self, browser, category):
        secret = CategoryFactory(audience=Audience.STAFF, name="Backstage")
        assert "Backstage" not in browser.get(self.address).content.decode()
        response = browser.post(self.address, topic_data(secret))
        assert response.status_code == 422
        assert TEXT in response.content.decode()
        assert not Topic.objects.exists()

    def test_sent_twice_is_one(self, browser, category):
        data = topic_data(category)
        first, second = (browser.post(self.address, data) for _ in range(2))
        assert first.url == second.url
        assert Topic.objects.count() == 1

    def test_refused_with_everything_kept(self, browser, category):
        browser.post(self.address, topic_data(category))
        response = browser.post(self.address, topic_data(category, title="Other title"))
        text = response.content.decode()
        assert response.status_code == 422
        assert 'value="Other title"' in text
        assert TEXT in text
        assert f'<option value="{category.pk}" selected>' in text

    def test_visitors_log_in_first(self, client, category):
        response = client.post(self.address, topic_data(category))
        assert response.url == f"{reverse('account_login')}?next={self.address}"
        client.force_login(MemberFactory(), backend="django.contrib.auth.backends.ModelBackend")
        text = client.get(self.address).content.decode()
        assert TEXT in text
        assert 'value="My title"' in text
        assert f'<option value="{category.pk}" selected>' in text

    def test_an_account_that_is_no_members(self, client_for, category):
        client = client_for(UserFactory())
        for response in (client.get(self.address), client.post(self.address, topic_data(category))):
            assert "not yet a member" in response.content.decode()
        assert not Topic.objects.exists()


class TestAboutAPage:
    address = "/en/forum/new/"

    def test_bound_to_the_page(self, browser, category, home_page):
        text = browser.get(f"{self.address}?page={home_page.pk}").content.decode()
        assert f'name="page" value="{home_page.pk}"' in text
        assert f'name="title" value="{home_page.title}"' in text
        browser.post(self.address, topic_data(category, page=home_page.pk))
        topic = Topic.objects.get()
        assert topic.page_id == home_page.pk
        assert home_page.title in browser.get(topic.get_absolute_url()).content.decode()

    def test_a_page_that_is_not_theirs(self, browser, category, home_page):
        home_page.view_restrictions.create(restriction_type=PageViewRestriction.GROUPS)
        assert browser.get(f"{self.address}?page={home_page.pk}").status_code == 404
        response = browser.post(self.address, topic_data(category, page=home_page.pk))
        assert response.status_code == 404
        assert not Topic.objects.exists()

    def test_a_page_restricted_later_is_not_named(self, client, category, home_page):
        topic = make_topic(category, page=home_page)
        link = f'<a href="{home_page.url}" '
        before = client.get(topic.get_absolute_url()).content.decode().split("<main")[1]
        home_page.view_restrictions.create(restriction_type=PageViewRestriction.LOGIN)
        after = client.get(topic.get_absolute_url()).content.decode().split("<main")[1]
        assert link in before
        assert link not in after
