"""Mail: at once and in digests, once each, only what its reader may read; and the ways to stop it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from core import periodic
from core.audiences import Audience
from forum import actions
from forum.models import Category, Notification, NotificationPreferences, TopicSubscription
from forum.models.following import Frequency, Level, MailStop
from forum.models.notifications import Kind
from forum.notifications import mailing, notify, tasks, telling
from forum.states import State
from tests.factories.forum import in_state, make_topic
from tests.factories.members import MemberFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

MONDAY = datetime(2026, 11, 23, 5, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Have something done and then what it has enqueued, as after a commit."""

    def run(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return run


@pytest.fixture
def watched(member):
    """A topic that the member watches."""
    topic = make_topic(title="Who weaves linen?")
    actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
    return topic


def set_frequency(user, frequency):
    actions.set_preferences(user=user, frequency=frequency, watches_own=True)


class TestAtOnce:
    def test_text_and_html_say_it_and_lead_there(self, done, member, watched, answer, mailoutbox):
        author = MemberFactory(name="Anna <Weaver>")
        post = done(lambda: answer(author, watched, source="We **do** & more"))
        (mail,) = mailoutbox
        assert mail.to == [member.email]
        assert mail.subject == "New replies: Who weaves linen?"
        html = mail.alternatives[0].content
        for wanted in ("Anna <Weaver>", "We do & more", post.get_absolute_url()):
            assert wanted in mail.body
        for wanted in ("Anna &lt;Weaver&gt;", "We do &amp; more", post.get_absolute_url()):
            assert wanted in html
        assert mail.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_one_mail_until_the_topic_is_read(self, done, member, watched, answer, mailoutbox):
        author = MemberFactory()
        done(lambda: answer(author, watched))
        done(lambda: answer(author, watched))
        assert len(mailoutbox) == 1
        actions.mark_read(user=member, topic=watched)
        done(lambda: answer(author, watched))
        assert [mail.to for mail in mailoutbox] == [[member.email]] * 2

    @pytest.mark.parametrize("code", ["ca", "da", "es", "fr", "pt", "bg", "ro"])
    def test_in_the_members_language(self, done, answer, mailoutbox, code):
        reader, topic = MemberFactory(language=code), make_topic()
        actions.follow_topic(user=reader, topic=topic, level=Level.WATCH)
        done(lambda: answer(MemberFactory(), topic))
        (mail,) = mailoutbox
        with translation.override(code):
            assert mail.subject.startswith(str(Kind.REPLY.label))
        assert f"/{code}/forum/post/" in mail.body
        assert f'<html lang="{code}">' in mail.alternatives[0].content
        assert 'lang="en"' in mail.alternatives[0].content

    @pytest.mark.parametrize("level", [Level.TRACK, Level.MUTE])
    def test_what_is_only_tracked_is_told_on_the_site_alone(
        self, done, member, watched, answer, mailoutbox, level
    ):
        actions.follow_topic(user=member, topic=watched, level=level)
        done(lambda: answer(MemberFactory(), watched))
        assert not mailoutbox

    @pytest.mark.parametrize("frequency", set(Frequency) - {Frequency.AT_ONCE})
    def test_not_to_who_wants_it_otherwise(
        self, done, member, watched, answer, mailoutbox, frequency
    ):
        set_frequency(member, frequency)
        done(lambda: answer(MemberFactory(), watched))
        assert not mailoutbox
        assert Notification.objects.unread_count(member) == 1

    def test_not_to_a_closed_account(self, done, member, watched, answer, mailoutbox):
        done_by = MemberFactory()
        member.is_active = False
        member.save()
        done(lambda: answer(done_by, watched))
        assert not mailoutbox

    @pytest.mark.parametrize(
        "change",
        [
            lambda post: in_state(post, State.HIDDEN),
            lambda post: in_state(post, State.REJECTED),
            lambda post: in_state(post, State.DELETED),
            lambda post: in_state(post.topic.posts.get(number=1), State.HIDDEN),
            lambda post: Category.objects.update(audience=Audience.STAFF),
            lambda post: TopicSubscription.objects.update(level=Level.MUTE),
            lambda post: TopicSubscription.objects.update(level=Level.TRACK),
            lambda post: Notification.objects.update(read_at=timezone.now()),
        ],
        ids=["hidden", "rejected", "deleted", "topic", "audience", "muted", "tracked", "read"],
    )
    def test_what_changed_before_the_mail_went_is_not_mailed(
        self, member, watched, answer, mailoutbox, change, done
    ):
        post = answer(MemberFactory(), watched)
        notify(recipients=[member.pk], kind=Kind.REPLY, topic=watched, post=post)
        change(post)
        done(lambda: mailing.mail_at_once(kind=Kind.REPLY, topic_id=watched.pk, post_id=post.pk))
        assert not mailoutbox
        assert Notification.objects.get().mailed_at is None

    def test_the_next_reply_is_mailed_when_the_first_was_hidden_in_time(
        self, done, member, moderator, watched, answer, mailoutbox
    ):
        first = answer(MemberFactory(), watched)
        telling.tell_followers(first)
        actions.hide_post(post=first, moderator=moderator, version=1, reason="No")
        second = done(lambda: answer(MemberFactory(), watched, source="Still here"))
        (mail,) = [one for one in mailoutbox if one.to == [member.email]]
        assert second.get_absolute_url() in mail.body
        assert "Still here" in mail.body

    def test_many_are_mailed_in_batches(self, done, answer, mailoutbox, monkeypatch):
        monkeypatch.setattr(mailing, "BATCH", 2)
        topic, people = make_topic(), [MemberFactory() for _number in range(5)]
        for one in people:
            actions.follow_topic(user=one, topic=topic, level=Level.WATCH)
        done(lambda: answer(MemberFactory(), topic))
        assert sorted(mail.to[0] for mail in mailoutbox) == sorted(one.email for one in people)

    def test_decisions_have_mail_of_their_own(self, done, member, mailoutbox):
        topic = make_topic(author=member)
        for kind in (Kind.DECISION, Kind.APPEAL, Kind.REPORT):
            done(lambda kind=kind: notify(recipients=[member.pk], kind=kind, topic=topic))
        assert not mailoutbox

    @pytest.mark.parametrize(
        "kind", [Kind.MENTION, Kind.ACCEPTED, Kind.STALE, Kind.CONSENT, Kind.REPLY, Kind.TOPIC]
    )
    def test_every_other_kind(self, done, member, watched, mailoutbox, kind):
        actions.follow_category(user=member, category=watched.category, level=Level.WATCH)
        post = watched.posts.get()
        done(lambda: notify(recipients=[member.pk], kind=kind, topic=watched, post=post))
        assert [mail.subject for mail in mailoutbox] == [f"{kind.label}: {watched.title}"]


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


class TestStopping:
    @pytest.fixture
    def mail(self, done, watched, answer, mailoutbox):
        done(lambda: answer(MemberFactory(), watched))
        return mailoutbox.pop()

    def one_click(self, mail):
        """The address in the header, without the site's own."""
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        return re.fullmatch(r"<http://localhost(/.*)>", mail.extra_headers["List-Unsubscribe"])[1]

    def mute_link(self, mail):
        return re.search(r"Mute this topic:\nhttp://localhost(\S+)", mail.body)[1]

    def test_one_click_stops_mail_without_log_in(
        self, client_for, mail, member, done, watched, answer, mailoutbox
    ):
        # As a mail program does it: no cookie, no token of a form, another origin.
        program = client_for()
        program.handler.enforce_csrf_checks = True
        response = program.post(self.one_click(mail), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert NotificationPreferences.objects.get(user=member).frequency == Frequency.NONE
        actions.mark_read(user=member, topic=watched)
        done(lambda: answer(MemberFactory(), watched))
        assert [member.email] not in [mail.to for mail in mailoutbox]
        assert program.post(self.one_click(mail)).status_code == 200

    def test_looking_only_asks(self, client, mail, member):
        for address in (self.one_click(mail), self.mute_link(mail)):
            text = client.get(address).content.decode()
            assert '<form class="stack" method="post"' in text
        assert not NotificationPreferences.objects.exists()
        assert TopicSubscription.objects.get(user=member).level == Level.WATCH

    def test_a_topic_is_muted_from_the_mail(self, client, mail, member, watched):
        response = client.post(self.mute_link(mail))
        assert watched.title in response.content.decode()
        assert TopicSubscription.objects.get(user=member).level == Level.MUTE
        assert not NotificationPreferences.objects.exists()

    def test_a_topic_that_cannot_be_read_any_more_is_not_named(self, client, mail, watched):
        in_state(watched.posts.get(number=1), State.HIDDEN)
        for method in (client.get, client.post):
            assert watched.title not in method(self.mute_link(mail)).content.decode()

    def test_an_old_mail_still_counts_after_a_new_address(self, client, mail, member):
        member.email = "moved@example.org"
        member.save()
        client.post(self.one_click(mail))
        assert NotificationPreferences.objects.get(user=member).frequency == Frequency.NONE

    def test_what_was_tampered_with_is_missing(self, client, mail):
        address = self.one_click(mail)
        word = address.rstrip("/").rsplit("/", 1)[1]
        payload, rest = word.split(":", 1)
        for forged in (
            word[:-1] + ("A" if word[-1] != "A" else "B"),
            f"{payload}x:{rest}",
            "WzEsbnVsbF0:1:x",
            word + "x",
            "%00",
        ):
            for method in (client.get, client.post):
                assert method(address.replace(word, forged)).status_code == 404
        assert not NotificationPreferences.objects.exists()

    def test_an_erased_account_is_missing(self, client, mail, member):
        member.delete()
        assert client.post(self.one_click(mail)).status_code == 404

    def test_never_kept_by_a_cache(self, client, mail):
        assert "no-store" in client.get(self.one_click(mail))["Cache-Control"]


def test_an_account_that_is_no_members_hears_nothing_of_members(done, answer, mailoutbox):
    topic, account = make_topic(), UserFactory()
    TopicSubscription.objects.create(user=account, topic=topic, level=Level.WATCH)
    Category.objects.update(audience=Audience.MEMBERS)
    topic.refresh_from_db()
    done(lambda: answer(MemberFactory(), topic))
    assert not mailoutbox
