"""Fixtures that every test may use."""

import os
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site

from tests import searching
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)

INITIAL = pytest.StashKey[tuple[Any, str]]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that really commits empties the database; put back what the migrations put there.

    Django would do so only before the next test of that kind, but workers mix the kinds.
    """
    yield
    marker = item.get_closest_marker("django_db")
    commits = (marker and marker.kwargs.get("transaction")) or {
        "transactional_db",
        "live_server",
    } & set(getattr(item, "fixturenames", ()))
    # After the last test the test database itself is gone.
    if not commits or nextitem is None or item.get_closest_marker("browser"):
        return
    blocker, contents = item.session.stash[INITIAL]
    with blocker.unblock():
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        connection.ops.execute_sql_flush(
            connection.ops.sql_flush(no_style(), tables, allow_cascade=True)
        )
        connection.creation.deserialize_db_from_string(contents)


def _needs_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(
        getattr(item, "fixturenames", ())
    )


@pytest.fixture(scope="session", autouse=True)
def _keep_initial_content(request, django_db_setup, django_db_blocker):
    """Keep what the migrations wrote, to put it back after a test that commits.

    A run without any test that needs the database has none of its own: there would only be the site's.
    """
    if not any(_needs_database(item) for item in request.session.items):
        return
    with django_db_blocker.unblock():
        contents = connection.creation.serialize_db_to_string()
    request.session.stash[INITIAL] = (django_db_blocker, contents)


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
