"""Nobody sees what is not theirs: not as a text, not as a title, not as a count.

The site is read from end to end by a visitor, a member and a moderator. Then things that must stay
hidden come in beside what was there, each with a word of its own, and the site is read again: for
whoever may not see them, every page must be exactly as before, and their own addresses answer 404.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page

from contributions.models import Contribution
from contributions.states import State as ProposalState
from core.models import CustomDocument
from directory.models import Organisation
from directory.states import PUBLIC, Standing
from directory.states import State as OrganisationState
from events.models import EventPage
from forum import actions
from forum.models import (
    Attachment,
    Category,
    ModeratorScope,
    NotificationPreferences,
    Post,
    PostRevision,
    Topic,
    TopicSubscription,
)
from forum.models.following import Frequency
from forum.models.following import Level as Following
from forum.models.notifications import Kind
from forum.models.practices import Naming
from forum.models.reactions import ReactionKind
from forum.notifications import mailing, notify
from forum.states import State
from members import actions as members_actions
from members.models import User
from members.parts import Level, Part
from opportunities.models import Opportunity
from opportunities.states import InterestState
from opportunities.states import State as OpportunityState
from search import mailing as search_mailing
from search.entries import source_of
from search.models import Rhythm, SavedSearch
from tests.factories.bestpractices import make_case_study, make_practice, make_practice_index
from tests.factories.contributions import make_contribution, page_of
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import CategoryFactory, a_rule, in_state, make_reply, make_topic
from tests.factories.home import make_page, restrict
from tests.factories.members import EditorFactory, MemberFactory, ModeratorFactory
from tests.factories.opportunities import make_interest, make_opportunity
from tests.forum import behind
from tests.searching import in_each_engine
from tests.uploads import paper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]

LINK = re.compile(r'(?:(?:href|src|action)="|<loc>)(?:http://(?:testserver|localhost))?(/[^"#<]*)')
# What differs from one request to the next: tokens, keys of forms, and "3 minutes ago".
PASSING = re.compile(
    r'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<=name="key" value=")[^"]+'
    r'|(?<=name="stamp" value=")[^"]+'
    r"|(?<=last used )[^<]+"
    r"|\d+\xa0(?:second|minute)s?(?: ago)?"
)
STARTS = (
    "/en/",
    "/en/forum/",
    "/en/forum/feed/",
    "/en/forum/unread/",
    "/en/forum/mine/",
    "/en/forum/tag/linen/",
    "/en/forum/moderation/rules/",
    "/en/forum/moderation/transparency/",
    "/en/forum/moderation/notice/",
    "/en/forum/moderation/decisions/",
    "/en/glossary/",
    "/en/search/",
    "/en/search/?kind=practice",
    "/en/search/?q=linen&kind=practice&kind=event&tag=linen",
    "/en/search/suggestions/?q=linen",
    "/en/search/suggestions/?q=linen&format=json",
    "/en/search/saved/",
    "/api/search?kind=topic&page_size=50",
    "/api/openapi.json",
    "/opensearch.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/en/accounts/login/",
    "/en/members/profile/",
    "/en/members/contacts/?show=accepted",
    "/en/members/contacts/?show=past",
    "/en/members/joining/?name=quod",
    "/en/members/joining/?name=linen",
    "/en/directory/map/",
    "/en/directory/map/picture.svg",
    "/en/directory/map/points/?box=-25,32,46,72&zoom=4",
    # Another language than the texts: what falls back to them must not show more of them.
    "/fr/forum/",
    "/fr/forum/feed/",
    "/fr/search/?q=linen",
    "/fr/search/?q=quod",
    "/en/forum/inbox/",
    "/en/forum/inbox/settings/",
    "/en/forum/inbox/following/",
    "/en/forum/post/drafts/",
    "/en/forum/post/preferences/",
    "/en/forum/post/members/?q=quod",
    "/en/directory/",
    "/en/directory/?region=PT11&offers=weaving",
    "/en/directory/?cluster=quodorganium",
    "/en/directory/mine/",
    "/en/directory/new/",
    "/en/proposals/",
    "/fr/directory/",
    "/en/opportunities/",
    "/en/opportunities/?offers=weaving&country=PT",
    "/en/opportunities/mine/",
    "/en/opportunities/new/",
    "/en/opportunities/interest/received/",
    "/en/opportunities/interest/sent/",
    "/fr/opportunities/",
)
# A file of a filtered list holds what that list holds: tests/directory has them.
OUTSIDE = re.compile(
    r"^/(static|media|admin|theme)/|^/en/accounts/|^/(ca|da|es|fr|pt|bg|ro)/"
    r"|^/en/directory/export\.\w+\?"
)
# Routes that no crawl reads: the editors' side, accounts, files, what only takes a form, and what
# says how the site is.
NOT_READ = re.compile(
    r"^(admin/|django-admin/|_util/|en/accounts/|media/|theme/|healthz|readyz|styleguide/)"
    r"|^documents/.*authenticate"
    r"|^en/forum/(preview/|post/<int:pk>/(delete|accept|edit)/|inbox/read/)|^mail/events/"
    r"|^en/forum/post/drafts/(save|<int:pk>/discard)/"
    # Somebody's own: who was decided about or reported, whose consent is asked, the editor who asks,
    # the author who changes tags.
    # test_what_is_somebodys_own_is_closed_to_others reads them.
    r"|^en/forum/moderation/(decisions|reports)/<uuid:reference>/"
    r"|^en/forum/topic/<int:pk>/(consent|practice|tags)/"
    # A copy of one's own data, which tests/members/test_privacy.py reads, and a button without a page.
    r"|^en/members/privacy/(copy/<uuid:pk>|stay)/"
    # For the two whom it is about: tests/members/test_contacts.py. What only takes a form beside it.
    r"|^en/members/(contacts/<int:pk>|<int:pk>/(block|unblock)|security/end)/"
    # What came of a practice: the answer of one member, which nobody else reads or gives.
    r"|^en/practice-use/"
    # An address for one account, signed, in mails only; it names no topic that its reader may not read.
    r"|^en/forum/inbox/mail/"
    # What browsers tell of clicks; somebody's own saved searches; again an address in mails only.
    r"|^en/search/(told/|saved/new/|saved/<int:pk>/|mail/)"
    # For those who look after an organisation: every cell of who may is in tests/directory.
    r"|^en/directory/(review/|invitations/|<slug:slug>/(edit|people|clusters|act)/)"
    # For those who write for an organisation, and for the two sides of an interest: tests/opportunities.
    r"|^en/opportunities/(<int:pk>/(edit|publish|renew|withdraw|matches)|interest/<int:pk>"
    r"|outcome/<int:pk>|matches/<slug:slug>)/"
    # Somebody's own proposals: tests/contributions has every reader at every state.
    r"|^en/proposals/<uuid:key>/"
    # Nothing stands at the root of the API.
    r"|^api/$"
)
ASKS_AN_ENGINE = re.compile(r"/search\b")
MOST_PAGES = 500
WORDS = {
    "draft": "quoddraftium",
    "draft_case": "quodcasium",
    "draft_event": "quodeventium",
    "group": "quodgroupium",
    "draft_of_thread": "quodthreadium",
    "pending": "quodpendium",
    "pending_topic": "quodtopium",
    "hidden": "quodhidium",
    "rejected": "quodrejectium",
    "saved": "quodsavium",
    "file": "quodfilium",
    "former": "quodformium",
    "organisation": "quodorganium",
    "opportunity": "quodopportium",
    "interest": "quodinterium",
    "contact": "quodcontactium",
    "proposal": "quodproponium",
    "person": "quodweaverium",
    "request": "quodrequestium",
    "shut_out": "quodshutium",
    "members_page": "quodmemberium",
    "members_person": "quodspinnerium",
    "members_topic": "quodshelfium",
    "members_document": "quodpaperium",
}
# What is never searched for, and so asked for in no search: see tests/forum/behind.py.
CASE_WORDS = behind.WORDS
SEARCHES = [
    f"{address}?q={word}"
    for address in ("/en/search/", "/en/search/suggestions/", "/api/search")
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
    # What no page of so small a site leads to.
    addresses: tuple[str, ...]


@pytest.fixture
def ground(home_page):
    practices, events = make_practice_index(home_page), make_event_index(home_page)
    practice = make_practice(practices, title="Linen shelf", tags=["linen"])
    make_event(events, title="Linen days", tags=["linen"])
    category = CategoryFactory(name="Linen")
    topic = make_topic(category, title="Who weaves linen?", source="We look for **linen**.")
    make_topic(category, title="Where is the shelf?", page=practice)
    author, key = MemberFactory(), uuid4()
    actions.attach(owner=author, key=key, upload=paper(name="looms.pdf"))
    answer = make_reply(topic, author, source="We do, on looms.", key=key)
    actions.edit_post(
        post=answer, editor=author, source="We do, on wide looms.", language="en", version=1
    )
    make_reply(topic, source="So do we.")
    topic.tags.add("linen")
    actions.accept_answer(post=answer, user=topic.author)
    actions.react(post=answer, user=topic.author, kind=ReactionKind.THANKS)
    mill = make_organisation(name="Linen mill", offers=["weaving"], region="PT11")
    weaver = give_role(mill, user=topic.author)
    members_actions.choose_mail(profile=weaver.profile, contact_mail=False)
    say(weaver, "", Level.CONTACTS)
    make_membership(mill, make_cluster(name="Linen cluster"))
    looms = make_opportunity(organisation=mill, title="Linen looms")
    addresses = (
        reverse("opportunities:express", args=[looms.pk]),
        # Read first: the forum's lists show what is new until the topics have been read.
        reverse("forum:about", args=[practice.pk]),
    )
    return Ground(home_page, practices, events, category, topic, addresses)


@pytest.fixture
def readers(client_for, ground):
    """Browsers by reader; none of them wrote anything that gets hidden.

    Each has read the topic, so that reading it once more changes nothing.
    """
    browsers = {
        "visitor": client_for(),
        "member": client_for(MemberFactory(approved_at=ground.topic.created_at)),
        "moderator": client_for(ModeratorFactory(approved_at=ground.topic.created_at)),
    }
    for browser in browsers.values():
        browser.get(ground.topic.get_absolute_url())
    return browsers


def read(browser: Client, address: str) -> tuple[int, str, str]:
    """(status, text without what passes, kind of content) of one address."""
    answer = browser.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code in {301, 302}:
        return answer.status_code, answer.url, "redirect"
    text = PASSING.sub("", content.decode(errors="replace"))
    return answer.status_code, text, answer.get("Content-Type", "")


def crawl(browser: Client, starts: Iterable[str]) -> dict[str, tuple[int, str]]:
    """{address: (status, text)} of everything that can be reached from these addresses.

    With Elasticsearch only what asks an engine is read: the other pages are the same.
    """
    if settings.ELASTICSEARCH_URL:
        starts = [address for address in starts if ASKS_AN_ENGINE.search(address)]
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
            waiting.append(text.replace("http://testserver", "").partition("#")[0])
        elif settings.ELASTICSEARCH_URL:
            continue
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
        actions.react(post=post, user=MemberFactory(), kind=ReactionKind.USEFUL)
        posts.append(in_state(post, state))
    actions.save_draft(
        owner=writer,
        key=uuid4(),
        topic=ground.topic,
        source=f"linen {WORDS['saved']}",
        language="en",
    )
    for post in (*posts, None):
        file = Attachment.objects.create(
            owner=writer,
            post=post,
            submission_key=post.submission_key if post else uuid4(),
            kind="pdf",
            name=f"linen {WORDS['file']}.pdf",
            size=1,
        )
    PostRevision.objects.create(
        post=ground.topic.posts.get(is_opening=True),
        version=0,
        source=f"linen {WORDS['former']}",
        html=WORDS["former"],
        language="en",
    )
    topic = make_topic(ground.category, writer, title=f"linen {WORDS['pending_topic']}")
    topic.tags.add("linen", WORDS["pending_topic"])
    in_state(topic.posts.get(), "pending")
    tell_everybody([*posts, topic.posts.get()])
    behind.put_cases(ground.topic)
    made = make_practice_of(ground.topic)
    organisations = put_organisations()
    people = put_people(ground)
    proposals = put_proposals()
    opportunities = put_opportunities(organisations)
    return [
        *people,
        *(reverse("contributions:preview", args=[one.key]) for one in proposals),
        *(picture.url for one in proposals for picture in one.pictures.all()),
        *(page_of(one).relative_url(ground.home.get_site()) for one in proposals if one.page_id),
        *(one.get_absolute_url() for one in opportunities),
        *(similar_to(one) for one in opportunities),
        *(one.get_absolute_url() for one in organisations),
        *(reverse("directory:claim", args=[one.slug]) for one in organisations),
        f"/en/forum/tag/{WORDS['pending_topic']}/",
        f"/en/forum/topic/{topic.pk}/feed/",
        f"/en/forum/topic/{topic.pk}/unread/",
        *(page.relative_url(ground.home.get_site()) for page in (draft, case, event, closed, made)),
        *(reverse(f"forum:{name}", args=[ground.topic.pk]) for name in ("practice", "consent")),
        *(reverse("forum:about", args=[page.pk]) for page in (draft, closed, made)),
        event.relative_url(ground.home.get_site()) + "calendar/",
        topic.get_absolute_url(),
        *(post.get_absolute_url() for post in posts),
        *(similar_to(one) for one in (draft, case, event, closed, topic, *posts)),
        file.url,
    ]


def similar_to(thing: Model) -> str:
    """The address of what is like something."""
    return reverse("search:similar", args=[source_of(type(thing), thing.pk)])


def put_organisations() -> list[Organisation]:
    """Organisations in every state that is not public, tied to ones that are."""
    mill = Organisation.objects.public().filter(kind="sme").get()
    cluster = Organisation.objects.public().clusters().get()
    hidden = []
    for state in OrganisationState:
        if state in PUBLIC:
            continue
        name = f"Linen {WORDS['organisation']} {state}"
        one = make_organisation(state, name=name, legal_name=name, offers=["weaving"])
        make_membership(one, cluster)
        other = make_cluster(state=state, name=name)
        make_membership(mill, other, Standing.CONFIRMED)
        hidden += [one, other]
    return hidden


def put_opportunities(interested: Iterable[Organisation]) -> list[Opportunity]:
    """Opportunities that are not open, interest in one that is, and whom its two sides would write to."""
    seen = Opportunity.objects.public().get()
    contact = {
        "contact_name": f"linen {WORDS['contact']}",
        "contact_email": f"{WORDS['contact']}@example.org",
    }
    Opportunity.objects.filter(pk=seen.pk).update(**contact)
    for state, one in zip(InterestState, interested, strict=False):
        make_interest(seen, one, state, message=f"linen {WORDS['interest']}", **contact)
    return [
        make_opportunity(
            state,
            organisation=seen.organisation,
            title=f"Linen {WORDS['opportunity']} {state}",
            **contact,
        )
        for state in OpportunityState
        if state != OpportunityState.PUBLISHED
    ]


def put_proposals() -> list[Contribution]:
    """Proposals of every kind in every state that is not public, with pictures."""
    title, member, editor = f"Linen {WORDS['proposal']}", MemberFactory(), EditorFactory()
    return [
        make_contribution(member, state, editor=editor, kind=kind, title=title, pictures=1)
        for kind, state in (
            ("practice", ProposalState.DRAFT),
            ("practice", ProposalState.SENT),
            ("case-study", ProposalState.CHANGES),
            ("event", ProposalState.SENT),
            ("event", ProposalState.DECLINED),
        )
    ]


def tell_everybody(posts: Iterable[Post]) -> None:
    """Put lines about posts into every inbox, and topics that are not public among what all follow."""
    everybody = list(User.objects.all())
    for post in posts:
        for kind in (Kind.REPLY, Kind.TOPIC, Kind.MENTION, Kind.ACCEPTED):
            # As if the post had been there for a moment, before it was waiting or hidden.
            notify(recipients=[one.pk for one in everybody], kind=kind, topic=post.topic, post=post)
    for topic in {post.topic for post in posts if post.topic.state != State.PUBLISHED}:
        TopicSubscription.objects.bulk_create(
            [TopicSubscription(user=one, topic=topic, level=Following.WATCH) for one in everybody],
            ignore_conflicts=True,
        )


def make_practice_of(topic: Topic) -> Page:
    """A draft of what the author of a reply has agreed to."""
    editor, post = EditorFactory(), topic.posts.get(number=2)
    proposal = actions.ask_consent(topic=topic, editor=editor, posts=[post])
    actions.answer_consent(
        proposal=proposal, author=post.author, agreed=[post.pk], naming=Naming.NAME
    )
    return actions.make_practice(
        proposal=proposal, editor=editor, title=WORDS["draft_of_thread"], language="en"
    )


def say(person: User, word: str, level: Level) -> None:
    """Have a person say a word in every part of the profile, for those of a level; the page is open."""
    profile = person.profile
    profile.organisation, profile.bio, profile.languages = word, word, [word]
    profile.save(update_fields=["organisation", "bio", "languages"])
    members_actions.update_details(
        profile=profile, position=word, town=word, telephone=word, links=[word] if word else []
    )
    members_actions.choose_visibility(
        profile=profile,
        levels=dict.fromkeys(Part, level) | {Part.PAGE: Level.PUBLIC},
        accepts_requests=True,
        is_listed=True,
    )


def put_people(ground: Ground) -> list[str]:
    """Parts of a profile and a request that two people see, and somebody who is shut out."""
    weaver, other = ground.topic.author, MemberFactory()
    say(weaver, f"linen {WORDS['person']}", Level.CONTACTS)
    texts = dict.fromkeys(("about", "message"), f"linen {WORDS['request']}")
    request = members_actions.ask_for_contact(
        sender=other, recipient=weaver, language="en", **texts
    )
    members_actions.accept_contact(request=request, user=weaver, language="en")
    mill = Organisation.objects.public().filter(kind="sme").get()
    gone = give_role(mill, user=MemberFactory(name=f"Linen {WORDS['shut_out']}", is_active=False))
    say(gone, f"linen {WORDS['shut_out']}", Level.PUBLIC)
    return [reverse("members:person", args=[gone.pk])]


def put_before_members(ground: Ground) -> list[str]:
    """Show things to members only; their addresses."""
    page = restrict(make_page(ground.home, WORDS["members_page"], slug="members-only"))
    restrict(make_event(ground.events, title=f"Linen {WORDS['members_page']}", slug="closed"))
    say(ground.topic.author, WORDS["members_person"], Level.MEMBERS)
    shelf = CategoryFactory(name="Back room", slug="back-room", audience="members")
    topic = make_topic(shelf, title=f"linen {WORDS['members_topic']}")
    topic.tags.add("linen", WORDS["members_topic"])
    answer = make_reply(topic, source=f"linen {WORDS['members_topic']}")
    actions.accept_answer(post=answer, user=topic.author)
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
        *(similar_to(one) for one in (page, topic, document)),
        f"/en/forum/tag/{WORDS['members_topic']}/",
        f"/en/forum/topic/{topic.pk}/feed/",
        f"/en/forum/topic/{topic.pk}/unread/",
        document.url,
    ]


def assert_unchanged(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> None:
    """Compare two readings of the site, and name the addresses where they differ."""
    differing = {address for address in before | after if before.get(address) != after.get(address)}
    assert not differing


def routes(patterns: list, before: str = "") -> Iterable[str]:
    """Every route of these patterns, as `resolve` names it."""
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_the_crawl_reads_everything_that_can_be_read(ground, readers):
    """A new address that no link leads to belongs into STARTS, so that the words are looked for there too."""
    put_before_members(ground)
    pages = crawl(readers["member"], (*STARTS, *SEARCHES, *ground.addresses))
    english = [address for address in pages if not address.startswith("/fr/")]
    read_routes = {resolve(address.partition("?")[0]).route for address in english}
    known = set(routes(get_resolver().url_patterns))
    assert {route for route in known - read_routes if not NOT_READ.search(route)} == set()
    for page in Page.objects.live().filter(depth__gt=1, locale__language_code="en"):
        if page.relative_url(ground.home.get_site()) is not None:
            assert page.url in pages, page
    calendars = {address for address in pages if address.endswith("/calendar/")}
    assert len(calendars) == 1 + EventPage.objects.count()


@in_each_engine
def test_what_is_nobodys_to_see_leaves_no_trace(ground, readers, refresh_search):
    addresses = (*STARTS, *SEARCHES, *ground.addresses)
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
    addresses = (*STARTS, *SEARCHES, *ground.addresses)
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
    # No engine finds people.
    person = reverse("members:person", args=[ground.topic.author_id])
    member[person] = read(readers["member"], person)[:2]
    for name in ("members_page", "members_person", "members_topic", "members_document"):
        word = WORDS[name]
        assert any(word in text and word not in address for address, (_, text) in member.items())


def test_what_is_somebodys_own_is_closed_to_others(ground, readers, client_for, settings):
    """Cases, consents and the moderators' pages, by those whom they do not concern."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    outsider = ModeratorFactory()
    ModeratorScope.objects.create(user=outsider, languages=["fr"])
    strangers = {**readers, "outsider": client_for(outsider), "editor": client_for(EditorFactory())}
    # She looks after this topic, and reads what belongs to that.
    del strangers["moderator"]
    cases = behind.put_cases(ground.topic)
    make_practice_of(ground.topic)
    asked = reverse("forum:consent", args=[ground.topic.pk])
    for name, browser in strangers.items():
        for address in (*cases.closed, asked, *cases.by_reference):
            answer = browser.get(address, follow=True)
            text = answer.content.decode()
            where = f"{name} at {address}"
            is_shown = answer.status_code == 200 and "login" not in answer.request["PATH_INFO"]
            assert is_shown is (address in cases.by_reference), where
            # The receipt is for whoever was given its address, and says what was answered.
            told = {CASE_WORDS["report_answer"]} if is_shown else set()
            assert {word for word in CASE_WORDS.values() if word in text} <= told, where
        for address in ("/en/forum/moderation/decisions/", "/admin/forum/", "/admin/"):
            text = browser.get(address, follow=True).content.decode()
            assert not [word for word in CASE_WORDS.values() if word in text], f"{name}: {address}"
    assert (
        strangers["member"].get(reverse("forum:practice", args=[ground.topic.pk])).status_code
        == 404
    )
    # The same eyes do find it where it may be seen, so the silence above means something.
    assert CASE_WORDS["appeal"] in readers["moderator"].get(cases.closed[-2]).content.decode()


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
    actions.reject_post(
        post=post, moderator=moderator, version=post.version, reason="Off topic", grounds=a_rule()
    )
    assert {address for mail in mailoutbox for address in mail.to} == {author.email}


def test_no_mail_tells_of_what_is_nobodys_to_see(ground, readers, mailoutbox):
    everybody = list(User.objects.all())
    rhythms = cycle([Frequency.AT_ONCE, Frequency.DAILY])
    for user, frequency in zip(everybody, rhythms, strict=False):
        NotificationPreferences.objects.create(
            user=user, frequency=frequency, digest_at=timezone.now() - timedelta(days=2)
        )
        SavedSearch.objects.create(
            user=user,
            name="linen",
            text="linen",
            language="en",
            rhythm=Rhythm.DAILY,
            told_at=timezone.now() - timedelta(days=2),
        )
    put_behind_the_scenes(ground)
    seen = make_reply(ground.topic, source="A visible canary of linen")
    tell_everybody([seen])
    mailing.send_digests()
    # What appears is told a few minutes later, once all of it is committed.
    search_mailing.send_due(timezone.now() + timedelta(minutes=10))
    # The writer of what is hidden may read the own texts; everybody else is told of the one reply.
    addresses = {user.email for user in everybody}
    mails = [mail for mail in mailoutbox if mail.to[0] in addresses]
    texts = [mail.subject + mail.body + mail.alternatives[0].content for mail in mails]
    told = [mail.to[0] for mail, text in zip(mails, texts, strict=True) if "visible canary" in text]
    assert set(told) == addresses
    words = (*WORDS.values(), *CASE_WORDS.values())
    assert not [word for word in words if any(word in text for text in texts)]
    found = [text for text in texts if "New in your search" in text]
    assert len(found) == len(everybody)
    assert all("Who weaves linen?" in text for text in found)
