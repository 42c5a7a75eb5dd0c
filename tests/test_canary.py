"""Nobody sees what is not theirs: not as a text, not as a title, not as a count.

The site is read from end to end by a visitor, a member and a moderator. Then things that must stay
hidden come in beside what was there, each with a word of its own, and the site is read again: for
whoever may not see them, every page must be exactly as before, and their own addresses answer 404.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from core.models import CustomDocument
from forum import actions
from forum.models import Category, Topic
from tests.factories.bestpractices import make_case_study, make_practice, make_practice_index
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.home import make_page, restrict
from tests.factories.members import MemberFactory, ModeratorFactory
from tests.searching import in_each_engine

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.slow,
]

LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
# What differs from one request to the next: tokens, keys of forms, and "3 minutes ago".
PASSING = re.compile(
    r'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<=name="key" value=")[^"]+'
    r'|(?<=name="stamp" value=")[^"]+'
    r"|\d+\xa0(?:second|minute)s?(?: ago)?"
)
STARTS = (
    "/en/",
    "/en/forum/",
    "/en/forum/feed/",
    "/en/forum/moderation/rules/",
    "/en/forum/moderation/transparency/",
    "/en/forum/moderation/notice/",
    "/en/forum/moderation/decisions/",
    "/en/search/",
    "/sitemap.xml",
    "/robots.txt",
    "/en/accounts/login/",
    "/en/members/profile/",
)
OUTSIDE = re.compile(r"^/(static|media|admin|theme)/|^/en/accounts/|^/(ca|da|es|fr|pt|bg|ro)/")
MOST_PAGES = 300
WORDS = {
    "draft": "quoddraftium",
    "draft_case": "quodcasium",
    "draft_event": "quodeventium",
    "group": "quodgroupium",
    "pending": "quodpendium",
    "pending_topic": "quodtopium",
    "hidden": "quodhidium",
    "rejected": "quodrejectium",
    "members_page": "quodmemberium",
    "members_topic": "quodshelfium",
    "members_document": "quodpaperium",
}
SEARCHES = [
    f"/en/search/?q={word}"
    for word in (*WORDS.values(), "quod", "quodp", "linen", "linen -wool", '"linen shelf"')
]


@dataclass(frozen=True)
class Ground:
    """What everybody may see, and beside which hidden things are put."""

    home: object
    practices: object
    events: object
    category: Category
    topic: Topic


@pytest.fixture
def ground(home_page):
    practices, events = make_practice_index(home_page), make_event_index(home_page)
    make_practice(practices, title="Linen shelf", tags=["linen"])
    make_event(events, title="Linen days", tags=["linen"])
    category = CategoryFactory(name="Linen")
    topic = make_topic(category, title="Who weaves linen?", source="We look for **linen**.")
    make_reply(topic, source="We do, on wide looms.")
    return Ground(home_page, practices, events, category, topic)


@pytest.fixture
def readers(client_for):
    """Browsers by reader; none of them wrote anything that gets hidden."""
    return {
        "visitor": client_for(),
        "member": client_for(MemberFactory()),
        "moderator": client_for(ModeratorFactory()),
    }


def read(browser: Client, address: str) -> tuple[int, str, str]:
    """(status, text without what passes, kind of content) of one address."""
    answer = browser.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code in {301, 302}:
        return answer.status_code, answer.url, "redirect"
    text = PASSING.sub("", content.decode(errors="replace"))
    return answer.status_code, text, answer.get("Content-Type", "")


def crawl(browser: Client, starts: Iterable[str]) -> dict[str, tuple[int, str]]:
    """{address: (status, text)} of everything that can be reached from these addresses."""
    waiting, pages = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in pages or (OUTSIDE.search(address) and address not in starts):
            continue
        assert len(pages) < MOST_PAGES, f"the crawl does not end: {sorted(pages)[-20:]}"
        status, text, kind = read(browser, address)
        assert status < 500, address
        pages[address] = status, text
        if kind == "redirect":
            waiting.append(text.replace("http://testserver", ""))
        elif "html" in kind or "xml" in kind:
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(text)]
    return pages


def put_behind_the_scenes(ground: Ground) -> list[str]:
    """Hide things from all three readers; the addresses that they have or will have."""
    writer = MemberFactory()
    draft = make_practice(ground.practices, title=f"Linen {WORDS['draft']}", slug="d", live=False)
    case = make_case_study(
        ground.practices, title=f"Linen {WORDS['draft_case']}", slug="c", live=False
    )
    event = make_event(ground.events, title=WORDS["draft_event"], slug="e", live=False)
    closed = make_page(ground.home, WORDS["group"], live=True)
    restriction = closed.view_restrictions.create(restriction_type="groups")
    restriction.groups.set(Group.objects.filter(name="Editors"))
    posts = []
    for name, state in (("pending", "pending"), ("hidden", "hidden"), ("rejected", "rejected")):
        post = make_reply(ground.topic, writer, source=f"linen {WORDS[name]}")
        posts.append(in_state(post, state))
    topic = make_topic(ground.category, writer, title=f"linen {WORDS['pending_topic']}")
    in_state(topic.posts.get(), "pending")
    return [
        *(page.relative_url(ground.home.get_site()) for page in (draft, case, event, closed)),
        event.relative_url(ground.home.get_site()) + "event.ics",
        topic.get_absolute_url(),
        *(post.get_absolute_url() for post in posts),
    ]


def put_before_members(ground: Ground) -> list[str]:
    """Show things to members only; their addresses."""
    page = restrict(make_page(ground.home, WORDS["members_page"], slug="members-only"))
    restrict(make_event(ground.events, title=f"Linen {WORDS['members_page']}", slug="closed"))
    shelf = CategoryFactory(name="Back room", slug="back-room", audience="members")
    topic = make_topic(shelf, title=f"linen {WORDS['members_topic']}")
    collection = Collection.objects.get(depth=1).add_child(name="Members")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = CustomDocument.objects.create(
        title=f"Linen {WORDS['members_document']}",
        file=ContentFile(b"x", "paper.pdf"),
        collection=collection,
    )
    return [
        page.relative_url(ground.home.get_site()),
        shelf.get_absolute_url(),
        f"{shelf.get_absolute_url()}feed/",
        topic.get_absolute_url(),
        document.url,
    ]


def assert_unchanged(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> None:
    """Compare two readings of the site, and name the addresses where they differ."""
    differing = {address for address in before | after if before.get(address) != after.get(address)}
    assert not differing


@in_each_engine
def test_what_is_nobodys_to_see_leaves_no_trace(ground, readers, refresh_search):
    addresses = (*STARTS, *SEARCHES)
    refresh_search()
    before = {name: crawl(browser, addresses) for name, browser in readers.items()}
    hidden = put_behind_the_scenes(ground)
    refresh_search()
    for name, browser in readers.items():
        assert_unchanged(before[name], crawl(browser, addresses))
        assert {address: read(browser, address)[0] for address in hidden} == dict.fromkeys(
            hidden, 404
        ), name


@in_each_engine
def test_what_is_for_members_leaves_no_trace_for_visitors(ground, readers, refresh_search):
    addresses = (*STARTS, *SEARCHES)
    refresh_search()
    before = crawl(readers["visitor"], addresses)
    closed = put_before_members(ground)
    refresh_search()
    assert_unchanged(before, crawl(readers["visitor"], addresses))
    assert {address: read(readers["visitor"], address)[0] for address in closed} == dict.fromkeys(
        closed, 404
    )
    # The same eyes do find it where it may be seen, so the silence above means something.
    member = crawl(readers["member"], addresses)
    for name in ("members_page", "members_topic", "members_document"):
        word = WORDS[name]
        assert any(word in text and word not in address for address, (_, text) in member.items())


def test_mail_about_a_waiting_post_goes_to_its_author_only(mailoutbox):
    author = MemberFactory()
    strict = CategoryFactory(premoderated_posts=2)
    topic = actions.start_topic(
        author=author,
        category=strict,
        title=WORDS["pending_topic"],
        source=WORDS["pending"],
        language="en",
        key=uuid4(),
    )
    post = topic.posts.get()
    moderator = ModeratorFactory()
    actions.reject_post(post=post, moderator=moderator, version=post.version, reason="Off topic")
    assert {address for mail in mailoutbox for address in mail.to} == {author.email}
