"""The demo shows what the forum can: reactions, answers, tags, what is watched, and an inbox with lines."""

import pytest
from django.core import mail

from forum.models import Notification, Reaction, Topic, TopicSubscription
from forum.models.following import Level
from forum.models.notifications import Kind
from forum.models.reactions import ReactionKind
from members.models import User
from tests.demo.conftest import everything, load_small

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.slow]


def test_the_forum_shows_what_it_can():
    assert set(Reaction.objects.values_list("kind", flat=True)) == set(ReactionKind.values)
    assert not Reaction.objects.filter(user__is_sample=False).exists()
    solved = Topic.objects.solved()
    assert solved.count() == 4
    assert len({topic.language for topic in solved}) > 1
    assert Topic.objects.filter(tags__isnull=False).distinct().count() > 20
    member = User.objects.get(email="member@example.org")
    assert TopicSubscription.objects.filter(user=member, level=Level.WATCH).count() == 3
    lines = Notification.objects.filter(user=member)
    assert lines.visible_to(member).filter(kind=Kind.REPLY).count() == 2
    assert Notification.objects.filter(kind=Kind.ACCEPTED).count() == 4


def test_it_writes_to_nobody_and_makes_nothing_twice():
    assert not Notification.objects.filter(mailed_at=None).exists()
    assert not mail.outbox
    before = everything()
    assert load_small() == 0
    assert everything() == before
