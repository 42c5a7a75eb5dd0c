"""From an offer to a contact: an interest is sent, accepted, and only then do both sides see whom to write to."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.people import log_in, with_password
from tests.factories.directory import make_organisation
from tests.factories.opportunities import make_opportunity, make_writer

pytestmark = [pytest.mark.slow]


@pytest.mark.parametrize(("has_scripts", "scheme"), [(True, "light"), (False, "dark")])
def test_from_an_offer_to_a_contact(open_browser, home_page, has_scripts, scheme):
    looms = make_opportunity(organisation=make_organisation(name="Weaver (sample)"))
    owner = with_password(make_writer(looms.organisation))
    asker = with_password(make_writer(make_organisation(name="Knitter (sample)", country="ES")))

    def browser(user):
        return log_in(
            open_browser(
                java_script_enabled=has_scripts, color_scheme=scheme, bypass_csp=has_scripts
            ),
            user,
        )

    def check(page):
        assert not has_scripts or violations(page) == []

    interested = browser(asker)
    interested.goto("/en/opportunities/")
    check(interested)
    interested.get_by_text("Offers", exact=True).first.click()
    interested.get_by_role("checkbox", name="Weaving").first.check()
    if not has_scripts:
        interested.get_by_role("button", name="Apply filters").click()
    interested.get_by_role("link", name=looms.title).click()
    expect(interested.get_by_role("heading", level=1)).to_have_text(looms.title)
    expect(interested.get_by_text("looms@example.org")).to_have_count(0)
    check(interested)
    interested.get_by_role("link", name="Express interest").click()
    interested.get_by_role("button", name="Send", exact=True).click()
    expect(interested.locator(".form-errors, .errorlist").first).to_be_visible()
    if has_scripts:
        expect(interested.locator(".form-errors")).to_be_focused()
    check(interested)
    interested.get_by_label("Message").fill("We knit with linen and look for woven trims.")
    interested.get_by_role("button", name="Send", exact=True).click()
    expect(interested.get_by_text("Waiting for an answer").first).to_be_visible()
    check(interested)
    sent = interested.url

    offering = browser(owner)
    offering.goto("/en/opportunities/interest/received/")
    check(offering)
    expect(offering.get_by_text("Knitter (sample)")).to_be_visible()
    offering.get_by_role("link", name=looms.title).click()
    expect(offering.get_by_text("We knit with linen")).to_be_visible()
    check(offering)
    offering.get_by_role("button", name="Accept and show the contacts").click()
    expect(offering.get_by_role("region", name="Contacts")).to_contain_text(asker.email)

    interested.goto(sent)
    expect(interested.get_by_role("region", name="Contacts")).to_contain_text("looms@example.org")
    check(interested)
