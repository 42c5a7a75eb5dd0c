"""Every change of a page, a restriction or a document is in the rows when its transaction ends."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Collection, Locale, PageViewRestriction

from core.audiences import MEMBERS, group_token
from core.models import CustomDocument
from search.models import SearchEntry
from search.synchronising import read_stale
from tests.factories.home import make_page, make_section, restrict
from tests.search.conftest import no_drift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_of_migrations")]


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
