"""What the platform is for, from end to end, by people with browsers.

Editors publish a practice by the rule of the second pair of eyes, somebody registers, finds their
organisation, is let in by its administrator and posts in the forum, a moderator approves, and a
visitor finds both.
"""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.conftest import next_page
from tests.browser.people import PASSWORD, log_in, with_password
from tests.factories.bestpractices import make_practice_index
from tests.factories.directory import give_role, make_organisation
from tests.factories.forum import CategoryFactory
from tests.factories.members import EditorFactory, ModeratorFactory
from tests.searching import in_each_engine

pytestmark = [pytest.mark.slow]

PRACTICE = "Wool sorted by hand in Norte"
TOPIC = "Who sorts merino wool near Porto?"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """As in the demo; tests/members/test_second_factor.py has the rule."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def practices(home_page):
    return make_practice_index(home_page)


@pytest.fixture
def category(db):
    return CategoryFactory(name="Sourcing", slug="sourcing", premoderated_posts=2)


def submit_practice(page: Page, parent_id: int) -> None:
    page.goto(f"/admin/pages/add/bestpractices/bestpracticepage/{parent_id}/")
    page.locator("#id_title").fill(PRACTICE)
    page.locator("#id_listing_summary").fill("Sorting by hand keeps the value of local wool.")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Submit to Editorial review").click()
    expect(page.get_by_text("submitted for moderation")).to_be_visible()


def approve_practice(page: Page) -> None:
    page.goto("/admin/")
    # Wagtail brings the button to life by a script.
    with next_page(page):
        page.get_by_role("link", name=PRACTICE).first.click()
    page.get_by_role("button", name=re.compile("^Approve( and publish)?$")).first.click()
    expect(page.get_by_role("link", name=re.compile("live page"))).to_be_visible()


def register(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("link", name="Register").click()
    page.get_by_label("Your name").fill("Spinner (sample)")
    page.get_by_label("Country").select_option("PT")
    page.get_by_label("E-mail", exact=True).fill("spinner@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("checkbox", name="privacy notice").check()
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/confirm-email/")
    link = re.search(r"https?://[^/]+(/\S+confirm-email/\S+)", mail.outbox[-1].body).group(1)
    page.goto(link)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(re.compile("login|joining"))
    if "login" in page.url:
        page.get_by_label("E-mail").fill("spinner@example.org")
        page.get_by_label("Password").first.fill(PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.wait_for_url("**/joining/")


def ask_for_a_place(page: Page, typed: str, name: str) -> None:
    """The second step: find the organisation and say to belong to it."""
    expect(page.get_by_text("One step is left")).to_be_visible()
    page.get_by_label("Name of your organisation").fill(typed)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile(f"I belong to it.*{re.escape(name)}")).click()
    page.get_by_role("radio", name="I work there").check()
    page.get_by_label("How do you belong").fill("I run the ring frames.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Your request is on its way")).to_be_visible()


def grant_the_place(page: Page) -> None:
    page.goto("/en/directory/review/")
    expect(page.get_by_text("I run the ring frames.")).to_be_visible()
    page.get_by_role("button", name="Grant").click()
    expect(page.get_by_text("Your answer is stored")).to_be_visible()


def write_topic(page: Page) -> None:
    page.goto("/en/forum/")
    page.get_by_role("link", name="Sourcing").first.click()
    page.get_by_role("link", name="Start a topic").first.click()
    page.get_by_label("Title").fill(TOPIC)
    page.get_by_label("Your text", exact=True).fill(
        "We have **two tonnes** of merino and look for a sorter."
    )
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview strong")).to_have_text("two tonnes")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name=TOPIC)).to_be_visible()
    expect(page.get_by_text(re.compile("waits?|waiting", re.I)).first).to_be_visible()


def approve_topic(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("Forum queue")).click()
    page.get_by_role("link", name=re.compile(re.escape(TOPIC))).first.click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved.").first).to_be_visible()


def search_for(page: Page, words: str, title: str) -> None:
    page.goto("/en/")
    box = page.locator("header input[name=q]")
    box.fill(words)
    box.press("Enter")
    expect(page.locator("#results, main").get_by_role("link", name=title).first).to_be_visible()


@in_each_engine
def test_from_the_editors_desk_to_the_visitors_search(
    open_browser, practices, category, refresh_search
):
    editor, second = with_password(EditorFactory()), with_password(EditorFactory())
    mill = make_organisation(name="Fiação Nova (sample)")
    owner = with_password(give_role(mill))
    moderator = with_password(ModeratorFactory())

    submit_practice(log_in(open_browser(), editor), practices.pk)
    visitor = open_browser()
    assert visitor.goto(f"{practices.url}wool-sorted-by-hand-in-norte/").status == 404
    approve_practice(log_in(open_browser(), second))

    newcomer = open_browser()
    register(newcomer)
    ask_for_a_place(newcomer, "fiacao", mill.name)
    newcomer.goto("/en/forum/new/?category=sourcing")
    newcomer.get_by_role("link", name="What is missing").click()
    newcomer.wait_for_url("**/joining/")
    grant_the_place(log_in(open_browser(), owner))
    newcomer.goto("/en/members/joining/")
    expect(newcomer.get_by_text("You are a member.")).to_be_visible()
    write_topic(newcomer)
    assert visitor.goto(newcomer.url).status == 404
    approve_topic(log_in(open_browser(), moderator))

    refresh_search()
    search_for(visitor, "merino sorter", TOPIC)
    search_for(visitor, "sorted wool", PRACTICE)
    visitor.get_by_role("link", name=PRACTICE).first.click()
    expect(visitor.get_by_role("heading", name=PRACTICE)).to_be_visible()
    assert not newcomer.faults
