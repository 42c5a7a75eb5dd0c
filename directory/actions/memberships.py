"""Organisations in clusters: asked for by the one, confirmed by the other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import generation
from core.swapping import swap
from directory import errors, notifications, permissions, transitions
from directory.models import ClusterMembership, Organisation
from directory.states import OtherAct, Standing, State


@transaction.atomic
def join_cluster(
    *, organisation: Organisation, cluster: Organisation, actor: Any, since: date | None = None
) -> ClusterMembership:
    """Ask a cluster for its confirmation that the organisation is a member.

    Raises NotAllowed, NotACluster, AlreadyMember.
    """
    is_open = organisation.state != State.ARCHIVED
    if not is_open or not permissions.may_administer(actor, organisation):
        raise errors.NotAllowed
    if not cluster.is_cluster or not cluster.is_public or cluster.pk == organisation.pk:
        raise errors.NotACluster
    try:
        with transaction.atomic():
            membership = ClusterMembership.objects.create(
                organisation=organisation, cluster=cluster, since=since, asked_by=actor
            )
    except IntegrityError as error:
        raise errors.AlreadyMember from error
    _log(membership, actor, OtherAct.JOIN)
    notifications.membership_asked(membership)
    return membership


@transaction.atomic
def confirm_membership(*, membership: ClusterMembership, actor: Any) -> None:
    """Say for the cluster that the organisation is a member. Raises NotAllowed, AlreadyHandled."""
    _decide(membership, actor, Standing.CONFIRMED, confirmed_by=actor, confirmed_at=timezone.now())
    _log(membership, actor, OtherAct.ADMIT)
    notifications.membership_decided(membership)


@transaction.atomic
def decline_membership(*, membership: ClusterMembership, actor: Any, reason: str) -> None:
    """Say for the cluster that it is none. Raises NotAllowed, AlreadyHandled, ReasonMissing."""
    if not reason.strip():
        raise errors.ReasonMissing
    _decide(membership, actor, Standing.DECLINED, ended_at=timezone.now())
    _log(membership, actor, OtherAct.DECLINE, reason.strip())
    notifications.membership_decided(membership, reason.strip())


@transaction.atomic
def expire_membership(*, membership: ClusterMembership, actor: Any, reason: str = "") -> None:
    """End a membership, for the cluster or for the organisation.

    What was never confirmed is taken back by its own side only. Raises NotAllowed, AlreadyHandled.
    """
    is_own = permissions.may_administer(actor, membership.organisation)
    if not is_own and not permissions.may_decide_membership(actor, membership):
        raise errors.NotAllowed
    allowed = [Standing.CONFIRMED, Standing.REQUESTED] if is_own else [Standing.CONFIRMED]
    _swap(membership, allowed, standing=Standing.EXPIRED, ended_at=timezone.now())
    _log(membership, actor, OtherAct.EXPIRE, reason.strip())


def _decide(membership: ClusterMembership, actor: Any, standing: Standing, **values: Any) -> None:
    if not permissions.may_decide_membership(actor, membership):
        raise errors.NotAllowed
    _swap(membership, [Standing.REQUESTED], standing=standing, **values)


def _swap(membership: ClusterMembership, allowed: list[Standing], **values: Any) -> None:
    swap(membership, ClusterMembership.objects.filter(standing__in=allowed), **values)


def _log(membership: ClusterMembership, actor: Any, action: OtherAct, reason: str = "") -> None:
    transitions.log(
        organisation=membership.organisation,
        cluster=membership.cluster,
        actor=actor,
        action=action,
        reason=reason,
    )
    if membership.organisation.is_public:
        generation.bump()
