"""Workers at the same moment, on PostgreSQL: each mail goes once, each line is there once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forum import actions
from forum.models import Notification, NotificationPreferences, Post, TopicSubscription
from forum.models.following import Level
from forum.models.notifications import Kind
from forum.notifications import mailing, telling
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory
from tests.forum.test_concurrency import THREADS, at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
PEOPLE = 5


@pytest.fixture
def lines():
    """An unread line about a reply for each of some people; the reply."""
    topic = make_topic()
    people = [MemberFactory() for _number in range(PEOPLE)]
    TopicSubscription.objects.bulk_create(
        TopicSubscription(user=one, topic=topic, level=Level.WATCH) for one in people
    )
    post = make_reply(topic)
    telling.tell_followers(post)
    assert Notification.objects.count() == PEOPLE
    return post


def test_workers_mailing_at_once_send_each_mail_once(lines, mailoutbox):
    def work():
        return mailing.mail_at_once(kind=Kind.REPLY, topic_id=lines.topic_id, post_id=lines.pk)

    at_once(*[work] * THREADS)
    assert len(mail.outbox) == PEOPLE
    assert len({one.to[0] for one in mail.outbox}) == PEOPLE


def test_runs_of_the_digest_at_once_send_it_once(lines, mailoutbox):
    for row in Notification.objects.all():
        actions.set_preferences(user=row.user, frequency="daily", watches_own=True)
    moment = timezone.now()
    NotificationPreferences.objects.update(digest_at=moment - timedelta(days=2))
    at_once(*[lambda: mailing.send_digests(moment)] * THREADS)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        row.user.email for row in Notification.objects.select_related("user")
    )


def test_telling_of_several_posts_at_once_makes_one_line_for_each_reader(lines):
    Notification.objects.all().delete()
    posts = [make_reply(lines.topic) for _number in range(THREADS)]

    def tell(key):
        telling.tell_followers(Post.objects.select_related("topic__category").get(pk=key))

    at_once(*[lambda post=post: tell(post.pk) for post in posts])
    assert Notification.objects.count() == PEOPLE
