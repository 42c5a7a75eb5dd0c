"""Who registers confirms the address first; a member is who belongs to an organisation then."""

import re

import pytest
from django.urls import reverse

from members.models import User

pytestmark = pytest.mark.django_db(transaction=True)

PERSON = {
    "name": "Buyer at a knitwear firm (sample)",
    "country": "BG",
    "email": "New.Person@Example.org",
    "password1": "linen-and-wool-42",
    "password2": "linen-and-wool-42",
    "agrees": "on",
}


def register(client, **changes):
    return client.post(reverse("account_signup"), {**PERSON, **changes}, follow=True)


def confirmation_path(mailoutbox):
    return re.search(r"https?://[^/]+(/\S+confirm-email/\S+)", mailoutbox[-1].body).group(1)


def test_a_person_who_has_confirmed_the_address_is_led_to_the_second_step(client, mailoutbox):
    register(client)
    user = User.objects.get()
    assert (user.email, user.name, user.is_member) == (
        "new.person@example.org",
        PERSON["name"],
        False,
    )
    assert (user.profile.organisation, user.profile.country_id) == ("", "BG")

    client.post(confirmation_path(mailoutbox))
    page = client.post(
        reverse("account_login"),
        {"login": PERSON["email"], "password": PERSON["password1"]},
        follow=True,
    )
    assert page.redirect_chain[-1][0] == reverse("members:joining")
    assert "One step is left" in page.content.decode()
    user.refresh_from_db()
    assert not user.is_member
    assert not user.groups.exists()


def test_nobody_logs_in_before_confirming(client, mailoutbox):
    register(client)
    client.logout()
    client.post(
        reverse("account_login"), {"login": PERSON["email"], "password": PERSON["password1"]}
    )
    assert "_auth_user_id" not in client.session


def test_the_form_does_not_tell_who_has_an_account(client, mailoutbox):
    register(client)
    client.logout()
    again = register(client, email="new.person@example.org")
    assert again.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"country": "Narnia"}, "country"),
        ({"email": "no address"}, "email"),
        ({"password1": "12345678", "password2": "12345678"}, "password1"),
        ({"password2": "another"}, "password2"),
        ({"name": "x" * 151}, "name"),
        ({"agrees": ""}, "agrees"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_nothing_typed_is_lost(client, changes, field):
    page = register(client, **changes)
    assert field in page.context["form"].errors
    kept = next(value for name, value in PERSON.items() if name not in changes)
    assert kept in page.content.decode()
    assert not User.objects.exists()


def test_mail_comes_in_the_language_of_the_page(client, mailoutbox):
    client.post("/fr/accounts/signup/", PERSON)
    assert User.objects.get().language == "fr"
    assert "/fr/accounts/confirm-email/" in mailoutbox[0].body


def test_log_in_attempts_are_limited(client, member):
    answers = [
        client.post(
            reverse("account_login"), {"login": member.email, "password": f"wrong-{attempt}"}
        )
        for attempt in range(8)
    ]
    assert any("Too many failed" in answer.content.decode() for answer in answers)


def test_the_mail_names_the_site(client, mailoutbox):
    register(client)
    (mail,) = mailoutbox
    assert mail.subject == "[Fashion Platform] Please confirm your e-mail address"
    assert mail.body.startswith("Hello from Fashion Platform!")
    assert "register an account on localhost." in mail.body
