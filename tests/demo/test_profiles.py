"""Profiles of the demo: what a visitor, a member and an accepted contact see of one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from members.models import ContactRequest, User
from members.parts import Part
from members.states import ContactState
from members.visibility import visible_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.slow]

SPINNER, MEMBER = "spinning@example.org", "member@example.org"


@pytest.mark.parametrize(
    ("reader", "sees", "does_not_see"),
    [
        (None, {Part.PAGE, Part.POSITION, Part.PLACE}, {Part.BIO, Part.LINKS, Part.EMAIL}),
        ("dyehouse@example.org", {Part.BIO, Part.LINKS}, {Part.EMAIL, Part.TELEPHONE}),
        (MEMBER, {Part.EMAIL, Part.TELEPHONE}, set()),
    ],
)
def test_each_reader_sees_another_page(client, reader, sees, does_not_see):
    spinner = User.objects.get(email=SPINNER)
    who = AnonymousUser()
    if reader is not None:
        who = User.objects.get(email=reader)
        client.force_login(who)
    shown = visible_fields(spinner.profile, who)
    assert sees <= shown
    assert not does_not_see & shown
    page = client.get(reverse("members:person", args=[spinner.pk]))
    assert page.status_code == 200
    assert ("+351 000 000 000" in page.content.decode()) is (Part.TELEPHONE in shown)


def test_one_request_waits_for_the_member_of_the_demo_and_one_was_accepted(demo):
    received = ContactRequest.objects.filter(recipient__email=MEMBER)
    assert set(received.values_list("state", flat=True)) == {
        ContactState.OPEN,
        ContactState.ACCEPTED,
    }
    assert demo == []
