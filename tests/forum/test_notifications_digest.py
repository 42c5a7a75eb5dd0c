"""Digests: when they are due, once each, only what its reader may read at that moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core import periodic
from core.audiences import Audience
from forum import actions
from forum.models import Category, Notification, NotificationPreferences, TopicSubscription
from forum.models.following import Frequency, Level, MailStop
from forum.models.notifications import Kind
from forum.notifications import mailing, notify, tasks
from forum.states import State
from tests.factories.forum import in_state, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

MONDAY = datetime(2026, 11, 23, 5, tzinfo=ZoneInfo("UTC"))


def set_frequency(user, frequency):
    actions.set_preferences(user=user, frequency=frequency, watches_own=True)


class TestMoment:
    @pytest.mark.parametrize(
        ("frequency", "hours", "expected"),
        [
            (Frequency.DAILY, 0, -23),
            (Frequency.DAILY, 1, 1),
            (Frequency.DAILY, 20, 1),
            (Frequency.WEEKLY, 0, 1 - 7 * 24),
            (Frequency.WEEKLY, 2, 1),
            (Frequency.WEEKLY, 6 * 24, 1),
        ],
    )
    def test_digests_are_due_in_the_morning_and_on_mondays(self, frequency, hours, expected):
        moment = mailing.last_moment(frequency, MONDAY + timedelta(hours=hours))
        assert (moment - MONDAY) == timedelta(hours=expected)


@pytest.mark.parametrize("frequency", [Frequency.DAILY, Frequency.WEEKLY])
class TestDigest:
    @pytest.fixture
    def due(self, member, watched, answer, frequency, done):
        """Something new for a member whose digest is due; the moment."""
        set_frequency(member, frequency)
        post = done(lambda: answer(MemberFactory(), watched, source="News of looms"))
        moment = timezone.now()
        NotificationPreferences.objects.update(digest_at=moment - timedelta(days=8))
        Notification.objects.update(created_at=moment - timedelta(hours=1))
        return moment, post

    def test_sent_once_with_what_is_new(self, done, member, due, mailoutbox):
        moment, post = due
        done(lambda: mailing.send_digests(moment))
        (mail,) = mailoutbox
        assert mail.to == [member.email]
        assert "News of looms" in mail.body
        assert post.get_absolute_url() in mail.alternatives[0].content
        for later in (moment, moment + timedelta(minutes=15), moment + timedelta(days=30)):
            done(lambda later=later: mailing.send_digests(later))
        assert len(mailoutbox) == 1

    def test_the_same_task_twice_sends_once(self, done, member, due, mailoutbox):
        moment, _post = due
        for _attempt in range(2):
            done(lambda: tasks.mail_digest.func(user_id=member.pk, now=moment.isoformat()))
        assert len(mailoutbox) == 1

    def test_run_by_the_clock(self, done, due, mailoutbox):
        assert "forum_digests" in done(lambda: periodic.run_due(due[0]))
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize(
        "change",
        [
            lambda post: in_state(post, State.HIDDEN),
            lambda post: in_state(post, State.REJECTED),
            lambda post: in_state(post.topic.posts.get(number=1), State.HIDDEN),
            lambda post: Category.objects.update(audience=Audience.STAFF),
            lambda post: Notification.objects.update(read_at=timezone.now()),
            lambda post: TopicSubscription.objects.update(level=Level.MUTE),
        ],
        ids=["hidden", "rejected", "topic", "audience", "read", "muted"],
    )
    def test_nothing_where_nothing_is_left(self, done, due, mailoutbox, change):
        moment, post = due
        change(post)
        done(lambda: mailing.send_digests(moment))
        assert not mailoutbox

    def test_not_before_its_time(self, done, member, watched, answer, mailoutbox, frequency):
        set_frequency(member, frequency)
        done(lambda: answer(MemberFactory(), watched))
        done(lambda: mailing.send_digests(timezone.now()))
        assert not mailoutbox

    def test_what_was_mailed_at_once_is_in_no_digest(self, done, due, mailoutbox):
        Notification.objects.update(mailed_at=timezone.now())
        done(lambda: mailing.send_digests(due[0]))
        assert not mailoutbox

    def test_old_lines_do_not_come_with_the_first_one(self, done, due, mailoutbox):
        moment, _post = due
        Notification.objects.update(created_at=moment - timedelta(days=60))
        done(lambda: mailing.send_digests(moment))
        assert not mailoutbox

    def test_bounded(self, done, member, due, mailoutbox, monkeypatch):
        monkeypatch.setattr(mailing, "MOST_LINES", 2)
        for _number in range(3):
            notify(recipients=[member.pk], kind=Kind.MENTION, topic=make_topic())
        done(lambda: mailing.send_digests(due[0]))
        (mail,) = mailoutbox
        assert "There is more in your inbox" in mail.body
        assert Notification.objects.filter(mailed_at=None).count() == 2

    def test_not_to_a_stopped_address(self, done, member, due, mailoutbox):
        actions.stop_mail(user=member, why=MailStop.COMPLAINT)
        done(lambda: mailing.send_digests(due[0]))
        assert not mailoutbox

    @pytest.mark.parametrize("way", ["button of the mail program", "link and form"])
    def test_stopped_from_the_mail_itself(
        self, done, client_for, member, watched, answer, due, mailoutbox, way
    ):
        moment, _post = due
        done(lambda: mailing.send_digests(moment))
        mail = mailoutbox.pop()
        address = mail.extra_headers["List-Unsubscribe"].strip("<>")
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in mail.body
        assert f'href="{address}"' in mail.alternatives[0].content
        stranger = client_for()
        stranger.handler.enforce_csrf_checks = True
        if way == "link and form":
            page = stranger.get(address).content.decode()
            assert '<form class="stack" method="post">' in page
            assert NotificationPreferences.objects.get(user=member).frequency != Frequency.NONE
            sent = {}
        else:
            sent = {"List-Unsubscribe": "One-Click"}
        assert "no more mail" in stranger.post(address, sent).content.decode()
        assert NotificationPreferences.objects.get(user=member).frequency == Frequency.NONE
        done(lambda: answer(MemberFactory(), watched))
        done(lambda: mailing.send_digests(moment + timedelta(days=8)))
        assert [member.email] not in [one.to for one in mailoutbox]
