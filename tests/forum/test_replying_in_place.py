"""A reply by htmx: what is new comes below the others, and an empty form below that."""

import json
from uuid import uuid4

import pytest

from forum import actions
from forum.models import Draft, TopicRead
from forum.models.following import Level
from forum.states import Act, State
from forum.transitions import change
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = pytest.mark.django_db

TEXT = "My text with **stars**"
POSTS = '<div hx-swap-oob="beforeend:#posts">'


@pytest.fixture
def topic(category):
    return make_topic(category)


@pytest.fixture
def send(client_for, member, topic):
    """Send a reply as htmx does, from the page whose last post is number `seen`."""
    client = client_for(member)

    def send(*, page="", **values):
        data = {"source": TEXT, "language": "en", "key": str(uuid4()), "website": "", "seen": "1"}
        headers = {"HX-Request": "true", "HX-Target": "reply"}
        return client.post(topic.get_absolute_url() + page, data | values, headers=headers)

    return send


def place_of(response):
    return json.loads(response["HX-Trigger-After-Settle"])["forum:answered"]["place"]


def test_the_post_comes_alone_and_gets_the_focus(send, topic):
    response = send()
    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert page.count("<article") == 1
    assert 'id="post-2"' in page.partition(POSTS)[2]
    assert place_of(response) == "post-2"
    assert "My text with <strong>stars</strong>" in page
    assert "Your text is published." in page


def test_the_form_is_empty_and_ready_for_another(send, topic):
    first = str(uuid4())
    page = send(key=first).content.decode()
    assert TEXT not in page
    assert first not in page
    assert '<input type="hidden" name="seen" value="2">' in page


def test_what_others_wrote_meanwhile_comes_too(send, topic):
    make_reply(topic, source="First of two")
    hidden = make_reply(topic, source="Hidden since")
    change(post=hidden, act=Act.HIDE, actor=MemberFactory(), version=hidden.version)
    make_reply(topic, source="Second of two")
    page = send(seen="1").content.decode()
    assert [word in page for word in ("First of two", "Second of two", "Hidden since")] == [
        *(True, True),
        False,
    ]
    assert page.count("<article") == 3


def test_what_was_shown_already_does_not_come_again(send, topic):
    make_reply(topic, source="Shown already")
    assert "Shown already" not in send(seen="2").content.decode()


def test_one_that_waits_is_shown_to_its_author(send, topic):
    topic.category.premoderated_posts = 2
    topic.category.save()
    response = send()
    post = topic.posts.get(state=State.PENDING)
    assert place_of(response) == f"waiting-{post.pk}"
    assert "waits for a moderator" in response.content.decode()
    assert f'id="waiting-{post.pk}"' in response.content.decode()


def test_it_counts_as_read_and_the_topic_is_followed_as_the_box_says(send, topic, member):
    page = send().content.decode()
    assert TopicRead.objects.get(user=member, topic=topic).last_read_number == 2
    assert topic.subscriptions.get(user=member).level == Level.WATCH
    assert "You watch this topic" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"source": ""}, "required"),
        ({"source": "Write to me@example.org"}, "Do you want to publish this?"),
        ({"website": "https://spam.example"}, "Leave this field empty"),
        ({"preview": "1"}, "Preview"),
    ],
)
def test_what_is_not_sent_comes_back_with_what_was_typed(send, topic, values, message):
    response = send(**values)
    page = response.content.decode()
    assert message in page
    assert values.get("source", TEXT) in page
    assert '<input type="hidden" name="seen" value="1">' in page
    assert response.status_code == (200 if "preview" in values else 422)
    assert "<html" not in page
    assert POSTS not in page
    assert topic.posts.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999", "1; DROP"])
def test_without_knowing_what_is_shown_the_whole_page_comes(send, topic, seen):
    response = send(seen=seen)
    assert response["HX-Redirect"] == f"{topic.get_absolute_url()}#post-2"


@pytest.mark.parametrize("page", ["", "?page=7", "?page=x"])
def test_from_another_page_than_the_last_the_window_goes_to_the_post(send, topic, page):
    for _number in range(20):
        make_reply(topic)
    response = send(page=page, seen="20")
    assert response["HX-Redirect"] == f"{topic.get_absolute_url()}?page=2#post-22"


def test_a_saved_draft_leads_the_window_there(send, topic, member):
    response = send(save_draft="1")
    assert response["HX-Redirect"] == f"{topic.get_absolute_url()}#reply"
    assert Draft.objects.get(owner=member).source == TEXT


def test_whose_session_has_ended_logs_in_and_has_the_text_back(client, topic):
    data = {"source": TEXT, "language": "en", "key": str(uuid4()), "seen": "1"}
    response = client.post(topic.get_absolute_url(), data, headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith("/en/accounts/login/?next=")
    assert client.session["forum_draft"]["source"] == TEXT


def test_in_a_topic_that_was_closed_meanwhile(send, topic):
    actions.set_locked(topic=topic, moderator=ModeratorFactory(), locked=True, reason="Done")
    response = send()
    assert response.status_code == 422
    assert TEXT in response.content.decode()
