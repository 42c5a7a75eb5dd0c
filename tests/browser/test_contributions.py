"""A practice from a member's first word to the reader: proposed, sent back, corrected, published."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from contributions.models import Contribution
from tests.browser.conftest import violations
from tests.browser.people import log_in, with_password
from tests.factories.bestpractices import make_practice_index
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import EditorFactory, MemberFactory
from tests.uploads import picture

pytestmark = [pytest.mark.slow]

TITLE = "Offcuts kept by fibre"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """As in the demo; tests/members/test_second_factor.py has the rule."""
    settings.MFA_REQUIRED_FOR_STAFF = False


def looked_at(page: Page, faults: list[str]) -> None:
    """Have axe look at a step in both modes."""
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        faults += [f"{page.url} {mode}: {one}" for one in violations(page)]
    page.emulate_media(color_scheme="light")


def go_on(page: Page, faults: list[str]) -> None:
    looked_at(page, faults)
    page.get_by_role("button", name="Save and go on").click()


def answer(page: Page, button: str, comment: str = "") -> None:
    """An editor opens what waits on the dashboard and decides."""
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("A member's proposal: Weaver (sample)")).to_be_visible()
    if comment:
        page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name=re.compile(f"^{button}")).first.click()
    if comment:
        page.locator(".modal").get_by_label("Comment").fill(comment)
        with page.expect_navigation():
            page.locator(".modal").get_by_role("button", name=re.compile(button)).click()


def test_propose_a_practice_until_it_is_published(open_browser, home_page):
    practices = make_practice_index(home_page)
    weaver = with_password(MemberFactory(name="Weaver (sample)"))
    give_role(make_organisation(name="Linen mill (sample)"), user=weaver)
    editor = with_password(EditorFactory())
    faults: list[str] = []

    page = log_in(open_browser(), weaver)
    page.goto(practices.url)
    page.get_by_role("link", name="Propose a best practice").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill("Bins by fibre keep what was burnt.")
    page.get_by_label("Organisation").select_option(label="Linen mill (sample)")
    go_on(page, faults)

    page.get_by_label("Challenge addressed").fill("Offcuts were burnt.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    page.get_by_label("Description").fill("## Bins\n\nOne for each fibre.")
    page.get_by_label("Evidence of success").fill("38 tonnes a year.")
    go_on(page, faults)

    page.get_by_label("recycl", exact=False).first.check()
    go_on(page, faults)

    upload = picture(size=(900, 600))
    page.get_by_label("New picture").set_input_files(
        {"name": "bins.jpg", "mimeType": "image/jpeg", "buffer": upload.read()}
    )
    page.get_by_label("What the picture shows").fill("Three bins")
    page.get_by_label("Who made it").fill("Weaver (sample)")
    page.get_by_role("button", name="Upload the picture").click()
    expect(page.get_by_role("img", name="Three bins")).to_be_visible()
    go_on(page, faults)

    page.get_by_role("link", name="Preview of the page").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_role("img", name="Three bins")).to_be_visible()
    looked_at(page, faults)
    page.go_back()
    looked_at(page, faults)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_text("With the editors")).to_be_visible()
    looked_at(page, faults)

    desk = log_in(open_browser(), editor)
    answer(desk, "Request changes", "Since when?")
    page.reload()
    expect(page.get_by_text("Since when?")).to_be_visible()
    page.get_by_role("link", name="Story").click()
    page.get_by_label("Challenge addressed").fill("Until 2021 offcuts were burnt.")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("link", name="Look over and send").click()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_text("With the editors")).to_be_visible()

    visitor = open_browser()
    address = Contribution.objects.get().page.specific.url
    assert visitor.goto(address).status == 404
    answer(desk, "Approve")
    expect(desk.get_by_role("link", name=re.compile("live page"))).to_be_visible()
    assert visitor.goto(address).status == 200
    expect(visitor.get_by_text("Until 2021 offcuts were burnt.")).to_be_visible()
    expect(visitor.get_by_text("Proposed by Weaver (sample)")).to_be_visible()
    expect(visitor.get_by_role("img", name="Three bins")).to_be_visible()

    page.goto("/en/proposals/")
    expect(page.get_by_text("Published")).to_be_visible()
    looked_at(page, faults)
    assert faults == []
    assert not page.faults
