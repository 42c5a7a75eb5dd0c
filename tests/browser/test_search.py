"""Search as people use it: with a keyboard while typing, with filters, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from search.models import QueryTally
from tests.browser.conftest import eventually, next_page, violations
from tests.browser.site import build_site

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _site(home_page):
    build_site(home_page)


def test_from_the_first_letters_to_a_narrowed_list(open_browser):
    page = open_browser(bypass_csp=False)
    # The field may have the focus before the page has its scripts.
    page.goto("/en/", wait_until="commit")
    field = page.get_by_role("combobox", name="Search the platform")
    header = page.locator("#site-search-q")
    header.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    # One change of the field: what is found for the first letters may come back after those of the last.
    header.fill("repai")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_contain_text("suggestion")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(header).to_have_value("repai")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=repai")

    page.goto("/en/search/?q=repair")
    expect(page.locator("[data-rank]").first).to_be_visible()
    before = page.locator("[data-rank]").count()
    page.get_by_label("Event", exact=False).first.check()
    expect(page.get_by_role("link", name="Take off Kind: Event")).to_be_visible()
    expect(page).to_have_url(re.compile("kind=event"))
    expect(page.locator("[data-rank]").first).to_be_visible()
    assert page.locator("[data-rank]").count() < before
    page.get_by_role("link", name="Date", exact=True).click()
    page.wait_for_url("**sort=date**")
    expect(page.get_by_role("link", name="Date", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    page.get_by_role("link", name="Take off Kind: Event").click()
    expect(page.locator("[data-rank]")).to_have_count(before)
    page.wait_for_load_state()
    with next_page(page):
        page.locator("[data-rank]").first.click()
    # A beacon belongs to no page: nobody hears when it has been answered.
    eventually(QueryTally.objects.filter(text="repair", clicked=1).exists)
    assert not [fault for fault in page.faults if "404" not in fault]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_one_types(open_browser, scheme):
    page = open_browser(color_scheme=scheme, bypass_csp=True)
    page.goto("/en/search/?q=repair&kind=event")
    page.locator("#search-q").fill("repa")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert not violations(page)


def test_more_like_this_comes_when_it_is_seen(open_browser):
    page = open_browser()
    page.goto("/en/practices/")
    with next_page(page):
        page.get_by_role("link", name="Repair corner in the shop").first.click()
    page.get_by_role("heading", name="More like this").scroll_into_view_if_needed()
    expect(page.locator("#similar [hx-get]")).to_have_count(0)
    expect(page.locator("#similar")).not_to_contain_text("Show what is like this")
    assert not [fault for fault in page.faults if "404" not in fault]


def test_without_javascript(open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/en/")
    page.locator("#site-search-q").fill("repair")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=repair")
    page.get_by_label("Event", exact=False).first.check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Take off Kind: Event")).to_be_visible()
    page.get_by_role("link", name="Date", exact=True).click()
    expect(page.get_by_role("link", name="Date", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    page.goto("/en/practices/")
    page.get_by_role("link", name="Repair corner in the shop").first.click()
    page.get_by_role("link", name="Show what is like this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("More like this")
