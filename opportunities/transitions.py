"""The machinery under `opportunities.actions`: compare-and-swap, the log, search and caches."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import generation, searchable
from core.swapping import swap
from directory.models import Organisation
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
    current = opportunity.as_seen(version=version, states=allowed)
    closed_at = timezone.now() if target in CLOSED else None
    opportunity.move(current, state=target, closed_at=closed_at, **values)
    log(
        opportunity=opportunity,
        actor=actor,
        action=act,
        from_state=current.state,
        to_state=target,
        reason=reason,
    )
    publish_change(opportunity)


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
    swap(
        interest,
        Interest.objects.filter(state=InterestState.SENT),
        state=ANSWERS[answer],
        decided_by=actor,
        decided_at=timezone.now(),
        reason=reason,
        closing=closing,
    )
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
