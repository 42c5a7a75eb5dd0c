"""Nothing is lost and nothing leaks, against a real node: stopped, slow, late, killed, tampered with."""

import socket
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import health, periodic
from core.audiences import MEMBERS, PUBLIC
from search import breaker, finding, outbox, tasks
from search.elastic import asking, client, indexing, rebuilding
from search.engines import elasticsearch as engine_module
from search.engines.base import EngineUnavailable
from search.entries import content_of
from search.models import SearchEntry
from search.query import SearchQuery, no_counts
from search.reading import read_all
from search.synchronising import synchronise
from tests.factories.home import make_page, make_section, restrict
from tests.search.conftest import entry

pytestmark = [pytest.mark.django_db, pytest.mark.services]

CLOSED = "http://127.0.0.1:9"


@pytest.fixture
def index(elasticsearch, home_page):
    """An index that agrees with the rows."""
    read_all()
    assert synchronise()
    return elasticsearch


def store(number, **values):
    """Write the row of a thing that no app registers."""
    with transaction.atomic():
        source = f"test.thing:{number}"
        outbox.store(source, entry(number, **values) if values else None)
    return SearchEntry.objects.filter(source=source).first()


def find(text, *tokens):
    return finding.find(
        SearchQuery(text=text, language="en", tokens=frozenset({PUBLIC, *tokens}), page_size=50)
    )


def drift():
    from search.elastic.verifying import drift

    return list(drift())


def indices(elasticsearch):
    return set(elasticsearch.indices.get(index=f"{client.alias()}-*", features="aliases"))


def back(settings, url):
    settings.ELASTICSEARCH_URL = url
    cache.delete(breaker.OPEN_KEY)


class TestNotAnswering:
    @pytest.fixture
    def stopped(self, index, settings, home_page):
        make_page(home_page, "Natural dyes")
        assert synchronise()
        url = settings.ELASTICSEARCH_URL
        settings.ELASTICSEARCH_URL = CLOSED
        return url

    def test_the_page_answers_from_the_database_and_the_log_says_so_once(
        self, stopped, client_for, caplog, monkeypatch
    ):
        browser = client_for()
        asked = []
        request = engine_module.request
        monkeypatch.setattr(
            engine_module, "request", lambda *args: asked.append(1) or request(*args)
        )
        for _ in range(3):
            response = browser.get("/en/search/?q=natural+dyes")
            assert response.status_code == 200
            assert response.context["results"].engine == "postgresql"
            assert response.context["results"].total == 1
        assert len(asked) == 1
        cache.delete(breaker.OPEN_KEY)
        browser.get("/en/search/?q=natural+dyes")
        assert len(asked) == 2
        assert [one.name for one in caplog.records if one.levelname == "WARNING"] == [
            "search.breaker"
        ]

    def test_health_says_degraded_and_the_site_is_ready(self, stopped):
        states = health.states()
        assert states["search"] == {
            "state": "degraded",
            "engine": "database",
            "breaker": "open",
            "index": "unknown",
            "waiting": 0,
        }
        assert health.is_ready(states)

    def test_what_changes_meanwhile_waits_and_arrives(self, stopped, settings, home_page, commit):
        with commit():
            pages = [make_page(home_page, f"Indigo {number}") for number in range(5)]
            pages[0].unpublish()
        assert SearchEntry.objects.waiting().count() == 5
        back(settings, stopped)
        call_command("search_index", "sync")
        assert SearchEntry.objects.waiting().count() == 0
        results = find("indigo")
        assert (results.engine, results.total) == ("elasticsearch", 4)
        call_command("search_index", "verify")

    def test_the_periodic_job_brings_it_by_itself(self, stopped, settings, home_page):
        make_page(home_page, "Indigo")
        periodic.run_due()
        assert SearchEntry.objects.waiting().count() == 1
        back(settings, stopped)
        periodic.run_due(timezone.now() + timedelta(minutes=2))
        assert find("indigo").engine == "elasticsearch"
        assert SearchEntry.objects.waiting().count() == 0

    def test_a_queue_that_can_wait_tries_again_once_for_all(self, stopped, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        store(1, body="jute")
        before = timezone.now()
        for _ in range(5):
            tasks.sync.call(attempt=3)
        (retry,) = DBTaskResult.objects.filter(task_path="search.tasks.sync")
        assert retry.args_kwargs["kwargs"] == {"attempt": 4}
        assert before < retry.run_after <= timezone.now() + timedelta(seconds=8)

    def test_commands_say_so(self, stopped):
        store(1, body="jute")
        for work in ("sync", "verify", "rebuild"):
            with pytest.raises(CommandError):
                call_command("search_index", work)

    def test_a_node_that_hangs_is_left_after_the_time_limit(self, stopped, settings):
        settings.ELASTICSEARCH_TIMEOUT = 0.3
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"
            started = time.monotonic()
            assert find("natural").engine == "postgresql"
            assert time.monotonic() - started < 30


class TestWaiting:
    def test_a_change_that_has_not_arrived_hides_the_old_state(
        self, index, home_page, client_for, member
    ):
        section = make_section(home_page)
        make_page(section, "Natural dyes")
        assert synchronise()
        assert find("natural dyes").total == 1
        restrict(section)
        results = find("natural dyes")
        assert (results.engine, results.total, results.hits) == ("elasticsearch", 0, [])
        assert results.facets == no_counts()
        response = client_for().get("/en/search/?q=natural+dyes")
        assert "no-store" in response["Cache-Control"]
        assert synchronise()
        assert find("natural dyes").total == 0
        assert find("natural dyes", MEMBERS).total == 1
        response = client_for(member).get("/en/search/?q=natural+dyes")
        assert response.context["results"].total == 1
        assert "no-store" not in response.get("Cache-Control", "")

    def test_too_many_of_them_leave_the_answer_to_the_database(self, index, monkeypatch):
        monkeypatch.setattr(engine_module, "MOST_WAITING", 1)
        store(1, body="jute")
        assert find("jute").engine == "elasticsearch"
        store(2, body="jute")
        assert (find("jute").engine, find("jute").total) == ("postgresql", 2)
        assert breaker.state() == breaker.State.CLOSED


class TestOrder:
    def test_an_old_write_never_overwrites_a_newer_one(self, index):
        old = store(1, title="Old")
        new = store(1, title="New")
        indexing.push([new])
        indexing.push([old])
        assert index.get(index=client.alias(), id=old.source)["_version"] == 2
        assert SearchEntry.objects.waiting().count() == 0
        assert find("new").total == 1

    def test_an_old_write_never_brings_back_what_is_deleted(self, index):
        old = store(1, title="Old")
        indexing.push([store(1)])
        indexing.push([old])
        assert find("old").total == 0
        assert drift() == []

    def test_one_that_arrives_in_a_new_index_is_taken_back(self, index):
        old = store(1, title="Old")
        assert synchronise()
        store(1)
        assert synchronise()
        rebuilding.rebuild()
        indexing.push([old])
        assert index.exists(index=client.alias(), id=old.source)
        assert find("old").total == 0
        assert synchronise()
        assert not index.exists(index=client.alias(), id=old.source)
        assert drift() == []

    def test_a_row_that_cannot_be_taken_is_logged_and_stops_nothing(
        self, index, monkeypatch, caplog
    ):
        bad, good = store(1, body="jute"), store(2, body="hemp")
        action = indexing.action_of_row

        def spoiled(row):
            made = action(row)
            if row.pk == bad.pk:
                made["_source"]["unknown"] = 1
            return made

        monkeypatch.setattr(indexing, "action_of_row", spoiled)
        assert synchronise()
        assert list(SearchEntry.objects.waiting()) == [bad]
        assert bad.source in caplog.text
        assert find("hemp").hits[0].source == good.source


class TestIndex:
    def test_the_first_push_makes_it_with_our_mapping(self, elasticsearch):
        store(1, body="jute")
        assert not client.has_index()
        assert synchronise()
        (name,) = indices(elasticsearch)
        assert elasticsearch.indices.get_alias(index=name)[name]["aliases"] == {client.alias(): {}}
        assert find("jute").engine == "elasticsearch"
        assert health.states()["search"] == {
            "state": "ok",
            "engine": "elasticsearch",
            "breaker": "closed",
            "index": "ok",
            "waiting": 0,
        }
        assert drift() == []

    def test_deleted_by_hand_it_is_made_anew(self, index):
        store(1, body="jute")
        assert synchronise()
        for name in indices(index):
            index.indices.delete(index=name)
        assert find("jute").engine == "postgresql"
        cache.delete(breaker.OPEN_KEY)
        store(2, body="jute")
        assert synchronise()
        assert (find("jute").engine, find("jute").total) == ("elasticsearch", 2)

    def test_an_index_in_the_place_of_the_alias_is_replaced(self, elasticsearch):
        store(1, body="jute")
        elasticsearch.indices.create(index=client.alias())
        rebuilding.rebuild()
        assert find("jute").total == 1
        assert len(indices(elasticsearch)) == 1


class TestRebuild:
    @pytest.fixture(autouse=True)
    def _small_batches(self, monkeypatch):
        monkeypatch.setattr(rebuilding, "BATCH", 3)
        monkeypatch.setattr(rebuilding, "SENDERS", 1)

    def _during(self, monkeypatch, work):
        """Have `work(number)` done before each batch that a rebuild sends."""
        calls = []
        really = rebuilding._check

        def checked(sent):
            calls.append(1)
            work(len(calls))
            return really(sent)

        monkeypatch.setattr(rebuilding, "_check", checked)

    def test_everything_is_there_and_the_old_index_gone(self, index):
        before = indices(index)
        for number in range(10):
            store(number, body="jute")
        rebuilding.rebuild()
        assert len(indices(index)) == 1
        assert indices(index).isdisjoint(before)
        assert SearchEntry.objects.waiting().count() == 0
        assert find("jute").total == 10
        assert drift() == []

    def test_what_is_written_meanwhile_is_in_the_new_index(self, index, monkeypatch):
        for number in range(12):
            store(number, body="jute")
        assert synchronise()

        def change(number):
            store(100 + number, body="hemp")
            store(0, body=f"jute again {number}")
            store(11)
            if number % 2:
                indexing.push_waiting()

        self._during(monkeypatch, change)
        rebuilding.rebuild()
        assert synchronise()
        assert drift() == []
        assert find("jute").total == 11
        assert find("again").total == 1
        assert find("hemp").total >= 4

    def test_killed_half_way_the_old_index_serves_and_the_next_one_clears_up(
        self, index, monkeypatch
    ):
        for number in range(12):
            store(number, body="jute")
        assert synchronise()

        def kill(number):
            if number == 2:
                raise KeyboardInterrupt

        with pytest.MonkeyPatch.context() as patch:
            self._during(patch, kill)
            with pytest.raises(KeyboardInterrupt):
                rebuilding.rebuild()
        assert len(indices(index)) == 2
        assert (find("jute").engine, find("jute").total) == ("elasticsearch", 12)
        store(50, body="jute")
        assert synchronise()
        assert find("jute").total == 13
        rebuilding.rebuild()
        assert len(indices(index)) == 1
        assert drift() == []

    def test_one_at_a_time(self, index):
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [rebuilding.LOCK])
            with pytest.raises(CommandError):
                call_command("search_index", "rebuild")
        finally:
            other.close()
        call_command("search_index", "rebuild")


class TestVerify:
    @pytest.fixture
    def page(self, index, home_page):
        page = make_page(home_page, "Natural dyes")
        assert synchronise()
        call_command("search_index", "verify")
        return f"home.standardpage:{page.pk}"

    DRIFT = {
        "not in the index": lambda es, source, doc: es.delete(index=client.alias(), id=source),
        "nothing that may be found": lambda es, source, doc: es.index(
            index=client.alias(), id="home.standardpage:999", document=doc
        ),
        "version 99 in the index": lambda es, source, doc: es.index(
            index=client.alias(), id=source, document=doc, version=99, version_type="external"
        ),
        "for another row": lambda es, source, doc: es.index(
            index=client.alias(),
            id=source,
            document=doc | {"entry": 9999},
            version=SearchEntry.objects.get(source=source).version,
            version_type="external_gte",
        ),
        "mapping of another release": lambda es, source, doc: es.indices.put_mapping(
            index=client.alias(), body={"_meta": {"fingerprint": "other"}}
        ),
    }

    @pytest.mark.parametrize("what", DRIFT)
    def test_each_kind_of_drift_is_found_and_repaired(self, index, page, what, capsys):
        document = index.get(index=client.alias(), id=page)["_source"]
        self.DRIFT[what](index, page, document)
        with pytest.raises(CommandError):
            call_command("search_index", "verify")
        assert what in capsys.readouterr().out
        call_command("search_index", "rebuild")
        call_command("search_index", "verify")

    def test_what_waits_is_drift_until_it_is_pushed(self, index, page, home_page, capsys):
        make_page(home_page, "Not pushed")
        with pytest.raises(CommandError):
            call_command("search_index", "verify")
        assert "not in the index" in capsys.readouterr().out
        call_command("search_index", "sync")
        call_command("search_index", "verify")


CHANGES = {
    "publish": lambda home, section, page: make_page(home, "Another"),
    "unpublish": lambda home, section, page: page.unpublish(),
    "move": lambda home, section, page: section.move(home, pos="first-child"),
    "move below": lambda home, section, page: section.move(
        restrict(make_section(home, "Inside")), pos="last-child"
    ),
    "slug": lambda home, section, page: (setattr(section, "slug", "other"), section.save()),
    "restriction": lambda home, section, page: restrict(section),
    "delete": lambda home, section, page: section.delete(),
    "alias": lambda home, section, page: page.create_alias(parent=home, update_slug="alias"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_reaches_the_index(index, home_page, commit, change):
    with commit():
        section = make_section(home_page)
        page = make_page(section)
    call_command("search_index", "verify")
    with commit():
        CHANGES[change](home_page, section, page)
    call_command("search_index", "verify")


def test_an_error_of_the_node_is_not_an_error_of_the_page(index, monkeypatch):
    monkeypatch.setattr(asking, "WEIGHTS", {"title": -1})
    with pytest.raises(EngineUnavailable):
        engine_module.ElasticsearchEngine().search(SearchQuery(text="jute", language="en"))
    assert find("jute").engine == "postgresql"


def test_an_answer_without_a_part_of_the_index_is_a_failure(index):
    work = client.for_work()
    nowhere = f"{client.alias()}.nowhere"
    question = engine_module.request(SearchQuery(text="jute", language="en"), [])
    work.indices.create(
        index=nowhere,
        settings={"index.routing.allocation.require._name": "nobody"},
        wait_for_active_shards="0",
        timeout="0s",
    )
    try:
        with pytest.raises(EngineUnavailable, match=r"1 of 2 shards|503"):
            engine_module._ask(question, f"{client.alias()},{nowhere}")
    finally:
        work.indices.delete(index=nowhere)


def test_time_is_up_before_everything_is_looked_through(index, browser, settings, monkeypatch):
    store(1, title="Jute")
    assert synchronise()
    ask = engine_module._ask
    cut = {"timed_out": True}
    monkeypatch.setattr(engine_module, "_ask", lambda *args: ask(*args) | cut)
    response = browser.get("/en/search/?q=jute+linnen")
    assert response.context["results"].total == 1
    assert not response.context["results"].suggestion
    assert "before everything was looked through" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_document_says_what_its_row_says(index):
    row = store(1, title="Jute", summary="A fibre", language="fr", kind="event")
    assert synchronise()
    document = index.get(index=client.alias(), id=row.source)["_source"]
    content = content_of(entry(1, title="Jute", summary="A fibre", language="fr"), row.source)
    assert document["text"] == {"fr": {"title": "Jute", "summary": "A fibre"}}
    assert document["audience"] == [PUBLIC]
    assert document["group"] == content["group"] == row.source
    assert document["entry"] == row.pk
