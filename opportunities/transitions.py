"""The machinery under `opportunities.actions`: compare-and-swap, the log, search and caches."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from core import generation, searchable
from directory.models import Organisation
from opportunities.errors import AlreadyHandled
from opportunities.models import Interest, Opportunity, OpportunityLog
from opportunities.states import (
    ANSWERS,
    CLOSED,
    TRANSITIONS,
    Act,
    Answer,
    InterestState,
    OtherAct,
)

LOGGED = {
    Answer.ACCEPT: OtherAct.ACCEPT,
    Answer.DECLINE: OtherAct.DECLINE,
    Answer.TAKE_BACK: OtherAct.TAKE_BACK,
    Answer.CLOSE: OtherAct.CLOSE,
}


def change(
    *,
    opportunity: Opportunity,
    act: Act,
    actor: Any,
    version: int,
    reason: str = "",
    **values: Any,
) -> None:
    """Move an opportunity along `act` and log it; the object holds the new values.

    `version` is the one that the actor saw; `values` are columns that change with the state. Raises
    AlreadyHandled, naming who was faster, where the opportunity is no longer in a state from which
    this act starts, or has another version.
    """
    allowed, target = TRANSITIONS[act]
    current = Opportunity.objects.filter(pk=opportunity.pk, version=version).first()
    if current is None or current.state not in allowed:
        raise AlreadyHandled(last_actor(opportunity))
    now = timezone.now()
    values |= {"state": target, "version": version + 1}
    values["closed_at"] = now if target in CLOSED else None
    rows = Opportunity.objects.filter(pk=opportunity.pk, state=current.state, version=version)
    if not rows.update(**values):
        raise AlreadyHandled(last_actor(opportunity))
    for name, value in values.items():
        setattr(opportunity, name, value)
    log(
        opportunity=opportunity,
        actor=actor,
        action=act,
        from_state=current.state,
        to_state=target,
        reason=reason,
    )
    publish_change(opportunity)


def touch(*, opportunity: Opportunity, version: int) -> None:
    """Take the next version for an edit; raises AlreadyHandled where somebody was faster."""
    rows = Opportunity.objects.filter(pk=opportunity.pk, version=version)
    if not rows.update(version=F("version") + 1, changed_at=timezone.now()):
        raise AlreadyHandled(last_actor(opportunity))
    opportunity.version = version + 1


def publish_change(opportunity: Opportunity) -> None:
    """Bring search and the caches in line with what the public may read of an opportunity."""
    if opportunity.published_at is not None:
        generation.bump()
        searchable.changed(opportunity)


def answer(
    *, interest: Interest, answer: Answer, actor: Any, reason: str = "", closing: str = ""
) -> None:
    """Move an interest that waits, and log that it was; the object holds the new values.

    What the sides say to each other does not enter the log. Raises AlreadyHandled.
    """
    values = {
        "state": ANSWERS[answer],
        "decided_by": actor,
        "decided_at": timezone.now(),
        "reason": reason,
        "closing": closing,
    }
    if not Interest.objects.filter(pk=interest.pk, state=InterestState.SENT).update(**values):
        raise AlreadyHandled
    for name, value in values.items():
        setattr(interest, name, value)
    log(
        opportunity=interest.opportunity,
        organisation=interest.organisation,
        actor=actor,
        action=LOGGED[answer],
        reason=closing,
    )


def log(
    *,
    opportunity: Opportunity,
    actor: Any,
    action: Act | OtherAct,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    organisation: Organisation | None = None,
) -> None:
    """Add a row to the append-only log."""
    OpportunityLog.objects.create(
        opportunity=opportunity,
        organisation=organisation,
        actor=actor,
        action=action,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
    )


def last_actor(opportunity: Opportunity) -> str:
    """Who did the last thing to an opportunity, or nothing."""
    entry = OpportunityLog.objects.filter(opportunity=opportunity).select_related("actor").first()
    return str(entry.actor) if entry and entry.actor else ""
