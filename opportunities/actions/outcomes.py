"""What came of an accepted interest: both sides are asked, and answer for themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from opportunities import errors, notifications, permissions
from opportunities.models import FollowUp, Interest
from opportunities.terms import CHECKS
from opportunities.vocabulary import Result, Side


def ask(now: datetime | None = None) -> int:
    """Put the questions that are due; how many there were.

    Of an interest accepted long ago only the last that is due is put: nobody gets three at once.
    """
    moment = now or timezone.now()
    done = 0
    for number, day in enumerate(CHECKS):
        until = moment - timedelta(days=day)
        due = Interest.objects.accepted().filter(decided_at__lte=until)
        if number + 1 < len(CHECKS):
            due = due.filter(decided_at__gt=moment - timedelta(days=CHECKS[number + 1]))
        for side in Side:
            asked = FollowUp.objects.filter(interest=OuterRef("pk"), side=side, day=day)
            rows = due.filter(~Exists(asked)).select_related(
                "organisation", "opportunity__organisation"
            )
            for interest in rows.order_by("pk"):
                done += _put(interest, side, day)
    return done


@transaction.atomic
def tell(
    *,
    follow_up: FollowUp,
    actor: Any,
    result: Result,
    value: Decimal | None = None,
    happened_on: date | None = None,
) -> None:
    """Store what one side says came of it; an answer can be given again. `value` is in euros.

    Raises NotAllowed.
    """
    if not permissions.may_tell(actor, follow_up):
        raise errors.NotAllowed
    values = {
        "result": result,
        "value": value if result == Result.AGREEMENT else None,
        "happened_on": happened_on,
        "answered_by": actor,
        "answered_at": timezone.now(),
    }
    FollowUp.objects.filter(pk=follow_up.pk).update(**values)
    for name, found in values.items():
        setattr(follow_up, name, found)


@transaction.atomic
def _put(interest: Interest, side: Side, day: int) -> int:
    """Put one question, unless somebody else just has; how many were put."""
    row, is_new = FollowUp.objects.get_or_create(interest=interest, side=side, day=day)
    if is_new:
        row.interest = interest
        notifications.outcome_asked(row)
    return int(is_new)
