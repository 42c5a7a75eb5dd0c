"""The map of the industry by mouse and by keyboard; the table beside it says the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from directory.mapping import points
from tests.browser.conftest import violations
from tests.directory.test_map import BARCELONA, PORTO, place

pytestmark = [pytest.mark.slow]

MAP = "/en/directory/map/"


@pytest.fixture(autouse=True)
def _three(home_page):
    place("Weaver", BARCELONA, country="ES", town="Barcelona", offers=["weaving"])
    place("Knitter", BARCELONA, country="ES", town="Barcelona", offers=["knitting"])
    place("Dyer", PORTO, town="Porto", kind="large", offers=["finishing"])


def test_places_open_by_mouse_and_keyboard_and_lead_to_profiles(open_browser):
    page = open_browser(bypass_csp=True)
    page.goto(MAP)
    board = page.get_by_role("application", name=re.compile("^Map"))
    porto = board.get_by_role("button", name="Dyer")
    porto.click()
    expect(board.locator(".leaflet-popup")).to_contain_text("Dyer")
    page.keyboard.press("Escape")
    expect(board.locator(".leaflet-popup")).to_have_count(0)
    for key in ("Enter", " "):
        board.get_by_role("button", name="2 Barcelona").press(key)
        expect(board.locator(".leaflet-popup").get_by_role("link")).to_have_text(
            ["Knitter", "Weaver"]
        )
        expect(board.get_by_role("link", name="Knitter")).to_be_focused()
        page.keyboard.press("Escape")
        expect(board.locator(".leaflet-popup")).to_have_count(0)
        expect(board.get_by_role("button", name="2 Barcelona")).to_be_focused()
    page.get_by_label("Tell apart on the map").select_option(label="Type")
    legend = page.get_by_role("region", name="Type")
    expect(legend.get_by_role("listitem")).to_have_count(2)
    expect(board.get_by_role("button", name="Large company: Dyer")).to_be_visible()
    expect(page).to_have_url(re.compile("layer=kind"))
    assert not violations(page)
    board.get_by_role("button", name="Large company: Dyer").press("Enter")
    board.locator(".leaflet-popup").get_by_role("link", name="Dyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dyer")


def test_many_come_nearer_by_keyboard(open_browser, monkeypatch):
    monkeypatch.setattr(points, "MOST_SINGLE", 1)
    page = open_browser()
    page.goto(MAP)
    board = page.get_by_role("application", name=re.compile("^Map"))
    many = board.get_by_role("button", name=re.compile("^2 "))
    expect(many).to_be_visible()
    with page.expect_request(lambda asked: "zoom=6" in asked.url or "zoom=5" in asked.url):
        many.press("Enter")
    expect(board).to_be_focused()


def test_without_scripts_a_picture_and_the_table(open_browser):
    page = open_browser(java_script_enabled=False)
    page.goto(f"{MAP}?layer=kind")
    expect(page.get_by_role("img", name=re.compile("^Map"))).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("Spain")
