"""When Elasticsearch is asked, by whom, and when it is left alone."""

import logging

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as CacheConnectionError

from search import breaker
from search.engines.base import EngineBehind, EngineSlow, EngineUnavailable, QueryRefused

CLOSED, OPEN, HALF_OPEN = breaker.State
LIMIT = 2.0


@pytest.fixture
def clock(monkeypatch):
    """Time that passes only while somebody asks."""
    now = [0.0]
    monkeypatch.setattr(breaker.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.ELASTICSEARCH_TIMEOUT = LIMIT
    yield
    breaker._own.clear()


def ask(clock, seconds=0.0, error=None, *, is_costly=False):
    """Ask as everybody does; whether it was allowed."""
    turn = breaker.turn()
    if turn is None:
        return False
    try:
        with breaker.watching(turn, is_costly=is_costly):
            clock[0] += seconds
            if error:
                raise error
    except (EngineUnavailable, EngineBehind):
        pass
    return True


def wait(_clock):
    """What OPEN_SECONDS do."""
    cache.delete(breaker.OPEN_KEY)
    breaker._own.delete(breaker.OPEN_KEY)


EVENTS = {
    "quick": lambda clock: ask(clock, 0.1),
    "slow": lambda clock: ask(clock, LIMIT * 0.6),
    "too slow": lambda clock: ask(clock, LIMIT * 1.1),
    "fails": lambda clock: ask(clock, error=EngineUnavailable("no answer")),
    "refuses": lambda clock: ask(clock, error=QueryRefused("400")),
    "costly, slow": lambda clock: ask(clock, LIMIT * 0.6, is_costly=True),
    "costly, given up": lambda clock: ask(clock, LIMIT, EngineSlow("time is up"), is_costly=True),
    "costly, fails": lambda clock: ask(clock, error=EngineUnavailable("refused"), is_costly=True),
    "given up": lambda clock: ask(clock, LIMIT, EngineSlow("time is up")),
    "is behind": lambda clock: ask(clock, error=EngineBehind()),
    "time passes": wait,
    "another process asks": lambda _clock: breaker.turn(),
}
SLOW_FOUR_TIMES = ["slow"] * (breaker.SLOW_IN_A_ROW - 1)

TRANSITIONS = [
    ([], CLOSED),
    (["quick", "quick"], CLOSED),
    (["refuses"], CLOSED),
    (["is behind"], CLOSED),
    (["costly, slow"] * breaker.SLOW_IN_A_ROW, CLOSED),
    (["costly, given up"] * breaker.SLOW_IN_A_ROW, CLOSED),
    (["costly, fails"], OPEN),
    (["given up"], OPEN),
    (["fails", "time passes", "costly, given up"], OPEN),
    ([*SLOW_FOUR_TIMES, "costly, given up", "slow"], OPEN),
    (["fails"], OPEN),
    (["too slow"], OPEN),
    (SLOW_FOUR_TIMES, CLOSED),
    ([*SLOW_FOUR_TIMES, "slow"], OPEN),
    ([*SLOW_FOUR_TIMES, "quick", *SLOW_FOUR_TIMES], CLOSED),
    (["fails", "quick"], OPEN),
    (["fails", "time passes"], HALF_OPEN),
    (["fails", "time passes", "quick"], CLOSED),
    (["fails", "time passes", "refuses"], CLOSED),
    (["fails", "time passes", "slow"], OPEN),
    (["fails", "time passes", "fails"], OPEN),
    (["fails", "time passes", "fails", "time passes", "quick"], CLOSED),
    (["fails", "time passes", "is behind"], HALF_OPEN),
    (["fails", "time passes", "is behind", "quick"], CLOSED),
    (["fails", "time passes", "another process asks", "quick"], HALF_OPEN),
    ([*SLOW_FOUR_TIMES, "fails", "time passes", "quick", "slow"], CLOSED),
]


def named(value):
    return ", ".join(value) or "nothing" if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("events", "expected"), TRANSITIONS, ids=named)
def test_transitions(clock, events, expected):
    for event in events:
        EVENTS[event](clock)
    assert breaker.state() == expected


def test_while_open_nobody_asks_and_while_half_open_one_at_a_time(clock):
    breaker.trip("no answer")
    assert [breaker.turn() for _ in range(3)] == [None] * 3
    wait(clock)
    assert [breaker.turn() is not None for _ in range(3)] == [True, False, False]
    cache.delete(breaker.PROBE_KEY)  # as it expires where the asker was killed
    assert breaker.turn()


def test_an_answer_to_a_question_from_before_does_not_close_it(clock):
    with breaker.watching(breaker.turn()):
        breaker.trip("another process got no answer")
    assert breaker.state() == OPEN


def test_the_log_has_each_transition_once(clock, caplog):
    caplog.set_level(logging.WARNING, "search.breaker")
    for event in ("fails", "time passes", "fails", "time passes", "quick", "quick"):
        EVENTS[event](clock)
    first, second = (record.getMessage() for record in caplog.records)
    assert "breaker open" in first
    assert "no answer" in first
    assert "breaker closed" in second


class Broken:
    """A cache that nobody reaches."""

    def __getattr__(self, _name):
        def act(*_args):
            raise CacheConnectionError

        return act


@pytest.mark.parametrize(("events", "expected"), TRANSITIONS, ids=named)
def test_without_the_cache_each_process_has_a_state_of_its_own(
    clock, monkeypatch, events, expected
):
    monkeypatch.setattr(breaker, "cache", Broken())
    for event in events:
        EVENTS[event](clock)
    assert breaker.state() == expected
