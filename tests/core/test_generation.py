"""One generation for all caches: never older than what was committed, never newer than it."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from core import generation
from core.generation import Area
from core.models import ContentChange

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_value_is_kept_until_content_changes():
    made = []

    def producer():
        made.append(len(made))
        return made[-1]

    assert [generation.cached("key", producer) for _ in range(3)] == [0, 0, 0]
    generation.bump()
    assert [generation.cached("key", producer) for _ in range(2)] == [1, 1]


class TestMany:
    def test_only_what_is_not_kept_is_made(self):
        asked = []

        def squares(numbers):
            asked.append(numbers)
            return {number: number**2 for number in numbers}

        assert generation.cached_many("square", [1, 2], squares) == {1: 1, 2: 4}
        assert generation.cached_many("square", [2, 3, 2], squares) == {2: 4, 3: 9}
        assert generation.cached_many("square", [3, 1], squares) == {1: 1, 3: 9}
        generation.bump()
        generation.cached_many("square", [1], squares)
        assert asked == [[1, 2], [3], [1]]

    def test_nothing_is_kept_as_nothing(self):
        asked = []

        def none(numbers):
            asked.append(numbers)
            return {}

        assert [generation.cached_many("none", [1], none) for _ in range(2)] == [{}, {}]
        assert asked == [[1]]

    def test_nobody_is_asked_for_nothing(self):
        assert generation.cached_many("square", [], pytest.fail) == {}

    def test_within_the_transaction_that_changes_content_nothing_is_shared(self):
        generation.cached_many("word", ["a"], lambda _keys: {"a": "before"})
        with transaction.atomic():
            generation.bump()
            own = generation.cached_many("word", ["a"], lambda _keys: {"a": "own"})
            assert own == {"a": "own"}
        after = generation.cached_many("word", ["a"], lambda _keys: {"a": "after"})
        assert after == {"a": "after"}


def test_none_is_a_value_too():
    calls = []
    for _ in range(2):
        assert generation.cached("nothing", lambda: calls.append(1)) is None
    assert len(calls) == 1


@pytest.mark.parametrize("changed", Area)
@pytest.mark.parametrize("areas", [(Area.SITE,), (Area.POSTS,), tuple(Area)])
def test_what_depends_on_one_area_outlives_changes_of_the_other(areas, changed):
    generation.cached("key", lambda: "before", areas=areas)
    generation.bump(changed)
    after = generation.cached("key", lambda: "after", areas=areas)
    assert after == ("after" if changed in areas else "before")


@pytest.mark.parametrize("changed", Area)
def test_what_says_nothing_depends_on_every_area(changed):
    generation.cached("key", lambda: "before")
    generation.bump(changed)
    assert generation.cached("key", lambda: "after") == "after"


def test_a_change_of_one_area_leaves_the_other_to_be_shared_in_its_transaction():
    generation.cached("menu", lambda: "kept", areas=[Area.SITE])
    with transaction.atomic():
        generation.bump(Area.POSTS)
        assert generation.current() is None
        assert generation.cached("menu", lambda: "made anew", areas=[Area.SITE]) == "kept"


def test_within_the_transaction_that_changes_content_nothing_shared_is_used():
    generation.cached("key", lambda: "before")
    with transaction.atomic():
        generation.bump()
        assert generation.current() is None
        assert generation.cached("key", lambda: "not yet true for others") == (
            "not yet true for others"
        )
    assert generation.cached("key", lambda: "after") == "after"


def test_a_rollback_changes_nothing():
    before = generation.current()

    class UndoError(Exception):
        pass

    def change_and_fail():
        with transaction.atomic():
            generation.bump()
            raise UndoError

    with pytest.raises(UndoError):
        change_and_fail()
    assert generation.current() == before


def test_a_copy_lost_between_commit_and_renewal_expires_by_itself(monkeypatch):
    before = generation.current()
    monkeypatch.setattr(generation, "_renew", lambda _area: None)
    generation.bump()
    assert generation.current() == before
    cache.delete(generation.copy_key(Area.SITE))
    assert generation.current() != before


def test_a_slow_reader_cannot_put_back_the_old_generation(monkeypatch):
    """Read before the commit, stored after it: `add` leaves the fresh token where it is."""
    read = generation._read

    def read_slowly(area):
        value = read(area)
        generation.bump(area)
        return value

    monkeypatch.setattr(generation, "_read", read_slowly)
    first = generation.current(Area.SITE)
    monkeypatch.setattr(generation, "_read", read)
    assert first == generation.current(Area.SITE)
    assert first != read(Area.SITE)


@pytest.mark.services
def test_a_transaction_still_open_is_invisible_to_others():
    seen = []
    with transaction.atomic():
        generation.bump()

        def look():
            seen.append(generation.current())
            connection.close()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen[0] != generation.current()


def test_pruning_never_brings_back_an_old_generation():
    seen = {area: {generation._read(area)} for area in Area}
    for area in (Area.SITE, Area.POSTS, Area.SITE, Area.SITE):
        generation.bump(area)
        seen[area].add(generation._read(area))
    ContentChange.objects.update(at="2020-01-01T00:00:00Z")
    old = ContentChange.objects.count()
    assert generation.prune() == old
    for area, before in seen.items():
        assert generation._read(area) not in before
