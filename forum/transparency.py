"""Counts for the public report: by half-year and kind, and never a small one.

Only half-years that are over are counted: a figure that grows while one watches would tell who was
decided about. Nothing is added up, for a sum would give away what is left out.
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

SMALLEST_SHOWN = 5
LONGEST_PAST = 6
FIRST_HALF = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind and how often it occurred; `count` is None where it was less than five times."""

    label: Any
    count: int | None


@dataclass(slots=True)
class Period:
    """A half-year with its figures, in groups."""

    year: int
    half: int
    groups: list[tuple[Any, list[Figure]]] = field(default_factory=list)


def _counted() -> list[tuple[Any, QuerySet[Any], str, Any]]:
    """(group, rows, field, its kinds)."""
    decisions, appeals = Decision.objects.all(), Appeal.objects.filter(decided_at__isnull=False)
    reports = Report.objects.all()
    return [
        (_("Decisions, by measure"), decisions, "measure", Measure),
        (_("Decisions, by what brought them about"), decisions, "source", Source),
        (_("Decisions, by ground"), decisions, "ground", Ground),
        (_("Reports, by reason"), reports, "reason", Reason),
        (_("Reports, by outcome"), reports.exclude(state=Handling.OPEN), "state", Handling),
        (_("Appeals, by outcome"), appeals, "outcome", Outcome),
    ]


def periods(now: datetime | None = None) -> list[Period]:
    """The last half-years that are over, the newest first."""
    moment = timezone.localtime(now or timezone.now())
    shown, year, half = [], moment.year, 1 if moment.month <= FIRST_HALF else 2
    for _step in range(LONGEST_PAST):
        year, half = (year, 1) if half == 2 else (year - 1, 2)
        shown.append(Period(year, half))
    by_key = {(one.year, one.half): one for one in shown}
    for heading, rows, name, kinds in _counted():
        counts = _by_period(rows, name, first_year=shown[-1].year)
        for key, period in by_key.items():
            figures = [
                _figure(kind, counts[key].get(kind.value, 0))
                for kind in kinds
                if kind != Handling.OPEN
            ]
            period.groups.append((heading, figures))
    return shown


def _figure(kind: Any, count: int) -> Figure:
    return Figure(kind.label, count if count >= SMALLEST_SHOWN else None)


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
