"""Elasticsearch cut off, frozen, slow, full, without its index or with that of another release.

A real node behind a wire that can be cut; the worker and the periodic job as in production, but
that nobody waits: the clock goes on to what is due next.
"""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import health, periodic
from search import breaker, finding, outbox, tasks
from search.elastic import client, documents, rebuilding, verifying
from search.models import SearchEntry
from search.query import SearchQuery
from search.reading import read_all
from search.synchronising import keep, synchronise
from tests.factories.home import make_page
from tests.search.conftest import entry
from tests.search.proxy import Proxy

pytestmark = [pytest.mark.django_db, pytest.mark.services]

CLOSED, OPEN, HALF_OPEN = breaker.State
# Long for a loaded machine, short for who waits for the end of the tests.
PATIENCE = 4.0


@pytest.fixture
def wire(elasticsearch, settings, home_page):
    """The way to a node whose index agrees with the rows."""
    proxy = Proxy(settings.ELASTICSEARCH_URL)
    settings.ELASTICSEARCH_URL = proxy.url
    settings.ELASTICSEARCH_TIMEOUT = PATIENCE
    read_all()
    assert synchronise()
    yield proxy
    proxy.cut()


def store(numbers, **values):
    for number in numbers:
        outbox.store(f"test.thing:{number}", entry(number, **values) if values else None)


def find(text):
    return finding.find(SearchQuery(text=text, language="en"))


def drift():
    return list(verifying.drift())


def indices():
    return set(client.for_work().indices.get(index=f"{client.alias()}-*", features="aliases"))


def open_seconds_later():
    cache.delete(breaker.OPEN_KEY)


def run_worker():
    """Do what is due as `manage.py db_worker` does, which would close the test's connection."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while task := DBTaskResult.objects.ready().get_locked():
        task.claim(worker.worker_id)
        worker.run_task(task)


def next_task():
    """Go on to when the next task is due and return for how long nothing happened."""
    now = timezone.now()
    (due, pk) = min(
        (max(task.run_after, now), task.pk)
        for task in DBTaskResult.objects.filter(status="READY", run_after__isnull=False)
    )
    seconds = (due - now).total_seconds()
    DBTaskResult.objects.filter(pk=pk).update(run_after=now)
    cache.delete(tasks.RETRY_KEY)
    if seconds >= breaker.OPEN_SECONDS:
        open_seconds_later()
    run_worker()
    return seconds


@pytest.mark.slow
def test_cut_off_amid_a_thousand_writes_it_catches_up_by_itself(wire, settings, commit):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for hundred in range(10):
        if hundred == 3:
            wire.cut()
        with commit():
            store(range(hundred * 100, hundred * 100 + 100), body="jute")
            store(range(hundred))
            outbox.schedule()
        run_worker()
    assert (find("jute").engine, find("jute").total) == ("postgresql", 991)
    for _ in range(6):
        # As long as it is away the waits grow, but to half a minute only.
        assert next_task() <= tasks.LONGEST_WAIT
    assert SearchEntry.objects.waiting().count() > 600
    wire.mend()
    open_seconds_later()
    waited = 0.0
    while SearchEntry.objects.waiting().exists():
        waited += next_task()
    assert waited + breaker.OPEN_SECONDS <= 60
    assert drift() == []
    assert (find("jute").engine, find("jute").total) == ("elasticsearch", 991)


def test_frozen_it_costs_one_reader_the_time_limit_and_then_nobody(wire, commit):
    store(range(3), body="jute")
    assert synchronise()
    assert (find("jute").engine, breaker.state()) == ("elasticsearch", CLOSED)
    wire.hold()
    first, second = find("jute"), find("jute")
    assert (first.engine, first.total) == (second.engine, second.total) == ("postgresql", 3)
    assert first.took_ms >= PATIENCE * 1000
    assert second.took_ms < PATIENCE * 1000
    state = health.states()["search"]
    assert (state["state"], state["breaker"], state["index"]) == ("degraded", "open", "unknown")
    # Background work asks within a reader's patience too, before it sends anything long.
    open_seconds_later()
    assert breaker.state() == HALF_OPEN
    store([4], body="jute")
    assert not synchronise()
    assert breaker.state() == OPEN
    wire.mend()
    open_seconds_later()
    assert synchronise()
    assert breaker.state() == CLOSED
    assert (find("jute").engine, find("jute").total) == ("elasticsearch", 4)
    assert drift() == []


def test_slow_answers_are_given_and_then_no_longer_waited_for(wire, settings):
    store(range(3), body="jute")
    assert synchronise()
    settings.ELASTICSEARCH_TIMEOUT = 2.4
    wire.delay(1.3)
    engines = []
    # What was under way when the wire slowed down may still be quick, and begins the count anew.
    while "postgresql" not in engines and len(engines) < 3 * breaker.SLOW_IN_A_ROW:
        engines.append(find("jute").engine)
    assert len(engines) > breaker.SLOW_IN_A_ROW
    assert engines[-1] == "postgresql"


def test_one_long_question_that_is_slow_leaves_it_to_everybody_else(wire, settings):
    store(range(3), body="jute")
    assert synchronise()
    settings.ELASTICSEARCH_TIMEOUT = 1.0
    text = " ".join(f"jute{number}" for number in range(40)) + " jute"
    wire.delay(2.0)
    assert find(text).engine == "postgresql"
    assert breaker.state() == CLOSED
    wire.mend()
    assert find("jute").engine == "elasticsearch"
    wire.delay(2.0)
    find("jute")
    assert breaker.state() == OPEN


def test_a_disk_that_is_full_takes_nothing_and_is_still_searched(wire):
    store(range(3), body="jute")
    assert synchronise()
    block = "index.blocks.read_only_allow_delete"
    client.for_work().indices.put_settings(index=client.alias(), settings={block: True})
    store([3], body="jute")
    assert not synchronise()
    assert breaker.state() == CLOSED
    assert (find("jute").engine, find("jute").total) == ("elasticsearch", 3)
    client.for_work().indices.put_settings(index=client.alias(), settings={block: None})
    assert synchronise()
    assert find("jute").total == 4


class TestPeriodicJob:
    """What nobody does, and no change asks for."""

    def minutes_later(self, minutes):
        periodic.run_due(timezone.now() + timedelta(minutes=minutes))

    def test_an_index_deleted_by_hand_is_made_anew(self, wire, home_page):
        make_page(home_page, "Jute")
        assert synchronise()
        for name in indices():
            client.for_work().indices.delete(index=name)
        assert health.states()["search"]["index"] == "missing"
        self.minutes_later(2)
        assert (find("jute").engine, find("jute").total) == ("elasticsearch", 1)
        assert drift() == []

    def test_one_of_another_release_serves_until_a_new_one_is_filled(
        self, wire, home_page, monkeypatch
    ):
        make_page(home_page, "Jute")
        assert synchronise()
        before = indices()
        wanted = documents.definition()

        during = []
        fill = rebuilding._fill
        monkeypatch.setattr(
            rebuilding, "_fill", lambda: during.append(find("jute").total) or fill()
        )
        for module in (documents, rebuilding, verifying):
            monkeypatch.setattr(module, "definition", lambda: changed(wanted))
        assert any("another release" in line for line in drift())
        self.minutes_later(2)
        assert during == [1]
        assert indices().isdisjoint(before)
        assert client.fingerprint() == "of the next release"
        assert drift() == []
        self.minutes_later(4)
        assert during == [1]

    def test_it_says_whether_all_is_done(self, wire):
        assert keep()
        wire.cut()
        assert not keep()


def changed(definition):
    """What a later release would make: one field more."""
    mappings = definition["mappings"]
    return definition | {
        "mappings": mappings
        | {
            "properties": mappings["properties"] | {"season": {"type": "keyword"}},
            "_meta": {"fingerprint": "of the next release"},
        }
    }
