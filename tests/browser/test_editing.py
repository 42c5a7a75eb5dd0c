"""What an editor sees while writing: the page and each block as readers will see them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.blocks.body import BodyBlock
from tests.browser.people import log_in, with_password
from tests.factories.bestpractices import make_full_practice, make_practice_index
from tests.factories.members import EditorFactory

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """As in the demo; tests/members/test_second_factor.py has the rule."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def practice(home_page):
    return make_full_practice(make_practice_index(home_page))


@pytest.fixture
def desk(open_browser) -> Page:
    return log_in(open_browser(), with_password(EditorFactory()))


def test_the_preview_shows_the_page_as_it_is_written(desk, practice):
    desk.goto(f"/admin/pages/{practice.pk}/edit/")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(practice.title)
    # Wagtail notes the form's first state a moment after the page has loaded.
    desk.wait_for_timeout(2_000)
    desk.locator("#id_title").fill("Nylon nets become yarn")
    expect(preview.get_by_role("heading", level=1)).to_have_text(
        "Nylon nets become yarn", timeout=20_000
    )

    desk.get_by_role("button", name="Toggle checks").click()
    words = desk.locator("[data-content-word-count]")
    expect(words).to_have_text(re.compile(r"\d+"))


def test_every_block_can_be_looked_at_before_it_is_chosen(desk, practice):
    desk.goto(f"/admin/pages/{practice.pk}/edit/")
    desk.get_by_role("button", name="Insert a block").first.click()
    blocks = BodyBlock().child_blocks.values()
    for block in blocks:
        option = desk.get_by_role("option", name=str(block.label), exact=True)
        option.locator("xpath=following-sibling::*|.//button").first.click()
        expect(desk.get_by_text(str(block.get_description()))).to_be_visible()
    assert desk.faults == []


def test_what_is_written_is_kept_without_a_click(desk, practice):
    desk.goto(f"/admin/pages/{practice.pk}/edit/")
    before = practice.revisions.count()
    # Wagtail notes the form's first state a moment after the page has loaded.
    desk.wait_for_timeout(2_000)
    desk.locator("#id_title").fill("Nylon nets become yarn")
    desk.keyboard.press("Tab")
    expect(desk.get_by_text("Saved", exact=True)).to_be_visible(timeout=15_000)
    assert practice.revisions.count() == before + 1
    practice.refresh_from_db()
    assert practice.get_latest_revision_as_object().title == "Nylon nets become yarn"
