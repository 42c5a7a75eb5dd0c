"""The one rule of visibility, as a check and as a filter, which always agree."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Page

from core.audiences import may_read, page_tokens, reader_tokens, visible_pages
from home.models import StandardPage
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers():
    named = {
        "visitor": AnonymousUser(),
        "registered": UserFactory(),
        "member": MemberFactory(),
        "editor": EditorFactory(),
        "moderator": ModeratorFactory(),
        "administrator": AdministratorFactory(),
        "inactive": MemberFactory(is_active=False),
    }
    return named


def restrict(page, kind, *groups):
    restriction = page.view_restrictions.create(restriction_type=kind)
    restriction.groups.set(Group.objects.filter(name__in=groups))


@pytest.fixture
def tree(home_page):
    """outer > inner, each a standard page."""
    outer = home_page.add_child(instance=StandardPage(title="Outer", slug="outer"))
    inner = outer.add_child(instance=StandardPage(title="Inner", slug="inner"))
    return outer, inner


OPEN, LOGIN, EDITORS, MODERATORS, BOTH, PASSWORD = (
    (),
    ("login",),
    ("groups", "Editors"),
    ("groups", "Moderators"),
    ("groups", "Editors", "Moderators"),
    ("password",),
)
EVERYBODY = {
    "visitor",
    "registered",
    "member",
    "editor",
    "moderator",
    "administrator",
    "inactive",
}
LOGGED_IN_MEMBERS = {"member", "editor", "moderator", "administrator"}


@pytest.mark.parametrize(
    ("outer", "inner", "who"),
    [
        (OPEN, OPEN, EVERYBODY),
        (OPEN, LOGIN, LOGGED_IN_MEMBERS),
        (LOGIN, OPEN, LOGGED_IN_MEMBERS),
        (OPEN, EDITORS, {"editor", "administrator"}),
        (LOGIN, EDITORS, {"editor", "administrator"}),
        (EDITORS, LOGIN, {"editor", "administrator"}),
        (BOTH, EDITORS, {"editor", "administrator"}),
        (EDITORS, MODERATORS, set()),
        (OPEN, BOTH, {"editor", "moderator", "administrator"}),
        (OPEN, PASSWORD, set()),
        (PASSWORD, OPEN, set()),
    ],
)
def test_who_may_read_the_inner_page(tree, readers, outer, inner, who):
    for page, rule in zip(tree, (outer, inner), strict=True):
        if rule:
            restrict(page, *rule)
    checked = {name for name, user in readers.items() if may_read(user, page_tokens(tree[1]))}
    assert checked == who


def test_the_filter_says_what_the_check_says(tree, readers):
    rules = (OPEN, LOGIN, EDITORS, MODERATORS, BOTH, PASSWORD)
    for pair in itertools.product(rules, repeat=2):
        for page, rule in zip(tree, pair, strict=True):
            page.view_restrictions.all().delete()
            if rule:
                restrict(page, *rule)
        for name, user in readers.items():
            listed = set(visible_pages(Page.objects.filter(pk__in=[p.pk for p in tree]), user))
            checked = {p for p in tree if may_read(user, page_tokens(p))}
            assert {p.pk for p in listed} == {p.pk for p in checked}, (pair, name)


def test_drafts_are_nobodys(tree, readers):
    tree[1].unpublish()
    for user in readers.values():
        assert not visible_pages(Page.objects.filter(pk=tree[1].pk), user)


@pytest.mark.parametrize("rule", [LOGIN, EDITORS, PASSWORD])
def test_forbidden_looks_like_missing(client, client_for, tree, readers, rule):
    restrict(tree[0], *rule)
    for name, user in readers.items():
        if name == "inactive":
            continue
        browser = client_for(None if name == "visitor" else user)
        expected = 200 if may_read(user, page_tokens(tree[1])) else 404
        assert browser.get(tree[1].url).status_code == expected, name


def test_an_unapproved_account_holds_no_more_than_a_visitor(readers):
    assert reader_tokens(readers["registered"]) == reader_tokens(readers["visitor"])
