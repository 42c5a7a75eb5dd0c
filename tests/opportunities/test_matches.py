"""Suggested matches from the tables: narrowed by the database, and the same as comparing everybody with everybody."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Organisation
from directory.states import State as OrganisationState
from directory.vocabulary import Role
from opportunities.matching import best
from opportunities.models import Opportunity
from opportunities.parties import (
    opportunities_for,
    organisations_for,
    party_of_opportunity,
    party_of_organisation,
)
from opportunities.states import State
from tests.factories.directory import make_organisation
from tests.factories.members import CoordinatorFactory
from tests.factories.opportunities import make_opportunity, make_writer

pytestmark = pytest.mark.django_db

PLACES = [("Porto", "PT"), ("Terrassa", "ES"), ("Nantes", "FR")]
CAPABILITIES = ["weaving", "sorting", "training", "repair"]
MOST_QUERIES = 30
CHAINS = ["fashion_textile", "digital", "circular_economy"]


@pytest.fixture(params=[4, 5])
def crowd(request):
    """Twelve organisations with an opportunity each, drawn from a fixed seed."""
    draw = random.Random(request.param)

    def some(values, most=2):
        return draw.sample(values, draw.randint(0, most))

    for number in range(12):
        town, country = draw.choice(PLACES)
        mill = make_organisation(
            town=town,
            country=country,
            kind=draw.choice(["sme", "research"]),
            value_chains=some(CHAINS),
            offers=some(CAPABILITIES),
            seeks=some(CAPABILITIES),
            languages=some(["pt", "fr", "en"]),
        )
        make_opportunity(
            organisation=mill,
            type=draw.choice(["offer", "request", "project", "host"]),
            language=draw.choice(["en", "fr"]),
            value_chains=some(CHAINS),
            activities=some(["13.20", "38.32"]),
            countries=some(["PT", "FR"], 1),
            offers=some(CAPABILITIES),
            seeks=some(CAPABILITIES),
            partners=some(["sme", "research"], 1),
            title=f"Number {number}",
        )
    make_opportunity(State.EXPIRED, offers=CAPABILITIES, seeks=CAPABILITIES)
    make_organisation(OrganisationState.DRAFT, offers=CAPABILITIES, seeks=CAPABILITIES)


def told(matches):
    """What a match says, in the order of the list."""
    return [(match.other.key, match.rank, match.reasons) for match in matches]


def test_the_query_finds_what_comparing_all_of_them_finds(crowd):
    mills = [party_of_organisation(one) for one in Organisation.objects.public()]
    rows = Opportunity.objects.public().select_related("organisation")
    opportunities = [party_of_opportunity(one) for one in rows]
    found = 0
    for mine in (*mills, *opportunities):
        for ask, everybody in (
            (organisations_for, mills),
            (opportunities_for, opportunities),
        ):
            expected = told(best(mine, everybody, most=12))
            found += len(expected)
            # However few are wanted, they are the first of all.
            for most in (1, 3, 12):
                assert told(one.match for one in ask(mine, most=most)) == expected[:most]
    assert found > 50


def test_one_query_finds_them_and_one_reads_them_whatever_the_number(crowd):
    mine = party_of_organisation(make_organisation(offers=["weaving"], seeks=["sorting"]))
    for ask in (organisations_for, opportunities_for):
        with CaptureQueriesContext(connection) as captured:
            ask(mine)
        assert len(captured) == 2


def test_a_match_found_from_the_one_side_is_found_from_the_other():
    sorter = make_organisation(offers=["sorting"], country="FR", town="Nantes", languages=["fr"])
    weaver = make_organisation(seeks=["sorting"], languages=["fr"])
    (there,) = organisations_for(party_of_organisation(weaver))
    (back,) = organisations_for(party_of_organisation(sorter))
    assert (there.row, back.row) == (sorter, weaver)
    assert there.match.rank == back.match.rank


def test_the_page_costs_few_queries_whatever_the_number(crowd, client_for):
    weaver = make_organisation(seeks=["sorting"], offers=["weaving"], languages=["fr"])
    writer = client_for(make_writer(weaver))
    address = reverse("opportunities:organisation_matches", args=[weaver.slug])
    numbers = []
    for _attempt in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert writer.get(address).status_code == 200
        numbers.append(len(captured))
        sorter = make_organisation(offers=["sorting"], languages=["fr"])
        make_opportunity(organisation=sorter, offers=["sorting"])
    # Inside a transaction names, navigation and the generation are read anew; 13 where they are known.
    assert numbers[1] == numbers[0] <= MOST_QUERIES


def test_its_people_read_the_reasons_and_nobody_else(client_for):
    weaver = make_organisation(seeks=["sorting"], languages=["fr"])
    mine = make_opportunity(organisation=weaver, offers=[], seeks=["sorting"])
    sorter = make_organisation(
        name="Sorter", offers=["sorting"], country="FR", town="Nantes", languages=["fr"]
    )
    make_opportunity(organisation=sorter, offers=["sorting"], title="Sorting in Nantes")
    writer = client_for(make_writer(weaver))
    addresses = [
        reverse("opportunities:matches", args=[mine.pk]),
        reverse("opportunities:organisation_matches", args=[weaver.slug]),
    ]
    strangers = [
        make_writer(weaver, Role.READER),
        make_writer(sorter),
        CoordinatorFactory(),
    ]
    for address in addresses:
        html = writer.get(address).content.decode()
        for text in (
            "Sorting in Nantes",
            "Sorter",
            "You seek and they offer: Sorting",
            "Same value chain",
            "Common language: Français",
            "Different countries: Portugal and France",
        ):
            assert text in html
        for stranger in strangers:
            assert client_for(stranger).get(address).status_code == 404
