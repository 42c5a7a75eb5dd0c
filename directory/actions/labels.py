"""Labels of cluster excellence: awarded, and their people reminded before they end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory import errors, notifications, permissions, transitions
from directory.models import ExcellenceLabel, Organisation
from directory.states import OtherAct
from directory.vocabulary import Level

# Months before the end, the earliest first.
REMIND_AT = (6, 3)


@transaction.atomic
def award_label(
    *,
    organisation: Organisation,
    level: Level,
    awarded_on: date | None,
    valid_until: date | None,
    actor: Any,
    source_url: str = "",
) -> ExcellenceLabel:
    """Add a label to a cluster's history: coordinators do. Raises NotAllowed, NotACluster."""
    if not permissions.may_coordinate(actor):
        raise errors.NotAllowed
    if not organisation.is_cluster:
        raise errors.NotACluster
    label = ExcellenceLabel.objects.create(
        organisation=organisation,
        level=level,
        awarded_on=awarded_on,
        valid_until=valid_until,
        source_url=source_url,
    )
    transitions.log(
        organisation=organisation, actor=actor, action=OtherAct.AWARD, reason=level.value
    )
    transitions.publish_change(organisation)
    return label


def remind_of_labels(day: date | None = None) -> int:
    """Tell a cluster's administrators 6 and 3 months before a label ends, once each; how many times.

    A label that a later one follows needs no reminder.
    """
    today = day or timezone.localdate()
    told = 0
    for months in REMIND_AT:
        ending = ExcellenceLabel.objects.filter(
            Q(reminded_months__isnull=True) | Q(reminded_months__gt=months),
            valid_until__gte=today,
            valid_until__lte=months_after(today, months),
        )
        for label in ending.select_related("organisation"):
            with transaction.atomic():
                rows = ExcellenceLabel.objects.filter(
                    pk=label.pk, reminded_months=label.reminded_months
                )
                if not rows.update(reminded_months=_nearest(label, today)):
                    continue
                later = label.organisation.awards.filter(valid_until__gt=label.valid_until)
                if later.exists():
                    continue
                notifications.label_ends(label)
            told += 1
    return told


def months_after(day: date, months: int) -> date:
    """The same day of a later month, the 28th of months at most."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, 28))


def _nearest(label: ExcellenceLabel, today: date) -> int:
    """The smallest number of months of which the time has come: one reminder for both, if late."""
    end = label.valid_until or today
    return min(months for months in REMIND_AT if end <= months_after(today, months))
