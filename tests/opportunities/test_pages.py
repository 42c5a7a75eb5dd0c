"""The list and the page of an opportunity, as everybody reads them."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.states import State as OrganisationState
from opportunities import actions
from opportunities.models import Opportunity
from opportunities.states import InterestState, State
from tests.factories.directory import in_state as organisation_in_state
from tests.factories.directory import make_organisation
from tests.factories.members import CoordinatorFactory, MemberFactory
from tests.factories.opportunities import (
    in_state,
    make_interest,
    make_opportunity,
    make_writer,
)

pytestmark = pytest.mark.django_db

LIST = "/en/opportunities/"


def titles(client, address=LIST):
    html = client.get(address).content.decode()
    return re.findall(r'<a class="card__link" href="[^"]+">([^<]+)</a>', html)


def test_the_list_holds_what_is_open_the_newest_first(client):
    for state in State:
        make_opportunity(state, title=f"It is {state}")
    make_opportunity(
        title="Of a mill that left", organisation=make_organisation(OrganisationState.ARCHIVED)
    )
    make_opportunity(title="The newest")
    assert titles(client) == ["The newest", "It is published"]
    # One whose last day has passed is gone before any job has run.
    Opportunity.objects.filter(title="The newest").update(
        term_from=timezone.localdate() - timedelta(days=9),
        expires_on=timezone.localdate() - timedelta(days=1),
    )
    assert titles(client, f"{LIST}?language=en") == ["It is published"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=offer", ["In Porto"]),
        ("type=request&type=offer", ["In Terrassa", "In Porto"]),
        ("country=PT", ["In Porto"]),
        ("value_chain=digital", ["In Terrassa"]),
        ("offers=weaving", ["In Porto"]),
        ("seeks=sorting", ["In Terrassa"]),
        ("partner=research", ["In Terrassa"]),
        ("language=ca", ["In Terrassa"]),
        ("language=ca&country=PT", []),
    ],
)
def test_the_address_narrows_the_list(client, query, found):
    make_opportunity(title="In Porto", organisation=make_organisation())
    make_opportunity(
        title="In Terrassa",
        type="request",
        organisation=make_organisation(town="Terrassa", country="ES"),
        value_chains=["digital"],
        offers=[],
        seeks=["sorting"],
        partners=["research"],
        language="ca",
    )
    assert titles(client, f"{LIST}?{query}") == found
    count = client.get(f"{LIST}?{query}").context["total"]
    assert count == len(found)


def test_what_is_not_understood_is_left_out_and_named(client):
    make_opportunity()
    answer = client.get(f"{LIST}?type=gift&country=PT")
    assert answer.context["ignored"] == "gift"
    assert answer.context["total"] == 1


def test_a_page_says_what_there_is_and_machines_read_it(client):
    mill = make_organisation(name="Weaver")
    opportunity = make_opportunity(
        organisation=mill, advantages="Short ways.", countries=["ES"], partners=["sme"]
    )
    answer = client.get(opportunity.get_absolute_url())
    html = answer.content.decode()
    for text in ("Weaver", "Short ways.", "Spain", "Last update", "Open until", "Weaving"):
        assert text in html
    found = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', html)[1])
    assert found["makesOffer"]["name"] == opportunity.title
    assert found["makesOffer"]["validThrough"] == opportunity.expires_on.isoformat()
    request = make_opportunity(type="request", organisation=mill)
    html = client.get(request.get_absolute_url()).content.decode()
    found = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', html)[1])
    assert found["seeks"]["@type"] == "Demand"


# By state, who finds the page.
READERS = """
              visitor  member  writer  interested  coordinator
draft         no       no      yes     no          no
published     yes      yes     yes     yes         yes
expired       no       no      yes     yes         yes
withdrawn     no       no      yes     yes         yes
"""


def rows_of(table):
    heading, *rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], dict(zip(heading, row[1:], strict=True))) for row in rows]


@pytest.mark.parametrize(("state", "readers"), rows_of(READERS))
def test_who_finds_the_page(client_for, state, readers):
    opportunity = make_opportunity(State.PUBLISHED)
    other = make_organisation()
    make_interest(opportunity, other, InterestState.SENT)
    if state == "draft":
        opportunity = make_opportunity(State.DRAFT)
    else:
        in_state(opportunity, State(state))
    people = {
        "visitor": None,
        "member": MemberFactory(approved_at=timezone.now()),
        "writer": make_writer(opportunity.organisation),
        "interested": make_writer(other),
        "coordinator": CoordinatorFactory(),
    }
    for who, answer in readers.items():
        status = client_for(people[who]).get(opportunity.get_absolute_url()).status_code
        assert status == (200 if answer == "yes" else 404), who


def test_a_profile_names_its_opportunities_that_are_open(client):
    mill = make_organisation()
    make_opportunity(organisation=mill, title="Looms for rent")
    make_opportunity(State.DRAFT, organisation=mill, title="Looms to come")
    html = client.get(mill.get_absolute_url()).content.decode()
    assert "Looms for rent" in html
    assert "Looms to come" not in html


def test_search_finds_what_is_open_and_nothing_else(client):
    mill = make_organisation()
    writer = make_writer(mill)
    opportunity = make_opportunity(organisation=mill, title="Quixotic looms")

    def found():
        html = client.get("/en/search/?q=quixotic&kind=opportunity").content.decode()
        return opportunity.get_absolute_url() in html

    assert found()
    organisation_in_state(mill, OrganisationState.ARCHIVED)
    assert not found()
    organisation_in_state(mill, OrganisationState.PUBLISHED)
    assert found()
    in_state(opportunity, State.EXPIRED)
    assert not found()
    end = timezone.localdate() + timedelta(days=9)
    actions.renew(
        opportunity=opportunity, actor=writer, version=opportunity.version, expires_on=end
    )
    assert found()
    actions.withdraw(opportunity=opportunity, actor=writer, version=opportunity.version)
    assert not found()


def test_the_sitemap_names_it_in_its_language(client):
    opportunity = make_opportunity(language="fr")
    make_opportunity(State.EXPIRED)
    text = client.get("/sitemap.xml").content.decode()
    assert f"/fr/opportunities/{opportunity.pk}/" in text
    assert text.count("/opportunities/") == 1


def test_own_pages_ask_to_log_in(client):
    opportunity = make_opportunity()
    names = ("mine", "new", "received", "sent")
    addresses = [reverse(f"opportunities:{name}") for name in names]
    addresses += [
        reverse(f"opportunities:{name}", args=[opportunity.pk])
        for name in ("manage", "renew", "withdraw", "express", "interest", "outcome")
    ]
    for address in addresses:
        assert "/accounts/login/" in client.get(address).url


def test_an_organisation_shows_its_own_opportunities_and_not_those_of_a_namesake(client):
    mill, namesake = (make_organisation(name="Weavers (sample)") for _time in range(2))
    make_opportunity(organisation=mill, title="Looms of the one")
    make_opportunity(organisation=namesake, title="Looms of the other")
    page = client.get(mill.get_absolute_url()).content.decode()
    assert "Looms of the one" in page
    assert "Looms of the other" not in page
