"""The organisations of the demo: the real ones with sources, the invented ones marked."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from demo import accounts, organisations
from demo.registry import Registry
from demo.source import read
from directory import counts
from directory.models import (
    Claim,
    ClusterMembership,
    ExcellenceLabel,
    Organisation,
    OrganisationRole,
)
from directory.states import PUBLIC, State
from directory.vocabulary import Role
from members.actions import settle_all
from members.models import User

pytestmark = pytest.mark.django_db

REAL = 10
MEMBERS, NEWCOMERS = 40, 5
SAMPLES = {
    "sme": 60,
    "scaling_up": 8,
    "large": 6,
    "public_organisation": 6,
    "training_provider": 3,
    "cluster": 1,
}


@pytest.fixture
def loaded():
    registry = Registry()
    people = accounts.load(registry)
    organisations.load(registry, people)
    return people


def test_the_numbers_by_place_follow_the_demo(loaded):
    assert counts.drifts() == []
    assert counts.numbered({}).total() == Organisation.objects.public().count()


def test_what_is_there_after_loading_once_and_twice(loaded):
    real = Organisation.objects.filter(is_sample=False)
    assert real.count() == REAL
    assert all(one.is_cluster and one.is_public and one.sources.exists() for one in real)
    # Nobody of the demo looks after a real organisation, and none has a contact.
    assert not real.exclude(roles=None).exists()
    assert not real.exclude(contact_email="").exists()
    for kind, number in SAMPLES.items():
        samples = Organisation.objects.filter(is_sample=True, kind=kind)
        assert samples.count() == number, kind
        assert all("(sample)" in one.name for one in samples)
    assert Organisation.objects.exclude(latitude=None).count() == Organisation.objects.count()
    assert set(Organisation.objects.values_list("state", flat=True)) == set(State) - {
        State.ARCHIVED
    }
    alphabets = "".join(Organisation.objects.values_list("name", flat=True))
    assert {"Ж", "Ț", "ã", "å", "É"} & set(alphabets.title()) >= {"Ț", "É"}
    assert any("а" <= letter <= "я" for letter in alphabets)
    places = Organisation.objects.filter(kind="sme").values_list("region", flat=True)
    numbers = {region: list(places).count(region) for region in set(places)}
    assert len(numbers) == 8
    assert min(numbers.values()) >= 6
    # Forty people in every role, who are members by the rule, and some who are on the way there.
    assert settle_all() == 0
    assert User.objects.members().count() == MEMBERS
    roles = OrganisationRole.objects.filter(user__in=User.objects.members())
    assert set(roles.values_list("role", flat=True)) == set(Role)
    assert set(Claim.objects.values_list("state", flat=True)) == {"open", "refused"}
    assert User.objects.waiting().count() == NEWCOMERS
    assert [one.email for one in User.objects.waiting().overdue()] == [
        "newcomer.overdue@example.org"
    ]
    assert not mail.outbox
    assert ClusterMembership.objects.requested().exists()
    assert ExcellenceLabel.objects.filter(level="silver", awarded_on="2023-12-22").exists()
    before = Organisation.objects.count(), ClusterMembership.objects.count()
    registry = Registry()
    organisations.load(registry, loaded)
    assert registry.made == 0
    assert (Organisation.objects.count(), ClusterMembership.objects.count()) == before
    assert Organisation.objects.filter(state__in=PUBLIC).count() == sum(SAMPLES.values()) + REAL - 3


# What identifies a real cluster, and what is put together from the rest.
NO_FACTS = {"key", "name", "summary", "sources", "labels", "website"}


@pytest.mark.parametrize("row", read("clusters"), ids=lambda row: row["key"])
def test_every_fact_about_a_real_cluster_has_a_source(row):
    known = {column for source in row["sources"] for column in source["of"]}
    assert row.keys() - NO_FACTS == known
    assert all(one["url"] for one in (*row["sources"], *row.get("labels", ())))
    # The address is the cluster's own: something is said there.
    hosts = {urlsplit(source["url"]).hostname for source in row["sources"]}
    assert "website" not in row or urlsplit(row["website"]).hostname in hosts
    assert "clamtex.eu" not in row.get("website", "")


def test_no_real_cluster_is_said_to_have_confirmed_anything(loaded, client):
    real = Organisation.objects.filter(is_sample=False)
    assert not [one for one in real if one.sources.filter(seen_on=None).exists()]
    page = client.get(real.order_by("pk")[0].get_absolute_url()).content.decode()
    assert "Public sources, as of" in page
    assert "Confirmed on" not in page
    table = b"".join(client.get("/en/directory/export.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["is_sample"] for row in rows if not row["confirmed_on"]} == {"no"}
    assert sum(not row["confirmed_on"] for row in rows) == REAL
    # Whoever confirms it then stands behind it.
    cluster = real.order_by("pk")[0]
    Organisation.objects.filter(pk=cluster.pk).update(
        confirmed_at=timezone.now() + timedelta(days=400)
    )
    assert "Confirmed on" in client.get(cluster.get_absolute_url()).content.decode()
