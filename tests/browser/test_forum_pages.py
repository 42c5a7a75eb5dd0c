"""Every page of the forum, moderators' and visitors': a name on every control, nothing for axe, nothing too wide."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from forum.urls import urlpatterns
from tests.browser import forum_ground
from tests.browser.conftest import violations, violations_in_main
from tests.browser.names import nameless
from tests.browser.people import log_in, with_password
from tests.factories.members import AdministratorFactory

pytestmark = [pytest.mark.slow]

# Answers of forms, files, feeds and ways to somewhere else: no page of their own.
NO_PAGES = {
    *("preview", "read", "inbox_read", "follow_topic", "follow_category", "accept", "react"),
    *("feed", "topic_feed", "category_feed", "post", "unread_post", "attachment"),
    *("practice_drop", "save_draft", "discard_draft"),
    # Found by typing into the form: tests/browser/test_writing.py.
    "find_members",
}
NO_CASES = {"bulk", "dismiss", "penalise", "lift", "decide"}
# Forms that are sent with nothing in them, to see how they say no.
REFUSED = {("visitor", "notice"), ("member", "report")}
# Wagtail's own tables and forms, which no window of a telephone holds.
WIDE = {"forum_decisions", "categories", "category, edited", "rules", "rule, edited", "dashboard"}
# What the other colours and the narrow window can change; the rest was looked at already.
BY_LOOK = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")
# The admin scrolls its content within the window.
WIDER = """() => Math.max(...[document.documentElement, document.querySelector("main")].map(
    one => one.scrollWidth - one.clientWidth))"""


@pytest.fixture
def ground(home_page, settings):
    # As in the demo; tests/members/test_second_factor.py has the rule.
    settings.MFA_REQUIRED_FOR_STAFF = False
    settings.FORUM_LIMITS = {"new_reply_seconds": 0, "new_topic_seconds": 0}
    return forum_ground.build(home_page)


def known() -> set[str]:
    """The names of all routes of the forum, and of its part of the admin."""
    cases = get_resolver().namespace_dict["forum_moderation"][1].reverse_dict
    return {one.name for one in urlpatterns} | {name for name in cases if isinstance(name, str)}


def test_every_control_has_a_name_and_axe_finds_nothing(open_browser, ground):
    visited = {name for pages in ground.addresses.values() for name in pages}
    assert known() - visited - NO_PAGES - NO_CASES == set()
    people = {
        "visitor": None,
        "member": ground.member,
        "editor": ground.editor,
        "administrator": AdministratorFactory(),
    }
    found = {}
    for reader, pages in ground.addresses.items():
        page = open_browser(bypass_csp=True, reduced_motion="reduce")
        if people[reader] is not None:
            log_in(page, with_password(people[reader]))
        find = violations_in_main if reader == "administrator" else violations
        for name, address in pages.items():
            page.set_viewport_size({"width": 1280, "height": 900})
            page.emulate_media(color_scheme="light")
            answer = page.goto(address)
            assert answer.status == 200, address
            problems = [*find(page), *nameless(page)]
            page.set_viewport_size({"width": 360, "height": 800})
            page.emulate_media(color_scheme="dark")
            if reader == "administrator":
                # There colours and the sidebar take their time to change.
                page.reload()
            problems += [f"dark and narrow: {one}" for one in find(page, BY_LOOK)]
            if name not in WIDE and (over := page.evaluate(WIDER)) > 0:
                problems.append(f"{over} pixels too wide")
            if (reader, name) in REFUSED:
                with page.expect_navigation() as sent:
                    page.locator("main form[novalidate]").evaluate("form => form.submit()")
                assert sent.value.status == 422
                problems += [f"refused: {one}" for one in find(page)]
            if problems:
                found[f"{reader}: {name}"] = problems
    assert not found, "\n".join(f"{name}: {one}" for name, ones in found.items() for one in ones)
