"""How long things last, in one place; days are of the calendar unless they say otherwise."""

from __future__ import annotations

from datetime import date, timedelta

# An opportunity is open for twelve months at most (domain.md C5); a year may have 366 days.
LONGEST = timedelta(days=366)
USUAL = timedelta(days=180)
WARNED_BEFORE = timedelta(days=14)
# Of an interest, in working days after it was sent.
REMINDED_AFTER, CLOSED_AFTER = 5, 15
# Days after an interest was accepted on which both sides are asked what came of it.
CHECKS = (30, 90, 180)
# How long what nobody needs any more is kept.
UNMET_KEPT = timedelta(days=365)
CONTACTS_KEPT = timedelta(days=730)


def latest_end(begin: date) -> date:
    """The last day on which a term that begins then may end."""
    return begin + LONGEST
