"""Who may do what in the directory: one rule, as a check here and as a filter in `querysets`."""

from __future__ import annotations

from typing import Any

from directory.models import Claim, ClusterMembership, Organisation, OrganisationRole
from directory.querysets import coordinates
from directory.states import EDITABLE, TRANSITIONS, Act, State
from directory.vocabulary import Role

EDITORS = (Role.ADMINISTRATOR, Role.EDITOR)
RISING = (Role.READER, Role.EDITOR, Role.ADMINISTRATOR)


def may_coordinate(user: Any) -> bool:
    """Whether this person looks after the whole directory."""
    return coordinates(user)


def may_create(user: Any) -> bool:
    """Whether this person may describe an organisation: whoever has an account may, for nothing of it
    is public before somebody else has published it."""
    return bool(user.is_authenticated and user.is_active)


def role_of(user: Any, organisation: Organisation) -> str:
    """The role of a person in an organisation, or nothing."""
    if not user.is_authenticated:
        return ""
    found = OrganisationRole.objects.filter(organisation=organisation, user=user.pk)
    return found.values_list("role", flat=True).first() or ""


def may_see(user: Any, organisation: Organisation) -> bool:
    """`Organisation.objects.visible_to` as a check."""
    return Organisation.objects.visible_to(user).filter(pk=organisation.pk).exists()


def may_edit(user: Any, organisation: Organisation) -> bool:
    """Whether this person may change the profile now; what waits for review stays as it was sent,
    except for coordinators."""
    if may_coordinate(user):
        return organisation.state != State.ARCHIVED
    return organisation.state in EDITABLE and role_of(user, organisation) in EDITORS


def may_administer(user: Any, organisation: Organisation) -> bool:
    """Whether this person decides who belongs to the organisation and where it belongs."""
    return may_coordinate(user) or role_of(user, organisation) == Role.ADMINISTRATOR


def may_review(user: Any, organisation: Organisation) -> bool:
    """Whether this person may publish a profile or ask for changes: `reviewable_by` as a check."""
    return Organisation.objects.reviewable_by(user).filter(pk=organisation.pk).exists()


def may_do(user: Any, act: Act, organisation: Organisation) -> bool:
    """Whether this person may move an organisation along `act` from the state that it is in."""
    if organisation.state not in TRANSITIONS[act][0]:
        return False
    match act:
        case Act.SUBMIT | Act.CONFIRM:
            return role_of(user, organisation) in EDITORS or may_coordinate(user)
        case Act.REQUEST_CHANGES | Act.PUBLISH:
            return may_review(user, organisation)
        case Act.ARCHIVE | Act.REOPEN:
            return may_administer(user, organisation)
    return False


def may_decide_membership(user: Any, membership: ClusterMembership) -> bool:
    """Whether this person may confirm, decline or end a membership for the cluster."""
    rows = ClusterMembership.objects.decidable_by(user)
    return rows.filter(pk=membership.pk).exists()


def may_claim(user: Any, organisation: Organisation, role: Role = Role.ADMINISTRATOR) -> bool:
    """Whether somebody may say to belong to a public organisation and ask for a role in it: whoever
    has an account may, for more than they have, since this is how one becomes a member."""
    if not (user.is_authenticated and user.is_active and organisation.is_public):
        return False
    return may_rise(user, organisation, role)


def claimable(user: Any, organisation: Organisation) -> list[Role]:
    """The roles that this person may ask for, the least first."""
    return [role for role in RISING if may_claim(user, organisation, role)]


def may_rise(user: Any, organisation: Organisation, role: Role) -> bool:
    """Whether a role is more than what this person has in the organisation."""
    held = role_of(user, organisation)
    return not held or RISING.index(Role(held)) < RISING.index(role)


def may_decide_claim(user: Any, claim: Claim) -> bool:
    """`Claim.objects.decidable_by` as a check."""
    return Claim.objects.decidable_by(user).filter(pk=claim.pk).exists()
