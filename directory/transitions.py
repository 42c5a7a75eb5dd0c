"""The machinery under `directory.actions`: compare-and-swap, the log, search and caches."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import generation, searchable
from directory import counts
from directory.models import DirectoryLog, Organisation, OrganisationRole
from directory.signals import places_changed
from directory.states import PUBLIC, TRANSITIONS, Act, OtherAct, State


def change(
    *, organisation: Organisation, act: Act, actor: Any, version: int, reason: str = ""
) -> None:
    """Move an organisation along `act` and log it; the object holds the new values.

    `version` is the one that the actor saw. Raises AlreadyHandled, naming who was faster, where the
    organisation is no longer in a state from which this act starts, or has another version.
    """
    allowed, target = TRANSITIONS[act]
    current = organisation.as_seen(version=version, states=allowed)
    now = timezone.now()
    values: dict[str, Any] = {"state": target}
    if act == Act.SUBMIT:
        values["submitted_at"] = now
    if act in {Act.PUBLISH, Act.CONFIRM}:
        values |= {"confirmed_at": now, "published_at": current.published_at or now}
    organisation.move(current, **values)
    was = State(current.state)
    log(
        organisation=organisation,
        actor=actor,
        action=act,
        from_state=was,
        to_state=target,
        reason=reason,
    )
    publish_change(organisation, was=was)
    if (was in PUBLIC) != (target in PUBLIC):
        counts.came(organisation) if target in PUBLIC else counts.went(organisation)
        tell_of_places(*organisation.roles.values_list("user", flat=True))


def publish_change(organisation: Organisation, *, was: State | None = None) -> None:
    """Bring search and the caches in line with what the public may read of an organisation."""
    if organisation.is_public or (was or organisation.state) in {State.PUBLISHED, State.STALE}:
        generation.bump()
        searchable.changed(organisation)


def tell_of_places(*users: int) -> None:
    """Say that the places of these accounts in public organisations may have changed."""
    places_changed.send(sender=OrganisationRole, users=users)


def log(
    *,
    organisation: Organisation,
    actor: Any,
    action: Act | OtherAct,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    subject: Any = None,
    cluster: Organisation | None = None,
) -> None:
    """Add a row to the append-only log."""
    DirectoryLog.objects.create(
        organisation=organisation,
        actor=actor,
        action=action,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        subject=subject,
        cluster=cluster,
    )
