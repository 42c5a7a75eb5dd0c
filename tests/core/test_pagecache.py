"""Kept pages are visitors' pages, and none outlives what it shows."""

from datetime import timedelta

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from core import pagecache
from home.models import StandardPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _page_cache(settings):
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def page(home_page):
    page = home_page.add_child(instance=StandardPage(title="Natural dyes", slug="dyes"))
    page.save_revision().publish()
    return page


def state(response):
    return response.headers.get("X-Page-Cache", "not kept")


def test_the_second_visitor_gets_the_kept_page_without_any_query(
    client, page, django_assert_num_queries
):
    first = client.get(page.url)
    assert (first.status_code, state(first)) == (200, "miss")
    with django_assert_num_queries(0):
        second = client.get(page.url)
    assert state(second) == "hit"
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_a_change_shows_at_once(client, page):
    client.get(page.url)
    page.title = "Natural dyes of the Rhodope"
    page.save_revision().publish()
    assert "Rhodope" in client.get(page.url).content.decode()


def test_what_was_withdrawn_is_gone_at_once(client, page):
    address = page.url
    assert client.get(address).status_code == 200
    page.unpublish()
    assert client.get(address).status_code == 404


def test_a_page_closed_to_visitors_is_gone_at_once(client, page):
    address = page.url
    client.get(address)
    page.get_parent().view_restrictions.create(restriction_type="login")
    assert client.get(address).status_code == 404


def test_a_members_page_is_neither_kept_nor_given_a_kept_one(client, client_for, member, page):
    client.get(page.url)
    answer = client_for(member).get(page.url)
    assert state(answer) == "not kept"
    assert member.name in answer.content.decode()
    assert member.name not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("headers", "cookies"),
    [({}, {"theme": "dark"}), ({"HX-Request": "true"}, {}), ({"Accept-Encoding": "gzip"}, {})],
)
def test_what_changes_the_page_has_its_own_copy(client, page, headers, cookies):
    client.get(page.url)
    for name, value in cookies.items():
        client.cookies[name] = value
    assert state(client.get(page.url, headers=headers)) == "miss"


@pytest.mark.parametrize("address", ["/", "/dyes/"])
def test_an_address_without_a_language_leads_everybody_to_their_own(client, page, address):
    for language in ("en", "fr", "en"):
        answer = client.get(address, headers={"Accept-Language": language})
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}{address}")


def test_another_release_of_the_static_files_keeps_its_own_pages(client, page, monkeypatch):
    for release in ("one", "two"):
        monkeypatch.setattr(staticfiles_storage, "manifest_hash", release, raising=False)
        assert state(client.get(page.url)) == "miss"
        assert state(client.get(page.url)) == "hit"


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_pages_with_a_token_of_their_own_are_not_kept(client, name):
    assert state(client.get(reverse(name))) == "not kept"


def test_a_page_can_say_until_when_it_holds():
    request = RequestFactory().get("/")
    pagecache.expire_at(request, timezone.now() - timedelta(seconds=1))
    assert pagecache.PageCacheMiddleware._seconds(request, HttpResponse("x")) <= 0
