"""From a thread to a best practice, by an editor and an author with browsers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bestpractices.models import BestPracticePage
from tests.browser.conftest import next_page, violations
from tests.browser.people import log_in, with_password
from tests.factories.bestpractices import make_practice_index
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import EditorFactory, MemberFactory

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """As in the demo; tests/members/test_second_factor.py has the rule."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.mark.parametrize(
    "options",
    [{"java_script_enabled": False}, {"color_scheme": "light"}, {"color_scheme": "dark"}],
    ids=["without JavaScript", "light", "dark"],
)
def test_from_a_thread_to_a_draft(open_browser, home_page, options):
    make_practice_index(home_page)
    author = MemberFactory()
    topic = make_topic(author=author, title="What do offcuts weigh?", source="Three **kilos**.")
    make_reply(topic, source="Four.")
    has_scripts = options.get("java_script_enabled", True)
    browser = options | ({"bypass_csp": True} if has_scripts else {})
    editor = log_in(open_browser(**browser), with_password(EditorFactory()))
    writer = log_in(open_browser(**browser), with_password(author))

    def check(page):
        if has_scripts:
            assert violations(page) == []

    editor.goto(topic.get_absolute_url())
    check(editor)
    with next_page(editor):
        editor.get_by_role("link", name="Make a best practice of this").click()
    check(editor)
    editor.get_by_role("checkbox", name="#1").check()
    editor.get_by_role("button", name="Ask the authors").click()
    expect(editor.get_by_text("Nobody has agreed yet")).to_be_visible()

    writer.goto(topic.get_absolute_url())
    check(writer)
    with next_page(writer):
        writer.get_by_role("link", name="Say whether they may").click()
    check(writer)
    writer.get_by_role("checkbox", name="The editors may use post #1").check()
    writer.get_by_role("radio", name="With my name", exact=True).check()
    writer.get_by_role("button", name="Send my answer").click()
    expect(writer.get_by_text("Your answer is stored.")).to_be_visible()

    editor.reload()
    check(editor)
    editor.get_by_role("button", name="Make the draft").click()
    editor.wait_for_url("**/admin/pages/*/edit/")
    page = BestPracticePage.objects.get(title="What do offcuts weigh?")
    assert not page.live
    text = str(page.description[0].value)
    assert "<strong>kilos</strong>" in text
    assert author.name in text
