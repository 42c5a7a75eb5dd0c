"""From a post to its author, and from a request to an address: by plain forms for the one who answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.people import log_in, with_password
from tests.factories.forum import CategoryFactory, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.slow]


def test_ask_accept_see(open_browser, home_page):
    weaver = with_password(MemberFactory(name="Weaver (sample)"))
    spinner = with_password(MemberFactory(name="Spinner (sample)"))
    topic = make_topic(CategoryFactory(), author=weaver, title="Who spins linen?")
    asking = log_in(open_browser(viewport={"width": 360, "height": 780}, bypass_csp=True), spinner)
    answering = log_in(open_browser(java_script_enabled=False), weaver)

    asking.goto(topic.get_absolute_url())
    asking.get_by_role("article").get_by_role("link", name=weaver.name).first.click()
    expect(asking.get_by_role("heading", level=1)).to_have_text(weaver.name)
    expect(asking.get_by_text(weaver.email)).to_have_count(0)
    asking.get_by_role("link", name="Ask for contact").click()
    asking.get_by_label("What it is about").fill("Two tonnes of linen")
    asking.get_by_label("Message", exact=True).fill("Can you weave them until spring?")
    asking.get_by_role("button", name="Send the request").click()
    expect(asking.get_by_text("Waits for an answer")).to_be_visible()

    answering.goto("/en/members/contacts/")
    expect(answering.get_by_role("link", name="1 request waits")).to_be_visible()
    answering.get_by_role("main").get_by_role("link", name=spinner.name).click()
    expect(answering.get_by_text("Can you weave them until spring?")).to_be_visible()
    answering.get_by_role("button", name="Decline").click()
    expect(answering.get_by_text("Please say why").first).to_be_visible()
    answering.get_by_label("Your answer").fill("We can.")
    answering.get_by_role("button", name="Accept").click()
    expect(answering.get_by_role("link", name=spinner.email)).to_be_visible()

    asking.reload()
    expect(asking.get_by_text("We can.")).to_be_visible()
    for address in ("/en/members/contacts/?show=accepted", f"/en/members/{weaver.pk}/"):
        asking.goto(address)
        expect(asking.get_by_role("link", name=weaver.email)).to_be_visible()
        for scheme in ("light", "dark"):
            asking.emulate_media(color_scheme=scheme)
            assert not violations(asking), (address, scheme)
        assert asking.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
