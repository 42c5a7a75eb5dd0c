"""What was typed when there was no place for it any more: said plainly, and there to be copied."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.html import escape

from core.audiences import Audience
from forum import actions, errors
from forum.models import Category, Post, Topic
from forum.states import State
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.factories.members import ModeratorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

TYPED = "\nMy <long> text,\nof an hour"
GONE = "The place for it is no longer there, or is not open to you."
NEW = "/en/forum/new/"


@pytest.fixture
def topic():
    return make_topic(title="A hidden title")


@pytest.fixture
def post(member, topic):
    return make_reply(topic, member)


def send(browser, address, headers=None, **values):
    words = {"source": TYPED, "language": "en", "key": str(uuid4()), "website": ""} | values
    return browser.post(address, words, headers=headers)


def assert_kept(response, why):
    page = response.content.decode()
    assert response.status_code == 404
    assert escape(why) in page
    assert f"readonly>\n{escape(TYPED)}</textarea>" in page
    assert "A hidden title" not in page


def silence(member):
    actions.penalise(
        post=make_reply(make_topic(), member),
        moderator=ModeratorFactory(),
        kind="silence",
        reason="Insults",
        until=timezone.now() + timedelta(days=7),
        grounds=a_rule(),
    )


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "reply"}])
def test_who_was_silenced_meanwhile(client_for, member, topic, post, headers):
    browser = client_for(member)
    silence(member)
    for address in (NEW, topic.get_absolute_url(), f"/en/forum/post/{post.pk}/edit/"):
        values = {"title": "My title", "category": topic.category_id, "version": 1}
        response = send(browser, address, headers=headers, **values)
        assert_kept(response, "You cannot post until")
        assert 'value="My title"' in response.content.decode()


def hidden(topic):
    in_state(topic.posts.get(is_opening=True), State.HIDDEN)


def out_of_sight(topic):
    Category.objects.filter(pk=topic.category_id).update(audience=Audience.STAFF)


def deleted(topic):
    topic.delete()


@pytest.mark.parametrize("happens", [hidden, out_of_sight, deleted])
def test_a_topic_that_is_gone_meanwhile(client_for, member, topic, post, happens):
    browser = client_for(member)
    addresses = [topic.get_absolute_url(), f"/en/forum/post/{post.pk}/edit/"]
    happens(topic)
    pages = [send(browser, address, version=1) for address in addresses]
    for response in pages:
        assert_kept(response, GONE)


def test_what_the_act_refuses_under_its_lock(client_for, member, topic, monkeypatch):
    browser = client_for(member)

    def refuse(**values):
        raise errors.NotAllowed

    monkeypatch.setattr(actions, "reply", refuse)
    assert_kept(send(browser, topic.get_absolute_url()), GONE)


def test_a_page_that_went_meanwhile(client_for, member, topic, home_page):
    values = {"title": "T", "category": topic.category_id, "page": home_page.pk + 10_000}
    assert_kept(send(client_for(member), NEW, **values), GONE)
    assert Topic.objects.count() == 1


def late(post):
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(days=1))


def closed(post):
    Topic.objects.filter(pk=post.topic_id).update(locked=True)


@pytest.mark.parametrize(("happens", "why"), [(late, errors.TooLate), (closed, errors.TopicClosed)])
def test_an_edit_that_comes_too_late(client_for, member, post, happens, why):
    happens(post)
    browser, address = client_for(member), f"/en/forum/post/{post.pk}/edit/"
    assert_kept(send(browser, address, version=1), str(why()))
    assert browser.get(address).status_code == 404


def test_visitors_and_empty_texts_find_nothing(client_for, member, topic):
    hidden(topic)
    for browser, text in ((client_for(), TYPED), (client_for(member), " ")):
        response = send(browser, topic.get_absolute_url(), source=text)
        assert response.status_code == 404
        assert b"typed-source" not in response.content


def test_an_account_that_is_no_members_is_told_so(client_for, topic):
    browser = client_for(UserFactory())
    assert_kept(send(browser, topic.get_absolute_url()), "Your account is not yet a member’s")
