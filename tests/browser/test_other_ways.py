"""Other ways to use the site: without JavaScript, and with nothing but a keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import log_in, with_password
from tests.browser.site import build_site
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _site(home_page):
    build_site(home_page)


def press_until(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until what the selector names has the focus, seen by its outline."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            shown = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
            )
            assert shown, f"the focus on {selector} cannot be seen"
            return
    pytest.fail(f"no Tab leads to {selector}")


def test_the_public_half_works_without_javascript(open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto("/en/")
    page.goto("/en/practices/")
    page.get_by_role("link", name="Repair corner in the shop").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Repair corner in the shop")
    page.goto("/en/search/?q=repair")
    expect(page.get_by_role("link", name="Repair corner in the shop").first).to_be_visible()
    page.goto("/en/forum/repair/")
    page.get_by_role("link", name="Which thread for jeans?").click()
    expect(page.locator("#post-2").get_by_text("Core-spun, always.")).to_be_visible()


def test_a_member_posts_without_javascript(open_browser):
    page = log_in(open_browser(java_script_enabled=False), with_password(MemberFactory()))
    page.goto("/en/forum/new/?category=repair")
    page.get_by_label("Title").fill("A zip that jams")
    page.get_by_label("Your text", exact=True).fill("It is **brass**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("strong", has_text="brass")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("A zip that jams")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A zip that jams")


def test_the_theme_is_chosen_without_javascript(open_browser):
    page = open_browser(java_script_enabled=False, color_scheme="light")
    page.goto("/en/practices/")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/en/practices/")


def test_search_and_post_with_the_keyboard_alone(open_browser):
    page = log_in(open_browser(), with_password(MemberFactory()))
    page.goto("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    press_until(page, "input[name=q]")
    page.keyboard.type("jeans")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    press_until(page, "main a[href*='/forum/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/**")
    press_until(page, "textarea[name=source]", most=90)
    page.keyboard.type("Linen thread works as well.")
    press_until(page, ".forum-composer .form__actions button")
    page.keyboard.press("Enter")
    expect(page.locator("#post-3")).to_contain_text("Linen thread works as well.")
