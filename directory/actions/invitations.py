"""Invitations: a signed link, for one address, used once, within two weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.swapping import swap
from directory import errors, notifications, permissions, transitions
from directory.actions.roles import give, lock
from directory.models import Invitation, Organisation, OrganisationRole
from directory.models.ties import INVITATION_SALT
from directory.states import OtherAct, State
from directory.vocabulary import Role

VALID_FOR = timedelta(days=14)
MOST_OPEN = 20


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, role: Role, actor: Any, language: str
) -> Invitation:
    """Keep a place for somebody and send them the link.

    Raises NotAllowed, AlreadyThere, AlreadyInvited. An invitation that can no longer be taken makes
    room for a new one.
    """
    email = email.strip().lower()
    is_open = organisation.state != State.ARCHIVED
    if not is_open or not permissions.may_administer(actor, organisation):
        raise errors.NotAllowed
    held = OrganisationRole.objects.filter(organisation=organisation, user__email__iexact=email)
    if held.exists():
        raise errors.AlreadyThere
    now = timezone.now()
    pending = organisation.invitations.pending()
    is_open_still = pending.open(now).values("pk")
    pending.filter(email__iexact=email).exclude(pk__in=is_open_still).update(withdrawn_at=now)
    if pending.open(now).count() >= MOST_OPEN:
        raise errors.AlreadyInvited
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=organisation,
                email=email,
                role=role,
                language=language,
                invited_by=actor,
                invited_at=now,
                expires_at=now + VALID_FOR,
            )
    except IntegrityError as error:
        raise errors.AlreadyInvited from error
    transitions.log(
        organisation=organisation, actor=actor, action=OtherAct.INVITE, reason=role.value
    )
    notifications.invited(invitation)
    return invitation


@transaction.atomic
def accept_invitation(*, word: str, user: Any) -> OrganisationRole:
    """Take the place that a link keeps; the account must have the address that was invited.

    Where who invited may do so no longer, its time is over too. Raises NotAllowed for a made-up link,
    InvitationUsed, InvitationExpired, InvitationForAnother, AlreadyThere.
    """
    invitation = read_word(word)
    if invitation is None or invitation.organisation.state == State.ARCHIVED:
        raise errors.NotAllowed
    now = timezone.now()
    if invitation.accepted_at or invitation.withdrawn_at:
        raise errors.InvitationUsed
    # Nobody loses the place that vouches for it while it is taken.
    lock(invitation.organisation)
    rows = Invitation.objects.filter(pk=invitation.pk)
    if not rows.open(now).exists():
        raise errors.InvitationExpired
    if invitation.email.lower() != user.email.lower():
        raise errors.InvitationForAnother
    swap(invitation, rows.pending(), errors.InvitationUsed, accepted_at=now)
    held = give(
        organisation=invitation.organisation,
        user=user,
        role=Role(invitation.role),
        actor=invitation.invited_by,
    )
    transitions.log(
        organisation=invitation.organisation, actor=user, subject=user, action=OtherAct.ACCEPT
    )
    return held


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Any) -> None:
    """Make a link of no use. Raises NotAllowed, AlreadyHandled."""
    if not permissions.may_administer(actor, invitation.organisation):
        raise errors.NotAllowed
    swap(invitation, Invitation.objects.pending(), withdrawn_at=timezone.now())
    transitions.log(organisation=invitation.organisation, actor=actor, action=OtherAct.WITHDRAW)


def read_word(word: str) -> Invitation | None:
    """The invitation that a link names, whatever has become of it; None for a made-up link."""
    try:
        key = int(signing.Signer(salt=INVITATION_SALT).unsign(word))
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=key).first()
