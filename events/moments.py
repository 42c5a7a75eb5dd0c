"""Wall times typed into a form, as moments: whatever names no single moment is an error in words."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events import times

EDGES = {"start": time.min, "end": time(23, 59)}


def moment_of(wall: datetime, zone: ZoneInfo, *, is_nearest: bool = False) -> datetime:
    """The moment at which the clocks of a zone show a time; the nearest, where only the day matters.

    Raises ValidationError, worded for the field.
    """
    if is_nearest:
        return times.nearest_moment(wall, zone)
    try:
        return times.to_moment(wall, zone)
    except times.NonexistentWallTimeError as error:
        raise _error(
            _(
                "This time does not exist in %(zone)s: clocks go forward on that day. Choose another one."
            ),
            zone,
        ) from error
    except times.AmbiguousWallTimeError as error:
        raise _error(
            _("Clocks in %(zone)s show this time twice on that day. Choose one outside that hour."),
            zone,
        ) from error


def at_edge(name: str, wall: datetime) -> datetime:
    """The first or the last minute of the day, for `start` or `end` of what takes whole days."""
    return datetime.combine(wall, EDGES[name])


def _error(text: Any, zone: ZoneInfo) -> ValidationError:
    return ValidationError(text, params={"zone": zone.key})
