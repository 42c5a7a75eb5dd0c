"""Visitors get no cookie: what everybody may read does not ask who reads it."""

import pytest

from tests.browser.site import build_site

pytestmark = pytest.mark.django_db

# Not among the pages that the browser visits: parts, files and feeds.
FURTHER = (
    "/en/directory/export.csv",
    "/en/directory/map/points/?box=-25,32,46,72&zoom=4",
    "/en/directory/map/picture.svg",
    "/en/events/calendar/",
    "/en/forum/feed/",
    "/en/search/suggestions/?q=repair",
    "/api/search?q=repair",
    "/en/members/privacy-notice/",
    "/opensearch.xml",
    "/sitemap.xml",
    "/robots.txt",
)
# Forms that are sent without being logged in: what proves that it was sent from here is a cookie.
ACCOUNTS = "/en/accounts/"


def test_no_public_page_sets_a_cookie(home_page, client):
    given = {}
    for address in (*build_site(home_page).public, *FURTHER):
        answer = client.get(address)
        assert answer.status_code == (404 if "no-such" in address else 200), address
        if answer.cookies and not address.startswith(ACCOUNTS):
            given[address] = sorted(answer.cookies)
    assert given == {}
