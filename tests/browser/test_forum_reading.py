"""Reading in the forum by a member: what is new, what is useful, what answers it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import log_in, with_password
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.slow]


@pytest.mark.parametrize("has_javascript", [True, False])
def test_from_new_posts_to_an_accepted_answer(open_browser, home_page, has_javascript):
    asker = MemberFactory()
    topic = make_topic(CategoryFactory(), asker, title="Which thread for jeans?")
    make_reply(topic, source="Core-spun, always.")
    page = log_in(open_browser(java_script_enabled=has_javascript), with_password(asker))
    page.goto("/en/forum/")
    page.get_by_role("link", name="Unread").click()
    page.get_by_role("link", name="New posts").click()
    expect(page).to_have_url(re.compile(r"#post-1$"))
    # Until a page has loaded, the post in its address takes the focus from whatever has it.
    page.wait_for_load_state()
    answer = page.get_by_role("article").filter(has_text="Core-spun, always.")
    useful = answer.get_by_role("button", name="Useful")
    expect(useful).to_have_attribute("aria-pressed", "false")
    useful.press("Enter")
    expect(useful).to_have_attribute("aria-pressed", "true")
    answer.get_by_role("button", name="Accept as the answer").click()
    expect(page.get_by_role("region", name="Accepted answer")).to_contain_text("Core-spun, always.")
    page.goto("/en/forum/solved/")
    expect(page.get_by_role("link", name="Which thread for jeans?", exact=True)).to_be_visible()
    page.goto("/en/forum/unread/")
    expect(page.get_by_text("You have read everything.")).to_be_visible()
