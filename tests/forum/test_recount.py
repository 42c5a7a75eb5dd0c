"""The command that compares counters with posts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forum.models import Category, Post, Topic
from forum.states import State
from tests.factories.forum import in_state, make_reply, make_topic

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("forum_recount", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def topic():
    topic = make_topic()
    for _number in range(3):
        make_reply(topic)
    in_state(topic.posts.get(number=4), State.HIDDEN)
    topic.refresh_from_db()
    return topic


def test_the_actions_leave_no_drift(topic):
    assert "0 counters differed" in run()


def test_reports_and_fixes(topic):
    right = Topic.objects.values().get()
    Topic.objects.update(reply_count=1, last_post=None, last_number=3, state=State.HIDDEN)
    Category.objects.update(topic_count=9)
    with pytest.raises(CommandError):
        run()
    assert Topic.objects.get().reply_count == 1
    text = run(fix=True)
    assert "reply_count is 1, should be 2" in text
    assert "topic_count is 9, should be 1" in text
    assert Topic.objects.values().get() == right
    assert "0 counters differed" in run()


def test_a_number_once_given_stays_given(topic):
    Post.objects.filter(number=4).delete()
    assert "0 counters differed" in run()
    assert make_reply(topic).number == 5
