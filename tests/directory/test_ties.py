"""Memberships, roles and claims: who belongs where, and nobody is locked out."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.working_days import add_working_days
from directory import actions, errors
from directory.models import Claim, ClusterMembership, Organisation, OrganisationRole
from directory.states import ClaimState, Stage, Standing, State
from directory.vocabulary import Role
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.members import CoordinatorFactory, MemberFactory

pytestmark = pytest.mark.django_db


class TestMemberships:
    def test_asked_by_the_one_and_confirmed_by_the_other(self, client):
        mill, cluster = make_organisation(), make_cluster()
        owner, officer = give_role(mill), give_role(cluster)
        made = actions.join_cluster(organisation=mill, cluster=cluster, actor=owner)
        assert "Unconfirmed" in client.get(mill.get_absolute_url()).content.decode()
        for stranger in (owner, MemberFactory(), give_role(make_cluster())):
            with pytest.raises(errors.NotAllowed):
                actions.confirm_membership(membership=made, actor=stranger)
        actions.confirm_membership(membership=made, actor=officer)
        page = client.get(mill.get_absolute_url()).content.decode()
        assert cluster.name in page
        assert "Unconfirmed" not in page
        with pytest.raises(errors.AlreadyHandled):
            actions.decline_membership(membership=made, actor=officer, reason="No")
        actions.expire_membership(membership=made, actor=owner)
        assert ClusterMembership.objects.get(pk=made.pk).standing == Standing.EXPIRED
        # What has ended makes room.
        actions.join_cluster(organisation=mill, cluster=cluster, actor=owner)

    def test_one_alive_for_each_pair_and_only_in_public_clusters(self):
        mill, cluster = make_organisation(), make_cluster()
        owner = give_role(mill)
        actions.join_cluster(organisation=mill, cluster=cluster, actor=owner)
        with pytest.raises(errors.AlreadyMember):
            actions.join_cluster(organisation=mill, cluster=cluster, actor=owner)
        for other in (make_organisation(), mill, make_cluster(state=State.DRAFT)):
            with pytest.raises(errors.NotACluster):
                actions.join_cluster(organisation=mill, cluster=other, actor=owner)
        with pytest.raises(errors.NotAllowed):
            actions.join_cluster(
                organisation=mill, cluster=make_cluster(), actor=give_role(mill, Role.EDITOR)
            )

    def test_the_database_holds_the_rules_too(self):
        mill, cluster = make_organisation(), make_cluster()
        make_membership(mill, cluster)
        for wrong in (
            {"organisation": mill, "cluster": cluster},
            {"organisation": mill, "cluster": mill},
            {"organisation": cluster, "cluster": mill, "standing": Standing.CONFIRMED},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                ClusterMembership.objects.create(**wrong)


class TestRoles:
    def test_the_last_administrator_stays_as_long_as_others_are_there(self):
        mill = make_organisation()
        owner = give_role(mill)
        give_role(mill, Role.EDITOR)
        held = OrganisationRole.objects.get(user=owner)
        with pytest.raises(errors.LastAdministrator):
            actions.remove_role(held=held, actor=owner)
        with pytest.raises(errors.LastAdministrator):
            actions.change_role(held=held, role=Role.READER, actor=owner)
        give_role(mill)
        actions.remove_role(held=held, actor=owner)
        assert not mill.roles.filter(user=owner).exists()

    def test_an_inactive_account_is_no_administrator_that_remains(self):
        mill = make_organisation()
        owner, gone = give_role(mill), give_role(mill)
        gone.is_active = False
        gone.save()
        with pytest.raises(errors.LastAdministrator):
            actions.remove_role(held=OrganisationRole.objects.get(user=owner), actor=owner)
        assert mill not in Organisation.objects.orphaned()
        OrganisationRole.objects.filter(user=owner).delete()
        assert mill in Organisation.objects.orphaned()

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.READER])
    def test_others_change_nobody(self, role):
        mill = make_organisation()
        other = give_role(mill)
        held = OrganisationRole.objects.get(user=other)
        actor = give_role(mill, role)
        for act in (
            lambda: actions.remove_role(held=held, actor=actor),
            lambda: actions.change_role(held=held, role=Role.READER, actor=actor),
            lambda: actions.add_role(
                organisation=mill, user=MemberFactory(), role=Role.EDITOR, actor=actor
            ),
        ):
            with pytest.raises(errors.NotAllowed):
                act()


class TestClaims:
    def test_an_orphan_goes_to_its_cluster_and_then_to_the_coordinators(self):
        mill, cluster = make_organisation(), make_cluster()
        make_membership(mill, cluster)
        officer, coordinator, claimant = give_role(cluster), CoordinatorFactory(), MemberFactory()
        made = actions.claim(organisation=mill, claimant=claimant, message="I run it.")
        assert made.stage == Stage.CLUSTER
        assert made.due_on == add_working_days(timezone.localdate(), 10)
        assert list(Claim.objects.waiting_for(officer)) == [made]
        assert not Claim.objects.waiting_for(coordinator)
        # It is not their turn, but they may answer for whoever does not.
        assert list(Claim.objects.decidable_by(coordinator)) == [made]
        assert actions.hand_on_claims(made.due_on) == 0
        assert actions.hand_on_claims(made.due_on + timedelta(days=1)) == 1
        assert list(Claim.objects.waiting_for(coordinator)) == [made]
        assert list(Claim.objects.decidable_by(officer)) == [made]
        # With the coordinators it stays.
        assert actions.hand_on_claims(made.due_on + timedelta(days=100)) == 0
        actions.decide_claim(claim=made, actor=coordinator, granted=True)
        assert mill.roles.get(user=claimant).role == Role.ADMINISTRATOR
        with pytest.raises(errors.AlreadyHandled):
            actions.decide_claim(claim=made, actor=officer, granted=False, answer="No")

    def test_a_colleague_who_does_not_answer_locks_nobody_out(self):
        mill = make_organisation()
        absent, claimant, coordinator = give_role(mill), MemberFactory(), CoordinatorFactory()
        made = actions.claim(organisation=mill, claimant=claimant, message="I run it.")
        assert made.stage == Stage.ADMINISTRATORS
        assert list(Claim.objects.decidable_by(absent)) == [made]
        # There is no cluster to ask.
        actions.hand_on_claims(made.due_on + timedelta(days=1))
        assert Claim.objects.get().stage == Stage.COORDINATORS
        made.refresh_from_db()
        with pytest.raises(errors.ReasonMissing):
            actions.decide_claim(claim=made, actor=coordinator, granted=False)
        actions.decide_claim(claim=made, actor=coordinator, granted=False, answer="Who are you?")
        assert Claim.objects.get().state == ClaimState.REFUSED
        assert not mill.roles.filter(user=claimant).exists()
        # Refused once, one can ask again with better words.
        actions.claim(organisation=mill, claimant=claimant, message="I am the owner.")

    def test_who_may_claim_and_decide(self):
        mill = make_organisation()
        claimant = MemberFactory()
        made = actions.claim(organisation=mill, claimant=claimant, message="I run it.")
        with pytest.raises(errors.AlreadyClaimed):
            actions.claim(organisation=mill, claimant=claimant, message="Again.")
        for actor in (claimant, MemberFactory(), give_role(mill, Role.EDITOR)):
            with pytest.raises(errors.NotAllowed):
                actions.decide_claim(claim=made, actor=actor, granted=True)
        owner = give_role(mill)
        hidden = make_organisation(State.DRAFT)
        for organisation, actor in ((mill, owner), (hidden, claimant)):
            with pytest.raises(errors.NotAllowed):
                actions.claim(organisation=organisation, claimant=actor, message="Mine.")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        # Wednesday, and the next Wednesday but one.
        (date(2026, 11, 25), 10, date(2026, 12, 9)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 29), 0, date(2026, 11, 29)),
    ],
)
def test_working_days(start, days, end):
    assert add_working_days(start, days) == end


def test_holidays_are_no_working_days():
    assert add_working_days(date(2026, 12, 24), 1, holidays={date(2026, 12, 25)}) == date(
        2026, 12, 28
    )
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 12, 24), -1)
