"""Fixtures that every test may use."""

import os
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from wagtail.models import Locale, Page, Site

from tests import databases, searching
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)


def _needs_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(
        getattr(item, "fixturenames", ())
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request,
    django_test_environment,
    django_db_modify_db_settings_parallel_suffix,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
):
    """A database of its own for each process, copied from the one that is migrated."""
    is_kept = django_db_keepdb and not django_db_createdb
    if connection.vendor != "postgresql" or is_kept or not _any_needs_database(request):
        return
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated_template()


def _any_needs_database(request):
    return any(_needs_database(item) for item in request.session.items)


@pytest.fixture(scope="session", autouse=True)
def _initial_content(request, django_db_setup, django_db_blocker):
    """What the migrations wrote is there for each test, after one that commits as well.

    A run without any test that needs the database has none of its own: there would only be the site's.
    """
    if not _any_needs_database(request):
        yield
        return
    with django_db_blocker.unblock():
        databases.keep_initial_content()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase,
            "_fixture_teardown",
            lambda self: databases.restore_initial_content(),
        )
        yield


@pytest.fixture(autouse=True)
def _empty_caches(request):
    """No test sees what another one cached."""
    yield
    for alias in ("default", "renditions"):
        caches[alias].clear()


@pytest.fixture(autouse=True)
def _database_search(settings):
    """Search asks the database, unless a test takes the fixture `elasticsearch`."""
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def elasticsearch(settings):
    """Elasticsearch configured, with an index of the test's own; its client. Mark with `services`."""
    from search.elastic import client

    url, name = os.environ["ELASTICSEARCH_URL"], f"test-{uuid4().hex}"
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX = url, name
    yield client.for_work()
    settings.ELASTICSEARCH_URL = url
    indices = client.for_work().indices
    for index in indices.get(index=f"{name}-*", features="aliases"):
        indices.delete(index=index)


@pytest.fixture(autouse=True)
def _english():
    """Whatever language the last request was in, a test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def member(db):
    return MemberFactory()


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def second_editor(db):
    return EditorFactory()


@pytest.fixture
def moderator(db):
    return ModeratorFactory()


@pytest.fixture
def administrator(db):
    return AdministratorFactory()


@pytest.fixture
def client_for():
    """A browser of one reader: `client_for(user)`."""

    def make(user=None):
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def home_page(site):
    """The English home page, where the site begins."""
    from home.models import HomePage

    existing = HomePage.objects.filter(locale__language_code="en").first()
    if existing:
        return existing
    root = Page.objects.get(depth=1)
    page = root.add_child(
        instance=HomePage(
            title="Home", slug="home-test", locale=Locale.objects.get(language_code="en")
        )
    )
    site.root_page = page
    site.save()
    return page


@pytest.fixture
def refresh_search(request, settings):
    """Brings what waits to the engine that this run asks; `in_each_engine` runs a test with each."""
    with searching.engine(getattr(request, "param", "database"), settings) as refresh:
        yield refresh
