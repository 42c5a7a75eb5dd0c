"""Counting in working days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def add_working_days(start: date, days: int, *, holidays: Collection[date] = ()) -> date:
    """The day that many working days after `start`, which itself does not count.

    Saturdays, Sundays and `holidays` are no working days. Raises ValueError for a negative number.
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in holidays:
            days -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days have passed: those after `start` up to and with `end`; 0 where none has."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    days = (start + timedelta(days=number) for number in range(1, rest + 1))
    return weeks * SATURDAY + sum(day.weekday() < SATURDAY for day in days)


def working_days_before(end: date, days: int) -> date:
    """The last day from which that many working days have passed until `end`.

    Raises ValueError for a negative number.
    """
    if days < 0:
        raise ValueError("working days are counted")
    day = end
    while working_days_between(day, end) < days:
        day -= timedelta(days=1)
    return day
