"""What becomes of accounts from the time in which a confirmed address made a member."""

from importlib import import_module

import pytest
from django.apps import apps

from members import actions
from members.models import User
from tests.factories.members import AdministratorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
migration = import_module("members.migrations.0006_members_stand_alone")


def test_whoever_was_a_member_stays_one_and_nobody_else_becomes_one():
    was, staff, gone = MemberFactory(), AdministratorFactory(), MemberFactory(is_active=False)
    never = UserFactory()
    User.objects.update(stands_alone=False)
    migration.keep_members(apps, None)
    assert actions.settle_all() == 0
    told = User.objects.in_bulk([one.pk for one in (was, staff, gone, never)])
    assert [told[one.pk].stands_alone for one in (was, staff, gone, never)] == [
        *(True, True, True),
        False,
    ]
    assert told[was.pk].is_member
    assert not told[never.pk].is_member
