"""Writing in the forum as people do, with JavaScript and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from forum.models import Attachment, Draft, Post
from tests.browser.conftest import eventually, next_page, violations
from tests.browser.people import log_in, with_password
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory
from tests.forum.test_attachments import paper, picture

pytestmark = [pytest.mark.slow]


@pytest.fixture
def topic(home_page):
    topic = make_topic(CategoryFactory(name="Sourcing", slug="sourcing"), title="Who spins?")
    make_reply(topic, MemberFactory(name="Anna Weaver (sample)"), source="We do.")
    return topic


@pytest.fixture
def writer(home_page):
    return with_password(MemberFactory(name="Writer (sample)"))


def files():
    return [
        {"name": one.name, "mimeType": "application/octet-stream", "buffer": one.read()}
        for one in (picture(), paper())
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_reply_with_a_picture_a_quote_and_a_preview(open_browser, topic, writer, scripts):
    page = log_in(open_browser(java_script_enabled=scripts), writer)
    page.goto(topic.get_absolute_url())
    with next_page(page):
        page.get_by_role("link", name=re.compile("^Quote")).last.click()
    text = page.get_by_label("Your text", exact=True)
    expect(text).to_have_value(re.compile("> We do."))
    text.fill(text.input_value() + "Good, we have **merino**.")
    page.get_by_label("Add files").set_input_files(files())
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_role("link", name="minutes.pdf")).to_be_visible()
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("describe each picture")).to_be_visible()
    page.get_by_label("What loom.jpg shows").fill("A red loom")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview strong")).to_have_text("merino")
    page.get_by_role("button", name="Send reply").click()
    own = page.locator("#post-3")
    expect(own.get_by_role("link", name="Anna Weaver (sample)")).to_be_visible()
    if scripts:
        page.get_by_role("img", name="A red loom").scroll_into_view_if_needed()
    expect(own.get_by_role("img", name="A red loom")).to_be_visible()
    assert Attachment.objects.filter(post__number=3).count() == 2
    # The refusal of the undescribed picture is one that the browser reports.
    assert not [fault for fault in page.faults if "422" not in fault]


@pytest.mark.parametrize("scripts", [True, False])
def test_warned_edited_retracted(open_browser, topic, writer, scripts):
    page = log_in(open_browser(java_script_enabled=scripts), writer)
    page.goto(topic.get_absolute_url())
    page.get_by_label("Your text", exact=True).fill("Call +351 912 345 678 please.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("+351 912 345 678").first).to_be_visible()
    assert topic.posts.count() == 2
    page.get_by_role("button", name="Post anyway").click()
    own = page.locator("#post-3")
    with next_page(page):
        own.get_by_role("link", name=re.compile("^Edit")).click()
    page.get_by_label("Your text", exact=True).fill("Write to me please.")
    page.get_by_role("button", name="Save", exact=True).click()
    own.get_by_role("link", name=re.compile("^Edited")).click()
    expect(page.locator("del").first).to_be_visible()
    page.get_by_role("link", name="Back to the post").click()
    own.get_by_role("link", name=re.compile("^Retract")).click()
    with next_page(page):
        page.get_by_role("button", name="Retract").click()
    expect(page.locator("#post-3")).to_have_count(0)
    assert Post.objects.filter(number=3, state="deleted").exists()


def test_one_reply_after_another_without_leaving_the_page(open_browser, topic, writer, settings):
    settings.FORUM_LIMITS = {"reply_seconds": 0, "new_reply_seconds": 0}
    page = log_in(open_browser(), writer)
    page.goto(topic.get_absolute_url())
    page.evaluate("window.isTheSamePage = true")
    text = page.get_by_label("Your text", exact=True)
    text.fill("First.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("#post-3")).to_be_focused()
    expect(text).to_have_value("")
    make_reply(topic, source="Meanwhile.")
    bar = page.get_by_role("toolbar", name="Formatting")
    bar.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("****")
    text.fill("Second.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("#post-5")).to_be_focused()
    expect(page.locator("#posts article")).to_have_count(5)
    page.context.set_offline(True)
    text.fill("Third.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("could not be sent")).to_be_visible()
    expect(text).to_have_value("Third.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("#post-6")).to_be_focused()
    assert page.evaluate("window.isTheSamePage")
    assert topic.posts.count() == 6


def test_toolbar_mention_and_draft(open_browser, topic, writer):
    page = log_in(open_browser(), writer)
    page.goto(topic.get_absolute_url())
    text = page.get_by_label("Your text", exact=True)
    text.fill("wool")
    text.select_text()
    bar = page.get_by_role("toolbar", name="Formatting")
    bar.get_by_role("button", name="Bold").focus()
    page.keyboard.press("Enter")
    expect(text).to_have_value("**wool**")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    # On a slow machine the first draft may be of what stood there before.
    eventually(Draft.objects.filter(source="**wool**").exists)
    bar.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Italic")).to_be_focused()
    page.get_by_text("Mention a member").click()
    page.get_by_label("Name").fill("anna")
    page.get_by_role("button", name=re.compile("Anna Weaver")).click()
    expect(text).to_have_value(re.compile(r"@\[Anna Weaver \(sample\)\]\(member:\d+\)"))
    page.goto(topic.get_absolute_url())
    expect(page.get_by_text("This is your draft of")).to_be_visible()
    assert not page.faults


def test_save_a_draft_without_scripts(open_browser, topic, writer):
    page = log_in(open_browser(java_script_enabled=False), writer)
    page.goto(topic.get_absolute_url())
    assert page.get_by_role("toolbar").count() == 0
    page.get_by_label("Your text", exact=True).fill("Half a thought")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    expect(page.get_by_label("Your text", exact=True)).to_have_value("Half a thought")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(open_browser, topic, writer, scheme):
    page = log_in(open_browser(color_scheme=scheme), writer)
    page.goto(topic.get_absolute_url())
    page.get_by_label("Your text", exact=True).fill("Only 12 € a metre")
    page.get_by_label("Add files").set_input_files(files())
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_label("What loom.jpg shows")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("What loom.jpg shows").fill("A red loom")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("heading", name="Do you want to publish this?")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Post anyway").click()
    expect(page.locator("#post-3")).to_be_focused()
    assert violations(page) == []
    post = Post.objects.get(number=3)
    page.goto(f"/en/forum/post/{post.pk}/edit/")
    assert violations(page) == []
    page.get_by_label("Your text", exact=True).fill("Only wool")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your change is saved.")).to_be_visible()
    for address in (
        f"/en/forum/post/{post.pk}/history/",
        f"/en/forum/post/{post.pk}/delete/",
        "/en/forum/post/preferences/",
    ):
        page.goto(address)
        assert violations(page) == []
    page.goto("/en/forum/new/")
    page.get_by_label("Title").fill("Later")
    with next_page(page):
        page.get_by_role("button", name="Save draft").click()
    page.goto("/en/forum/post/drafts/")
    expect(page.get_by_role("link", name="Later")).to_be_visible()
    assert violations(page) == []
