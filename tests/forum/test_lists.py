"""The lists beside a category's own: what each holds, for whom, and how one walks through it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audiences import Audience
from forum import actions, lists
from forum.keyset import NEWEST_FIRST
from forum.models import Topic
from forum.models.following import Level
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db

PUBLIC = ("latest", "unanswered", "solved")
PERSONAL = ("unread", "watched", "mine")


def titles(response):
    return re.findall(r'<a class="card__link" href="[^"]*">([^<]*)</a>', response.content.decode())


def step(response, rel):
    found = re.search(rf'rel="{rel}"\s+href="([^"]+)"', response.content.decode())
    return found[1].replace("&amp;", "&") if found else None


@pytest.fixture
def world(member):
    """{title: topic}: one of each kind; `member` started "Mine" and waits with "Waiting"."""
    shelf = CategoryFactory()
    topics = {
        name: make_topic(shelf, member if name == "Mine" else None, title=name)
        for name in ("Bare", "Answered", "Solved", "Mine")
    }
    make_reply(topics["Answered"])
    actions.accept_answer(post=make_reply(topics["Solved"]), user=topics["Solved"].author)
    members_only = CategoryFactory(audience=Audience.MEMBERS)
    staff_only = CategoryFactory(audience=Audience.STAFF)
    topics["Members"] = make_topic(members_only, title="Members")
    topics["Staff"] = make_topic(staff_only, EditorFactory(), title="Staff")
    topics["Waiting"] = make_topic(shelf, member, title="Waiting")
    in_state(topics["Waiting"].posts.get(), State.PENDING)
    return topics


@pytest.mark.parametrize(
    ("name", "visitor", "member_sees"),
    [
        ("latest", "Bare Answered Solved Mine", "Bare Answered Solved Mine Members"),
        ("unanswered", "Bare Mine", "Bare Mine Members"),
        ("solved", "Solved", "Solved"),
        ("unread", None, "Answered Solved Members"),
        ("mine", None, "Mine Waiting"),
    ],
)
def test_what_is_in_it(client_for, member, world, name, visitor, member_sees):
    address = reverse(f"forum:{name}")
    if name == "unread":
        for title in ("Bare", "Mine"):
            actions.mark_topic_read(user=member, topic=world[title], number=1)
    assert set(titles(client_for(member).get(address))) == set(member_sees.split())
    response = client_for().get(address)
    if visitor is None:
        assert response.status_code == 302
        assert response.url.startswith("/en/accounts/login/?next=")
    else:
        assert set(titles(response)) == set(visitor.split())


@pytest.mark.parametrize("name", [*PUBLIC, *PERSONAL])
def test_an_empty_one_says_so(client_for, member, name):
    text = client_for(member).get(reverse(f"forum:{name}")).content.decode()
    assert str(lists.get(name).empty) in text


def test_an_account_that_is_no_member_has_nothing_unread(client_for, world):
    assert titles(client_for(UserFactory()).get(reverse("forum:unread"))) == []


def test_reading_takes_a_topic_out_of_the_unread(client_for, member, world):
    client = client_for(member)
    client.get(world["Bare"].get_absolute_url())
    assert "Bare" not in titles(client.get(reverse("forum:unread")))
    client.post(reverse("forum:read"))
    assert titles(client.get(reverse("forum:unread"))) == []
    make_reply(world["Bare"])
    assert titles(client.get(reverse("forum:unread"))) == ["Bare"]


@pytest.mark.parametrize("name", [*PUBLIC, *PERSONAL])
def test_walking_forth_and_back_shows_each_once(client_for, name):
    """With ties in the dates; pinned topics stand where they are due."""
    author = MemberFactory(approved_at=timezone.now() - timedelta(days=300))
    shelf, now = CategoryFactory(), timezone.now()
    for number in range(45):
        topic = make_topic(shelf, author, title=f"T{number}")
        if name == "solved":
            actions.accept_answer(post=make_reply(topic), user=author)
        if name == "watched":
            actions.follow_topic(user=author, topic=topic, level=Level.WATCH)
        Topic.objects.filter(pk=topic.pk).update(
            last_post_at=now - timedelta(minutes=number % 4), pinned=number % 9 == 0
        )
    expected = list(Topic.objects.order_by("-last_post_at", "-pk").values_list("title", flat=True))
    client, address, forth = client_for(author), reverse(f"forum:{name}"), []
    while address:
        response = client.get(address)
        forth.append(titles(response))
        last, address = address, step(response, "next")
    assert [title for page in forth for title in page] == expected
    assert [len(page) for page in forth] == [20, 20, 5]
    address, back = step(client.get(last), "prev"), []
    while address:
        response = client.get(address)
        back.append(titles(response))
        address = step(response, "prev")
    assert back == forth[-2::-1]


@given(word=st.text(max_size=60), name=st.sampled_from(["after", "before"]))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_cursor_that_is_none(client, word, name):
    assert client.get(reverse("forum:latest"), {name: word}).status_code == 404


def test_robots_read_first_pages_that_are_everybodys(client_for, member, category):
    for _number in range(21):
        topic = make_topic(category, member)
    client = client_for(member)
    latest, mine = reverse("forum:latest"), reverse("forum:mine")
    assert b"noindex" not in client.get(latest).content
    assert b"noindex" in client.get(latest, {"after": NEWEST_FIRST.place_of(topic)}).content
    assert b"noindex" in client.get(mine).content


def test_the_navigation_offers_what_one_can_open(client_for, member):
    for user, offered in ((None, PUBLIC), (member, [*PUBLIC, *PERSONAL])):
        text = client_for(user).get(reverse("forum:latest")).content.decode()
        nav = re.search(r'<nav class="topic-lists".*?</nav>', text, re.DOTALL)[0]
        assert re.findall(r'href="/en/forum/([a-z]+)/"', nav) == list(offered)
        assert re.search(r'href="/en/forum/latest/"\s+aria-current="page"', nav)


@pytest.mark.parametrize("name", [*(one.name for one in lists.LISTS), "tag", "topic", "read"])
def test_no_category_can_hide_one(name):
    with pytest.raises(ValidationError):
        CategoryFactory.build(slug=name).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CategoryFactory(slug=name)
