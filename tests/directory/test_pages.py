"""The list, its files and the profile: what a visitor finds, and what nobody sees."""

import csv
import io
import json
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from core import searchable
from directory.facets import FACETS
from directory.models import Organisation
from directory.states import PUBLIC, Standing, State
from directory.vocabulary import Role
from events.models import EventPage
from search.models import SearchEntry
from tests.factories.directory import (
    give_role,
    in_state,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.members import CoordinatorFactory, MemberFactory

pytestmark = pytest.mark.django_db

LIST = "/en/directory/"


def names(response):
    return [
        unescape(name)
        for name in re.findall(r'card__link" href="[^"]+">([^<]+)<', response.content.decode())
    ]


@pytest.fixture
def filled():
    cluster = make_cluster(name="Fibre Cluster")
    mill = make_organisation(
        name="Recycler",
        strategies=["recycling"],
        roles=["recycling"],
        languages=["pt"],
        certifications=["grs"],
        offers=["recycling"],
        seeks=["sorting"],
        value_chains=["circular_economy"],
    )
    make_organisation(name="Weaver", town="Terrassa", country="ES", offers=["weaving"])
    make_organisation(name="Big Recycler", kind="large", strategies=["recycling"], staff=900)
    make_membership(mill, cluster)
    return mill


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Big Recycler", "Fibre Cluster", "Recycler", "Weaver"]),
        ("kind=sme&region=PT11&strategy=recycling", ["Recycler"]),
        ("country=es", ["Weaver"]),
        ("kind=sme&kind=large&region=PT11", ["Big Recycler", "Recycler"]),
        ("value_chain=circular_economy", ["Recycler"]),
        ("role=recycling", ["Recycler"]),
        ("offers=weaving&offers=recycling", ["Recycler", "Weaver"]),
        ("seeks=sorting", ["Recycler"]),
        ("language=pt", ["Recycler"]),
        ("certification=grs", ["Recycler"]),
        ("cluster=fibre-cluster", ["Recycler"]),
        ("seeks=weaving", []),
    ],
)
def test_filters_stand_in_the_address_and_rule_list_and_files(client, filled, query, expected):
    page = client.get(f"{LIST}?{query}")
    assert names(page) == expected
    assert f">{len(expected)} organisation" in re.sub(r">\s+", ">", page.content.decode())
    table = client.get(f"{LIST}export.csv?{query}")
    text = b"".join(table.streaming_content).decode("utf-8-sig")
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == expected
    points = json.loads(client.get(f"{LIST}export.geojson?{query}").content)
    assert [one["properties"]["name"] for one in points["features"]] == expected


def test_counts_say_what_one_more_tick_brings(client, filled):
    page = client.get(f"{LIST}?country=PT").content.decode()
    shown = re.findall(
        r'name="(\w+)"\s+value="([\w-]+)"\s+(?:checked)?>\s*<span>[^<]+</span>\s*<span class="filters__count">(\d+)',
        page,
    )
    counts = {(name, value): int(number) for name, value, number in shown}
    assert counts["country", "ES"] == 1
    assert counts["country", "PT"] == 3
    assert counts["strategy", "recycling"] == 2
    assert ("offers", "weaving") not in counts


def test_what_is_not_understood_is_said_and_gives_no_file(client, filled):
    page = client.get(f"{LIST}?country=Atlantis")
    assert "Atlantis" in page.content.decode()
    assert len(names(page)) == 4
    assert client.get(f"{LIST}export.csv?country=Atlantis").status_code == 404


def test_pages_follow_one_another_and_back(client):
    for number in range(30):
        make_organisation(name=f"Mill {number:02}")
    first = client.get(LIST)
    after = unescape(re.search(r'rel="next"\s+href="([^"]+)"', first.content.decode())[1])
    second = client.get(after)
    assert names(first) + names(second) == [f"Mill {number:02}" for number in range(30)]
    before = unescape(re.search(r'rel="prev"\s+href="([^"]+)"', second.content.decode())[1])
    assert names(client.get(before)) == names(first)


def test_a_text_that_looks_like_a_formula_stays_a_text(client):
    make_organisation(name='=HYPERLINK("http://x")')
    text = b"".join(client.get(f"{LIST}export.csv").streaming_content).decode()
    assert "\"'=HYPERLINK" in text


class TestVisibility:
    READERS = {
        "visitor": lambda organisation: None,
        "member": lambda organisation: MemberFactory(),
        "other_administrator": lambda organisation: give_role(make_organisation()),
        "reader": lambda organisation: give_role(organisation, Role.READER),
        "administrator": lambda organisation: give_role(organisation),
        "cluster": lambda organisation: asked_cluster(organisation),
        "coordinator": lambda organisation: CoordinatorFactory(),
    }
    SEE_ALL = {"reader", "administrator", "cluster", "coordinator"}

    @pytest.mark.parametrize("who", READERS)
    def test_every_state_and_reader(self, client_for, who):
        organisation = make_organisation(State.DRAFT, name="Quodorganium")
        reader = self.READERS[who](organisation)
        browser: Client = client_for(reader)
        for state in State:
            in_state(organisation, state)
            is_seen = state in PUBLIC or who in self.SEE_ALL
            answer = browser.get(organisation.get_absolute_url())
            assert answer.status_code == (200 if is_seen else 404), state
            # Lists and files are for everybody, so they hold what is public only.
            listed = "Quodorganium" in browser.get(LIST).content.decode()
            points = "Quodorganium" in browser.get(f"{LIST}export.geojson").content.decode()
            assert listed is points is (state in PUBLIC), state
            known = searchable.for_model(Organisation)
            assert (known.entry(organisation) is not None) is (state in PUBLIC)

    def test_a_cluster_that_is_not_public_is_not_named(self, client):
        mill, cluster = make_organisation(), make_cluster(name="Quodclusterium")
        make_membership(mill, cluster)
        for addresses in (mill.get_absolute_url(), LIST):
            assert "Quodclusterium" in client.get(addresses).content.decode()
        in_state(cluster, State.ARCHIVED)
        for addresses in (mill.get_absolute_url(), LIST, f"{LIST}export.csv"):
            answer = client.get(addresses)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert b"Quodclusterium" not in content
            assert cluster.slug.encode() not in content

    def test_nobody_reads_a_contact_or_a_turnover(self, client):
        mill = make_organisation(
            contact_email="quod@example.org", staff=5, turnover=Decimal("1.23")
        )
        everything = b""
        for address in (
            mill.get_absolute_url(),
            LIST,
            f"{LIST}export.csv",
            f"{LIST}export.geojson",
        ):
            answer = client.get(address)
            everything += b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"quod@example.org" not in everything
        assert b"1.23" not in everything


def asked_cluster(organisation):
    cluster = make_cluster()
    make_membership(organisation, cluster, Standing.REQUESTED)
    return give_role(cluster)


def test_a_profile_says_what_it_is_and_who_names_it(client, home_page):
    from tests.factories.events import make_event, make_event_index

    mill = make_organisation(name="Mill <b>", legal_name="Mill Ltd", offers=["weaving"])
    event = make_event(make_event_index(home_page), title="Open day")
    EventPage.objects.filter(pk=event.pk).update(organiser="Mill Ltd")
    page = client.get(mill.get_absolute_url()).content.decode()
    assert "Mill &lt;b&gt;" in page
    assert "Open day" in page
    assert "badge--sample" in page
    data = json.loads(re.search(r'ld\+json">(.+?)</script>', page)[1])
    assert data["@type"] == "Organization"
    assert data["name"] == "Mill <b>"
    assert data["address"]["addressLocality"] == "Porto"
    assert mill.get_absolute_url() in client.get("/sitemap.xml").content.decode()


def test_search_hears_of_publication_and_of_the_end():
    from directory import actions

    mill = make_organisation(State.SUBMITTED, name="Quodsearchium")
    coordinator = CoordinatorFactory()
    alive = SearchEntry.objects.filter(title="Quodsearchium", is_deleted=False)
    assert not alive.exists()
    actions.publish(organisation=mill, actor=coordinator, version=mill.version)
    entry = alive.get()
    assert (entry.kind, entry.audience) == ("organisation", "|public|")
    assert entry.facets["country"] == ["PT"]
    actions.archive(organisation=mill, actor=coordinator, version=mill.version)
    assert not alive.exists()


def test_the_filters_are_the_ones_that_are_promised():
    assert [facet.name for facet in FACETS] == [
        *("kind", "country", "region", "value_chain", "role", "strategy"),
        *("offers", "seeks", "language", "certification", "cluster"),
    ]
    assert reverse("directory:index") == LIST
