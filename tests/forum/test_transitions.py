"""What each act does to a post: who may do it from which state, test_every_act.py says."""

import re

import pytest
from django.core import mail

from core.audiences import Audience
from forum import actions, errors
from forum.models import ModerationLog, Post
from forum.states import TRANSITIONS, Act, State
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.members import (
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)


def act_on(post, act, actor, version=None):
    version = post.version if version is None else version
    match act:
        case Act.PUBLISH:
            return actions.publish_post(post=post, moderator=actor, version=version)
        case Act.REJECT:
            return actions.reject_post(
                post=post, moderator=actor, version=version, reason="R", grounds=a_rule()
            )
        case Act.HIDE:
            return actions.hide_post(
                post=post, moderator=actor, version=version, reason="R", grounds=a_rule()
            )
        case Act.RESTORE:
            return actions.restore_post(post=post, moderator=actor, version=version)
        case Act.DELETE:
            return actions.delete_own(post=post, author=actor, version=version)


@pytest.mark.django_db
@pytest.mark.parametrize("is_opening", [True, False], ids=["opening", "reply"])
@pytest.mark.parametrize(
    ("act", "state"),
    [(act, state) for act, (froms, _to) in TRANSITIONS.items() for state in sorted(froms)],
)
def test_every_transition_counts_and_is_logged(act, state, is_opening, moderator):
    author = MemberFactory()
    topic = make_topic(author=author) if is_opening else make_topic()
    post = topic.posts.get() if is_opening else make_reply(topic, author)
    post = in_state(post, state)
    actor = author if act is Act.DELETE else moderator
    target, version = TRANSITIONS[act][1], post.version
    act_on(post, act, actor)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.state, post.version) == (target, version + 1)
    assert (post.number is None) is (
        state in {State.PENDING, State.REJECTED} and target != State.PUBLISHED
    )
    assert topic.reply_count == (not is_opening and target == State.PUBLISHED)
    assert topic.state == (target if is_opening else State.PUBLISHED)
    entry = ModerationLog.objects.get(post=post)
    assert (entry.actor, entry.action) == (actor, act)
    assert (entry.from_state, entry.to_state) == (state, target)


@pytest.fixture
def pending(strict_category, member, start):
    return start(member, strict_category).posts.get()


@pytest.mark.django_db
class TestDecisions:
    def test_the_second_learns_who_was_first(self, pending, moderator):
        second = ModeratorFactory()
        actions.publish_post(post=pending, moderator=moderator, version=1)
        stale = Post.objects.get(pk=pending.pk)
        with pytest.raises(errors.AlreadyHandled, match=re.escape(moderator.name)) as caught:
            actions.reject_post(
                post=stale, moderator=second, version=1, reason="No", grounds=a_rule()
            )
        assert caught.value.by == moderator.name
        assert ModerationLog.objects.count() == 1

    def test_an_old_version_is_refused_even_in_the_right_state(self, moderator):
        post = make_reply(make_topic())
        actions.hide_post(post=post, moderator=moderator, version=1, reason="No", grounds=a_rule())
        actions.restore_post(post=post, moderator=moderator, version=2)
        with pytest.raises(errors.AlreadyHandled):
            actions.hide_post(
                post=post, moderator=moderator, version=1, reason="No", grounds=a_rule()
            )

    def test_deleted_meanwhile_by_the_author(self, pending, member, moderator):
        actions.delete_own(post=pending, author=member, version=1)
        with pytest.raises(errors.AlreadyHandled, match=re.escape(member.name)):
            actions.publish_post(post=pending, moderator=moderator, version=1)

    @pytest.mark.parametrize("reason", ["", "   ", "\n"])
    def test_a_decision_against_a_post_needs_a_reason(self, pending, moderator, reason):
        with pytest.raises(errors.ReasonMissing):
            actions.reject_post(
                post=pending, moderator=moderator, version=1, reason=reason, grounds=a_rule()
            )
        pending.refresh_from_db()
        assert pending.state == State.PENDING

    def test_moderators_decide_only_where_they_read(self, moderator):
        hidden_from_members = CategoryFactory(audience=Audience.STAFF)
        post = make_topic(hidden_from_members, EditorFactory()).posts.get()
        assert actions.hide_post(
            post=post, moderator=moderator, version=1, reason="R", grounds=a_rule()
        )
        former = MemberFactory(groups=("Moderators",), is_active=False)
        with pytest.raises(errors.NotAllowed):
            actions.restore_post(post=post, moderator=former, version=2)

    def test_approval_works_after_the_author_is_gone(self, pending, member, moderator):
        member.delete()
        pending.refresh_from_db()
        actions.publish_post(post=pending, moderator=moderator, version=1)
        assert Post.objects.get(pk=pending.pk).state == State.PUBLISHED

    def test_approval_works_after_the_account_was_closed(
        self, pending, member, moderator, done, mailoutbox
    ):
        member.is_active = False
        member.save()
        done(lambda: actions.publish_post(post=pending, moderator=moderator, version=1))
        post = Post.objects.select_related("topic").get(pk=pending.pk)
        assert (post.state, post.topic.state) == (State.PUBLISHED, State.PUBLISHED)
        assert not mailoutbox

    def test_approval_knows_no_rate_limit(self, pending, moderator, member, settings):
        settings.FORUM_LIMITS = {"topic_seconds": 10**6, "new_topic_seconds": 10**6}
        actions.publish_post(post=pending, moderator=moderator, version=1)
        assert Post.objects.get(pk=pending.pk).state == State.PUBLISHED

    def test_an_answered_topic_is_not_its_authors_to_delete(self, member):
        topic = make_topic(author=member)
        make_reply(topic)
        post = Post.objects.select_related("topic").get(topic=topic, is_opening=True)
        with pytest.raises(errors.NotAllowed):
            actions.delete_own(post=post, author=member, version=1)

    def test_answered_while_the_author_was_deleting(self, member):
        """The action looks again under the lock; what it was handed may be old."""
        topic = make_topic(author=member)
        post = Post.objects.select_related("topic").get(topic=topic)
        make_reply(topic)
        with pytest.raises(errors.NotAllowed):
            actions.delete_own(post=post, author=member, version=1)
        post.refresh_from_db()
        assert post.state == State.PUBLISHED


@pytest.mark.django_db
class TestMail:
    @pytest.mark.parametrize(
        ("act", "starts_from", "subject", "tells_why"),
        [
            (Act.PUBLISH, State.PENDING, "Published: ", False),
            (Act.REJECT, State.PENDING, "Not published: ", True),
            (Act.HIDE, State.PUBLISHED, "Hidden: ", True),
            (Act.RESTORE, State.HIDDEN, "Published: ", False),
        ],
    )
    def test_the_author_is_told(
        self,
        member,
        moderator,
        django_capture_on_commit_callbacks,
        act,
        starts_from,
        subject,
        tells_why,
    ):
        topic = make_topic(author=member, title="Wool & <silk>", source="My *own* words")
        post = in_state(topic.posts.get(), starts_from)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act_on(post, act, moderator)
            assert not mail.outbox
        message = mail.outbox[0]
        html = message.alternatives[0].content
        assert message.to == [member.email]
        assert message.subject == f"{subject}Wool & <silk>"
        assert f"/en/forum/post/{post.pk}/" in message.body
        assert "Wool &amp; &lt;silk&gt;" in html
        for body in (message.body, html):
            assert ("My *own* words" in body) is tells_why
        assert moderator.name not in message.body + html

    def test_in_the_authors_language(self, moderator, django_capture_on_commit_callbacks):
        author = MemberFactory(language="fr")
        post = in_state(make_topic(author=author).posts.get(), State.PENDING)
        with django_capture_on_commit_callbacks(execute=True):
            actions.publish_post(post=post, moderator=moderator, version=1)
        assert f"/fr/forum/post/{post.pk}/" in mail.outbox[0].body
        assert '<html lang="fr">' in mail.outbox[0].alternatives[0].content

    def test_nothing_is_sent_when_the_decision_fails(
        self, pending, moderator, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(errors.AlreadyHandled):
            actions.publish_post(post=pending, moderator=moderator, version=7)
        assert not mail.outbox
