"""axe finds nothing on any page type, in light and dark, and nothing runs over at 360 pixels."""

from __future__ import annotations

import pytest

from tests.browser.conftest import violations, violations_in_main
from tests.browser.people import log_in, with_password
from tests.browser.site import build_site
from tests.factories.members import CoordinatorFactory

pytestmark = [pytest.mark.slow]


@pytest.fixture
def addresses(home_page):
    return build_site(home_page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_browser, addresses, scheme, settings):
    settings.MFA_REQUIRED_FOR_STAFF = False
    found = {}
    visitor, member, coordinator = (
        open_browser(color_scheme=scheme, bypass_csp=True) for _reader in range(3)
    )
    log_in(member, with_password(addresses.member))
    log_in(coordinator, with_password(CoordinatorFactory()))
    readers = [
        (visitor, addresses.public, violations),
        (member, addresses.members, violations),
        (coordinator, addresses.coordinators, violations_in_main),
    ]
    for page, paths, find in readers:
        for path in paths:
            answer = page.goto(path)
            assert answer.status == (404 if "no-such-page" in path else 200), path
            if problems := find(page):
                found[path] = problems
    assert not found


@pytest.mark.parametrize("width", [360, 768])
def test_nothing_runs_over_the_edge(open_browser, addresses, width):
    page = open_browser(viewport={"width": width, "height": 800})
    over = {}
    for path in addresses.public:
        page.goto(path)
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if excess > 0:
            over[path] = excess
    assert not over


def test_no_page_breaks_its_own_content_security_policy(open_browser, addresses):
    page = open_browser()
    for path in addresses.public:
        page.goto(path)
    assert not [fault for fault in page.faults if "404" not in fault]
