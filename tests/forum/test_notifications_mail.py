"""Mail at once: one for each line, and only what its reader may read at that moment."""

import pytest
from django.utils import timezone, translation

from core.audiences import Audience
from forum import actions
from forum.models import Category, Notification, TopicSubscription
from forum.models.following import Frequency, Level
from forum.models.notifications import Kind
from forum.notifications import mailing, notify, telling
from forum.states import State
from tests.factories.forum import a_rule, in_state, make_topic
from tests.factories.members import MemberFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]


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

    @pytest.mark.parametrize("frequency", sorted(set(Frequency) - {Frequency.AT_ONCE}))
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
        actions.hide_post(post=first, moderator=moderator, version=1, reason="No", grounds=a_rule())
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
        for kind in (Kind.DECISION, Kind.APPEAL):
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


def test_an_account_that_is_no_members_hears_nothing_of_members(done, answer, mailoutbox):
    topic, account = make_topic(), UserFactory()
    TopicSubscription.objects.create(user=account, topic=topic, level=Level.WATCH)
    Category.objects.update(audience=Audience.MEMBERS)
    topic.refresh_from_db()
    done(lambda: answer(MemberFactory(), topic))
    assert not mailoutbox
