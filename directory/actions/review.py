"""The way of a profile to the public, its freshness and its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory import completeness, errors, notifications, permissions, transitions
from directory.models import Organisation
from directory.states import Act

STALE_AFTER_MONTHS = 12
# A job that died half-way goes on where it stopped; none holds a lock for long.
MOST_AT_ONCE = 500


@transaction.atomic
def submit(*, organisation: Organisation, actor: Any, version: int) -> None:
    """Send a profile to those who publish it. Raises NotAllowed, AlreadyHandled, Incomplete."""
    _submit(organisation, actor, version)
    notifications.submitted(organisation)


@transaction.atomic
def put_on_site(*, organisation: Organisation, actor: Any, version: int) -> None:
    """Send and publish at once a profile that nobody looks after: coordinators do with what they
    brought in. Nobody is told, for there is nobody. Raises NotAllowed, AlreadyHandled, Incomplete."""
    if not permissions.may_coordinate(actor) or organisation.roles.exists():
        raise errors.NotAllowed
    _submit(organisation, actor, version)
    publish(organisation=organisation, actor=actor, version=organisation.version)


def _submit(organisation: Organisation, actor: Any, version: int) -> None:
    _needed(actor, Act.SUBMIT, organisation, version)
    missing = completeness.completeness(organisation).needed
    if missing:
        raise errors.Incomplete(missing)
    transitions.change(organisation=organisation, act=Act.SUBMIT, actor=actor, version=version)


@transaction.atomic
def request_changes(*, organisation: Organisation, actor: Any, version: int, reason: str) -> None:
    """Send a profile back, saying what it lacks. Raises NotAllowed, AlreadyHandled, ReasonMissing."""
    _needed(actor, Act.REQUEST_CHANGES, organisation, version)
    reason = reason.strip()
    if not reason:
        raise errors.ReasonMissing
    transitions.change(
        organisation=organisation,
        act=Act.REQUEST_CHANGES,
        actor=actor,
        version=version,
        reason=reason,
    )
    notifications.changes_requested(organisation, reason)


@transaction.atomic
def publish(*, organisation: Organisation, actor: Any, version: int) -> None:
    """Put a profile on the site. Raises NotAllowed, AlreadyHandled."""
    _needed(actor, Act.PUBLISH, organisation, version)
    transitions.change(organisation=organisation, act=Act.PUBLISH, actor=actor, version=version)
    notifications.published(organisation)


@transaction.atomic
def confirm(*, organisation: Organisation, actor: Any, version: int) -> None:
    """Say that everything in the profile still holds. Raises NotAllowed, AlreadyHandled."""
    _needed(actor, Act.CONFIRM, organisation, version)
    transitions.change(organisation=organisation, act=Act.CONFIRM, actor=actor, version=version)


@transaction.atomic
def archive(*, organisation: Organisation, actor: Any, version: int, reason: str = "") -> None:
    """Take a profile off the site; it stays for its people. Raises NotAllowed, AlreadyHandled."""
    _needed(actor, Act.ARCHIVE, organisation, version)
    transitions.change(
        organisation=organisation, act=Act.ARCHIVE, actor=actor, version=version, reason=reason
    )


@transaction.atomic
def reopen(*, organisation: Organisation, actor: Any, version: int) -> None:
    """Make a draft of an archived profile again. Raises NotAllowed, AlreadyHandled."""
    _needed(actor, Act.REOPEN, organisation, version)
    transitions.change(organisation=organisation, act=Act.REOPEN, actor=actor, version=version)


def mark_stale(now: datetime | None = None) -> int:
    """Mark the published profiles that nobody has confirmed for 12 months; how many there were."""
    old = Organisation.objects.unconfirmed_since(months_before(now or timezone.now()))
    done = 0
    for organisation in old.order_by("pk")[:MOST_AT_ONCE]:
        try:
            with transaction.atomic():
                transitions.change(
                    organisation=organisation,
                    act=Act.MARK_STALE,
                    actor=None,
                    version=organisation.version,
                )
                notifications.gone_stale(organisation)
        except errors.AlreadyHandled:
            # Somebody has just confirmed it.
            continue
        done += 1
    return done


def months_before(moment: datetime, months: int = STALE_AFTER_MONTHS) -> datetime:
    """The same day of an earlier month; the last day but three of months that may be shorter."""
    count = moment.year * 12 + moment.month - 1 - months
    day = min(moment.day, 28)
    return moment.replace(year=count // 12, month=count % 12 + 1, day=day)


def _needed(actor: Any, act: Act, organisation: Organisation, version: int) -> None:
    """Raise where the act is not this person's, or where the organisation has moved on meanwhile."""
    current = Organisation.objects.filter(pk=organisation.pk).first()
    if current is None or not permissions.may_see(actor, current):
        raise errors.NotAllowed
    if current.version != version:
        raise organisation.overtaken()
    if not permissions.may_do(actor, act, current):
        raise errors.NotAllowed
