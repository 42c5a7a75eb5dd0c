"""Watching, tracking and muting: who may, and what is kept of it."""

import pytest

from core.audiences import Audience, may_read
from forum import actions, errors
from forum.models import (
    CategorySubscription,
    Notification,
    TopicSubscription,
)
from forum.models.following import Level
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_topic
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

PEOPLE = {
    "account": UserFactory,
    "member": MemberFactory,
    "editor": EditorFactory,
    "moderator": ModeratorFactory,
    "administrator": AdministratorFactory,
}


class TestOwnTopics:
    def test_who_starts_or_answers_watches(self, member, category, start, answer):
        topic = start(member, category)
        other = MemberFactory()
        answer(other, topic)
        watching = TopicSubscription.objects.filter(topic=topic, level=Level.WATCH)
        assert {row.user for row in watching} == {member, other}

    def test_unless_one_does_not_want_it(self, member, category, start):
        actions.set_preferences(user=member, frequency="at_once", watches_own=False)
        start(member, category)
        assert not TopicSubscription.objects.exists()

    @pytest.mark.parametrize("level", [Level.TRACK, Level.MUTE])
    def test_a_choice_that_was_made_stays(self, member, answer, level):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=level)
        answer(member, topic)
        assert TopicSubscription.objects.get(user=member).level == level


class TestFollowing:
    @pytest.mark.parametrize("level", Level)
    def test_a_level_replaces_the_one_before_and_none_ends_it(self, member, level):
        topic = make_topic()
        for act, values in (
            (actions.follow_topic, {"topic": topic}),
            (actions.follow_category, {"category": topic.category}),
        ):
            act(user=member, level=Level.TRACK, **values)
            act(user=member, level=level, **values)
        rows = [*TopicSubscription.objects.filter(user=member)]
        rows += CategorySubscription.objects.filter(user=member)
        assert [row.level for row in rows] == [level, level]
        actions.follow_topic(user=member, topic=topic, level=None)
        actions.follow_category(user=member, category=topic.category, level=None)
        assert not TopicSubscription.objects.filter(user=member).exists()
        assert not CategorySubscription.objects.exists()

    @pytest.mark.parametrize("audience", Audience)
    @pytest.mark.parametrize("person", PEOPLE)
    def test_members_follow_what_they_may_read(self, person, audience):
        reader = PEOPLE[person]()
        topic = make_topic(CategoryFactory(audience=audience), EditorFactory())
        acts = (
            lambda: actions.follow_topic(user=reader, topic=topic, level=Level.WATCH),
            lambda: actions.follow_category(
                user=reader, category=topic.category, level=Level.WATCH
            ),
        )
        for act in acts:
            if person != "account" and may_read(reader, {audience}):
                act()
            else:
                with pytest.raises(errors.NotAllowed):
                    act()

    @pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
    def test_nobody_follows_a_topic_that_only_its_author_sees(self, member, state):
        topic = make_topic()
        topic = in_state(topic.posts.get(), state).topic
        with pytest.raises(errors.NotAllowed):
            actions.follow_topic(user=member, topic=topic, level=Level.WATCH)

    def test_what_is_muted_is_read_with_it(self, done, member, answer):
        topic = make_topic()
        actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
        done(lambda: answer(MemberFactory(), topic))
        actions.follow_topic(user=member, topic=topic, level=Level.MUTE)
        assert Notification.objects.unread_count(member) == 0


def test_the_database_holds_one_level_for_each(member):
    topic = make_topic()
    rows = [TopicSubscription(user=member, topic=topic, level=Level.WATCH) for _ in range(2)]
    TopicSubscription.objects.bulk_create(rows, ignore_conflicts=True)
    assert TopicSubscription.objects.filter(user=member).count() == 1
