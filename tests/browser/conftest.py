"""A real Chromium against the real site."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

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
# A wait that ends well costs nothing, and other work may have the processor.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# htmx reports so that a newer request took the place of an older one, as `hx-sync` asks.
REPLACED = {"htmx:sendAbort", "htmx:afterRequest"}


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser and needs a database that its server shares."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROME_PATH", "/usr/bin/chromium"), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium, live_server):
    """`open_browser(java_script_enabled=False, color_scheme="dark", …)`: a page of a new person."""
    contexts = []

    def open_one(**options) -> Page:
        defaults = {"locale": "en", "viewport": {"width": 1280, "height": 900}}
        context = chromium.new_context(base_url=live_server.url, **{**defaults, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                message.type == "error"
                and message.text not in REPLACED
                and page.faults.append(message.text)
            ),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    let_server_finish()


def let_server_finish() -> None:
    """Wait for the requests that closed browsers leave behind: they still use the database, which is emptied next."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE / 1000)
            assert not thread.is_alive(), "the site still answers a browser that is closed"


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """Around the press that leads to another page: go on once that has loaded, and its scripts have run.

    What belongs to scripts would be pressed too early else, and what is on both pages on the old one.
    """
    with page.expect_navigation():
        yield


def eventually(holds: Callable[[], bool]) -> None:
    """Wait for what the site does without telling the page; fail when it has not come about."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "it has not come about"
        time.sleep(0.05)


def violations(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page, best practices included, one line each; of `only` these rules where named."""
    return _violations(page, "", only)


def violations_in_main(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds in the content of a page of the admin; what is around it is Wagtail's."""
    return _violations(page, "main .nice-padding, #forum-service-levels-section", only)


def _violations(page: Page, within: str, only: Sequence[str]) -> list[str]:
    page.wait_for_load_state()
    # The admin brings an axe of its own.
    if not page.evaluate("window.axeOfTests"):
        page.evaluate(f"{AXE}; window.axeOfTests = true")
    # What htmx is about to replace is shown paler.
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    # While the page glides somewhere, axe takes what it passes for what lies behind a text.
    page.evaluate("scrollTo({top: scrollY, behavior: 'instant'})")
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
