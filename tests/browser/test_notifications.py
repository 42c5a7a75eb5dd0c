"""Following, being told, and stopping it: with JavaScript and without."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from forum import actions
from tests.browser.conftest import next_page
from tests.browser.people import log_in, with_password
from tests.factories.forum import CategoryFactory, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.slow]


@pytest.fixture
def topic(home_page):
    return make_topic(CategoryFactory(name="Repair", slug="repair"), title="Which thread?")


def reply(topic):
    return actions.reply(
        author=MemberFactory(), topic=topic, source="Core-spun.", language="en", key=uuid4()
    )


def path_of(address):
    return re.sub(r"^https?://[^/]*", "", address)


@pytest.mark.parametrize("has_script", [True, False])
def test_from_the_button_to_the_mail_and_out_of_it(open_browser, topic, mailoutbox, has_script):
    member = with_password(MemberFactory())
    page = log_in(open_browser(java_script_enabled=has_script), member)
    page.goto(topic.get_absolute_url())
    page.get_by_role("button", name="Watch this topic").click()
    expect(page.locator("#follow").get_by_role("status")).to_contain_text("You watch this topic")
    stop = page.get_by_role("button", name="Stop watching this topic")
    expect(stop).to_be_visible()
    if has_script:
        # The page stays, and so does the focus, although the box is a new one.
        expect(stop).to_be_focused()
    reply(topic)
    page.goto("/en/forum/")
    with next_page(page):
        page.get_by_role("link", name="Inbox, 1 new").click()
    page.get_by_role("link", name="Which thread?").click()
    expect(page.get_by_text("Core-spun.")).to_be_visible()
    expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()
    (mail,) = [one for one in mailoutbox if one.to == [member.email]]
    stranger = open_browser(java_script_enabled=has_script)
    stranger.goto(path_of(mail.extra_headers["List-Unsubscribe"].strip("<>")))
    stranger.get_by_role("button", name="Stop this mail").click()
    expect(stranger.get_by_text("You get no more mail")).to_be_visible()
    page.goto("/en/forum/inbox/settings/")
    expect(page.get_by_label("Never")).to_be_checked()
    assert not page.faults
