"""What moderators may take from members, and whom each of them looks after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum import actions, errors, permissions, queue, standing
from forum.models import (
    ModeratorScope,
    Penalty,
    Post,
)
from forum.models.penalties import PenaltyKind
from forum.models.reports import Reason
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="Buy my looms")


@pytest.fixture
def second():
    return ModeratorFactory()


def again(person):
    standing.forget(person)
    return person


def punish(post, moderator, kind=PenaltyKind.SILENCE, days=7):
    until = None if kind == PenaltyKind.WARN else timezone.now() + timedelta(days=days)
    return actions.penalise(
        post=post, moderator=moderator, kind=kind, reason="Insults", until=until
    )


def report(post, reporter):
    return actions.report_post(post=post, reporter=reporter, reason=Reason.SPAM, language="en")


class TestPenalties:
    @pytest.mark.parametrize(
        ("kind", "may_write", "may_report"),
        [
            (PenaltyKind.WARN, True, True),
            (PenaltyKind.SILENCE, False, True),
            (PenaltyKind.SUSPEND, False, False),
        ],
    )
    def test_what_each_takes(self, post, member, moderator, kind, may_write, may_report):
        other = make_topic().posts.get()
        punish(post, moderator, kind)
        again(member)
        assert permissions.may_write(member) is may_write
        assert permissions.may_reply(member, other.topic) is may_write
        assert permissions.may_report(member, other) is may_report

    def test_it_ends(self, post, member, moderator):
        punish(post, moderator)
        then = timezone.now() - timedelta(days=9)
        Penalty.objects.update(created_at=then, until=then + timedelta(days=7))
        assert permissions.may_write(again(member))

    def test_lifting(self, post, member, moderator, second):
        penalty = punish(post, moderator)
        actions.lift_penalty(penalty=penalty, moderator=second)
        assert permissions.may_write(again(member))
        with pytest.raises(errors.AlreadyHandled):
            actions.lift_penalty(penalty=penalty, moderator=moderator)

    def test_neither_oneself_nor_another_moderator(self, moderator, second):
        for author in (moderator, second):
            with pytest.raises(errors.NotAllowed):
                punish(make_reply(make_topic(), author), moderator)

    def test_a_member_is_told_on_the_site(self, post, member, moderator, client_for):
        punish(post, moderator)
        text = client_for(member).get(post.topic.get_absolute_url()).content.decode()
        assert "You cannot post until" in text


class TestScopes:
    @pytest.mark.parametrize(
        ("categories", "languages", "within"),
        [
            (False, [], True),
            (True, [], True),
            (None, [], False),
            (False, ["en"], True),
            (False, ["fr"], False),
        ],
    )
    def test_narrow_what_is_moderated(self, post, moderator, categories, languages, within):
        scope = ModeratorScope.objects.create(user=moderator, languages=languages)
        if categories is not False:
            chosen = post.topic.category if categories else CategoryFactory()
            scope.categories.add(chosen)
        report(post, MemberFactory())
        again(moderator)
        assert Post.objects.moderatable_by(moderator).filter(pk=post.pk).exists() is within
        assert bool(list(queue.rows(moderator))) is within
        if not within:
            with pytest.raises(errors.NotAllowed):
                actions.hide_post(post=post, moderator=moderator, version=1, reason="R")
