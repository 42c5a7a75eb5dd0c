"""How long things are kept: texts their authors deleted, lines of inboxes, addresses of log-ins."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from core import periodic
from forum import actions
from forum.models import ModerationLog, Notification, Post
from forum.models.notifications import Kind
from forum.notifications import notify
from forum.retention import prune
from forum.states import State
from members.periodic import forget_addresses
from tests.factories.forum import in_state, make_reply, make_topic

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def later(days):
    return timezone.now() + days * DAY


@pytest.fixture
def deleted(member):
    post = make_reply(make_topic(), member, source="Too much said")
    actions.delete_own(post=post, author=member, version=post.version)
    return post


def text_of(post):
    return Post.objects.get(pk=post.pk).source


def test_a_deleted_text_is_forgotten_after_its_time(deleted):
    prune(later(179))
    assert text_of(deleted) == "Too much said"
    prune(later(181))
    kept = Post.objects.get(pk=deleted.pk)
    assert (kept.source, kept.html, kept.state) == ("", "", State.DELETED)
    assert kept.number == 2
    assert ModerationLog.objects.filter(post=kept).exists()


def edited(post):
    actions.edit_post(
        post=post, editor=post.author, source="Less", language="en", version=post.version
    )
    return post


def test_former_texts_go_with_the_text(member):
    topic = make_topic()
    post, other = (edited(make_reply(topic, member, source="Too much said")) for _n in range(2))
    actions.delete_own(post=post, author=member, version=post.version)
    prune(later(179))
    assert post.revisions.count() == 1
    prune(later(181))
    assert (post.revisions.count(), other.revisions.count()) == (0, 1)


def test_former_texts_go_even_where_the_text_is_gone_already(member):
    post = edited(make_reply(make_topic(), member))
    actions.delete_own(post=post, author=member, version=post.version)
    Post.objects.filter(pk=post.pk).update(source="", html="")
    prune(later(181))
    assert not post.revisions.exists()


def test_the_time_counts_from_the_deletion(member):
    post = make_reply(make_topic(), member, source="Old", at=timezone.now() - 400 * DAY)
    actions.delete_own(post=post, author=member, version=post.version)
    prune()
    assert text_of(post) == "Old"


@pytest.mark.parametrize("state", [state for state in State if state != State.DELETED])
def test_no_other_text_is_touched(state):
    post = in_state(make_reply(make_topic(), source="Stays"), state)
    prune(later(10_000))
    assert text_of(post) == "Stays"


def test_the_time_is_a_setting(deleted, settings):
    settings.FORUM_RETENTION = {"deleted_posts": 3}
    prune(later(4))
    assert text_of(deleted) == ""


@pytest.mark.parametrize(
    ("is_read", "days", "kept"), [(True, 89, 1), (True, 91, 0), (False, 364, 1), (False, 366, 0)]
)
def test_lines_of_inboxes_go_the_read_ones_sooner(member, is_read, days, kept):
    notify(recipients=[member.pk], kind=Kind.REPLY, topic=make_topic())
    if is_read:
        Notification.objects.update(read_at=timezone.now())
    prune(later(days))
    assert Notification.objects.count() == kept


def test_the_address_of_a_log_in_goes_with_its_session(member, client_for):
    client = client_for(member)
    for key in (client.session.session_key, "ended"):
        UserSession.objects.create(
            user=member, session_key=key, ip="192.0.2.1", user_agent="Browser", data={}
        )
    assert forget_addresses() == 0
    assert forget_addresses(later(1)) == 1
    assert UserSession.objects.get().session_key == client.session.session_key
    assert forget_addresses(later(60)) == 1


def test_both_are_done_every_day():
    assert {"forum_retention", "forget_addresses"} <= set(periodic.run_due())
