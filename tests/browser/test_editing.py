"""What an editor sees while writing: the page and each block as readers will see them."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from core.blocks.body import BodyBlock
from tests.browser.conftest import eventually
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


def write_title(desk: Page) -> str:
    """Write another title and return it.

    Wagtail notes the form's first state some time after the page has loaded, and takes what was typed before
    for a part of it. So a person goes on typing until it sees a change.
    """
    for number in range(20):
        title = f"Nylon nets become yarn {number}"
        desk.locator("#id_title").fill(title)
        desk.keyboard.press("Tab")
        with suppress(AssertionError):
            changed = desk.locator("form[data-w-unsaved-has-edits-value=true]")
            expect(changed).to_be_attached(timeout=3_000)
            return title
    return pytest.fail("Wagtail sees no change")


def test_the_preview_shows_the_page_as_it_is_written(desk, practice):
    desk.goto(f"/admin/pages/{practice.pk}/edit/")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(practice.title)
    title = write_title(desk)
    expect(preview.get_by_role("heading", level=1)).to_have_text(title)

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
    title = write_title(desk)
    expect(desk.get_by_text("Saved", exact=True)).to_be_visible()
    # The first thing that is kept may be older than the last letters; a later one takes its place.
    pages = type(practice).objects
    eventually(lambda: pages.get().get_latest_revision_as_object().title == title)
    assert practice.revisions.count() == before + 1
