"""Who speaks: a person of an organisation in a cluster, as far as the person says so and the directory confirms it."""

import re

import pytest

from directory.models import OrganisationRole
from directory.states import Standing, State
from tests.factories.directory import give_role, make_cluster, make_membership, make_organisation
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

NAME = "Fio Reciclado (sample)"
LINK = re.compile(r'<a href="(/en/directory/[^"]+)">' + re.escape(NAME))


@pytest.fixture
def mill():
    return make_organisation(name=NAME, legal_name="Fio Lda (sample)")


@pytest.fixture
def author(mill):
    return named(give_role(mill))


def named(user, name=NAME):
    user.profile.organisation = name
    user.profile.save()
    return user


def shown(client, topic):
    return client.get(topic.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", [NAME, "Fio Lda (sample)"])
def test_the_organisation_is_linked_and_its_cluster_stands_beside_it(client, mill, author, name):
    make_membership(mill, make_cluster(name="Thread Cluster (sample)"))
    topic = make_topic(author=named(author, name))
    text = shown(client, topic)
    assert f'<a href="{mill.get_absolute_url()}">{name}</a>' in text
    assert "Thread Cluster (sample)" in text


@pytest.mark.parametrize(
    "standing", [one for one in Standing if one is not Standing.CONFIRMED], ids=str
)
def test_only_a_confirmed_cluster(client, mill, author, standing):
    make_membership(mill, make_cluster(name="Thread Cluster (sample)"), standing)
    text = shown(client, make_topic(author=author))
    assert LINK.search(text)
    assert "Thread Cluster" not in text


def test_a_name_alone_proves_nothing(client, mill):
    make_membership(mill, make_cluster(name="Thread Cluster (sample)"))
    text = shown(client, make_topic(author=named(MemberFactory())))
    assert NAME in text
    assert not LINK.search(text)
    assert "Thread Cluster" not in text


def test_a_role_is_not_told_of_by_others(client, mill):
    make_membership(mill, make_cluster(name="Thread Cluster (sample)"))
    text = shown(client, make_topic(author=named(give_role(mill), "")))
    assert "Fio" not in text
    assert "Thread Cluster" not in text


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.ARCHIVED], ids=str)
def test_nothing_of_an_organisation_or_a_cluster_that_is_not_public(client, state):
    hidden = make_organisation(state, name=NAME)
    mill = make_organisation(name="Open Mill (sample)")
    make_membership(mill, make_organisation(state, kind="cluster", name="Thread Cluster (sample)"))
    topic = make_topic(author=named(give_role(hidden)))
    make_reply(topic, named(give_role(mill), "Open Mill (sample)"))
    text = shown(client, topic)
    assert not LINK.search(text)
    assert f'<a href="{mill.get_absolute_url()}">' in text
    assert "Thread Cluster" not in text


def test_who_leaves_takes_the_badge_along_and_the_thread_stays(client, mill, author):
    make_membership(mill, make_cluster(name="Thread Cluster (sample)"))
    topic = make_topic(author=author, title="Who spins?")
    OrganisationRole.objects.all().delete()
    text = shown(client, topic)
    assert "Who spins?" in text
    assert not LINK.search(text)
    assert "Thread Cluster" not in text
