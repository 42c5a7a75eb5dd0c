"""Whoever may enter the admin shows a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mfa_required(settings):
    settings.MFA_REQUIRED_FOR_STAFF = True


@pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
def test_without_one_the_admin_leads_to_its_set_up(client_for, request, role):
    user = request.getfixturevalue(role)
    answer = client_for(user).get(reverse("wagtailadmin_home"))
    assert answer.url == reverse("mfa_index")


def test_with_one_the_admin_opens(client_for, editor):
    TOTP.activate(editor, "JBSWY3DPEHPK3PXP")
    assert client_for(editor).get(reverse("wagtailadmin_home")).status_code == 200


def test_a_member_needs_none(client_for, member):
    assert client_for(member).get(reverse("members:profile")).status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/login/", "/admin/nothing/"])
def test_to_a_member_the_admin_is_missing(client_for, member, path):
    assert client_for(member).get(path, follow=True).status_code == 404


def test_a_visitor_is_asked_to_log_in_first(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"{reverse('account_login')}?next=")


def test_a_setting_turns_it_off_for_the_demo(client_for, editor, settings):
    settings.MFA_REQUIRED_FOR_STAFF = False
    assert client_for(editor).get(reverse("wagtailadmin_home")).status_code == 200


def test_the_log_in_asks_for_the_code(client, editor):
    editor.set_password("linen-and-wool-42")
    editor.save()
    editor.emailaddress_set.create(email=editor.email, verified=True, primary=True)
    TOTP.activate(editor, "JBSWY3DPEHPK3PXP")
    answer = client.post(
        reverse("account_login"), {"login": editor.email, "password": "linen-and-wool-42"}
    )
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=editor).count() == 1
