"""What moderators do with topics; the rules, and what is counted in public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forum import actions, errors, transparency
from forum.models import (
    Decision,
    ModerationLog,
    ModeratorScope,
    Rule,
    Topic,
)
from forum.models.decisions import Measure
from forum.models.penalties import PenaltyKind
from forum.recount import drifts
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="Buy my looms")


def test_each_post_is_offered_to_whom_looks_after_its_language(moderator, client_for):
    ModeratorScope.objects.create(user=moderator, languages=["fr"])
    topic = make_topic()
    posts = [topic.posts.get(), make_reply(topic, language="fr")]
    text = client_for(moderator).get(topic.get_absolute_url()).content.decode()
    ways = [reverse("forum_moderation:post", args=[post.pk]) for post in posts]
    assert [f'href="{way}"' in text for way in ways] == [False, True]


class TestTopics:
    def test_move(self, moderator, client_for):
        topic, target = make_topic(), CategoryFactory()
        old = topic.get_absolute_url()
        actions.move_topic(topic=topic, moderator=moderator, category=target)
        topic.refresh_from_db()
        assert client_for().get(old).url == topic.get_absolute_url()
        assert not list(drifts())

    def test_merge(self, moderator, client_for):
        first, second = make_topic(), make_topic()
        reply, old = make_reply(second), second.get_absolute_url()
        actions.merge_topics(topic=second, into=first, moderator=moderator)
        numbers = list(first.posts.order_by("number").values_list("number", flat=True))
        assert numbers == [1, 2, 3]
        assert client_for().get(old, follow=True).status_code == 200
        place = client_for().get(reply.get_absolute_url())
        assert place.url == f"{first.get_absolute_url()}#post-3"
        assert not list(drifts())
        assert make_reply(Topic.objects.get(pk=second.pk)).topic == first

    def test_split(self, moderator, client_for):
        topic = make_topic()
        replies = [make_reply(topic) for _number in range(3)]
        new = actions.split_topic(
            topic=topic, posts=[replies[0].pk, replies[2].pk], title="Else", moderator=moderator
        )
        assert list(new.posts.order_by("number").values_list("number", flat=True)) == [1, 2]
        topic.refresh_from_db()
        assert (topic.reply_count, topic.last_number) == (1, 4)
        assert client_for().get(replies[2].get_absolute_url()).url.endswith("#post-2")
        assert not list(drifts())

    def test_locks_and_pins_are_logged(self, moderator):
        topic = make_topic()
        actions.set_locked(topic=topic, moderator=moderator, locked=True)
        actions.set_pinned(topic=topic, moderator=moderator, pinned=True)
        with pytest.raises(errors.AlreadyHandled):
            actions.set_pinned(topic=topic, moderator=moderator, pinned=True)
        acts = ModerationLog.objects.filter(topic=topic).values_list("action", flat=True)
        assert set(acts) == {"lock", "pin"}

    @pytest.mark.parametrize("factory", [UserFactory, MemberFactory])
    def test_only_moderators(self, factory):
        topic, other, person = make_topic(), make_topic(), factory()
        for act in (
            lambda: actions.set_locked(topic=topic, moderator=person, locked=True),
            lambda: actions.move_topic(topic=topic, moderator=person, category=other.category),
            lambda: actions.merge_topics(topic=topic, into=other, moderator=person),
            lambda: actions.split_topic(topic=topic, posts=[], title="T", moderator=person),
        ):
            with pytest.raises(errors.NotAllowed):
                act()


class TestRulesAndCounts:
    def test_other_words_are_a_new_version(self, client_for, administrator):
        rule = Rule.objects.get(code="respect")
        new = actions.revise_rule(
            rule=rule, title="Kind", titles={"fr": "Gentil"}, text="Be kind.", texts={}
        )
        rule.refresh_from_db()
        assert (rule.active, new.version, new.active) == (False, 2, True)
        assert "Gentil" in client_for().get("/fr/forum/moderation/rules/").content.decode()
        rule.text = "Else"
        with pytest.raises(TypeError):
            rule.save()

    def test_nothing_below_five_and_nothing_of_this_half_year(self, client_for, moderator):
        def count():
            return transparency.periods()[0].groups[0][1]

        for number in range(5):
            post = make_reply(make_topic())
            actions.hide_post(
                post=post, moderator=moderator, version=1, reason="R", grounds=a_rule()
            )
            assert all(figure.count is None for figure in count()), number
        now = timezone.now()
        then = now - timedelta(days=184)
        Decision.objects.update(created_at=then, appeal_until=now)
        assert {figure.count for figure in count()} == {None, 5}
        Decision.objects.first().delete()
        assert {figure.count for figure in count()} == {None}
        page = client_for().get("/en/forum/moderation/transparency/")
        assert "fewer than 5" in page.content.decode()

    def test_measures_cover_the_penalties(self):
        assert set(PenaltyKind.values) <= set(Measure.values)
