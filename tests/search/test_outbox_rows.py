"""Rows of models that are no pages, the tasks that follow a change, and drift that is found and mended."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django_tasks import default_task_backend

from core import searchable
from members.models import User
from search import outbox, tasks
from search.models import SearchEntry
from search.synchronising import read_again, read_stale
from tests.factories.home import make_page, make_section
from tests.search.conftest import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_of_migrations")]


class TestRegisteredModels:
    def test_changed_and_removed(self, people, member, row):
        searchable.changed(member)
        assert row(member).title == member.name
        assert row(member).facets == {"tag": ["a", "b"]}
        version = row(member).version
        searchable.changed(member)
        assert row(member).version == version
        member.name = "draft of a person"
        searchable.changed(member)
        assert row(member).is_deleted
        assert row(member).version == version + 1
        member.name = "back again"
        searchable.changed(member)
        assert row(member).version == version + 2
        searchable.removed(User, member.pk)
        assert row(member).is_deleted

    def test_what_was_never_public_has_no_row(self, people, member):
        member.name = "draft"
        searchable.changed(member)
        assert not SearchEntry.objects.of_model("members.user").exists()

    def test_deletion_by_any_path(self, people, member):
        searchable.changed(member)
        User.objects.filter(pk=member.pk).delete()
        assert SearchEntry.objects.of_model("members.user").get().is_deleted

    def test_models_that_nobody_registered(self, member):
        searchable.changed(member)
        searchable.removed(User, member.pk)
        assert not SearchEntry.objects.of_model("members.user").exists()


class TestTasks:
    @pytest.fixture
    def enqueued(self, monkeypatch):
        calls = []
        monkeypatch.setattr(outbox, "enqueue", lambda task, **kwargs: calls.append(task))
        return calls

    @pytest.fixture
    def configured(self, settings):
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    def test_once_per_transaction(self, people, enqueued, configured, member, editor):
        with transaction.atomic():
            searchable.changed(member)
            searchable.changed(editor)
        assert enqueued == [tasks.sync]

    def test_a_savepoint_rolled_back_takes_its_task_along(
        self, people, enqueued, configured, member, editor
    ):
        class Undo(Exception):
            pass

        def change_and_undo():
            with transaction.atomic():
                searchable.changed(member)
                raise Undo

        with pytest.raises(Undo):
            change_and_undo()
        searchable.changed(editor)
        assert len(enqueued) == 2
        assert SearchEntry.objects.of_model("members.user").get().title == editor.name

    def test_nothing_to_do_without_a_change_or_without_elasticsearch(
        self, people, enqueued, settings, member
    ):
        searchable.changed(member)
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
        searchable.changed(member)
        assert enqueued == []

    def test_stale_rows_are_read_without_elasticsearch_too(self, home_page, commit, row):
        section = make_section(home_page)
        page = make_page(section)
        assert not default_task_backend.supports_defer
        with commit():
            section.slug = "elsewhere"
            section.save()
        assert "/elsewhere/" in row(page).url


def test_an_object_that_cannot_be_read_stays_stale_and_is_logged(people, member, row, caplog):
    searchable.changed(member)
    outbox.mark_stale(SearchEntry.objects.all())

    def fail(self):
        raise RuntimeError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Person, "queryset", fail)
        read_stale()
    assert row(member).is_stale
    assert row(member).source in caplog.text
    read_stale()
    assert not row(member).is_stale


class TestVerify:
    @pytest.fixture
    def page(self, home_page):
        return make_page(home_page, "Natural dyes")

    CASES = {
        "missing": lambda rows: rows.delete(),
        "different": lambda rows: rows.update(body="tampered with"),
        "superfluous": lambda rows: rows.update(source="home.standardpage:999999"),
    }

    @pytest.mark.parametrize("what", CASES)
    def test_drift_is_printed_and_a_rebuild_repairs_it(self, page, row, what, capsys):
        call_command("search_index", "verify")
        self.CASES[what](SearchEntry.objects.filter(pk=row(page).pk))
        with pytest.raises(CommandError):
            call_command("search_index", "verify")
        assert f": {what}" in capsys.readouterr().out
        call_command("search_index", "rebuild")
        call_command("search_index", "verify")
        assert row(page).title == "Natural dyes"

    def test_rows_of_a_model_that_is_no_longer_registered(self, people, member, monkeypatch):
        searchable.changed(member)
        monkeypatch.delitem(searchable._registry, User)
        with pytest.raises(CommandError):
            call_command("search_index", "verify")
        call_command("search_index", "rebuild")
        call_command("search_index", "verify")

    def test_a_source_that_fails_is_drift_and_stops_nothing(self, people, member, page, capsys):
        searchable.changed(member)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Person, "entry", lambda self, obj: 1 / 0)
            with pytest.raises(CommandError):
                call_command("search_index", "verify")
            assert "unreadable" in capsys.readouterr().out
            call_command("search_index", "rebuild")

    def test_reading_again_what_has_no_row_yet(self, page, row):
        SearchEntry.objects.all().delete()
        read_again(f"home.standardpage:{page.pk}")
        assert row(page).title == "Natural dyes"
