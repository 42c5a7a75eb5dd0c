"""A member is an approved person in an approved organisation, and nobody makes one of themselves."""

import pytest

from core.audiences import MEMBERS, reader_tokens, readers
from directory import actions as directory
from directory import errors
from directory.models import OrganisationRole
from directory.states import PUBLIC, State
from directory.vocabulary import Role
from forum.permissions import may_write
from members import actions
from members.models import User
from tests.factories.directory import (
    give_role,
    in_state,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.forum import CategoryFactory
from tests.factories.members import CoordinatorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


def is_member(user):
    """Whether everything that asks says so: the account, its group, the audience, the forum."""
    user = User.objects.get(pk=user.pk)
    answers = {
        user.is_member,
        user.groups.filter(name="Members").exists(),
        MEMBERS in reader_tokens(user),
        readers(User.objects.all(), MEMBERS).filter(pk=user.pk).exists(),
        User.objects.members().filter(pk=user.pk).exists(),
        may_write(user),
    }
    assert len(answers) == 1
    return answers.pop()


def place(organisation, user, role=Role.READER):
    """A role, given as coordinators give it."""
    return directory.add_role(
        organisation=organisation, user=user, role=role, actor=CoordinatorFactory()
    )


@pytest.fixture
def person():
    return UserFactory()


class TestWhoIsAMember:
    @pytest.mark.parametrize("state", list(State))
    @pytest.mark.parametrize("role", list(Role))
    def test_by_the_state_of_the_organisation_whatever_the_role(self, person, state, role):
        place(make_organisation(state), person, role)
        assert is_member(person) is (state in PUBLIC)

    def test_by_a_claim_that_is_granted_and_not_by_one_that_waits_or_is_refused(self, person):
        mill = make_organisation()
        owner = give_role(mill)
        for role, granted in ((Role.EDITOR, False), (Role.READER, True)):
            made = directory.claim(organisation=mill, claimant=person, message="I spin.", role=role)
            assert not is_member(person)
            directory.decide_claim(claim=made, actor=owner, granted=granted, answer="Who?")
            assert is_member(person) is granted
        assert mill.roles.get(user=person).role == Role.READER

    def test_by_an_invitation_that_is_accepted(self, person):
        mill = make_organisation()
        invitation = directory.invite(
            organisation=mill,
            email=person.email,
            role=Role.READER,
            actor=give_role(mill),
            language="en",
        )
        assert not is_member(person)
        directory.accept_invitation(word=invitation.word, user=person)
        assert is_member(person)

    def test_whoever_begins_an_organisation_waits_until_others_publish_it(self, person):
        data = directory.ProfileData(
            fields={
                "name": "Mill of mine",
                "kind": "sme",
                "summary": "Weaves.",
                "town": "Porto",
                "country": make_organisation().country,
                "language": "en",
            },
            value_chains=["fashion_textile"],
        )
        mine = directory.create(creator=person, data=data)
        asked = {"organisation": mine, "actor": person}
        directory.submit(**asked, version=mine.version)
        assert not is_member(person)
        for act in (directory.publish, directory.put_on_site):
            with pytest.raises(errors.NotAllowed):
                act(**asked, version=mine.version)
        # Nor a friend with a cluster that nobody has published, or that is off the site again.
        for state in (State.DRAFT, State.SUBMITTED, State.ARCHIVED):
            cluster = make_cluster(state=state)
            make_membership(mine, cluster)
            with pytest.raises(errors.NotAllowed):
                directory.publish(organisation=mine, actor=give_role(cluster), version=mine.version)
        assert not is_member(person)
        directory.publish(organisation=mine, actor=CoordinatorFactory(), version=mine.version)
        assert is_member(person)

    def test_nobody_grants_their_own_claim_or_makes_an_exception_of_themselves(self):
        cluster, mill = make_cluster(), make_organisation()
        make_membership(mill, cluster)
        for person in (give_role(cluster), CoordinatorFactory()):
            made = directory.claim(organisation=mill, claimant=person, message="Mine.")
            with pytest.raises(errors.NotAllowed):
                directory.decide_claim(claim=made, actor=person, granted=True)
        alone = CoordinatorFactory(approved_at=None, stands_alone=False)
        with pytest.raises(errors.NotAllowed):
            actions.let_stand_alone(user=alone, actor=alone, reason="It is me.")

    def test_one_person_asks_a_few_organisations_at_a_time(self, person):
        for _number in range(5):
            directory.claim(organisation=make_organisation(), claimant=person, message="Mine.")
        with pytest.raises(errors.TooManyClaims):
            directory.claim(organisation=make_organisation(), claimant=person, message="Mine.")


class TestWhoIsNoLonger:
    def test_with_the_last_place(self, person):
        mill, other = make_organisation(), make_organisation()
        first, second = place(mill, person), place(other, person)
        directory.remove_role(held=first, actor=person)
        assert is_member(person)
        directory.remove_role(held=second, actor=give_role(other))
        assert not is_member(person)

    def test_with_the_organisation_and_back_with_it(self, person):
        mill = make_organisation()
        place(mill, person, Role.ADMINISTRATOR)
        asked = {"organisation": mill, "actor": CoordinatorFactory()}
        directory.archive(**asked, version=mill.version)
        assert not is_member(person)
        directory.reopen(**asked, version=mill.version)
        directory.submit(organisation=mill, actor=person, version=mill.version)
        assert not is_member(person)
        directory.publish(**asked, version=mill.version)
        assert is_member(person)

    def test_not_because_nobody_confirmed_the_profile(self, person):
        mill = make_organisation()
        place(mill, person)
        in_state(mill, State.STALE)
        assert actions.settle_all() == 0
        assert is_member(person)

    def test_at_once_in_a_session_that_is_open(self, person, client_for):
        held, browser = place(make_organisation(), person), client_for(person)
        address = CategoryFactory(audience="members").get_absolute_url()
        assert browser.get(address).status_code == 200
        directory.remove_role(held=held, actor=person)
        assert browser.get(address).status_code == 404

    def test_a_suspended_account_is_none_whatever_place_it_gets(self):
        gone = UserFactory(is_active=False)
        place(make_organisation(), gone)
        gone.refresh_from_db()
        assert not gone.is_member
        assert not User.objects.members().filter(pk=gone.pk).exists()


class TestExceptions:
    def test_coordinators_make_one_with_a_reason_and_end_it(self, person):
        coordinator = CoordinatorFactory()
        for actor in (person, MemberFactory(), give_role(make_cluster())):
            with pytest.raises(errors.NotAllowed):
                actions.let_stand_alone(user=person, actor=actor, reason="A researcher.")
        asked = {"user": person, "actor": coordinator, "reason": "A researcher."}
        actions.let_stand_alone(**asked)
        assert is_member(person)
        with pytest.raises(errors.AlreadyHandled):
            actions.let_stand_alone(**asked)
        held = place(make_organisation(), person)
        directory.remove_role(held=held, actor=person)
        assert is_member(person)
        actions.let_stand_alone_no_longer(**asked)
        assert not is_member(person)
        with pytest.raises(errors.AlreadyHandled):
            actions.let_stand_alone_no_longer(**asked)

    def test_ending_it_leaves_whoever_has_a_place_a_member(self, person):
        coordinator = CoordinatorFactory()
        place(make_organisation(), person)
        actions.let_stand_alone(user=person, actor=coordinator, reason="A test.")
        actions.let_stand_alone_no_longer(user=person, actor=coordinator, reason="A test.")
        assert is_member(person)


class TestKeptInStep:
    def test_what_came_out_of_step_is_put_right(self, person):
        """A role that was deleted with its organisation, one that was written past the actions."""
        lost = UserFactory()
        mill, other = make_organisation(), make_organisation()
        place(mill, lost)
        mill.delete()
        OrganisationRole.objects.create(organisation=other, user=person, role=Role.READER)
        assert (is_member(lost), is_member(person)) == (True, False)
        assert actions.settle_all() == 2
        assert (is_member(lost), is_member(person)) == (False, True)
        assert actions.settle_all() == 0

    def test_what_stands_beside_the_name_is_where_one_belongs(self, person):
        mill = make_organisation(name="Spinning mill (sample)")
        held = place(mill, person)
        person.profile.refresh_from_db()
        assert person.profile.organisation == "Spinning mill (sample)"
        directory.edit(
            organisation=mill,
            editor=give_role(mill),
            version=mill.version,
            data=directory.ProfileData(fields={"name": "Ring mill (sample)"}),
        )
        person.profile.refresh_from_db()
        assert person.profile.organisation == "Ring mill (sample)"
        directory.remove_role(held=held, actor=person)
        person.profile.refresh_from_db()
        assert person.profile.organisation == ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_becomes_one_or_is_none_any_more_is_told_once(
    language, mailoutbox, django_capture_on_commit_callbacks
):
    person, mill = UserFactory(language=language), make_organisation()
    subjects = []
    for _time in range(2):
        for act in (
            lambda: place(mill, person),
            lambda: directory.remove_role(held=mill.roles.get(user=person), actor=person),
        ):
            mailoutbox.clear()
            with django_capture_on_commit_callbacks(execute=True):
                act()
                actions.settle(users=[person.pk])
            (mail,) = mailoutbox
            assert mail.to == [person.email]
            assert f"/{language}/members/joining/" in mail.body
            subjects.append(mail.subject)
    assert len(set(subjects)) == 2
