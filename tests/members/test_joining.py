"""The second step: find one's organisation or begin a new one, and see what has become of it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from directory import actions as directory
from directory.models import Claim
from directory.states import State
from directory.vocabulary import Role
from tests.factories.directory import give_role, in_state, make_cluster, make_organisation
from tests.factories.members import CoordinatorFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("members:joining")


@pytest.fixture
def person():
    user = UserFactory()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def text_of(browser, address, **query):
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_is_asked_to_log_in(client, address):
    assert client.get(address).url.startswith(reverse("account_login"))


def test_who_logs_in_is_led_here_until_a_member(client, person, address):
    for user, place in ((person, address), (MemberFactory(), reverse("members:profile"))):
        user.set_password("linen-and-wool-42")
        user.save()
        EmailAddress.objects.update_or_create(
            user=user, defaults={"email": user.email, "verified": True, "primary": True}
        )
        entered = {"login": user.email, "password": "linen-and-wool-42"}
        assert client.post(reverse("account_login"), entered).url == place
        client.logout()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Fiação", True),
        ("NOVA fia", True),
        ("fiacao", True),
        ("  nova ", True),
        ("ação", False),
        ("Hidden", False),
    ],
)
def test_an_organisation_is_found_by_the_beginning_of_any_word(
    client_for, person, address, typed, found
):
    mill = make_organisation(name="Fiação Nova")
    make_organisation(State.DRAFT, name="Hidden mill")
    text = text_of(client_for(person), address, name=typed)
    assert (f"{reverse('directory:claim', args=[mill.slug])}?next={address}" in text) is found
    assert ("No organisation of this name" in text) is not found
    assert "Hidden mill" not in text
    # What was typed goes along to the form of a new one, and stays in this one.
    assert typed.strip() in text
    link = reverse("directory:new")
    assert f'href="{link}?name={quote(typed.strip())}"' in text
    assert f'name="name" value="{typed.strip()}"' in text_of(
        client_for(person), link, name=typed.strip()
    )


@pytest.mark.parametrize("typed", ["", "  ", "--", "x" * 201, "a\0b"])
def test_what_cannot_be_looked_for_is_told_at_the_field(client_for, person, address, typed):
    answer = client_for(person).get(address, {"name": typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]


def test_many_of_one_name_are_cut_and_that_is_said(client_for, person, address):
    for number in range(22):
        make_organisation(name=f"Mill of the river {number}")
    text = text_of(client_for(person), address, name="river")
    assert text.count("I belong to it") == 20
    assert "There are more" in text


def test_queries_do_not_grow(client_for, person, address, django_assert_max_num_queries):
    browser = client_for(person)
    for number in range(12):
        mill = make_organisation(name=f"River {number}")
        if number < 4:
            directory.claim(organisation=mill, claimant=person, message="Mine.", role=Role.READER)
        elif number < 8:
            give_role(in_state(mill, State.DRAFT), Role.EDITOR, person)
    browser.get(address)
    with django_assert_max_num_queries(30):
        text_of(browser, address, name="river")


def test_a_late_answer_is_called_late(client_for, person, address):
    mill = make_organisation(name="Fiação Nova")
    directory.claim(organisation=mill, claimant=person, message="Mine.", role=Role.READER)
    assert "They have until" in text_of(client_for(person), address)
    Claim.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "Their answer was due on" in text_of(client_for(person), address)


def test_from_a_request_to_its_answer(client_for, person, address):
    mill = make_organisation(name="Fiação Nova")
    owner, browser = give_role(mill), client_for(person)
    claim = f"{reverse('directory:claim', args=[mill.slug])}?next={address}"
    answer = browser.post(claim, {"role": "reader", "message": "I spin."}, follow=True)
    assert answer.redirect_chain[-1][0] == address
    text = answer.content.decode()
    assert "Your request is on its way" in text
    assert "Administrators of the organisation" in text
    assert "wait for its answer" in text_of(browser, address, name="nova")
    made = Claim.objects.get()
    directory.decide_claim(claim=made, actor=owner, granted=False, answer="We do not know you.")
    text = text_of(browser, address)
    assert "We do not know you." in text
    assert "One step is left" in text
    assert claim in text
    browser.post(claim, {"role": "editor", "message": "I am the new spinner."})
    made = Claim.objects.get(state="open")
    directory.decide_claim(claim=made, actor=owner, granted=True)
    text = text_of(browser, address)
    assert "You are a member." in text
    assert "Not granted" in text
    assert mill.roles.get(user=person).role == Role.EDITOR


def test_an_invitation_is_accepted_here_by_its_confirmed_address_only(client_for, person, address):
    mill = make_organisation(name="Fiação Nova")
    made = directory.invite(
        organisation=mill,
        email=person.email.upper(),
        role=Role.READER,
        actor=give_role(mill),
        language="en",
    )
    link, browser = reverse("directory:invitation", args=[made.word]), client_for(person)
    assert link not in text_of(client_for(UserFactory()), address)
    EmailAddress.objects.update(verified=False)
    assert link not in text_of(browser, address)
    EmailAddress.objects.update(verified=True)
    assert link in text_of(browser, address)
    browser.post(link)
    assert "You are a member." in text_of(browser, address)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CHANGES, State.ARCHIVED])
def test_who_belongs_to_what_is_not_published_reads_what_is_missing(
    client_for, person, address, state
):
    mill = make_organisation(state)
    give_role(mill, user=person)
    text = text_of(client_for(person), address)
    assert "when your organisation is published" in text
    assert str(state.label) in text
    assert reverse("directory:manage", args=[mill.slug]) in text


def test_a_request_to_what_has_left_the_site_says_so(client_for, person, address):
    mill = make_organisation()
    directory.claim(organisation=mill, claimant=person, message="Mine.", role=Role.READER)
    directory.archive(organisation=mill, actor=CoordinatorFactory(), version=mill.version)
    text = text_of(client_for(person), address)
    assert "no longer on the site" in text
    assert mill.get_absolute_url() not in text


def test_the_profile_says_what_is_missing(client_for, person, address):
    profile = reverse("members:profile")
    assert address in text_of(client_for(person), profile)
    assert address not in text_of(client_for(MemberFactory()), profile)


def test_a_name_that_follows_from_a_place_is_not_typed(client_for, person):
    browser, profile = client_for(person), reverse("members:profile")
    assert 'name="organisation"' in text_of(browser, profile)
    give_role(make_cluster(), Role.READER, person)
    assert 'name="organisation"' not in text_of(browser, profile)
