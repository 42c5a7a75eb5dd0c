"""Counts for the public report: by half-year and kind, and never a small one.

Only half-years that are over are counted: a figure that grows while one watches would tell who was
decided about. Nothing is added up, for a sum would give away what is left out; for the same reason
a greater count can be left out beside a small one, see `forum.suppression`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.models import Appeal, Decision, Report
from forum.models.decisions import Ground, Measure, Outcome, Source
from forum.models.reports import Handling, Reason
from forum.suppression import is_small, left_out

LONGEST_PAST = 6
FIRST_HALF = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind and how often it occurred; `count` is None where it is left out, for being
    small or because a small one could be worked out from it."""

    label: Any
    count: int | None
    is_small: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """The kinds in which rows are divided by the value of a field; `rows` is also their name."""

    heading: Any
    rows: str
    field: str
    kinds: list[Any]


@dataclass(slots=True)
class Period:
    """A half-year with its figures, in groups."""

    year: int
    half: int
    groups: list[tuple[Any, list[Figure]]] = field(default_factory=list)


def _groups() -> list[_Group]:
    handled = [kind for kind in Handling if kind != Handling.OPEN]
    return [
        _Group(_("Decisions, by measure"), "decisions", "measure", list(Measure)),
        _Group(_("Decisions, by what brought them about"), "decisions", "source", list(Source)),
        _Group(_("Decisions, by ground"), "decisions", "ground", list(Ground)),
        _Group(_("Reports, by reason"), "reports", "reason", list(Reason)),
        _Group(_("Reports, by outcome"), "reports", "state", handled),
        _Group(_("Appeals, by outcome"), "appeals", "outcome", list(Outcome)),
    ]


def periods(now: datetime | None = None) -> list[Period]:
    """The last half-years that are over, the newest first."""
    moment = timezone.localtime(now or timezone.now())
    shown, year, half = [], moment.year, 1 if moment.month <= FIRST_HALF else 2
    for _step in range(LONGEST_PAST):
        year, half = (year, 1) if half == 2 else (year - 1, 2)
        shown.append(Period(year, half))
    rows = {
        "decisions": Decision.objects.all(),
        "reports": Report.objects.all(),
        "appeals": Appeal.objects.filter(decided_at__isnull=False),
    }
    groups = _groups()
    counted = [
        _by_period(rows[group.rows], group.field, first_year=shown[-1].year) for group in groups
    ]
    for period in shown:
        found = [by_period[period.year, period.half] for by_period in counted]
        period.groups = _figures(groups, found)
    return shown


def _figures(groups: list[_Group], found: list[dict[str, int]]) -> list[tuple[Any, list[Figure]]]:
    """The figures of one half-year; `found` has the counts of each group."""
    counts = [
        [by_kind.get(kind.value, 0) for kind in group.kinds]
        for group, by_kind in zip(groups, found, strict=True)
    ]
    # Groups with the same sum have to be looked at together; reports that are still open are in
    # one of their two groups only.
    together: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        together[group.rows, sum(counts[number])].append(number)
    hidden: dict[int, set[int]] = {}
    for numbers in together.values():
        places = left_out([counts[number] for number in numbers])
        hidden |= dict(zip(numbers, places, strict=True))
    return [
        (
            group.heading,
            [
                Figure(kind.label, None if place in hidden[number] else count, is_small(count))
                for place, (kind, count) in enumerate(zip(group.kinds, counts[number], strict=True))
            ],
        )
        for number, group in enumerate(groups)
    ]


def _by_period(
    rows: QuerySet[Any], name: str, *, first_year: int
) -> dict[tuple[int, int], dict[str, int]]:
    half = Case(When(Q(created_at__month__lte=FIRST_HALF), then=Value(1)), default=Value(2))
    counted = (
        rows.filter(created_at__year__gte=first_year)
        .annotate(year=ExtractYear("created_at"), half=half)
        .order_by()
        .values("year", "half", name)
        .annotate(number=Count("pk"))
    )
    found: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for row in counted:
        found[row["year"], row["half"]][row[name]] = row["number"]
    return found
