"""Each group may do what its work needs, and no more."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_four_groups_are_there():
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Members",
        "Editors",
        "Moderators",
        "Coordinators",
    }


@pytest.mark.parametrize("name", ["wagtailimages:add", "wagtaildocs:add"])
@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("moderator", 302), ("administrator", 200)]
)
def test_who_adds_images_and_documents(client_for, request, settings, name, role, status):
    settings.MFA_REQUIRED_FOR_STAFF = False
    browser = client_for(request.getfixturevalue(role))
    assert browser.get(reverse(name)).status_code == status


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        ("member", "wagtailadmin.access_admin", False),
        ("editor", "wagtailadmin.access_admin", True),
        ("moderator", "wagtailadmin.access_admin", True),
        ("editor", "members.change_user", False),
        ("editor", "directory.change_region", True),
        ("editor", "directory.delete_region", False),
        ("moderator", "directory.change_region", False),
        ("moderator", "wagtailcore.publish_page", False),
        ("editor", "forum.moderate_post", False),
        ("moderator", "forum.moderate_post", True),
    ],
)
def test_what_a_role_may_do(request, role, permission, allowed):
    assert request.getfixturevalue(role).has_perm(permission) is allowed
