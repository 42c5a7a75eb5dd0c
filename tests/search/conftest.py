"""Engines with something in them, and pages to change."""

import itertools
import os
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction

from core import searchable
from core.audiences import MEMBERS, PUBLIC
from core.searchable import Entry, Searchable
from members.models import User
from search import outbox
from search.elastic import client, indexing, rebuilding
from search.engines.database_postgresql import PostgreSQLEngine
from search.engines.database_sqlite import SQLiteEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import SearchEntry
from search.query import SearchQuery
from search.reading import read_all
from search.synchronising import read_stale

DATABASE_ENGINE = SQLiteEngine if django_settings.FAST else PostgreSQLEngine
ENGINES = [
    DATABASE_ENGINE,
    pytest.param(ElasticsearchEngine, marks=pytest.mark.services),
]


NAME = f"test-{uuid4().hex}"
NUMBERS = itertools.count(1)


class Bench:
    """One engine, and what a test puts into it."""

    def __init__(self, engine):
        self.engine = engine
        self.stems = engine.stems

    def fill(self, *entries):
        """Keep entries, given as dictionaries of what differs from an English public page."""
        sources = []
        with transaction.atomic():
            for values in entries:
                number = next(NUMBERS)
                source = f"test.thing:{number}"
                outbox.store(source, entry(number, **values))
                sources.append(source)
        self.settle()
        return sources

    def settle(self):
        """Bring what waits to the engine."""
        if isinstance(self.engine, ElasticsearchEngine):
            if client.has_index():
                indexing.push_waiting()
            else:
                rebuilding.rebuild()

    def search(self, text, **options):
        return self.engine.search(SearchQuery(text=text, language="en", **options))

    def complete(self, text, limit=10, **options):
        query = SearchQuery(text=text, language="en", **options)
        return self.engine.complete(query, limit)

    def found(self, text, **options):
        """The titles found, best first, without marks."""
        hits = self.search(text, **options).hits
        return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits]


def entry(number, **values):
    return Entry(
        **{
            "kind": "page",
            "language": "en",
            "title": f"Thing {number}",
            "url": f"/en/thing-{number}/",
            "audience": frozenset({PUBLIC}),
            **values,
        }
    )


@pytest.fixture(scope="session")
def shared_index():
    """One index for all tests of the engine, as making one takes long; removed at the end."""
    yield
    indices = client._connect(os.environ["ELASTICSEARCH_URL"], client.BULK_SECONDS).indices
    for index in indices.get(index=f"{NAME}-*", features="aliases"):
        indices.delete(index=index)


@pytest.fixture(params=ENGINES)
def bench(request, db, settings):
    if request.param is ElasticsearchEngine:
        request.getfixturevalue("shared_index")
        settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
        settings.ELASTICSEARCH_INDEX = NAME
        if client.has_index():
            # Numbers are never used twice, so versions of the deleted ones are in nobody's way.
            everything = {"match_all": {}}
            client.for_work().indices.refresh(index=NAME)
            client.for_work().delete_by_query(index=NAME, query=everything, refresh=True)
            # What is deleted still counts in how rare a word is until segments are merged.
            client.for_work().indices.forcemerge(index=NAME, max_num_segments=1)
            # Else what was deleted goes on counting in how rare a word is.
            client.for_work().indices.forcemerge(index=NAME, only_expunge_deletes=True)
    return Bench(request.param())


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit():` does what a transaction of its own would, tasks included."""

    @contextmanager
    def transact():
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return transact


@pytest.fixture
def each_step(django_capture_on_commit_callbacks):
    """Goes through the steps of a group, each in a transaction of its own; yields what was done."""

    def go(steps):
        while True:
            connection.run_on_commit = []
            with django_capture_on_commit_callbacks(execute=True):
                what = next(steps, None)
            if what is None:
                return
            yield what

    return go


@pytest.fixture
def row():
    """The row of an object, fresh."""
    return lambda obj: SearchEntry.objects.get(source=f"{obj._meta.label_lower}:{obj.pk}")


class Person(Searchable):
    """Stands for any model of an app; a name beginning with "draft" may be read by nobody."""

    model = User
    kind = "person"
    label = "Person"

    def queryset(self):
        return User.objects.all()

    def entry(self, obj):
        if obj.name.startswith("draft"):
            return None
        return Entry(
            kind="person",
            language="en",
            title=obj.name,
            url="/",
            audience=frozenset({MEMBERS}),
            facets={"tag": ["b", "a", "b"], "none": []},
        )


@pytest.fixture
def people(monkeypatch):
    """Accounts can be found."""
    monkeypatch.setitem(searchable._registry, User, Person())


@pytest.fixture
def fill(db):
    """Keep entries, given as what differs from an English public page."""

    def keep(*entries):
        with transaction.atomic():
            for number, values in enumerate(entries, SearchEntry.objects.count() + 1):
                outbox.store(f"test.thing:{number}", entry(number, **values))

    return keep


@pytest.fixture
def browser(client_for):
    return client_for()


@pytest.fixture
def pages_of_migrations(db):
    """Pages that a migration made told nobody."""
    read_all()


def no_drift():
    """Whether rows say what their sources say: an error where not."""
    read_stale()
    call_command("search_index", "verify")
