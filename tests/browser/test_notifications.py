"""Following, being told, and stopping it: with JavaScript and without."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forum import actions
from forum.models import Notification, NotificationPreferences
from forum.models.following import Frequency, Level
from forum.notifications import mailing
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


@pytest.mark.parametrize("frequency", [Frequency.AT_ONCE, Frequency.DAILY])
def test_each_mail_is_stopped_by_the_link_in_its_body(open_browser, topic, mailoutbox, frequency):
    member = MemberFactory()
    actions.set_preferences(user=member, frequency=frequency, watches_own=True)
    actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
    reply(topic)
    if frequency == Frequency.DAILY:
        now = timezone.now()
        NotificationPreferences.objects.filter(user=member).update(
            digest_at=now - timedelta(days=8)
        )
        Notification.objects.filter(user=member).update(created_at=now - timedelta(hours=1))
        mailing.send_digests(now)
    (mail,) = [one for one in mailoutbox if one.to == [member.email]]
    (html,) = [one.content for one in mail.alternatives]
    link = re.search(r'<a href="([^"]+)"[^>]*>\s*Stop this mail\s*</a>', html)[1]
    page = open_browser(java_script_enabled=False)
    page.goto(path_of(unescape(link)))
    page.get_by_role("button", name="Stop this mail").click()
    expect(page.get_by_text("You get no more mail")).to_be_visible()
    assert NotificationPreferences.objects.get(user=member).frequency == Frequency.NONE
