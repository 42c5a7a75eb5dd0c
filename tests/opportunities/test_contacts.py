"""Whom to write to is shown to the two sides of an accepted interest, and to nobody else, nowhere."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from core import privacy
from directory.models import DirectoryLog
from directory.states import OtherAct
from opportunities import actions
from opportunities.models import Interest, Opportunity
from opportunities.states import InterestState
from search.models import SearchEntry
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import CoordinatorFactory, MemberFactory
from tests.factories.opportunities import make_interest, make_opportunity, make_writer

pytestmark = pytest.mark.django_db

OWNERS, OTHERS = "zephyrowner", "zephyrother"
WORDS = (OWNERS, OTHERS)


def contact(word):
    return {"contact_name": f"The {word}", "contact_email": f"{word}@example.org"}


def make(state):
    opportunity = make_opportunity(**contact(OWNERS))
    return make_interest(opportunity, state=state, **contact(OTHERS))


def addresses(interest):
    opportunity = interest.opportunity
    return [
        "/en/opportunities/",
        "/en/opportunities/?offers=weaving",
        opportunity.get_absolute_url(),
        opportunity.organisation.get_absolute_url(),
        interest.organisation.get_absolute_url(),
        *(reverse(f"opportunities:{name}") for name in ("mine", "received", "sent")),
        reverse("opportunities:interest", args=[interest.pk]),
        reverse("opportunities:express", args=[opportunity.pk]),
        *(f"/en/search/?q={word}" for word in (*WORDS, "looms")),
        f"/en/search/suggestions/?q={OWNERS[:6]}",
        "/api/search?q=looms",
        "/en/directory/export.csv",
        "/en/directory/export.geojson",
        "/sitemap.xml",
    ]


def words_in(browser, address):
    answer = browser.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # The question of a search is repeated on its page.
    text = content.decode().replace(f'value="{OWNERS}"', "").replace(f'value="{OTHERS}"', "")
    return {word for word in WORDS if f"{word}@example.org" in text or f"The {word}" in text}


# Elsewhere the canary test reads every page.
@pytest.mark.parametrize("state", [InterestState.SENT, InterestState.ACCEPTED])
def test_no_page_shows_a_contact_but_one_after_acceptance(client_for, state):
    interest = make(state)
    people = {
        "visitor": None,
        "stranger": make_writer(make_organisation()),
        "coordinator": CoordinatorFactory(),
        "owner": make_writer(interest.opportunity.organisation),
        "other": make_writer(interest.organisation),
    }
    page = reverse("opportunities:interest", args=[interest.pk])
    for who, user in people.items():
        browser = client_for(user)
        for address in addresses(interest):
            is_theirs = interest.is_accepted and address == page and who in {"owner", "other"}
            shown = words_in(browser, address)
            assert shown == (set(WORDS) if is_theirs else set()), f"{who} at {address}"


@pytest.mark.parametrize("state", [*InterestState])
def test_the_two_sides_see_them_after_acceptance_only(client_for, state):
    interest = make(state)
    page = reverse("opportunities:interest", args=[interest.pk])
    for mill in (interest.opportunity.organisation, interest.organisation):
        shown = words_in(client_for(make_writer(mill)), page)
        assert shown == (set(WORDS) if state == InterestState.ACCEPTED else set())


def test_neither_search_nor_a_mail_holds_one(told):
    for state in InterestState:
        interest = make(state)
        make_writer(interest.opportunity.organisation)
        make_writer(interest.organisation)
    for entry in SearchEntry.objects.all():
        assert "zephyr" not in f"{entry.title} {entry.summary} {entry.body} {entry.headings}"

    def everything():
        later = timezone.localdate() + timedelta(days=10)
        actions.remind(later)
        actions.close_unanswered(later + timedelta(days=20))
        actions.ask(timezone.now() + timedelta(days=31))
        actions.warn_of_end(timezone.localdate() + timedelta(days=95))
        actions.expire(timezone.localdate() + timedelta(days=200))

    mails = told(everything)
    assert mails
    assert not [text for text in mails.values() if "zephyr" in text]


def test_answers_by_mail_hold_none(told):
    opportunity = make_opportunity(**contact(OWNERS))
    owner = make_writer(opportunity.organisation)
    mill = make_organisation()
    writer = make_writer(mill)
    mails = told(
        actions.express,
        opportunity=opportunity,
        organisation=mill,
        sender=writer,
        message=f"Write to {OTHERS}@example.org.",
        language="en",
        **contact(OTHERS),
    )
    mails |= told(actions.accept, interest=Interest.objects.get(), actor=owner)
    assert set(mails) == {owner.email, writer.email}
    assert not [text for text in mails.values() if "zephyr" in text]


def test_a_copy_of_ones_data_holds_ones_own_and_not_the_other_sides():
    interest = make_interest(
        make_opportunity(**contact(OWNERS)), state=InterestState.ACCEPTED, **contact(OTHERS)
    )
    sender = make_writer(interest.organisation)
    Interest.objects.update(sent_by=sender)
    held = [row for one in privacy.registered() for row in one.rows(sender)]
    text = str(held)
    assert OTHERS in text
    assert OWNERS not in text


def test_erasing_a_person_takes_them_out_of_the_contacts():
    person = MemberFactory(approved_at=timezone.now(), name="Zephyrine", email="z@example.org")
    own = {"contact_name": "Zephyrine", "contact_email": "Z@example.org"}
    opportunity = make_opportunity(**own)
    Opportunity.objects.update(created_by=person)
    interest = make_interest(**own)
    further = make_interest(contact_name="Z.", contact_email="z@further.example.org")
    EmailAddress.objects.create(user=person, email="Z@further.example.org", verified=True)
    actions.forget_person(user=person)
    for row in (opportunity, interest, further):
        row.refresh_from_db()
        assert (row.contact_name, row.contact_email) == ("", "")


@pytest.mark.parametrize("tie", ["wrote it", "has a role", "had a role", "none"])
def test_a_name_goes_where_it_is_the_persons_and_stays_where_it_is_a_namesakes(tie):
    person = MemberFactory(name="Zephyrine")
    shared = {"contact_name": "zephyrine", "contact_email": "office@example.org"}
    interest, opportunity = make_interest(**shared), make_opportunity(**shared)
    for row, writer in ((interest, "sent_by"), (opportunity, "created_by")):
        if tie == "wrote it":
            type(row).objects.filter(pk=row.pk).update(**{writer: person})
        elif tie == "has a role":
            give_role(row.organisation, user=person)
        elif tie == "had a role":
            DirectoryLog.objects.create(
                organisation=row.organisation, subject=person, action=OtherAct.REMOVE_ROLE
            )
    actions.forget_person(user=person)
    for row in (interest, opportunity):
        row.refresh_from_db()
        assert row.contact_name == ("zephyrine" if tie == "none" else "")
        assert row.contact_email == "office@example.org"
