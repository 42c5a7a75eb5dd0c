"""Places gained and lost at the same moment, in threads, on PostgreSQL."""

import threading

import pytest
from django.db import connection, connections

from directory import actions as directory
from directory.models import Organisation, OrganisationRole
from directory.vocabulary import Role
from members.models import User
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import CoordinatorFactory, UserFactory

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def at_once(*acts):
    """Run the acts in threads that start together; whatever they raise fails the test."""
    barrier, broken = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=20)
            act()
        except Exception as error:  # noqa: BLE001 (told in the main thread)
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not broken, broken


def test_two_places_gained_and_lost_at_once(mailoutbox):
    if connection.vendor != "postgresql":
        pytest.fail("this test needs PostgreSQL: locks do nothing on SQLite")
    person, coordinator = UserFactory(), CoordinatorFactory()
    first, second = make_organisation(), make_organisation()

    def give(key):
        return lambda: directory.add_role(
            organisation=Organisation.objects.get(pk=key),
            user=User.objects.get(pk=person.pk),
            role=Role.READER,
            actor=coordinator,
        )

    at_once(give(first.pk), give(second.pk))
    assert User.objects.get(pk=person.pk).is_member
    assert [mail.to for mail in mailoutbox] == [[person.email]]

    def leave():
        held = OrganisationRole.objects.select_related("user", "organisation")
        directory.remove_role(held=held.get(user=person, organisation=first), actor=coordinator)

    def archive():
        organisation = Organisation.objects.get(pk=second.pk)
        directory.archive(
            organisation=organisation, actor=coordinator, version=organisation.version
        )

    at_once(leave, archive)
    assert not User.objects.get(pk=person.pk).is_member


def test_a_place_given_while_its_organisation_leaves_the_site_makes_no_member():
    person, coordinator, mill = UserFactory(), CoordinatorFactory(), make_organisation()
    give_role(mill)

    def archive():
        organisation = Organisation.objects.get(pk=mill.pk)
        directory.archive(
            organisation=organisation, actor=coordinator, version=organisation.version
        )

    def give():
        directory.add_role(
            organisation=Organisation.objects.get(pk=mill.pk),
            user=User.objects.get(pk=person.pk),
            role=Role.READER,
            actor=coordinator,
        )

    at_once(archive, give)
    assert not User.objects.get(pk=person.pk).is_member
