"""Editing: who may, until when, and what is kept of the text before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import searchable
from forum import actions, errors
from forum.models import ModeratorScope, Post, PostRevision, Topic
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def edit(post, editor, source="Better words.", **values):
    wanted = {"language": "en", "version": post.version}
    return actions.edit_post(post=post, editor=editor, source=source, **(wanted | values))


def age(post, minutes):
    """Make a published post older."""
    at = timezone.now() - timedelta(minutes=minutes)
    Post.objects.filter(pk=post.pk).update(published_at=at, created_at=at)
    post.refresh_from_db()
    return post


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="First words.")


class TestOwnPost:
    def test_the_new_text_is_shown_and_the_old_one_kept(self, post, member):
        edit(post, member, "**Better** words.", language="fr")
        post.refresh_from_db()
        assert post.source == "**Better** words."
        assert "<strong>Better</strong>" in post.html
        assert (post.language, post.version, post.state) == ("fr", 2, State.PUBLISHED)
        assert post.edited_at is not None
        former = PostRevision.objects.get()
        assert (former.source, former.language, former.version) == ("First words.", "en", 1)
        assert former.is_public
        assert former.editor == member

    def test_number_and_dates_stay(self, post, member):
        before = (post.number, post.published_at, post.created_at)
        edit(post, member)
        post.refresh_from_db()
        assert (post.number, post.published_at, post.created_at) == before

    def test_the_same_text_changes_nothing(self, post, member):
        edit(post, member, "First words.")
        post.refresh_from_db()
        assert (post.version, post.edited_at) == (1, None)
        assert not PostRevision.objects.exists()

    @pytest.mark.parametrize(("minutes", "allowed"), [(59, True), (61, False)])
    def test_within_an_hour_of_publication(self, post, member, minutes, allowed):
        age(post, minutes)
        if allowed:
            assert edit(post, member).source == "Better words."
        else:
            with pytest.raises(errors.TooLate):
                edit(post, member)

    @pytest.mark.parametrize("locked", [False, True])
    @pytest.mark.parametrize("within", [True, False])
    def test_moderators_later_too_where_they_moderate(self, moderator, client_for, within, locked):
        post = age(make_reply(make_topic(), moderator, source="First words."), 0 if locked else 61)
        if locked:
            Topic.objects.filter(pk=post.topic_id).update(locked=True)
        scope = ModeratorScope.objects.create(user=moderator, languages=[])
        scope.categories.add(post.topic.category if within else CategoryFactory())
        page = client_for(moderator).get(post.topic.get_absolute_url()).content.decode()
        assert (reverse("forum:edit", args=[post.pk]) in page) is within
        if within:
            assert edit(post, moderator).source == "Better words."
        else:
            with pytest.raises(errors.TopicClosed if locked else errors.TooLate):
                edit(post, moderator)

    def test_the_window_is_a_setting(self, post, member, settings):
        settings.FORUM_EDIT_MINUTES = 0
        with pytest.raises(errors.TooLate):
            edit(post, member)

    def test_what_waits_may_be_edited_at_any_time(self, member):
        post = in_state(make_reply(make_topic(), member), State.PENDING)
        Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(days=9))
        edit(post, member)
        post.refresh_from_db()
        assert (post.source, post.state, post.edited_at) == ("Better words.", State.PENDING, None)
        assert not PostRevision.objects.get().is_public

    @pytest.mark.parametrize("state", [State.REJECTED, State.HIDDEN, State.DELETED])
    def test_not_what_is_closed(self, member, state):
        post = in_state(make_reply(make_topic(), member), state)
        with pytest.raises(errors.NotAllowed):
            edit(post, member)

    def test_not_in_a_locked_topic(self, post, member):
        Topic.objects.update(locked=True)
        with pytest.raises(errors.TopicClosed):
            edit(post, member)

    def test_not_of_others(self, post):
        for person in (MemberFactory(), UserFactory()):
            with pytest.raises(errors.NotAllowed):
                edit(post, person)

    @pytest.mark.parametrize("source", ["---", "|a|b|\n|-|-|\n" + "|\n" * 9_000])
    def test_what_cannot_be_posted_cannot_be_edited_in(self, post, member, source):
        with pytest.raises((errors.Empty, errors.TooLong)):
            edit(post, member, source)
        post.refresh_from_db()
        assert post.version == 1

    def test_not_without_end(self, post, member, settings):
        settings.FORUM_LIMITS = {"edits_per_post": 2}
        for number in range(2):
            edit(post, member, f"Words {number}")
        with pytest.raises(errors.TooManyEdits):
            edit(post, member, "Words again")

    def test_an_opening_post_takes_its_topics_language_along(self, member):
        topic = make_topic(author=member)
        edit(topic.posts.get(), member, language="da")
        topic.refresh_from_db()
        assert topic.language == "da"


class TestTwoAtOnce:
    def test_an_old_version_is_refused(self, post, member):
        edit(post, member)
        with pytest.raises(errors.AlreadyHandled):
            edit(post, member, "Other words.", version=1)
        assert PostRevision.objects.count() == 1

    def test_a_moderator_decides_about_what_was_read(self, member, moderator):
        post = in_state(make_reply(make_topic(), member), State.PENDING)
        edit(Post.objects.get(pk=post.pk), member, "Something else.")
        with pytest.raises(errors.AlreadyHandled):
            actions.publish_post(post=post, moderator=moderator, version=1)


class TestPremoderation:
    """What was checked cannot become something else unchecked."""

    @pytest.mark.usefixtures("_no_distance")
    def test_a_checked_first_post_stays_as_it_was_checked(
        self, member, moderator, strict_category, start, answer
    ):
        topic = start(member, strict_category)
        opening = topic.posts.get()
        actions.publish_post(post=opening, moderator=moderator, version=1)
        second = answer(member, topic)
        actions.publish_post(post=second, moderator=moderator, version=1)
        for post in (opening, second):
            with pytest.raises(errors.StillChecked):
                edit(post, member)
        # The third is published at once, on the trust of two others: so are its changes, and theirs.
        third = answer(member, topic)
        for post in (third, second, opening):
            assert edit(post, member).source == "Better words."

    def test_what_waits_goes_on_waiting(self, member, strict_category, start):
        post = start(member, strict_category).posts.get()
        assert edit(post, member).state == State.PENDING


class TestModerators:
    def test_with_a_reason(self, post, moderator):
        with pytest.raises(errors.ReasonMissing):
            edit(post, moderator, reason="  ")
        edit(age(post, 9_999), moderator, "Without the number.", reason="Personal data")
        former = PostRevision.objects.get()
        assert (former.editor, former.reason) == (moderator, "Personal data")

    def test_what_a_moderator_takes_out_is_not_shown(self, post, member, moderator):
        edit(post, moderator, reason="Personal data")
        for reader, number in ((MemberFactory(), 0), (member, 1), (ModeratorFactory(), 1)):
            assert PostRevision.objects.visible_to(reader, post).count() == number

    @pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN, State.REJECTED])
    def test_in_every_state_but_deleted(self, member, moderator, state):
        post = in_state(make_reply(make_topic(), member), state)
        assert edit(post, moderator, reason="Spelling").state == state
        post = in_state(make_reply(make_topic(), member), State.DELETED)
        with pytest.raises(errors.NotAllowed):
            edit(post, moderator, reason="Spelling")

    def test_not_where_they_do_not_moderate(self, moderator, member):
        post = make_reply(make_topic(CategoryFactory(audience="members")), member)
        assert edit(post, moderator, reason="Spelling")
        with pytest.raises(errors.NotAllowed):
            edit(post, MemberFactory(), reason="Spelling")


def test_search_follows(post, member, monkeypatch):
    told = []
    monkeypatch.setattr(searchable, "changed", told.append)
    edit(post, member)
    assert {type(one) for one in told} == {Post, Topic}
    waiting = in_state(make_reply(make_topic(), member), State.PENDING)
    told.clear()
    edit(waiting, member)
    assert not told
