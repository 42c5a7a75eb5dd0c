"""What moderators may take from members, and whom each of them looks after."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from forum import actions, errors, permissions, queue, standing
from forum.models import (
    ModeratorScope,
    Penalty,
    Post,
)
from forum.models.decisions import Outcome
from forum.models.penalties import PenaltyKind
from forum.models.reports import Reason
from members.groups import COORDINATORS
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
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
        post=post, moderator=moderator, kind=kind, reason="Insults", until=until, grounds=a_rule()
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

    @pytest.mark.parametrize(
        "wrap", [lambda user: user, lambda user: SimpleLazyObject(lambda: user)]
    )
    def test_one_imposed_while_a_request_is_under_way_holds_in_it(
        self, post, member, moderator, answer, wrap
    ):
        # The reader of a request is a wrapper around the account.
        reader = wrap(member)
        assert permissions.may_write(reader)
        punish(post, moderator)
        with pytest.raises(errors.NotAllowed):
            answer(reader, post.topic)

    def test_it_ends(self, post, member, moderator):
        punish(post, moderator)
        then = timezone.now() - timedelta(days=9)
        Penalty.objects.update(created_at=then, until=then + timedelta(days=7))
        assert permissions.may_write(again(member))

    def test_lifting(self, post, member, moderator):
        penalty = punish(post, moderator)
        appeal = actions.file_appeal(decision=penalty.decision, member=member, text="No")
        actions.lift_penalty(penalty=penalty, moderator=moderator)
        assert permissions.may_write(again(member))
        appeal.refresh_from_db()
        assert appeal.outcome == Outcome.OVERTURNED
        with pytest.raises(errors.AlreadyHandled):
            actions.lift_penalty(penalty=penalty, moderator=moderator)

    @pytest.mark.parametrize(
        ("groups", "may"), [([], False), ([COORDINATORS], True)], ids=["moderator", "coordinator"]
    )
    def test_another_moderators_penalty(self, post, moderator, second, client_for, groups, may):
        second.groups.add(*Group.objects.filter(name__in=groups))
        penalty = punish(post, moderator)
        browser = client_for(second)
        page = browser.get(reverse("forum_moderation:post", args=[post.pk])).content.decode()
        address = reverse("forum_moderation:lift", args=[penalty.pk])
        assert (address in page) is may
        assert browser.post(address, follow=True).status_code == (200 if may else 404)
        penalty.refresh_from_db()
        assert (penalty.lifted_by == second) is may

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
                actions.hide_post(
                    post=post, moderator=moderator, version=1, reason="R", grounds=a_rule()
                )
