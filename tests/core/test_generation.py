"""One generation for all caches: never older than what was committed, never newer than it."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from core import generation
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


def test_none_is_a_value_too():
    calls = []
    for _ in range(2):
        assert generation.cached("nothing", lambda: calls.append(1)) is None
    assert len(calls) == 1


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
    monkeypatch.setattr(generation, "_renew", lambda: None)
    generation.bump()
    assert cache.get(generation.COPY_KEY) == before
    cache.delete(generation.COPY_KEY)
    assert generation.current() != before


def test_a_slow_reader_cannot_put_back_the_old_generation(monkeypatch):
    """Read before the commit, stored after it: `add` leaves the fresh token where it is."""
    read = generation._read

    def read_slowly():
        value = read()
        generation.bump()
        return value

    monkeypatch.setattr(generation, "_read", read_slowly)
    first = generation.current()
    monkeypatch.setattr(generation, "_read", read)
    assert first == generation.current()
    assert first != read()


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
    seen = {generation._read()}
    for _ in range(5):
        generation.bump()
        seen.add(generation._read())
    ContentChange.objects.update(at="2020-01-01T00:00:00Z")
    old = ContentChange.objects.count()
    assert generation.prune() == old
    assert generation._read() not in seen
