"""The pages of those who write for an organisation: nothing typed is lost, nobody else gets in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opportunities.models import Opportunity
from opportunities.states import InterestState, State
from tests.factories.directory import make_organisation
from tests.factories.members import CoordinatorFactory, MemberFactory
from tests.factories.opportunities import make_interest, make_opportunity, make_writer

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"opportunities:{name}", args=args)


@pytest.fixture
def mill():
    return make_organisation(name="Weaver")


@pytest.fixture
def browser(client_for, mill):
    return client_for(make_writer(mill))


def typed(**values):
    """What the form sends."""
    return {
        "type": "offer",
        "title": "Looms with free days",
        "language": "en",
        "summary": "Two looms.",
        "description": "Linen and hemp.",
        "value_chains": ["fashion_textile"],
        "offers": ["weaving"],
        "seeks": ["sorting"],
        "partners": ["sme"],
        "countries": ["ES"],
        "activities": ["13.20"],
        "expires_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "contact_name": "The weaving room",
        "contact_email": "looms@example.org",
        **values,
    }


def test_from_nothing_to_the_site(browser, mill, client):
    page = browser.get(at("new"))
    assert page.status_code == 200
    answer = browser.post(at("new"), {**typed(), "organisation": mill.slug})
    opportunity = Opportunity.objects.get()
    assert answer.url == at("manage", opportunity.pk)
    assert client.get(opportunity.get_absolute_url()).status_code == 404
    page = browser.get(answer.url)
    assert page.context["missing"] == []
    assert {row.code for row in opportunity.criteria.all()} == {"weaving", "sorting", "sme"}
    done = browser.post(at("publish", opportunity.pk), {"version": opportunity.version})
    assert done.url == opportunity.get_absolute_url()
    assert client.get(done.url).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 151),
        ("type", "gift"),
        ("expires_on", "yesterday"),
        ("expires_on", "2001-01-01"),
        ("expires_on", "9999-12-31"),
        ("deadline", "9999-12-31"),
        ("contact_email", "nobody"),
        ("offers", ["magic"]),
        ("countries", ["XX"]),
        ("activities", ["99999"]),
    ],
)
def test_what_cannot_be_stored_comes_back_with_its_error(browser, mill, field, value):
    sent = {**typed(summary="Kept words."), "organisation": mill.slug, field: value}
    for address in (at("new"), at("manage", make_opportunity(State.DRAFT, organisation=mill).pk)):
        answer = browser.post(address, {**sent, "version": 0})
        assert answer.status_code == 422
        assert answer.context["form"].errors[field]
        assert "Kept words." in answer.content.decode()
    assert Opportunity.objects.count() == 1


def test_an_edit_over_somebody_elses_is_told_and_kept(browser, mill):
    opportunity = make_opportunity(organisation=mill)
    sent = typed(title="My words", version=opportunity.version)
    browser.post(at("manage", opportunity.pk), {**typed(title="Hers"), "version": 0})
    answer = browser.post(at("manage", opportunity.pk), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "in the meantime" in html
    assert 'value="My words"' in html
    # Sent again as it stands, it is stored.
    again = answer.context["form"].data["version"]
    assert browser.post(at("manage", opportunity.pk), {**sent, "version": again}).status_code == 302
    assert Opportunity.objects.get().title == "My words"


def test_an_ended_one_keeps_its_end_until_it_is_renewed(browser, mill):
    opportunity = make_opportunity(State.EXPIRED, organisation=mill)
    end = opportunity.expires_on
    sent = {**typed(title="New words"), "version": opportunity.version}
    assert browser.post(at("manage", opportunity.pk), sent).status_code == 302
    opportunity.refresh_from_db()
    assert (opportunity.title, opportunity.expires_on) == ("New words", end)
    for bad in ("", "2001-01-01", "9999-12-31"):
        answer = browser.post(
            at("renew", opportunity.pk), {"version": opportunity.version, "expires_on": bad}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors["expires_on"]
    day = (timezone.localdate() + timedelta(days=200)).isoformat()
    browser.post(at("renew", opportunity.pk), {"version": opportunity.version, "expires_on": day})
    opportunity.refresh_from_db()
    assert (opportunity.state, opportunity.renewals) == (State.PUBLISHED, 1)
    assert "renewed 1 time" in browser.get(at("manage", opportunity.pk)).content.decode()


def test_a_coordinators_withdrawal_asks_for_its_reason(client_for, mill):
    opportunity = make_opportunity(organisation=mill)
    browser = client_for(CoordinatorFactory())
    assert (
        at("withdraw", opportunity.pk)
        in browser.get(opportunity.get_absolute_url()).content.decode()
    )
    sent = {"version": opportunity.version}
    answer = browser.post(at("withdraw", opportunity.pk), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"]
    browser.post(at("withdraw", opportunity.pk), {**sent, "reason": "Advertising."})
    opportunity.refresh_from_db()
    assert opportunity.state == State.WITHDRAWN


@pytest.mark.parametrize("who", ["visitor", "member", "other writer", "coordinator"])
def test_nobody_else_gets_in(client_for, mill, who):
    people = {
        "visitor": None,
        "member": MemberFactory(approved_at=timezone.now()),
        "other writer": make_writer(make_organisation()),
        "coordinator": CoordinatorFactory(),
    }
    browser = client_for(people[who])
    opportunity = make_opportunity(State.DRAFT, organisation=mill)
    for name in ("manage", "publish", "renew", "withdraw", "express"):
        address = at(name, opportunity.pk)
        for answer in (browser.get(address), browser.post(address, {"version": 0})):
            assert answer.status_code in ({302} if who == "visitor" else {404, 405}), name
    opportunity.refresh_from_db()
    assert opportunity.state == State.DRAFT


def test_whoever_writes_for_nobody_is_told_what_is_needed(client_for):
    browser = client_for(MemberFactory(approved_at=timezone.now()))
    for address in (at("new"), at("mine")):
        assert "approved member" in browser.get(address).content.decode()


def test_mine_says_what_waits(browser, mill):
    opportunity = make_opportunity(organisation=mill, title="Mine")
    make_opportunity(title="Not mine")
    for state in InterestState:
        make_interest(opportunity, state=state)
    html = browser.get(at("mine")).content.decode()
    assert "Mine" in html
    assert "Not mine" not in html
    assert "1 expression of interest waits for your answer" in html


def test_a_version_that_is_no_number_is_missing(browser, mill):
    opportunity = make_opportunity(State.DRAFT, organisation=mill)
    for version in ("", "x", "-1", "9" * 30, "²"):
        answer = browser.post(at("publish", opportunity.pk), {"version": version})
        assert answer.status_code == 404
