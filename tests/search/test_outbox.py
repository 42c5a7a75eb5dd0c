"""Every change of a page, a restriction or a document is in the rows when its transaction ends."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django_tasks import default_task_backend
from wagtail.models import Collection, Locale, PageViewRestriction

from core import searchable
from core.audiences import MEMBERS, group_token
from core.models import CustomDocument
from members.models import User
from search import outbox, tasks
from search.models import SearchEntry
from search.reading import read_all
from search.synchronising import read_again, read_stale
from tests.factories.home import make_page, make_section, restrict
from tests.search.conftest import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages_of_migrations(db):
    """Pages that a migration made told nobody."""
    read_all()


def no_drift():
    read_stale()
    call_command("search_index", "verify")


def test_publishing_writes_a_row_and_a_draft_changes_nothing(home_page, row):
    page = make_page(home_page, "Natural dyes", listing_summary="Woad and madder.")
    written = row(page)
    assert (written.kind, written.language, written.title) == ("page", "en", "Natural dyes")
    assert (written.summary, written.audience) == ("Woad and madder.", "|public|")
    page.title = "A draft's title"
    page.save_revision()
    assert row(page).version == written.version
    page.save_revision().publish()
    assert row(page).title == "A draft's title"
    assert row(page).version > written.version
    no_drift()


def test_a_draft_has_nothing_in_its_row(home_page, row):
    page = make_page(home_page, "Secret plans", live=False)
    assert row(page).is_deleted
    assert "Secret" not in str(vars(row(page)))


def test_unpublishing_blanks_the_row(home_page, row):
    page = make_page(home_page, "Natural dyes")
    page.unpublish()
    assert row(page).is_deleted
    assert row(page).body == row(page).title == ""
    no_drift()


def test_deleting_a_section_takes_everything_below_it(home_page, row):
    section = make_section(home_page)
    page = make_page(section)
    version = row(page).version
    section.delete()
    assert row(page).is_deleted
    assert row(section).is_deleted
    assert row(page).version > version
    no_drift()


def test_saving_without_publishing_is_enough_for_what_is_live(home_page, row):
    page = make_page(home_page)
    page.title = "Renamed by a program"
    page.save()
    assert row(page).title == "Renamed by a program"
    no_drift()


def test_a_new_slug_gives_the_whole_subtree_new_addresses(home_page, row):
    section = make_section(home_page)
    page = make_page(section)
    section.slug = "elsewhere"
    section.save_revision().publish()
    read_stale()
    assert "/elsewhere/" in row(page).url
    no_drift()


def test_moving_changes_audience_at_once_and_addresses_soon(home_page, row):
    inside = restrict(make_section(home_page, "Inside"))
    section = make_section(home_page, "Section")
    page = make_page(section)
    section.move(inside, pos="last-child")
    assert row(page).audience == row(section).audience == f"|{MEMBERS}|"
    assert row(page).is_stale
    read_stale()
    assert "/inside/section/" in row(page).url
    no_drift()


class TestRestrictions:
    def test_one_on_an_ancestor_holds_at_once_for_all_below(self, home_page, row):
        section = make_section(home_page)
        page, other = make_page(section), make_page(home_page, "Other")
        version = row(page).version
        restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
        assert row(page).audience == f"|{MEMBERS}|"
        assert row(page).version > version
        assert row(other).audience == "|public|"
        no_drift()
        restriction.delete()
        assert row(page).audience == "|public|"
        no_drift()

    def test_groups_may_be_changed_and_those_of_ancestors_count(self, home_page, row):
        section = make_section(home_page)
        inner = make_section(section, "Inner")
        page = make_page(inner)
        first, second = Group.objects.create(name="First"), Group.objects.create(name="Second")
        outer = PageViewRestriction.objects.create(page=section, restriction_type="groups")
        assert row(page).audience == ""
        outer.groups.set([first, second])
        both = sorted([group_token(first.pk), group_token(second.pk)])
        assert row(page).audience == f"|{'|'.join(both)}|"
        deeper = PageViewRestriction.objects.create(page=inner, restriction_type="groups")
        deeper.groups.set([second])
        assert row(page).audience == f"|{group_token(second.pk)}|"
        assert row(section).audience == f"|{'|'.join(both)}|"
        no_drift()
        second.delete()
        assert row(page).audience == ""
        assert row(section).audience == f"|{group_token(first.pk)}|"
        no_drift()

    def test_what_nobody_may_read_loses_its_text_and_gets_it_back(self, home_page, row):
        page = make_page(home_page, "Natural dyes")
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        read_stale()
        assert row(page).is_deleted
        restriction.delete()
        read_stale()
        assert row(page).title == "Natural dyes"
        no_drift()

    def test_publishing_below_a_restriction(self, home_page, row):
        page = make_page(restrict(make_section(home_page)))
        assert row(page).audience == f"|{MEMBERS}|"


def test_an_alias_follows_its_page(home_page, row):
    page = make_page(home_page, "Natural dyes")
    alias = page.create_alias(parent=make_section(home_page), update_slug="dyes")
    assert row(alias).title == "Natural dyes"
    page.title = "Plant dyes"
    page.save_revision().publish()
    assert row(alias).title == "Plant dyes"
    page.unpublish()
    assert row(alias).is_deleted
    no_drift()


def test_a_translation_has_a_row_in_its_language(home_page, row):
    page = make_page(home_page, "Natural dyes")
    home_page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    assert row(french).is_deleted
    french.title = "Teintures naturelles"
    french.save_revision().publish()
    assert (row(french).language, row(french).title) == ("fr", "Teintures naturelles")


class TestDocuments:
    @pytest.fixture
    def collection(self):
        return Collection.get_first_root_node().add_child(name="Files")

    @pytest.fixture
    def document(self, collection):
        return CustomDocument.objects.create(
            title="Handbook of felting",
            file=ContentFile(b"felt", name="felt.txt"),
            collection=collection,
            language="da",
        )

    def test_saving_and_deleting(self, document, row):
        assert (row(document).kind, row(document).language) == ("document", "da")
        document.title = "Handbook"
        document.save()
        assert row(document).title == "Handbook"
        no_drift()
        kept = row(document).source
        document.delete()
        assert SearchEntry.objects.get(source=kept).is_deleted
        no_drift()

    def test_the_collection_says_who_may_find_it(self, document, collection, row):
        restriction = collection.view_restrictions.create(restriction_type="groups")
        assert row(document).audience == ""
        group = Group.objects.create(name="Readers")
        restriction.groups.add(group)
        assert row(document).audience == f"|{group_token(group.pk)}|"
        no_drift()
        restriction.delete()
        assert row(document).audience == "|public|"
        no_drift()

    def test_moving_a_collection_below_a_restricted_one(self, document, collection, row):
        inside = Collection.get_first_root_node().add_child(name="Inside")
        inside.view_restrictions.create(restriction_type="login")
        collection.move(inside, "sorted-child")
        assert row(document).audience == f"|{MEMBERS}|"
        no_drift()

    def test_moving_documents_in_bulk(self, document, row, administrator, client_for, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        inside = Collection.get_first_root_node().add_child(name="Inside")
        inside.view_restrictions.create(restriction_type="login")
        response = client_for(administrator).post(
            f"/admin/bulk/core/customdocument/add_to_collection/?id={document.pk}",
            {"collection": inside.pk},
        )
        assert response.status_code == 302
        document.refresh_from_db()
        assert document.collection == inside
        assert row(document).audience == f"|{MEMBERS}|"
        no_drift()


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
