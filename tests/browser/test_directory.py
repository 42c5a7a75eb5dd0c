"""The directory in a browser: found in three actions, described and sent by its people."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from directory.models import Organisation
from directory.states import State
from tests.browser.conftest import next_page, violations
from tests.browser.people import log_in, with_password
from tests.factories.directory import give_role, make_organisation

pytestmark = [pytest.mark.slow]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with JavaScript", "without"])
def test_smes_in_norte_doing_recycling_in_three_actions(open_browser, home_page, has_scripts):
    wanted = make_organisation(name="Recycler of Porto", strategies=["recycling"])
    make_organisation(name="Weaver of Porto")
    make_organisation(
        name="Recycler of Terrassa", town="Terrassa", country="ES", strategies=["recycling"]
    )
    make_organisation(name="Large recycler of Porto", kind="large", strategies=["recycling"])
    page = open_browser(java_script_enabled=has_scripts)
    page.goto(home_page.url)
    with next_page(page):
        page.get_by_role("link", name=re.compile("Small or medium-sized enterprise")).click()
    page.get_by_role("checkbox", name="North (Portugal)").check()
    if has_scripts:
        page.wait_for_url("**region=PT11*")
    page.get_by_role("checkbox", name="Recycling and material use").check()
    if not has_scripts:
        page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\s*1 organisation\s*$"))
    expect(page.locator(".organisation-card")).to_have_count(1)
    page.get_by_role("link", name="Recycler of Porto").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(wanted.name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_organisation_is_described_and_sent(open_browser, home_page, scheme):
    mill = make_organisation(State.DRAFT, summary="", value_chains=[])
    owner = with_password(give_role(mill))
    page = log_in(open_browser(color_scheme=scheme, bypass_csp=True), owner)
    page.goto(f"{mill.get_absolute_url()}edit/")
    assert violations(page) == []
    page.get_by_role("button", name="Send for publication").click()
    expect(page.get_by_text("please add: a summary, the value chains")).to_be_visible()
    page.get_by_label("Summary").fill("Weaves linen.")
    page.get_by_role("checkbox", name="Circular economy").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The profile is saved.")).to_be_visible()
    page.get_by_role("button", name="Send for publication").click()
    expect(page.get_by_text("The profile is sent.")).to_be_visible()
    assert Organisation.objects.get().state == State.SUBMITTED
    for part in ("people", "clusters"):
        page.goto(f"{mill.get_absolute_url()}{part}/")
        assert violations(page) == []
