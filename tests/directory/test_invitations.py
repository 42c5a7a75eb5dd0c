"""Invitations: for one address, once, in time, and only as long as who gave them may."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from directory import actions, errors
from directory.models import Invitation, OrganisationRole
from directory.vocabulary import Role
from members.actions import erase
from members.joining import invitations_to
from members.models import User
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import CoordinatorFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill():
    return make_organisation()


@pytest.fixture
def invitation(mill):
    return actions.invite(
        organisation=mill,
        email="New@example.org",
        role=Role.EDITOR,
        actor=give_role(mill),
        language="fr",
    )


def test_a_link_is_for_one_address_and_used_once(mill, invitation):
    guest = MemberFactory(email="new@example.org")
    with pytest.raises(errors.InvitationForAnother):
        actions.accept_invitation(word=invitation.word, user=MemberFactory())
    held = actions.accept_invitation(word=invitation.word, user=guest)
    assert (held.organisation, held.role) == (mill, Role.EDITOR)
    held.delete()
    with pytest.raises(errors.InvitationUsed):
        actions.accept_invitation(word=invitation.word, user=guest)
    assert not mill.roles.filter(user=guest).exists()


def test_expired_withdrawn_and_made_up_links_open_nothing(mill, invitation):
    guest = MemberFactory(email="new@example.org")
    for word in ("", "1", f"{invitation.pk}:abc", invitation.word[:-1], "²:x"):
        with pytest.raises(errors.NotAllowed):
            actions.accept_invitation(word=word, user=guest)
    Invitation.objects.update(
        invited_at=timezone.now() - timedelta(days=15),
        expires_at=timezone.now() - timedelta(days=1),
    )
    with pytest.raises(errors.InvitationExpired):
        actions.accept_invitation(word=invitation.word, user=guest)
    # The time is over, so a new one can be sent; the old link stays closed.
    owner = mill.roles.get().user
    again = actions.invite(
        organisation=mill, email=guest.email, role=Role.READER, actor=owner, language="en"
    )
    with pytest.raises(errors.InvitationUsed):
        actions.accept_invitation(word=invitation.word, user=guest)
    with pytest.raises(errors.AlreadyInvited):
        actions.invite(
            organisation=mill, email=guest.email, role=Role.READER, actor=owner, language="en"
        )
    actions.withdraw_invitation(invitation=again, actor=owner)
    with pytest.raises(errors.InvitationUsed):
        actions.accept_invitation(word=again.word, user=guest)


def test_the_page_of_a_link(client_for, invitation, mill):
    address = reverse("directory:invitation", args=[invitation.word])
    assert client_for().get(address).status_code == 302
    stranger = client_for(MemberFactory()).get(address).content.decode()
    assert "another e-mail address" in stranger
    assert mill.name not in stranger
    guest = client_for(MemberFactory(email="new@example.org"))
    assert mill.name in guest.get(address).content.decode()
    assert guest.post(address).status_code == 302
    assert mill.roles.filter(user__email="new@example.org", role=Role.EDITOR).exists()
    assert guest.get(reverse("directory:invitation", args=["1:x"])).status_code == 404


def _role_of(person):
    return OrganisationRole.objects.select_related("organisation", "user").get(user=person)


def _deactivate(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


LOSSES = {
    "left": lambda owner, _other: actions.remove_role(held=_role_of(owner), actor=owner),
    "removed": lambda owner, other: actions.remove_role(held=_role_of(owner), actor=other),
    "made an editor": lambda owner, other: actions.change_role(
        held=_role_of(owner), role=Role.EDITOR, actor=other
    ),
    "deactivated": lambda owner, _other: _deactivate(owner),
    "erased": lambda owner, _other: erase(user=owner),
}


@pytest.mark.parametrize("loss", list(LOSSES))
def test_it_ends_with_the_place_of_who_gave_it(loss, client_for, mill):
    owner, other = give_role(mill), give_role(mill)
    guest = MemberFactory(email="new@example.org")
    EmailAddress.objects.create(user=guest, email=guest.email, verified=True, primary=True)
    asked = {"organisation": mill, "email": guest.email, "role": Role.EDITOR, "language": "en"}
    made = actions.invite(**asked, actor=owner)
    owner_name = owner.name
    assert invitations_to(guest).exists()
    LOSSES[loss](owner, other)
    assert not invitations_to(guest).exists()
    address = reverse("directory:invitation", args=[made.word])
    browser = client_for(guest)
    assert "This invitation has expired" in browser.get(address).content.decode()
    assert "This invitation has expired" in browser.post(address).content.decode()
    assert not mill.roles.filter(user=guest).exists()
    people = client_for(other).get(reverse("directory:people", args=[mill.slug]))
    shown = people.content.decode()
    assert guest.email in shown
    assert "Expired" in shown
    assert f"invited by {'Former member' if loss == 'erased' else owner_name} on" in shown
    again = actions.invite(**asked, actor=other)
    assert actions.accept_invitation(word=again.word, user=guest).role == Role.EDITOR


def test_those_of_others_stay(mill):
    owner, other = give_role(mill), give_role(mill)
    made = actions.invite(
        organisation=mill, email="new@example.org", role=Role.READER, actor=other, language="en"
    )
    actions.remove_role(held=_role_of(owner), actor=other)
    assert Invitation.objects.open().get() == made


def test_a_coordinator_invites_as_long_as_they_coordinate(mill):
    give_role(mill)
    officer = CoordinatorFactory()
    made = actions.invite(
        organisation=mill, email="new@example.org", role=Role.READER, actor=officer, language="en"
    )
    assert Invitation.objects.open().get() == made
    officer.groups.clear()
    assert not Invitation.objects.open().exists()
    User.objects.filter(pk=officer.pk).update(is_superuser=True)
    assert Invitation.objects.open().get() == made
