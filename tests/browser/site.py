"""A small site with every page type, for tests that visit them all. The forum's pages: test_forum_pages.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from directory.models import Invitation, Organisation
from directory.states import State
from directory.vocabulary import Role
from forum import actions
from forum.models.reactions import ReactionKind
from opportunities.models import FollowUp
from opportunities.states import InterestState
from opportunities.terms import CHECKS
from opportunities.vocabulary import Side
from tests.factories.bestpractices import (
    make_case_study,
    make_full_practice,
    make_image,
    make_practice_index,
)
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.home import make_page, make_section
from tests.factories.opportunities import make_interest, make_opportunity, make_writer


@dataclass(frozen=True)
class Addresses:
    """Paths by who can read them; `member` is somebody of an organisation and of a cluster."""

    public: list[str]
    members: list[str]
    coordinators: list[str]
    member: Any


def build_site(home_page: Page) -> Addresses:
    """Make one page of every type, a forum with a thread, and say where everything is."""
    image = make_image()
    practices, events = make_practice_index(home_page), make_event_index(home_page)
    practice = make_full_practice(practices, listing_image=image)
    case_study = make_case_study(practices, practices_used=[practice])
    event = make_event(events, title="Repair days", venue="Market hall", city="Porto")
    section = make_section(home_page, "Guides")
    about = make_page(section, "How the platform works")
    category = CategoryFactory(name="Repair", slug="repair")
    topic = make_topic(
        category,
        title="Which thread for jeans?",
        source="> strong\n\n- cotton\n- core-spun\n\n`40 tex`",
    )
    answer = make_reply(topic, source="Core-spun, *always*.")
    actions.accept_answer(post=answer, user=topic.author)
    actions.react(post=answer, user=topic.author, kind=ReactionKind.USEFUL)
    topic.tags.add("Repair")
    mill = make_organisation(
        town="Vila Nova de Famalicão",
        strategies=["recycling"],
        roles=["fabric"],
        offers=["weaving"],
        seeks=["sorting"],
        staff=20,
    )
    cluster = make_cluster()
    make_membership(mill, cluster)
    looms = make_opportunity(organisation=mill)
    knitter = make_organisation(name="Knitter (sample)")
    member = make_writer(mill, Role.ADMINISTRATOR)
    give_role(cluster, user=member)
    make_membership(make_organisation(State.SUBMITTED, name="Dye house (sample)"), cluster)
    pages = [home_page, practices, practice, case_study, events, event, section, about]
    topic_path = topic.get_absolute_url()
    return Addresses(
        public=[
            *(page.specific.url for page in pages),
            f"{practices.url}?value_chain=fashion_textile&q=nothing",
            "/en/forum/",
            category.get_absolute_url(),
            topic_path,
            "/en/forum/latest/",
            "/en/forum/unanswered/",
            "/en/forum/tag/repair/",
            "/en/directory/",
            "/en/directory/?country=PT&seeks=spinning",
            mill.get_absolute_url(),
            cluster.get_absolute_url(),
            "/en/directory/map/?layer=kind",
            "/en/glossary/",
            "/en/opportunities/",
            looms.get_absolute_url(),
            "/en/search/",
            "/en/search/?q=repair",
            "/en/search/?q=nothinglikethis",
            "/en/search/?kind=practice&kind=topic&sort=date",
            "/en/accounts/login/",
            "/en/accounts/signup/",
            "/en/accounts/password/reset/",
            "/en/no-such-page/",
        ],
        members=[
            "/en/members/profile/",
            f"/en/members/joining/?name={mill.name.split()[0]}",
            "/en/directory/mine/",
            "/en/directory/new/",
            "/en/directory/review/",
            f"{knitter.get_absolute_url()}claim/",
            _invitation(knitter, member),
            "/en/members/privacy/",
            "/en/accounts/email/",
            "/en/accounts/2fa/",
            "/en/accounts/2fa/totp/activate/",
            "/en/members/security/",
            "/en/members/visibility/",
            "/en/members/contacts/",
            "/en/members/contacts/mail/",
            f"/en/members/{topic.author_id}/",
            f"/en/members/{topic.author_id}/contact/",
            "/en/opportunities/mine/",
            "/en/opportunities/new/",
            *_dealings(looms, knitter),
            "/en/proposals/",
            "/en/proposals/new/practice/",
            "/en/search/saved/",
            "/en/search/?q=repair&kind=practice",
        ],
        coordinators=[reverse("members_admin:waiting"), reverse("directory_admin:import")],
        member=member,
    )


def _invitation(organisation: Organisation, user: Any) -> str:
    made = Invitation.objects.create(
        organisation=organisation,
        email=user.email,
        role=Role.EDITOR,
        language="en",
        expires_at=timezone.now() + timedelta(days=9),
    )
    return reverse("directory:invitation", args=[made.word])


def _dealings(looms: Any, other: Organisation) -> list[str]:
    """The pages of somebody's own opportunity, and of interest in it and in another's."""
    accepted = make_interest(looms, other, InterestState.ACCEPTED)
    asked = FollowUp.objects.create(interest=accepted, side=Side.OWNER, day=CHECKS[0])
    yarns = make_opportunity(organisation=other, title="Yarns (sample)")
    make_interest(yarns, looms.organisation)
    return [
        *(reverse(f"opportunities:{name}", args=[looms.pk]) for name in ("manage", "matches")),
        reverse("opportunities:organisation_matches", args=[looms.organisation.slug]),
        reverse("opportunities:express", args=[make_opportunity(organisation=other).pk]),
        reverse("opportunities:received"),
        reverse("opportunities:sent"),
        reverse("opportunities:interest", args=[accepted.pk]),
        reverse("opportunities:outcome", args=[asked.pk]),
    ]
