"""A real Chromium against the real site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect, sync_playwright

from tests.conftest import INITIAL

# Playwright's synchronous interface runs an event loop in this thread, in which Django would
# refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser and needs a database that its server shares."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROME_PATH", "/usr/bin/chromium"), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _initial_content(request, chromium, _keep_initial_content):
    """Tell the event loop's own connection what the migrations wrote, so that it is put back before each test."""
    _, connection._test_serialized_contents = request.session.stash[INITIAL]


@pytest.fixture
def open_browser(chromium, live_server):
    """`open_browser(java_script_enabled=False, color_scheme="dark", …)`: a page of a new person."""
    contexts = []

    def open_one(**options) -> Page:
        defaults = {"locale": "en", "viewport": {"width": 1280, "height": 900}}
        context = chromium.new_context(base_url=live_server.url, **{**defaults, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and page.faults.append(message.text),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()


def violations(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page, best practices included, one line each; of `only` these rules where named."""
    return _violations(page, "", only)


def violations_in_main(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds in the content of a page of the admin; what is around it is Wagtail's."""
    return _violations(page, "main .nice-padding, #forum-service-levels-section", only)


def _violations(page: Page, within: str, only: Sequence[str]) -> list[str]:
    # The admin brings an axe of its own.
    if not page.evaluate("window.axeOfTests"):
        page.evaluate(f"{AXE}; window.axeOfTests = true")
    found = page.evaluate(
        """([within, only]) => axe.run(within || document, {
            resultTypes: ["violations"], ...(only.length ? {runOnly: only} : {}),
        })""",
        [within, list(only)],
    )
    return [
        f"{item['id']} ({item['impact']}): {item['nodes'][0]['html'][:160]}"
        for item in found["violations"]
    ]
