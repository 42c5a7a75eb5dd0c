"""Reactions: one for each member and post, set and taken back, counted for everybody."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audiences import Audience
from forum import actions, errors
from forum.models import Reaction
from forum.models.reactions import ReactionKind
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return make_reply(make_topic())


def kinds(post):
    return sorted(post.reactions.values_list("kind", flat=True))


class TestAction:
    @pytest.mark.parametrize("kind", ReactionKind)
    def test_set_changed_and_taken_back(self, member, post, kind):
        for _time in range(2):
            actions.react(post=post, user=member, kind=kind)
            assert kinds(post) == [kind]
        actions.react(post=post, user=member, kind=ReactionKind.THANKS)
        assert kinds(post) == [ReactionKind.THANKS]
        for _time in range(2):
            actions.react(post=post, user=member, kind=None)
            assert kinds(post) == []

    def test_of_two_members_stand_beside_one_another(self, member, editor, post):
        for user in (member, editor):
            actions.react(post=post, user=user, kind=ReactionKind.USEFUL)
        assert kinds(post) == ["useful", "useful"]

    def test_not_to_ones_own_post(self, post):
        with pytest.raises(errors.NotAllowed):
            actions.react(post=post, user=post.author, kind=ReactionKind.USEFUL)

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_not_to_what_is_not_public(self, member, post, state):
        with pytest.raises(errors.NotAllowed):
            actions.react(post=in_state(post, state), user=member, kind=ReactionKind.USEFUL)

    @pytest.mark.parametrize("audience", Audience)
    @pytest.mark.parametrize("factory", [UserFactory, MemberFactory, EditorFactory])
    def test_by_members_who_may_read_it(self, audience, factory):
        topic = make_topic(CategoryFactory(audience=audience), EditorFactory())
        post, user = make_reply(topic, EditorFactory()), factory()
        may = user.is_member and (audience != Audience.STAFF or factory is EditorFactory)
        if may:
            actions.react(post=post, user=user, kind=ReactionKind.USEFUL)
        else:
            with pytest.raises(errors.NotAllowed):
                actions.react(post=post, user=user, kind=ReactionKind.USEFUL)
        assert post.reactions.count() == may

    def test_the_database_keeps_them_single_and_known(self, member, post):
        actions.react(post=post, user=member, kind=ReactionKind.USEFUL)
        for values in ({"kind": "thanks"}, {"kind": "hate", "user": EditorFactory()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Reaction.objects.create(**({"post": post, "user": member} | values))

    def test_go_with_the_account(self, member, post):
        actions.react(post=post, user=member, kind=ReactionKind.USEFUL)
        member.delete()
        assert kinds(post) == []


class TestPages:
    def send(self, client, post, kind, **headers):
        return client.post(reverse("forum:react", args=[post.pk]), {"kind": kind}, headers=headers)

    def bars(self, client, post):
        return re.findall(
            r'<div class="reactions".*?</div>',
            client.get(post.topic.get_absolute_url()).content.decode(),
            re.DOTALL,
        )

    def test_a_button_without_javascript(self, client_for, member, post):
        client = client_for(member)
        response = self.send(client, post, "useful")
        assert response.url == f"{post.topic.get_absolute_url()}#post-2"
        assert kinds(post) == ["useful"]
        bar = self.bars(client, post)[1]
        assert bar.count('aria-pressed="true"') == 1
        assert ", 1 member, post 2" in bar
        self.send(client, post, "")
        assert kinds(post) == []

    def test_with_htmx_the_bar_comes_back_alone(self, client_for, member, post):
        response = self.send(client_for(member), post, "thanks", **{"HX-Request": "true"})
        text = response.content.decode()
        assert text.strip().startswith('<div class="reactions"')
        assert 'aria-pressed="true"' in text
        assert "<html" not in text

    def test_visitors_read_the_counts_and_press_nothing(self, client_for, member, post):
        assert self.bars(client_for(), post) == []
        actions.react(post=post, user=member, kind=ReactionKind.ME_TOO)
        (bar,) = self.bars(client_for(), post)
        assert "I do this too" in bar
        assert "1 member" in bar
        assert "<button" not in bar
        own = self.bars(client_for(post.author), post)
        assert ["<button" in one for one in own] == [True, False]

    def test_forbidden_and_missing_are_the_same(self, client_for, member, post):
        for user in (None, UserFactory(), post.author):
            assert self.send(client_for(user), post, "useful").status_code == 404
        client = client_for(member)
        hidden = in_state(make_reply(post.topic), State.HIDDEN)
        assert self.send(client, hidden, "useful").status_code == 404
        for kind in ("hate", "\x00", "x" * 9_000):
            assert self.send(client, post, kind).status_code == 404
        assert client.get(reverse("forum:react", args=[post.pk])).status_code == 405
        assert not Reaction.objects.exists()
