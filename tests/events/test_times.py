"""Wall clocks and moments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events import times

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Europe/Madrid", "2026-12-03 10:00", "2026-12-03 09:00"),
        ("Europe/Madrid", "2026-07-03 10:00", "2026-07-03 08:00"),
        ("Europe/Sofia", "2027-03-28 02:59", "2027-03-28 00:59"),
        ("Europe/Sofia", "2027-03-28 04:00", "2027-03-28 01:00"),
        ("Europe/Lisbon", "2027-02-16 09:00", "2027-02-16 09:00"),
        ("Asia/Kolkata", "2027-02-16 09:00", "2027-02-16 03:30"),
        ("UTC", "2027-02-16 09:00", "2027-02-16 09:00"),
    ],
)
def test_a_wall_time_is_one_moment(zone, wall, moment):
    found = times.to_moment(datetime.fromisoformat(wall), ZoneInfo(zone))
    assert found == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "wall", "error"),
    [
        ("Europe/Madrid", "2027-03-28 02:00", times.NonexistentWallTimeError),
        ("Europe/Madrid", "2027-03-28 02:59", times.NonexistentWallTimeError),
        ("Europe/Sofia", "2027-03-28 03:30", times.NonexistentWallTimeError),
        ("Europe/Madrid", "2026-10-25 02:30", times.AmbiguousWallTimeError),
        ("Europe/Lisbon", "2026-10-25 01:30", times.AmbiguousWallTimeError),
    ],
)
def test_clocks_that_change_leave_no_single_moment(zone, wall, error):
    with pytest.raises(error):
        times.to_moment(datetime.fromisoformat(wall), ZoneInfo(zone))


@given(
    zone=st.sampled_from(sorted(times.zone_keys())),
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)),
)
def test_every_moment_has_a_wall_time_that_leads_back_or_is_ambiguous(zone, moment):
    at = ZoneInfo(zone)
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    wall = times.to_wall(moment, at)
    try:
        assert times.to_moment(wall, at) == moment
    except times.AmbiguousWallTimeError:
        assert len({wall.replace(tzinfo=at, fold=fold).utcoffset() for fold in (0, 1)}) == 2


@given(
    zone=st.sampled_from(sorted(times.zone_keys())),
    wall=st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)),
)
def test_a_wall_time_that_does_not_exist_is_no_moments_wall_time(zone, wall):
    at = ZoneInfo(zone)
    try:
        moment = times.to_moment(wall, at)
    except times.NonexistentWallTimeError:
        near = times.nearest_moment(wall, at)
        assert times.to_wall(near, at) != wall
    except times.AmbiguousWallTimeError:
        assert times.to_wall(times.nearest_moment(wall, at), at) == wall
    else:
        assert times.to_wall(moment, at) == wall


@pytest.mark.parametrize(
    ("zone", "moments", "label"),
    [
        ("Europe/Madrid", ["2026-12-03 09:00"], "Madrid time (CET, UTC+1)"),
        ("Europe/Sofia", ["2027-06-03 09:00"], "Sofia time (EEST, UTC+3)"),
        ("Asia/Kolkata", ["2027-06-03 09:00"], "Kolkata time (IST, UTC+5:30)"),
        ("America/Sao_Paulo", ["2027-06-03 09:00"], "Sao Paulo time (UTC−3)"),
        ("Europe/London", ["2026-12-03 09:00"], "London time (GMT, UTC)"),
        ("Europe/Madrid", ["2027-03-27 09:00", "2027-03-29 09:00"], "Madrid time"),
        ("UTC", ["2027-06-03 09:00"], "UTC"),
    ],
)
def test_the_zone_is_named(zone, moments, label):
    found = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in moments]
    assert times.zone_label(ZoneInfo(zone), *found) == label


@pytest.mark.parametrize(
    "key", ["", "Europe/Nowhere", "../../etc/passwd", "CET", "\x00", "x" * 500]
)
def test_what_is_no_zone_is_refused(key):
    with pytest.raises(ValidationError):
        times.validate_zone(key)


@pytest.mark.parametrize(
    "key", ["", "Europe/Nowhere", "../../etc/passwd", "\x00", "/etc/localtime"]
)
def test_what_is_no_zone_is_none(key):
    assert times.zone(key) is None


@pytest.mark.parametrize(
    ("first", "after"),
    [(date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 12, 1), date(2027, 1, 1))],
)
def test_the_month_after(first, after):
    assert times.month_after(first) == after
