"""Organisations by file, in the admin: a dry run first, then the import once; lists as files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.files import private_storage
from directory import actions, errors
from directory.models import Organisation
from directory.states import State
from directory.tables import keeping
from directory.tables.columns import columns
from directory.tables.files import read
from tests.directory.tables import FULL, GOOD, as_csv, run
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.members import AdministratorFactory, CoordinatorFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return CoordinatorFactory()


@pytest.fixture
def browser(client_for, coordinator, settings, tmp_path):
    settings.MFA_REQUIRED_FOR_STAFF = False
    return client_for(coordinator)


@pytest.fixture
def address():
    return reverse("directory_admin:import")


def send(browser, address, content, **fields):
    upload = SimpleUploadedFile("list.csv", content)
    return browser.post(address, {"file": upload, **fields})


def test_a_dry_run_first_and_then_the_import_once(browser, address):
    page = send(browser, address, as_csv(FULL))
    assert page.status_code == 200
    assert not Organisation.objects.exists()
    word = page.context["word"]
    assert "1 organisation is new." in page.content.decode()
    done = browser.post(address, {"word": word}, follow=True)
    text = done.content.decode()
    assert "1 organisation is new." in text
    # It stands in the list of what nobody looks after, to be published.
    assert "Fiação Nova" in text
    made = Organisation.objects.get()
    again = browser.post(address, {"word": word}, follow=True)
    assert "imported already" in again.content.decode()
    chosen = {"organisations": f"{made.pk}:{made.version}", "act": "publish"}
    back = browser.post(
        reverse("directory_admin:bulk"), {**chosen, "filters": "state=draft&kind=x"}
    )
    assert back.url.endswith("?state=draft")
    assert Organisation.objects.get().state == State.PUBLISHED


def test_faults_stand_in_a_table_and_no_import_is_offered(browser, address):
    page = send(browser, address, as_csv(GOOD, GOOD | {"name": "B", "staff": "many"}))
    text = " ".join(page.content.decode().split())
    assert page.status_code == 422
    assert "<td>3</td> <td>staff</td> <td>Enter a whole number.</td>" in text
    assert 'name="word"' not in text
    assert not Organisation.objects.exists()


def test_what_is_no_table_is_said_at_the_field(browser, address):
    page = send(browser, address, b"PK nothing")
    assert page.status_code == 422
    assert "cannot be read as XLSX" in page.content.decode()


def test_a_word_is_for_one_person_and_a_day(browser, address, coordinator):
    word = keeping.keep(as_csv(GOOD), coordinator, changes_existing=False)
    assert keeping.fetch(word, coordinator)[2] is False
    for wrong, user in ((word, CoordinatorFactory()), (word[:-1], coordinator)):
        assert keeping.fetch(wrong, user) is None
    name = keeping.fetch(word, coordinator)[0]
    assert private_storage().exists(name)
    assert keeping.forget_old() == 0
    keeping.forget(name)
    assert keeping.fetch(word, coordinator) is None


def test_files_that_nobody_imported_are_deleted(coordinator, monkeypatch):
    word = keeping.keep(as_csv(GOOD), coordinator, changes_existing=False)
    name = keeping.fetch(word, coordinator)[0]
    monkeypatch.setattr(keeping, "KEPT", timedelta(seconds=-5))
    assert keeping.forget_old() >= 1
    assert not private_storage().exists(name)


def test_what_changed_since_the_dry_run_is_found(browser, address):
    word = send(browser, address, as_csv(GOOD)).context["word"]
    for _twice in range(2):
        make_organisation(name="Fiação Nova")
    page = browser.post(address, {"word": word})
    assert page.status_code == 422
    assert "Several organisations" in page.content.decode()
    assert Organisation.objects.count() == 2


def test_the_list_as_a_file_by_its_filters(browser):
    cluster = make_cluster(name="Fibre Cluster")
    mill = make_organisation(State.DRAFT, name="Hidden mill")
    owned = make_organisation(name="Owned")
    give_role(owned)
    make_membership(mill, cluster)
    for query, expected in (
        ("state=draft", ["Hidden mill"]),
        (f"cluster={cluster.pk}", ["Hidden mill"]),
        ("is_orphaned=on", ["Fibre Cluster", "Hidden mill"]),
        ("name=mil", ["Hidden mill"]),
        ("kind=sme&country=PT", ["Hidden mill", "Owned"]),
        ("kind=nonsense", ["Fibre Cluster", "Hidden mill", "Owned"]),
    ):
        for kind in ("csv", "xlsx"):
            answer = browser.get(reverse("directory_admin:export", args=[kind]) + f"?{query}")
            found = read(answer.content).dataset["name"]
            assert sorted(found) == expected, query
    assert browser.get(reverse("directory_admin:export", args=["pdf"])).status_code == 404
    empty = browser.get(reverse("directory_admin:template", args=["csv"]))
    names = empty.content.decode("utf-8-sig").strip().split(",")
    assert names == [column.name for column in columns()]


def test_coordinators_only(client_for, settings, coordinator):
    settings.MFA_REQUIRED_FOR_STAFF = False
    addresses = [
        reverse("directory_admin:import"),
        *(reverse(f"directory_admin:{one}", args=["csv"]) for one in ("export", "template")),
    ]
    officer = give_role(make_cluster())
    for address in addresses:
        assert client_for(coordinator).get(address).status_code == 200
        assert client_for(AdministratorFactory()).get(address).status_code == 200
        for person in (MemberFactory(), officer, None):
            assert client_for(person).get(address).status_code in {302, 404}
    with pytest.raises(errors.NotAllowed):
        run(officer, as_csv(GOOD))
    with pytest.raises(errors.NotAllowed):
        actions.bring_in(actor=officer, profiles=[])


def test_nobody_s_own_draft_is_published_past_them(coordinator):
    mill = make_organisation(State.DRAFT)
    give_role(mill)
    with pytest.raises(errors.NotAllowed):
        actions.put_on_site(organisation=mill, actor=coordinator, version=mill.version)
    lacking = make_organisation(State.DRAFT, summary="")
    with pytest.raises(errors.Incomplete):
        actions.put_on_site(organisation=lacking, actor=coordinator, version=lacking.version)
