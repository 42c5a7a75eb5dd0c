"""A refused post, its appeal and a notice of illegal content, by the people concerned with browsers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from forum.forms import reports
from forum.models import Report
from forum.models.decisions import Outcome
from tests.browser.conftest import next_page
from tests.browser.people import log_in, with_password
from tests.factories.forum import CategoryFactory, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [pytest.mark.slow]

NOTICE = "/en/forum/moderation/notice/"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """As in the demo; tests/members/test_second_factor.py has the rule."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def topic(home_page):
    category = CategoryFactory(name="Sourcing", slug="sourcing", premoderated_posts=1)
    return make_topic(category, title="Who spins?", source="Flax, that is.")


@pytest.fixture
def member(home_page):
    return with_password(MemberFactory())


@pytest.fixture
def moderator(home_page):
    return with_password(ModeratorFactory())


def give_notice(page: Page, address: str) -> None:
    """Fill in the notice as slowly as a person does, and send it."""
    page.goto(NOTICE)
    page.get_by_label("Exact address of the content").fill(address)
    page.get_by_label("Why is it illegal?").fill("The text is mine, and I agreed to nothing.")
    page.get_by_label("Your name").fill("Visitor (sample)")
    page.get_by_label("Your e-mail").fill("visitor@example.org")
    page.get_by_label("I believe in good faith").check()
    page.wait_for_timeout(reports.FASTEST_SECONDS * 1000 + 500)
    with next_page(page):
        page.get_by_role("button", name="Send the notice").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_refused_appealed_overturned(open_browser, topic, member, moderator, scripts):
    writer = log_in(open_browser(java_script_enabled=scripts), member)
    writer.goto(topic.get_absolute_url())
    writer.get_by_label("Your text", exact=True).fill("We spin hemp as well.")
    writer.get_by_role("button", name="Send reply").click()
    expect(writer.get_by_text("Waiting", exact=False).first).to_be_visible()
    visitor = open_browser()
    visitor.goto(topic.get_absolute_url())
    expect(visitor.get_by_text("We spin hemp as well.")).to_have_count(0)

    first = log_in(open_browser(), moderator)
    first.goto("/admin/forum/")
    first.get_by_role("link", name=re.compile("Reply in:.*Who spins")).click()
    refusal = first.locator("form[data-act=reject]")
    refusal.get_by_label("Facts and reasons").fill("It names no mill.")
    refusal.get_by_label("Rule").select_option(index=1)
    refusal.get_by_role("button", name="Reject").click()
    expect(first.get_by_text("Nothing waits.")).to_be_visible()

    writer.goto(topic.get_absolute_url())
    writer.get_by_role("link", name="Read the decision").click()
    expect(writer.get_by_text("It names no mill.")).to_be_visible()
    writer.get_by_label("Why should it be decided otherwise?").fill("The mill is named above.")
    writer.get_by_role("button", name="Send the appeal").click()
    expect(writer.get_by_text("Somebody who did not take the decision")).to_be_visible()

    first.goto("/admin/forum/")
    expect(first.get_by_text("Nothing waits.")).to_be_visible()
    second = log_in(open_browser(), with_password(ModeratorFactory()))
    second.goto("/admin/forum/")
    second.get_by_role("link", name=re.compile("Appeal:")).click()
    second.get_by_label(str(Outcome.OVERTURNED.label)).check()
    second.get_by_label("Answer").fill("It is named, we read too fast.")
    second.get_by_role("button", name="Send", exact=True).click()
    expect(second.get_by_text("The appeal is answered.")).to_be_visible()

    writer.reload()
    expect(writer.get_by_text("It is named, we read too fast.")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("We spin hemp as well.")).to_be_visible()
    assert not [*writer.faults, *visitor.faults, *first.faults, *second.faults]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_visitor_gives_notice(open_browser, topic, moderator, scripts):
    visitor = open_browser(java_script_enabled=scripts)
    visitor.goto(topic.get_absolute_url())
    visitor.get_by_role("link", name=re.compile("^Report")).first.click()
    address = visitor.get_by_label("Exact address of the content").input_value()
    assert address.endswith(topic.posts.get().get_absolute_url())
    give_notice(visitor, address)
    expect(visitor.get_by_text("Thank you. It was received.")).to_be_visible()
    receipt = visitor.url
    expect(visitor.get_by_text(str(Report.objects.get().reference))).to_be_visible()

    judge = log_in(open_browser(), moderator)
    judge.goto("/admin/forum/")
    judge.get_by_role("link", name=re.compile("Reported:")).click()
    judge.get_by_label("Answer").fill("The text was published with consent.")
    with next_page(judge):
        judge.get_by_role("button", name="Close the reports, leave the post").click()

    later = open_browser(java_script_enabled=scripts)
    later.goto(receipt)
    expect(later.get_by_text("The text was published with consent.")).to_be_visible()
    assert not [*visitor.faults, *judge.faults, *later.faults]


def test_the_queue_by_keys_which_can_be_switched_off(open_browser, topic, moderator):
    titles = ("Who dyes?", "Who knits?")
    for title in titles:
        make_topic(topic.category, title=title, trusted=False)
    page = log_in(open_browser(), moderator)
    page.goto("/admin/forum/")
    first, second = (page.get_by_role("link", name=f"New topic: {title}") for title in titles)
    page.keyboard.press("j")
    expect(first).to_be_focused()
    keys = page.get_by_role("checkbox", name="Keys:")
    keys.uncheck()
    # A key that does nothing cannot be waited for: what it might have done is seen afterwards.
    first.focus()
    page.keyboard.press("a")
    page.reload()
    expect(page.get_by_role("heading", name="2 cases wait")).to_be_visible()
    expect(keys).not_to_be_checked()
    keys.check()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="1 case waits")).to_be_visible()
    expect(first).to_be_focused()
    page.keyboard.press("r")
    reason = page.locator("form[data-act=reject]").get_by_label("Facts and reasons")
    expect(reason).to_be_focused()
    # Within a field keys are letters.
    page.keyboard.press("a")
    expect(reason).to_have_value("a")
    assert not page.faults
