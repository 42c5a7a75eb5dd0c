"""The accepted answer: who may choose it, what undoes it, what is shown of it."""

import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.searchable import for_model
from forum import actions, errors
from forum.models import Notification, Topic
from forum.models.notifications import Kind
from forum.states import State
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory, ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(member):
    return make_topic(author=member, title="Who spins?")


@pytest.fixture
def post(topic):
    return make_reply(topic, source="We **spin**.")


def accepted(topic):
    topic.refresh_from_db()
    return topic.accepted_id, topic.accepted_by_id, topic.accepted_at is not None


NOTHING = (None, None, False)


class TestWho:
    @pytest.mark.parametrize(
        ("role", "may"),
        [
            ("author", True),
            ("moderator", True),
            ("answerer", False),
            ("member", False),
            ("editor", False),
            ("account", False),
        ],
    )
    def test_accepts_and_takes_back(self, topic, post, role, may):
        people = {
            "author": topic.author,
            "moderator": ModeratorFactory(),
            "member": MemberFactory(),
        }
        people |= {"answerer": post.author, "editor": EditorFactory(), "account": UserFactory()}
        user = people[role]
        if may:
            actions.accept_answer(post=post, user=user)
            assert accepted(topic) == (post.pk, user.pk, True)
            actions.unaccept_answer(post=post, user=user)
            assert accepted(topic) == NOTHING
            return
        with pytest.raises(errors.NotAllowed):
            actions.accept_answer(post=post, user=user)
        assert accepted(topic) == NOTHING
        actions.accept_answer(post=post, user=topic.author)
        with pytest.raises(errors.NotAllowed):
            actions.unaccept_answer(post=post, user=user)
        assert accepted(topic)[0] == post.pk

    def test_ones_own_reply_may_be_the_answer(self, topic):
        own = make_reply(topic, topic.author)
        actions.accept_answer(post=own, user=topic.author)
        assert accepted(topic)[0] == own.pk
        assert not Notification.objects.exists()


class TestWhich:
    def test_not_the_question(self, topic):
        with pytest.raises(errors.NotAllowed):
            actions.accept_answer(post=topic.posts.get(is_opening=True), user=topic.author)

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_only_what_is_public(self, topic, post, state):
        in_state(post, state)
        with pytest.raises(errors.NotAllowed):
            actions.accept_answer(post=post, user=topic.author)

    def test_not_in_a_topic_that_is_not_public(self, topic, post, moderator):
        in_state(topic.posts.get(is_opening=True), State.HIDDEN)
        for user in (topic.author, moderator):
            with pytest.raises(errors.NotAllowed):
                actions.accept_answer(post=post, user=user)

    def test_one_at_a_time(self, topic, post):
        other = make_reply(topic)
        for one in (post, other):
            actions.accept_answer(post=one, user=topic.author)
        assert accepted(topic)[0] == other.pk
        actions.unaccept_answer(post=post, user=topic.author)
        assert accepted(topic)[0] == other.pk


class TestUndone:
    def test_by_hiding_and_not_brought_back_by_restoring(self, topic, post, moderator):
        actions.accept_answer(post=post, user=topic.author)
        actions.hide_post(
            post=post, moderator=moderator, version=1, reason="Wrong", grounds=a_rule()
        )
        assert accepted(topic) == NOTHING
        actions.restore_post(post=post, moderator=moderator, version=2)
        assert accepted(topic) == NOTHING

    def test_by_deleting(self, topic, post):
        actions.accept_answer(post=post, user=topic.author)
        actions.delete_own(post=post, author=post.author, version=1)
        assert accepted(topic) == NOTHING

    def test_not_by_hiding_another(self, topic, post, moderator):
        actions.accept_answer(post=post, user=topic.author)
        other = make_reply(topic)
        actions.hide_post(
            post=other, moderator=moderator, version=1, reason="Wrong", grounds=a_rule()
        )
        assert accepted(topic)[0] == post.pk

    def test_stands_when_its_author_or_the_asker_is_gone(self, topic, post):
        actions.accept_answer(post=post, user=topic.author)
        post.author.delete()
        topic.author.delete()
        assert accepted(topic) == (post.pk, None, True)


class TestDatabase:
    @pytest.mark.parametrize(
        "values",
        [{"accepted_at": None}, {"accepted": None, "accepted_at": None}],
    )
    def test_refuses_a_half_acceptance(self, topic, post, values):
        actions.accept_answer(post=post, user=topic.author)
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.filter(pk=topic.pk).update(**values)

    def test_refuses_one_post_as_the_answer_of_two_topics(self, topic, post):
        actions.accept_answer(post=post, user=topic.author)
        other = Topic.objects.filter(pk=make_topic().pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            other.update(accepted=post, accepted_at=timezone.now())


class TestTold:
    def test_its_author_once(self, topic, post, moderator):
        for _time in range(2):
            actions.accept_answer(post=post, user=moderator)
            actions.unaccept_answer(post=post, user=moderator)
        line = Notification.objects.get()
        assert (line.kind, line.user, line.post) == (Kind.ACCEPTED, post.author, post)

    def test_search(self, topic, post):
        actions.accept_answer(post=post, user=topic.author)
        topic.refresh_from_db()
        assert for_model(Topic).entry(topic).facets["solved"] == ["yes"]
        actions.unaccept_answer(post=post, user=topic.author)
        topic.refresh_from_db()
        assert for_model(Topic).entry(topic).facets["solved"] == ["no"]


class TestPages:
    def accept(self, client, post, **data):
        return client.post(reverse("forum:accept", args=[post.pk]), data)

    def test_accepting_and_taking_back_by_button(self, client_for, topic, post):
        client = client_for(topic.author)
        assert "Accept as the answer" in client.get(topic.get_absolute_url()).content.decode()
        response = self.accept(client, post, accepted="1")
        assert response.url == f"{topic.get_absolute_url()}#post-2"
        assert accepted(topic)[0] == post.pk
        assert "No longer the answer" in client.get(topic.get_absolute_url()).content.decode()
        self.accept(client, post, accepted="")
        assert accepted(topic) == NOTHING

    def test_forbidden_and_missing_are_the_same(self, client_for, topic, post):
        for user in (None, post.author, EditorFactory(), UserFactory()):
            client = client_for(user)
            assert self.accept(client, post, accepted="1").status_code == 404
            text = client.get(topic.get_absolute_url()).content.decode()
            assert "Accept as the answer" not in text
        hidden = in_state(make_reply(topic), State.HIDDEN)
        client = client_for(topic.author)
        assert self.accept(client, hidden, accepted="1").status_code == 404
        assert client.post("/en/forum/post/999999/accept/").status_code == 404
        assert client.get(reverse("forum:accept", args=[post.pk])).status_code == 405

    def test_shown_under_the_question_and_in_its_place(self, client, topic):
        for _number in range(30):
            last = make_reply(topic, source="We **card** and spin.")
        assert "Accepted answer" not in client.get(topic.get_absolute_url()).content.decode()
        actions.accept_answer(post=last, user=topic.author)
        first = client.get(topic.get_absolute_url()).content.decode()
        panel = re.search(r'<section class="accepted.*?</section>', first, re.DOTALL)[0]
        assert "We card and spin." in panel
        assert f'href="{last.get_absolute_url()}"' in panel
        assert first.index('id="post-1"') < first.index(panel) < first.index('id="post-2"')
        second = client.get(f"{topic.get_absolute_url()}?page=2").content.decode()
        assert '<section class="accepted' not in second
        assert second.count("post--accepted") == 1
        listed = client.get(topic.category.get_absolute_url()).content.decode()
        assert "Solved" in listed

    def test_told_to_search_engines(self, client, topic, post):
        other = make_reply(topic, source="Not we.")
        actions.accept_answer(post=post, user=topic.author)
        text = client.get(topic.get_absolute_url()).content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        data = json.loads(found[1])
        assert data["@type"] == "QAPage"
        question = data["mainEntity"]
        assert (question["@type"], question["name"]) == ("Question", "Who spins?")
        assert question["answerCount"] == 2
        assert question["acceptedAnswer"]["text"] == "We spin."
        assert [one["text"] for one in question["suggestedAnswer"]] == ["Not we."]
        assert question["acceptedAnswer"]["url"].endswith(post.get_absolute_url())
        assert other.number == 3
