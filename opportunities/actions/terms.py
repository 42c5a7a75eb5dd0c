"""The way of an opportunity to the public, its term and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from opportunities import errors, notifications, permissions, transitions
from opportunities.actions.interests import close_open
from opportunities.actions.writing import missing
from opportunities.models import Opportunity
from opportunities.states import Act, Closing
from opportunities.terms import WARNED_BEFORE, latest_end

# A job that died half-way goes on where it stopped; none holds a lock for long.
MOST_AT_ONCE = 500


@transaction.atomic
def publish(*, opportunity: Opportunity, actor: Any, version: int) -> None:
    """Put an opportunity on the site until the day that it names.

    Raises NotAllowed, AlreadyHandled, Incomplete, TermTooLong.
    """
    current = _needed(actor, Act.PUBLISH, opportunity, version)
    lacking = missing(current)
    if lacking:
        raise errors.Incomplete(lacking)
    now = timezone.now()
    transitions.change(
        opportunity=opportunity,
        act=Act.PUBLISH,
        actor=actor,
        version=version,
        listed_at=now,
        published_at=now,
        changed_at=now,
        **_term(current, current.expires_on),
    )


@transaction.atomic
def renew(*, opportunity: Opportunity, actor: Any, version: int, expires_on: date) -> None:
    """Begin another term, from today to a day within twelve months.

    A day for answers that has passed holds no longer. Raises NotAllowed, AlreadyHandled, TermTooLong.
    """
    current = _needed(actor, Act.RENEW, opportunity, version)
    now = timezone.now()
    transitions.change(
        opportunity=opportunity,
        act=Act.RENEW,
        actor=actor,
        version=version,
        reason=expires_on.isoformat(),
        listed_at=now,
        changed_at=now,
        renewals=current.renewals + 1,
        **_term(current, expires_on),
    )


@transaction.atomic
def withdraw(*, opportunity: Opportunity, actor: Any, version: int, reason: str = "") -> None:
    """Take an opportunity off the site for good, and close the interest that waits.

    Whoever does so for somebody else's gives a reason, which its people get. Raises NotAllowed,
    AlreadyHandled, ReasonMissing.
    """
    current = _needed(actor, Act.WITHDRAW, opportunity, version)
    is_own = permissions.may_write_for(actor, current.organisation)
    reason = reason.strip()
    if not is_own and not reason:
        raise errors.ReasonMissing
    transitions.change(
        opportunity=opportunity, act=Act.WITHDRAW, actor=actor, version=version, reason=reason
    )
    if not is_own:
        notifications.withdrawn(opportunity, reason)
    close_open(opportunity=opportunity, actor=actor, closing=Closing.WITHDRAWN)


def expire(day: date | None = None) -> int:
    """Take the opportunities off the site whose last day has passed; how many there were."""
    done = 0
    over = Opportunity.objects.over(day).select_related("organisation")
    for opportunity in over.order_by("pk")[:MOST_AT_ONCE]:
        try:
            with transaction.atomic():
                transitions.change(
                    opportunity=opportunity,
                    act=Act.EXPIRE,
                    actor=None,
                    version=opportunity.version,
                )
                notifications.expired(opportunity)
        except errors.AlreadyHandled:
            # Somebody has just renewed or withdrawn it.
            continue
        done += 1
    return done


def warn_of_end(day: date | None = None) -> int:
    """Tell the people of opportunities that end within two weeks, once for each end; how many there were."""
    today = day or timezone.localdate()
    ending = Opportunity.objects.public(today).ending_by(today + WARNED_BEFORE)
    done = 0
    for opportunity in ending.select_related("organisation").order_by("pk")[:MOST_AT_ONCE]:
        with transaction.atomic():
            rows = Opportunity.objects.filter(pk=opportunity.pk, version=opportunity.version)
            if not rows.update(warned_of=opportunity.expires_on):
                continue
            notifications.ends_soon(opportunity)
        done += 1
    return done


def _term(opportunity: Opportunity, end: date | None) -> dict[str, Any]:
    """The columns of a term from today; raises TermTooLong."""
    today = timezone.localdate()
    if end is None or not today <= end <= latest_end(today):
        raise errors.TermTooLong(latest_end(today))
    deadline = opportunity.deadline
    keeps = deadline is not None and today <= deadline <= end
    return {"term_from": today, "expires_on": end, "deadline": deadline if keeps else None}


def _needed(actor: Any, act: Act, opportunity: Opportunity, version: int) -> Opportunity:
    """The row as it stands; raises where the act is not this person's, or where it has moved on."""
    current = Opportunity.objects.select_related("organisation").filter(pk=opportunity.pk).first()
    if current is None or not permissions.may_see(actor, current):
        raise errors.NotAllowed
    if current.version != version:
        raise opportunity.overtaken()
    if not permissions.may_do(actor, act, current):
        raise errors.NotAllowed
    return current
