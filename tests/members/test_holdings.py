"""Every app says what it holds about people, and a copy tells all of it (GDPR, article 15)."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import privacy
from members import actions
from members.models import User
from tests.factories.members import MemberFactory
from tests.members.busy import busy_person
from tests.members.people import everything_in_the_database

OPERATIONS = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()

NAME, ADDRESS = "Ștefana Kovačević-Łoś", "stefana@unmistakable.example.org"
FURTHER = "further@unmistakable.example.org"

pytestmark = pytest.mark.django_db


def links_to_accounts():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.related_model is User:
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}"


def test_every_link_to_an_account_is_held_by_name():
    """Whoever adds a foreign key to the account says what a copy holds of it, in `privacy.py`."""
    known = {link for holding in privacy.registered() for link in holding.links}
    assert sorted(set(links_to_accounts()) ^ known) == []


def test_every_link_is_read_for_a_copy_or_says_why_not():
    """The rows that lead to a person are asked for, link by link: each has its condition in a query."""
    holdings = list(privacy.registered())
    person = MemberFactory(pk=987_654_321)
    with CaptureQueriesContext(connection) as captured:
        for holding in holdings:
            list(holding.rows(person))
    asked = "\n".join(query["sql"] for query in captured)
    untold = {link: reason for one in holdings for link, reason in one.untold.items()}
    assert all(untold.values())
    missing = []
    for link in sorted({link for one in holdings for link in one.links}):
        label, _dot, name = link.rpartition(".")
        model = apps.get_model(label)
        column = model._meta.get_field(name).column
        is_asked = f'"{model._meta.db_table}"."{column}" = {person.pk}' in asked
        if is_asked is (link in untold):
            missing.append(link)
    assert missing == []


def test_names_are_names_of_files():
    names = [holding.name for holding in privacy.registered()]
    assert len(names) == len(set(names))
    assert all(name.replace("-", "").isalnum() and name == name.lower() for name in names)


def test_how_long_everything_is_kept_stands_in_a_table():
    kept = OPERATIONS.partition("## What is kept, and how long")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:3] for line in kept.splitlines() if line.startswith("|")]
    tables = {name for _first, second in rows for name in re.findall(r"`(\w+\.\w+)`", second)}
    words = {word.strip() for first, _second in rows for word in first.split(",")}
    holdings = list(privacy.registered())
    named = {link.rpartition(".")[0] for one in holdings for link in one.links}
    assert named - tables == set()
    assert {one.name for one in holdings if one.links} - words == set()


class TestBusy:
    """One person with a row in every holding."""

    @pytest.fixture
    def person(self, home_page):
        return busy_person(home_page, name=NAME, email=ADDRESS, further=FURTHER)

    def test_a_copy_tells_all_and_an_erasure_leaves_nothing(self, person):
        empty = [one.name for one in privacy.registered() if not list(one.rows(person))]
        assert empty == []
        before = everything_in_the_database()
        assert all(word.lower() in before for word in (NAME, ADDRESS, FURTHER))
        actions.erase(user=person)
        after = everything_in_the_database()
        for word in (NAME, ADDRESS, FURTHER):
            assert word.lower() not in after, [
                line[:200] for line in after.split('{"model"') if word.lower() in line
            ]
