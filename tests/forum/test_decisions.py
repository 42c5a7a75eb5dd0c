"""Statements of reasons, and appeals against them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forum import actions, errors, permissions, standing
from forum.grounds import Grounds
from forum.models import (
    Appeal,
    Decision,
    Notification,
    Post,
    Rule,
)
from forum.models.decisions import Outcome, Source, appeal_deadline
from forum.models.penalties import PenaltyKind
from forum.recount import drifts
from forum.states import State
from tests.factories.forum import a_rule, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance", "_no_second_factor")]


@pytest.fixture
def post(member):
    return make_reply(make_topic(), member, source="Buy my looms")


@pytest.fixture
def decision(post, moderator):
    actions.hide_post(
        post=post, moderator=moderator, version=1, reason="Advertising", grounds=a_rule()
    )
    return Decision.objects.get()


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


class TestDecisions:
    def test_hiding_states_its_reasons(self, post, moderator, member):
        rule = Rule.objects.active().first()
        actions.hide_post(
            post=post, moderator=moderator, version=1, reason="Ads", grounds=Grounds(rule=rule)
        )
        found = Decision.objects.get()
        assert (found.subject, found.rule, found.facts) == (member, rule, "Ads")
        assert (found.source, found.scope, found.automated) == (Source.OWN, "post", False)
        assert found.appeal_until == appeal_deadline(found.created_at)
        assert Notification.objects.filter(user=member, kind="decision").count() == 1

    def test_refusal_before_publication_counts(self, post, moderator):
        in_state(post, State.PENDING)
        actions.reject_post(
            post=post, moderator=moderator, version=1, reason="Ads", grounds=a_rule()
        )
        assert Decision.objects.get().source == Source.FIRST_POSTS

    def test_the_law_takes_the_place_of_a_rule(self, post, moderator):
        law = Grounds(rule=Rule.objects.first(), law="Section 86a")
        actions.hide_post(post=post, moderator=moderator, version=1, reason="X", grounds=law)
        assert Decision.objects.get().rule is None

    def test_none_is_without_a_ground(self, decision):
        with pytest.raises(ValueError, match="rests on"):
            Grounds(law=" ")
        rows = Decision.objects.filter(pk=decision.pk)
        for values in ({"rule": None}, {"rule": None, "ground": "law"}, {"law": "Section 1"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**values)

    def test_its_page_is_its_subjects_only(self, decision, member, moderator, client_for):
        address = decision.get_absolute_url()
        text = client_for(member).get(address).content.decode()
        assert "Advertising" in text
        assert moderator.name not in text
        assert client_for(moderator).get(address).status_code == 404
        assert client_for(MemberFactory()).get(address).status_code == 404
        assert client_for().get(address).status_code == 302

    def test_an_edit_can_be_undone_by_an_appeal(self, post, moderator, second, member):
        found = actions.correct_post(
            post=post,
            moderator=moderator,
            version=1,
            source="Looms",
            reason="Names a client",
            grounds=a_rule(),
        )
        assert Post.objects.get(pk=post.pk).source == "Looms"
        appeal = actions.file_appeal(decision=found, member=member, text="No")
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Right"
        )
        assert Post.objects.get(pk=post.pk).source == "Buy my looms"

    def test_restoring_withdraws_it(self, decision, post, moderator, member):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        actions.restore_post(post=post, moderator=moderator, version=2)
        decision.refresh_from_db()
        appeal.refresh_from_db()
        assert decision.withdrawn_at is not None
        assert appeal.outcome == Outcome.OVERTURNED

    def test_outlives_the_account(self, decision, member):
        member.delete()
        decision.refresh_from_db()
        assert decision.subject is None

    @pytest.mark.parametrize(
        ("day", "deadline"),
        [("2026-01-31", "2026-07-31"), ("2026-08-31", "2027-03-01"), ("2026-12-01", "2027-06-01")],
    )
    def test_six_months(self, day, deadline):
        moment = timezone.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        assert appeal_deadline(moment).date().isoformat() == deadline


class TestAppeals:
    def test_success_restores(self, decision, post, member, second, client_for):
        browser = client_for(member)
        browser.post(decision.get_absolute_url(), {"text": "It is no advertising."})
        appeal = Appeal.objects.get()
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="You are right."
        )
        post.refresh_from_db()
        assert post.state == State.PUBLISHED
        assert "You are right." in browser.get(decision.get_absolute_url()).content.decode()
        assert not list(drifts())

    def test_a_rejected_text_is_published(self, post, member, moderator, second):
        in_state(post, State.PENDING)
        actions.reject_post(
            post=post, moderator=moderator, version=1, reason="Ads", grounds=a_rule()
        )
        appeal = actions.file_appeal(decision=Decision.objects.get(), member=member, text="No")
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Yes"
        )
        post.refresh_from_db()
        assert (post.state, post.number is None) == (State.PUBLISHED, False)

    def test_who_decided_does_not_answer(self, decision, member, moderator):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        with pytest.raises(errors.OwnDecision):
            actions.decide_appeal(
                appeal=appeal, moderator=moderator, outcome=Outcome.UPHELD, answer="So it is"
            )
        assert not Appeal.objects.decidable_by(moderator).exists()

    def test_the_database_keeps_the_two_apart(self, decision, member, moderator):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(
                decided_by=moderator, outcome="upheld", answer="X", decided_at=timezone.now()
            )

    def test_one_for_each_decision(self, decision, member):
        actions.file_appeal(decision=decision, member=member, text="No")
        with pytest.raises(errors.AlreadyAppealed):
            actions.file_appeal(decision=decision, member=member, text="No!")

    def test_not_by_others_and_not_too_late(self, decision, member):
        with pytest.raises(errors.NotAllowed):
            actions.file_appeal(decision=decision, member=MemberFactory(), text="No")
        then = timezone.now() - timedelta(days=200)
        Decision.objects.update(created_at=then, appeal_until=appeal_deadline(then))
        with pytest.raises(errors.NotAppealable):
            actions.file_appeal(decision=decision, member=member, text="No")

    def test_the_second_answer_is_refused(self, decision, member, second):
        appeal = actions.file_appeal(decision=decision, member=member, text="No")
        for number in range(2):
            answer = {"outcome": Outcome.UPHELD, "answer": "So it is"}
            if number:
                with pytest.raises(errors.AlreadyHandled):
                    actions.decide_appeal(appeal=appeal, moderator=ModeratorFactory(), **answer)
            else:
                actions.decide_appeal(appeal=appeal, moderator=second, **answer)

    def test_a_suspended_member_appeals_and_is_free_again(self, post, member, moderator, second):
        penalty = punish(post, moderator, PenaltyKind.SUSPEND)
        assert not permissions.may_write(again(member))
        appeal = actions.file_appeal(decision=penalty.decision, member=member, text="No")
        actions.decide_appeal(
            appeal=appeal, moderator=second, outcome=Outcome.OVERTURNED, answer="Yes"
        )
        assert permissions.may_write(again(member))
