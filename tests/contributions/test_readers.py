"""Who sees what: a proposal, its preview and its pictures in every state, by every kind of reader."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contributions.models import Contribution
from contributions.states import State
from core.searchable import registered
from tests.factories.contributions import make_contribution
from tests.factories.members import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practices")]

SECRET = "quodproponium"
READERS = {
    "visitor": lambda _owner: None,
    "registered": lambda _owner: UserFactory(),
    "member": lambda _owner: MemberFactory(),
    "moderator": lambda _owner: ModeratorFactory(),
    "coordinator": lambda _owner: CoordinatorFactory(),
    "editor": lambda _owner: EditorFactory(),
    "administrator": lambda _owner: AdministratorFactory(),
    "owner": lambda owner: owner,
}
EDITORS = ("editor", "administrator")
WITH_EDITORS = (State.SENT, State.CHANGES)


@pytest.mark.parametrize("state", list(State))
def test_readers_by_state(state, weaver, reviewer, client_for):
    found = make_contribution(weaver, state, editor=reviewer, title=f"Bins {SECRET}", pictures=1)
    pictures = [one.url for one in found.pictures.all()]
    overview = found.get_absolute_url()
    preview = reverse("contributions:preview", args=[found.key])
    steps = [
        reverse(f"contributions:{name}", args=[found.key])
        for name in ("about", "story", "facts", "pictures")
    ]
    for name, make in READERS.items():
        browser = client_for(make(weaver))
        sees = name == "owner" or (name in EDITORS and state in WITH_EDITORS)
        writes = name == "owner" and state in (State.DRAFT, State.CHANGES)
        for address, may in (
            *((one, sees) for one in (overview, preview, *pictures)),
            *((one, writes) for one in steps),
        ):
            answer = browser.get(address)
            where = f"{name} at {address}"
            if name == "visitor" and address not in (preview, *pictures):
                assert answer.status_code == 302, where
                assert "login" in answer.url, where
                continue
            assert answer.status_code == (200 if may else 404), where
            if not may:
                assert SECRET.encode() not in answer.content, where


@pytest.mark.parametrize("state", [State.DRAFT, State.SENT, State.CHANGES, State.DECLINED])
def test_nothing_of_it_shows_on_the_site(state, weaver, reviewer, client_for, practices, home_page):
    make_contribution(weaver, state, editor=reviewer, title=f"Bins {SECRET}", pictures=1)
    for person in (None, MemberFactory(), ModeratorFactory()):
        browser = client_for(person)
        for address in (
            home_page.url,
            practices.url,
            f"/en/search/?q={SECRET}",
            "/sitemap.xml",
            *((reverse("contributions:mine"),) if person else ()),
        ):
            answer = browser.get(address)
            text = answer.content.decode().replace(f"q={SECRET}", "").replace(f'"{SECRET}"', "")
            assert f"Bins {SECRET}" not in text, address


def test_search_knows_nothing_of_it():
    assert Contribution not in {one.model for one in registered()}


@pytest.mark.parametrize(
    ("make", "sees"),
    [
        (lambda: None, False),
        (UserFactory, False),
        (MemberFactory, True),
        (EditorFactory, True),
    ],
)
def test_the_ways_to_propose_stand_where_members_look(make, sees, client_for, practices):
    browser = client_for(make())
    listed = browser.get(practices.url).content.decode()
    assert ("Propose a best practice" in listed) is sees
    assert ("Propose a case study" in listed) is sees
    begun = browser.get(reverse("contributions:new", args=["practice"]))
    assert (begun.status_code == 200) is sees
    assert browser.get(reverse("contributions:new", args=["poem"])).status_code in (302, 404)


def test_the_account_pages_lead_to_it(client_for, weaver):
    text = client_for(weaver).get("/en/members/profile/").content.decode()
    assert reverse("contributions:mine") in text


@pytest.mark.parametrize(
    ("state", "act", "may"),
    [
        (State.DRAFT, "withdraw", False),
        (State.SENT, "withdraw", True),
        (State.CHANGES, "withdraw", False),
        (State.PUBLISHED, "withdraw", False),
        (State.DECLINED, "withdraw", False),
        (State.DRAFT, "discard", True),
        (State.SENT, "discard", False),
        (State.CHANGES, "discard", True),
        (State.PUBLISHED, "discard", False),
        (State.DECLINED, "discard", True),
    ],
)
def test_acts_by_state_and_reader(state, act, may, weaver, reviewer, client_for):
    found = make_contribution(weaver, state, editor=reviewer)
    address = reverse(f"contributions:{act}", args=[found.key])
    data = {"version": found.version}
    for stranger in (MemberFactory(), ModeratorFactory(), EditorFactory()):
        assert client_for(stranger).post(address, data).status_code == 404
    before = found.state
    assert client_for(weaver).post(address, data).status_code == 302
    after = Contribution.objects.filter(pk=found.pk).values_list("state", flat=True).first()
    assert (after != before) is may


class TestBudgets:
    def queries(self, browser, address):
        for alias in caches:
            caches[alias].clear()
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    def test_the_list_costs_the_same_with_more_rows(self, weaver, client_for):
        browser = client_for(weaver)
        make_contribution(weaver)
        few = self.queries(browser, reverse("contributions:mine"))
        for _number in range(4):
            make_contribution(weaver)
        assert self.queries(browser, reverse("contributions:mine")) <= few <= 15

    # What all pages share is asked anew here: inside a test's transaction nothing of it is kept.
    @pytest.mark.parametrize(("name", "most"), [("contribution", 22), ("story", 18), ("send", 22)])
    def test_pages(self, weaver, client_for, name, most):
        made = make_contribution(weaver, pictures=2)
        address = reverse(f"contributions:{name}", args=[made.key])
        assert self.queries(client_for(weaver), address) <= most
