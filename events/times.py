"""Wall clocks: from what an editor types to a moment, and from a moment to what a reader sees.

A moment is an aware datetime in UTC. A wall time is a naive datetime as a clock at the event's
place shows it. Zones are named by their IANA key, such as "Europe/Sofia".
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class WallTimeError(ValueError):
    """A wall time that does not name exactly one moment."""


class NonexistentWallTimeError(WallTimeError):
    """Clocks jump over this time."""


class AmbiguousWallTimeError(WallTimeError):
    """Clocks show this time twice."""


@cache
def zone_keys() -> frozenset[str]:
    """Every zone that an event can name: "Area/City" and UTC, without the aliases of old systems."""
    areas = (
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    named = {key for key in available_timezones() if key.split("/")[0] in areas and "/" in key}
    return frozenset(named | {"UTC"})


def validate_zone(key: str) -> None:
    """Raise ValidationError unless this is the key of a zone."""
    if key not in zone_keys():
        raise ValidationError(gettext_lazy("Choose one of the time zones."))


def zone(key: str) -> ZoneInfo | None:
    """The zone of this key, or None where there is none."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def to_moment(wall: datetime, at: ZoneInfo) -> datetime:
    """The moment at which the clocks of a zone show a wall time.

    Raises NonexistentWallTimeError for a time that clocks jump over when they go forward, and
    AmbiguousWallTimeError for one that they show twice when they go back.
    """
    first = wall.replace(tzinfo=at, fold=0)
    second = wall.replace(tzinfo=at, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if to_wall(first.astimezone(UTC), at) != wall:
        raise NonexistentWallTimeError(wall)
    raise AmbiguousWallTimeError(wall)


def nearest_moment(wall: datetime, at: ZoneInfo) -> datetime:
    """The moment of a wall time, the earlier of two; a time that does not exist moves forward."""
    return wall.replace(tzinfo=at, fold=0).astimezone(UTC)


def to_wall(moment: datetime, at: ZoneInfo) -> datetime:
    """What the clocks of a zone show at a moment, as a naive datetime."""
    return moment.astimezone(at).replace(tzinfo=None, fold=0)


def zone_label(at: ZoneInfo, *moments: datetime) -> str:
    """How a reader is told the zone: "Sofia time (EET, UTC+2)".

    Where the offset differs between the moments (clocks change in between), it is left out.
    """
    if at.key == "UTC":
        return "UTC"
    city = at.key.rsplit("/", 1)[-1].replace("_", " ")
    name = _("%(city)s time") % {"city": city}
    local = [moment.astimezone(at) for moment in moments]
    if len({moment.utcoffset() for moment in local}) != 1:
        return name
    offset = _offset(local[0])
    short = local[0].tzname() or ""
    details = f"{short}, {offset}" if short.isalpha() and short != offset else offset
    return f"{name} ({details})"


def _offset(moment: datetime) -> str:
    """The distance from UTC: "UTC+5:30", or "UTC" for none."""
    delta = moment.utcoffset()
    minutes = int(delta.total_seconds() // 60) if delta else 0
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def month_after(first: date) -> date:
    """The first day of the month after the one that begins on `first`."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
