"""Writers, readers of sources and workers at the same time: the newest state wins."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from core import searchable
from members.models import User
from search import finding, outbox
from search.elastic import client, indexing, rebuilding, verifying
from search.models import SearchEntry
from search.query import SearchQuery
from search.reading import read_all
from search.synchronising import keep, read_again, synchronise
from tests.search.conftest import entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,
]


class Beside:
    """Work in a thread of its own, with its own connection."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(8)

    def __call__(self, work, *args):
        def run():
            try:
                return work(*args)
            finally:
                connection.close()

        return self.pool.submit(run)


@pytest.fixture
def beside():
    workers = Beside()
    yield workers
    workers.pool.shutdown()


def waits_for_a_lock():
    """Wait until another connection waits for a lock of this one."""
    for _ in range(6000):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return True
        threading.Event().wait(0.01)
    return False


def row_of(user):
    return SearchEntry.objects.get(source=f"members.user:{user.pk}")


def rename(user, name):
    user.name = name
    user.save()
    searchable.changed(user)


def test_reading_again_waits_for_whoever_writes_and_sees_what_was_written(people, member, beside):
    searchable.changed(member)
    with transaction.atomic():
        rename(member, "draft")
        reading = beside(read_again, f"members.user:{member.pk}")
        assert waits_for_a_lock()
    reading.result(60)
    assert row_of(member).is_deleted


def test_the_first_row_of_a_thing_written_twice_at_once(people, member, beside):
    with transaction.atomic():
        rename(member, "First")
        second = User.objects.get(pk=member.pk)
        second.name = "Second"
        writing = beside(searchable.changed, second)
        assert waits_for_a_lock()
    writing.result(60)
    assert (row_of(member).title, row_of(member).version) == ("Second", 2)


def test_what_becomes_stale_while_it_is_read_stays_stale(people, member, beside, monkeypatch):
    # What follows would read it again at once.
    monkeypatch.setattr(outbox, "schedule", lambda **_options: None)
    searchable.changed(member)
    outbox.mark_stale(SearchEntry.objects.all())
    with transaction.atomic():
        read_again(f"members.user:{member.pk}")
        marking = beside(outbox.mark_stale, SearchEntry.objects.all())
        assert waits_for_a_lock()
    marking.result(60)
    assert row_of(member).is_stale


def test_writers_workers_and_a_rebuild_at_once_leave_no_drift(
    people, member, editor, moderator, elasticsearch, beside, monkeypatch
):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    read_all()
    rebuilding.rebuild()
    # A queue of its own would do what follows from a change; here two workers do.
    monkeypatch.setattr(outbox, "schedule", lambda **_options: None)
    stop = threading.Event()

    def write(user):
        for number in range(30):
            with transaction.atomic():
                rename(user, f"draft {number}" if number % 3 == 0 else f"Name {number}")

    def work():
        while not stop.is_set():
            synchronise()

    writing = [beside(write, user) for user in (member, editor, moderator)]
    working = [beside(work), beside(work)]
    beside(rebuilding.rebuild).result(60)
    for writer in writing:
        writer.result(60)
    stop.set()
    for worker in working:
        worker.result(60)
    assert synchronise()
    call_command("search_index", "verify")


def kill_at(monkeypatch, module, name, call):
    """Have this process killed when a function is called for the so many-eth time."""
    really, calls = getattr(module, name), []

    def counted(*args):
        calls.append(1)
        if len(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*args)

    monkeypatch.setattr(module, name, counted)


def killed(work):
    """Do work in a process of its own, which SIGKILL is expected to end."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            client._connect.cache_clear()
            work()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def found(text):
    results = finding.find(SearchQuery(text=text, language="en"))
    return results.engine, results.total


def test_a_worker_and_a_rebuild_killed_half_way_lose_nothing(elasticsearch, monkeypatch):
    for module in (indexing, rebuilding):
        monkeypatch.setattr(module, "BATCH", 20)
    monkeypatch.setattr(outbox, "schedule", lambda **_options: None)

    def store(numbers, **values):
        with transaction.atomic():
            for number in numbers:
                outbox.store(f"test.thing:{number}", entry(number, **values))

    store(range(60), body="jute")
    assert synchronise()

    # After Elasticsearch has a batch, and before the rows say so.
    store(range(30, 90), body="jute hemp")
    with pytest.MonkeyPatch.context() as patch:
        kill_at(patch, indexing, "_note", 2)
        killed(synchronise)
    assert SearchEntry.objects.waiting().count() == 40
    assert found("jute") == ("elasticsearch", 30 + 20)
    assert synchronise()
    assert found("jute") == ("elasticsearch", 90)
    assert list(verifying.drift()) == []

    with pytest.MonkeyPatch.context() as patch:
        kill_at(patch, rebuilding, "_check", 1)
        killed(rebuilding.rebuild)
    indices = elasticsearch.indices
    assert len(indices.get(index=f"{client.alias()}-*")) == 2
    assert found("jute") == ("elasticsearch", 90)
    store(range(80, 100), body="jute")
    assert synchronise()
    assert found("jute") == ("elasticsearch", 100)
    # Nobody has to come for the remains.
    assert keep()
    assert len(indices.get(index=f"{client.alias()}-*")) == 1
    rebuilding.rebuild()
    assert found("jute") == ("elasticsearch", 100)
    assert list(verifying.drift()) == []
