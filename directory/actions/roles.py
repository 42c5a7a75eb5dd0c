"""Persons in organisations: no act of theirs leaves one without an administrator."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.swapping import swap
from directory import errors, notifications, permissions, transitions
from directory.models import Organisation, OrganisationRole
from directory.states import OtherAct
from directory.vocabulary import Role


@transaction.atomic
def add_role(*, organisation: Organisation, user: Any, role: Role, actor: Any) -> OrganisationRole:
    """Give a person a role: coordinators do; an organisation's own people invite instead.

    Raises NotAllowed, AlreadyThere.
    """
    if not permissions.may_coordinate(actor):
        raise errors.NotAllowed
    return give(organisation=organisation, user=user, role=role, actor=actor)


@transaction.atomic
def change_role(*, held: OrganisationRole, role: Role, actor: Any) -> None:
    """Give somebody another role. Raises NotAllowed, LastAdministrator, AlreadyHandled."""
    if not permissions.may_administer(actor, held.organisation):
        raise errors.NotAllowed
    lock(held.organisation)
    if held.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
        _keep_one(held)
    swap(held, OrganisationRole.objects.filter(role=held.role), role=role)
    transitions.log(
        organisation=held.organisation,
        actor=actor,
        subject=held.user,
        action=OtherAct.CHANGE_ROLE,
        reason=role.value,
    )


@transaction.atomic
def remove_role(*, held: OrganisationRole, actor: Any) -> None:
    """Take a person out of an organisation; everybody may leave.

    The last administrator stays, as long as others are there who could not go on without one: a
    coordinator, or somebody who is alone in it, may. Raises NotAllowed, LastAdministrator,
    AlreadyHandled.
    """
    is_own = held.user_id == actor.pk
    if not is_own and not permissions.may_administer(actor, held.organisation):
        raise errors.NotAllowed
    lock(held.organisation)
    others = OrganisationRole.objects.filter(organisation=held.organisation).exclude(pk=held.pk)
    if held.role == Role.ADMINISTRATOR and not permissions.may_coordinate(actor) and others:
        _keep_one(held)
    if not OrganisationRole.objects.filter(pk=held.pk).delete()[0]:
        raise errors.AlreadyHandled
    transitions.log(
        organisation=held.organisation,
        actor=actor,
        subject=held.user,
        action=OtherAct.REMOVE_ROLE,
    )
    transitions.tell_of_places(held.user_id)
    if not is_own:
        notifications.role_taken(held)


def give(*, organisation: Organisation, user: Any, role: Role, actor: Any) -> OrganisationRole:
    """Store a role, for actions that have asked who may. Raises AlreadyThere."""
    lock(organisation)
    held, is_new = OrganisationRole.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role}
    )
    if not is_new:
        raise errors.AlreadyThere
    transitions.log(
        organisation=organisation,
        actor=actor,
        subject=user,
        action=OtherAct.ADD_ROLE,
        reason=role.value,
    )
    transitions.tell_of_places(user.pk)
    return held


def lock(organisation: Organisation) -> None:
    """Hold the organisation, so that two administrators cannot both leave at once, and that nobody
    gets a place in it while it goes off the site."""
    Organisation.objects.select_for_update().filter(pk=organisation.pk).first()


def _keep_one(leaving: OrganisationRole) -> None:
    others = OrganisationRole.objects.administrators().filter(organisation=leaving.organisation)
    if not others.exclude(pk=leaving.pk).exists():
        raise errors.LastAdministrator
