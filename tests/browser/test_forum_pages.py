"""Every page of the forum, public and moderators': a name on every control, and nothing for axe."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forum import actions
from forum.models import Category, Decision, Draft, ModeratorScope, Rule
from forum.models.reports import Reason
from forum.urls import urlpatterns
from tests.browser.conftest import violations, violations_in_main
from tests.browser.names import nameless
from tests.browser.people import log_in, with_password
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)
from tests.forum.acts.world import new_key

pytestmark = [pytest.mark.slow]

# Answers of forms, files and feeds: no page of their own.
NO_PAGES = {
    *(
        "preview",
        "feed",
        "inbox_read",
        "follow_topic",
        "follow_category",
        "post",
        "accept",
        "react",
    ),
    *("read", "topic_feed", "unread_post", "practice_drop", "attachment", "save_draft"),
    *("discard_draft", "category_feed"),
    # Behind a signed word of a mail: tests/browser/test_notifications.py.
    "unsubscribe",
    # Found by typing into the form: tests/browser/test_writing.py.
    "find_members",
}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    """As in the demo; tests/members/test_second_factor.py has the rule."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def member(home_page):
    return with_password(MemberFactory())


@pytest.fixture
def addresses(home_page, member):
    """{reader: {name of the address: address}}."""
    practice = make_practice(make_practice_index(home_page))
    category = CategoryFactory(name="Sourcing", slug="sourcing", description="Who has what")
    topic = make_topic(category, member, title="Who spins?", page=practice)
    topic.tags.add("spinning")
    answer = make_reply(topic, source="We do. " * 30)
    mine = make_reply(topic, member, source="Hemp as well?")
    actions.edit_post(post=mine, editor=member, source="And hemp?", language="en", version=1)
    editor, judge = EditorFactory(), ModeratorFactory()
    actions.ask_consent(topic=topic, editor=editor, posts=[mine])
    lost = make_reply(topic, member, source="Buy my looms")
    actions.hide_post(post=lost, moderator=judge, version=1, reason="Advertising")
    decision = Decision.objects.get()
    appeal = actions.file_appeal(decision=decision, member=member, text="A gift.")
    report = actions.report_post(post=mine, reporter=editor, reason=Reason.SPAM, language="en")
    notice = actions.give_notice(
        explanation="A forbidden sign",
        address="https://example.org/",
        name="Reader (sample)",
        email="reader@example.org",
        good_faith=True,
        language="en",
    )
    actions.save_draft(owner=member, key=new_key(), source="Half", language="en")
    scope = ModeratorScope.objects.create(user=judge, languages=["en"])
    public = {
        "category": category.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "tag": reverse("forum:tag", args=["spinning"]),
        "about": reverse("forum:about", args=[practice.pk]),
        "report_status": reverse("forum:report_status", args=[report.reference]),
        **{
            name: reverse(f"forum:{name}")
            for name in (
                "index",
                "latest",
                "unanswered",
                "solved",
                "rules",
                "transparency",
                "notice",
            )
        },
    }
    own = {
        "topic as a member": topic.get_absolute_url(),
        "new": f"{reverse('forum:new')}?draft={Draft.objects.get().pk}",
        **{
            name: reverse(f"forum:{name}")
            for name in (
                *("inbox", "inbox_settings", "following", "drafts", "preferences", "cases"),
                *("unread", "mine", "watched"),
            )
        },
        **{
            name: reverse(f"forum:{name}", args=[mine.pk]) for name in ("delete", "edit", "history")
        },
        "report": reverse("forum:report", args=[answer.pk]),
        "consent": reverse("forum:consent", args=[topic.pk]),
        "decision": decision.get_absolute_url(),
    }
    editors = {
        name: reverse(f"forum:{name}", args=[topic.pk]) for name in ("practice", "practice_posts")
    }
    admin = {
        "queue": reverse("forum_moderation:queue"),
        "post in the admin": reverse("forum_moderation:post", args=[mine.pk]),
        "appeal": reverse("forum_moderation:appeal", args=[appeal.pk]),
        "topic in the admin": reverse("forum_moderation:topic", args=[topic.pk]),
        "notice in the admin": reverse("forum_moderation:notice", args=[notice.pk]),
        "decisions": reverse("forum_decisions"),
        **{
            f"form of {one._meta.model_name}": reverse(
                one.snippet_viewset.get_url_name("edit"), args=[one.pk]
            )
            for one in (category, Rule.objects.first(), scope)
        },
        "new category": reverse(Category.snippet_viewset.get_url_name("add")),
    }
    return {"visitor": public, "member": own, "editor": editors, "administrator": admin}


def test_every_control_has_a_name_and_axe_finds_nothing(open_browser, addresses, member):
    # The lists are members' and visitors' alike.
    known = {pattern.name for pattern in urlpatterns} - NO_PAGES
    visited = {name for reader in ("visitor", "member", "editor") for name in addresses[reader]}
    assert known - visited == set()
    people = {
        "visitor": None,
        "member": member,
        "editor": with_password(EditorFactory()),
        "administrator": with_password(AdministratorFactory()),
    }
    found = {}
    for reader, pages in addresses.items():
        page = open_browser(bypass_csp=True)
        if people[reader] is not None:
            log_in(page, people[reader])
        for name, address in pages.items():
            page.goto(address)
            assert page.locator("h1").count(), address
            problems = nameless(page)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                problems += (
                    violations_in_main(page) if reader == "administrator" else violations(page)
                )
            if problems:
                found[f"{reader}: {name}"] = problems
    assert not found
