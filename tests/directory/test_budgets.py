"""How many queries a visitor's page costs: the page itself cold, what all pages share warm."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import searchable
from directory.models import NaceDivision, Organisation, Source
from tests.factories.directory import make_cluster, make_membership, make_organisation

# Real commits: inside a transaction that changed content nothing shared is kept.
pytestmark = pytest.mark.django_db(transaction=True)

LIST, PROFILE = 15, 12
ADDRESS = "/en/directory/"


def full(**values):
    return make_organisation(
        strategies=["recycling"],
        roles=["fabric"],
        languages=["pt", "en"],
        certifications=["grs"],
        exports=["DK", "FR"],
        nace=NaceDivision.objects.get(pk="13.20"),
        offers=["weaving", "recycling"],
        seeks=["sorting"],
        staff=20,
        **values,
    )


@pytest.fixture
def filled(home_page):
    cluster = make_cluster()
    for number in range(4):
        mill = full(name=f"Mill {number}")
        make_membership(mill, cluster)
    Source.objects.create(organisation=mill, fact="A fact", url="https://example.org")
    return mill, cluster


def queries(client, address, other):
    for alias in caches:
        caches[alias].clear()
    # Another page, so that navigation and names are known.
    client.get(other)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        assert answer.status_code == 200
        assert not answer.streaming or b"".join(answer.streaming_content)
    return [query["sql"] for query in captured]


def test_queries_are_few_and_the_same_whatever_the_number(client, filled):
    mill, cluster = filled
    addresses = {
        ADDRESS: (f"{ADDRESS}?country=BG", LIST),
        f"{ADDRESS}?region=PT11&strategy=recycling&offers=weaving&cluster={cluster.slug}": (
            f"{ADDRESS}?country=BG",
            LIST,
        ),
        f"{ADDRESS}export.csv": (f"{ADDRESS}?country=BG", LIST),
        f"{ADDRESS}export.geojson": (f"{ADDRESS}?country=BG", LIST),
        mill.get_absolute_url(): (f"{ADDRESS}mill-1/", PROFILE),
        cluster.get_absolute_url(): (f"{ADDRESS}mill-1/", PROFILE),
    }
    few = {}
    for address, (other, most) in addresses.items():
        found = queries(client, address, other)
        assert len(found) <= most, "\n".join([address, *found])
        few[address] = len(found)
    known = searchable.for_model(Organisation)
    with CaptureQueriesContext(connection) as one:
        assert all(known.entry(row) for row in known.queryset()[:1])
    for number in range(10):
        make_membership(full(name=f"More {number}"), cluster)
        make_membership(mill, make_cluster())
    for address, (other, _most) in addresses.items():
        found = queries(client, address, other)
        assert len(found) <= few[address], "\n".join([address, *found])
    with CaptureQueriesContext(connection) as all_of_them:
        assert all(known.entry(row) for row in known.queryset())
    assert len(all_of_them) <= len(one)
