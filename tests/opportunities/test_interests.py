"""Interest in an opportunity: who may express and answer it, from which state, and what is said by mail."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.working_days import add_working_days
from directory.states import State as OrganisationState
from directory.vocabulary import Role
from opportunities import actions, errors
from opportunities.models import Interest, OpportunityLog
from opportunities.states import InterestState, State
from tests.factories.directory import give_role, in_state, make_organisation
from tests.factories.members import AdministratorFactory, CoordinatorFactory, MemberFactory
from tests.factories.opportunities import make_interest, make_opportunity, make_writer
from tests.opportunities.conftest import SAID

pytestmark = pytest.mark.django_db

# Who may, where the state allows it: "owner" is the side whose opportunity it is.
TABLE = """
                      accept  decline  take_back
owner_administrator   yes     yes      no
owner_editor          yes     yes      no
owner_reader          no      no       no
owner_unapproved      no      no       no
other_administrator   no      no       yes
other_editor          no      no       yes
other_reader          no      no       no
stranger              no      no       no
coordinator           no      no       no
site_admin            no      no       no
"""
TARGETS = {
    "accept": InterestState.ACCEPTED,
    "decline": InterestState.DECLINED,
    "take_back": InterestState.WITHDRAWN,
}


def cells():
    heading, *rows = [line.split() for line in TABLE.strip().splitlines()]
    for who, *answers in rows:
        for act, answer in zip(heading, answers, strict=True):
            yield who, act, answer == "yes"


def person(who, interest):
    side, _, role = who.partition("_")
    match side:
        case "coordinator":
            return CoordinatorFactory()
        case "site":
            return AdministratorFactory()
        case "stranger":
            return make_writer(make_organisation())
    mill = interest.organisation if side == "other" else interest.opportunity.organisation
    if role == "unapproved":
        return give_role(mill, Role.ADMINISTRATOR, MemberFactory(approved_at=None))
    return make_writer(mill, Role(role))


def do(act, interest, actor):
    more = {"reason": "No free days."} if act == "decline" else {}
    getattr(actions, act)(interest=interest, actor=actor, **more)


@pytest.mark.parametrize(("who", "act", "may"), list(cells()))
def test_who_may_answer_what(who, act, may):
    interest = make_interest()
    actor = person(who, interest)
    if may:
        do(act, interest, actor)
        assert OpportunityLog.objects.first().actor == actor
    else:
        with pytest.raises(errors.NotAllowed):
            do(act, interest, actor)
    state = Interest.objects.get().state
    assert state == (TARGETS[act] if may else InterestState.SENT)


@pytest.mark.parametrize("act", list(TARGETS))
def test_an_answer_is_given_once(act):
    for state in InterestState:
        interest = make_interest(state=state)
        side = interest.organisation if act == "take_back" else interest.opportunity.organisation
        actor = make_writer(side)
        if state == InterestState.SENT:
            do(act, interest, actor)
            continue
        with pytest.raises(errors.AlreadyHandled):
            do(act, interest, actor)
        assert Interest.objects.get(pk=interest.pk).state == state


def test_only_those_who_write_for_a_published_organisation_express_it():
    opportunity = make_opportunity()
    mill = make_organisation()
    asked = {"opportunity": opportunity, "organisation": mill, **SAID}
    strangers = [
        make_writer(mill, Role.READER),
        give_role(mill, Role.ADMINISTRATOR, MemberFactory(approved_at=None)),
        make_writer(make_organisation()),
        CoordinatorFactory(),
        AdministratorFactory(),
    ]
    for stranger in strangers:
        with pytest.raises(errors.NotAllowed):
            actions.express(sender=stranger, **asked)
    writer = make_writer(mill)
    in_state(mill, OrganisationState.DRAFT)
    with pytest.raises(errors.NotAllowed):
        actions.express(sender=writer, **asked)
    in_state(mill, OrganisationState.PUBLISHED)
    made = actions.express(sender=writer, **asked)
    today = timezone.localdate()
    assert made.state == InterestState.SENT
    assert made.remind_on == add_working_days(today, 5)
    assert made.close_on == add_working_days(today, 15)


def test_nobody_writes_to_themselves():
    opportunity = make_opportunity()
    own = opportunity.organisation
    writer = make_writer(own)
    other = make_organisation()
    give_role(other, Role.EDITOR, writer)
    for mill in (own, other):
        with pytest.raises(errors.NotAllowed):
            actions.express(opportunity=opportunity, organisation=mill, sender=writer, **SAID)


def test_one_for_each_organisation_whoever_sends_it():
    opportunity = make_opportunity()
    mill = make_organisation()
    for state in InterestState:
        if state != InterestState.SENT:
            make_interest(organisation=mill, state=state)
    actions.express(opportunity=opportunity, organisation=mill, sender=make_writer(mill), **SAID)
    with pytest.raises(errors.AlreadyInterested):
        actions.express(
            opportunity=opportunity, organisation=mill, sender=make_writer(mill), **SAID
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        make_interest(opportunity, mill)


@pytest.mark.parametrize("state", [*State])
def test_only_what_is_open_takes_answers(state):
    opportunity = make_opportunity(state)
    mill = make_organisation()
    writer = make_writer(mill)
    if state == State.PUBLISHED:
        yesterday = timezone.localdate() - timedelta(days=1)
        late = make_opportunity(deadline=yesterday)
        with pytest.raises(errors.NotOpen):
            actions.express(opportunity=late, organisation=mill, sender=writer, **SAID)
        actions.express(opportunity=opportunity, organisation=mill, sender=writer, **SAID)
    else:
        with pytest.raises(errors.NotAllowed):
            actions.express(opportunity=opportunity, organisation=mill, sender=writer, **SAID)


def test_an_organisation_writes_so_often_a_day_and_no_more():
    mill = make_organisation()
    writer = make_writer(mill)
    owner = make_organisation()
    for _ in range(20):
        make_interest(make_opportunity(organisation=owner), mill)
    with pytest.raises(errors.TooMany):
        actions.express(
            opportunity=make_opportunity(organisation=owner),
            organisation=mill,
            sender=writer,
            **SAID,
        )
    Interest.objects.update(sent_at=timezone.now() - timedelta(days=2))
    actions.express(
        opportunity=make_opportunity(organisation=owner), organisation=mill, sender=writer, **SAID
    )


def test_the_database_holds_the_rules_too():
    interest = make_interest()
    now = timezone.now()
    for values in (
        {"state": "declined", "decided_at": now},
        {"state": "closed", "decided_at": now},
        {"state": "accepted"},
        {"decided_at": now},
        {"closing": "unanswered"},
        {"state": "lost", "decided_at": now},
        {"remind_on": interest.close_on},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.filter(pk=interest.pk).update(**values)


def test_withdrawing_an_opportunity_closes_what_waits_and_says_so(told):
    opportunity = make_opportunity()
    owner = make_writer(opportunity.organisation)
    waiting = make_interest(opportunity)
    accepted = make_interest(opportunity, state=InterestState.ACCEPTED)
    writer = make_writer(waiting.organisation)
    mails = told(
        actions.withdraw, opportunity=opportunity, actor=owner, version=opportunity.version
    )
    waiting.refresh_from_db()
    accepted.refresh_from_db()
    assert (waiting.state, waiting.closing) == (InterestState.CLOSED, "withdrawn")
    assert accepted.state == InterestState.ACCEPTED
    assert list(mails) == [writer.email]
    assert "was withdrawn" in mails[writer.email]


def test_each_side_is_told_by_mail_and_nobody_else(told):
    opportunity = make_opportunity()
    owner, other = make_writer(opportunity.organisation), make_organisation()
    writer = make_writer(other)
    # Neither readers nor those who are not approved.
    make_writer(other, Role.READER)
    give_role(opportunity.organisation, Role.ADMINISTRATOR, MemberFactory(approved_at=None))
    mails = told(
        actions.express, opportunity=opportunity, organisation=other, sender=writer, **SAID
    )
    assert list(mails) == [owner.email]
    assert other.name in mails[owner.email]
    interest = Interest.objects.get()
    assert reverse("opportunities:interest", args=[interest.pk]) in mails[owner.email]
    mails = told(actions.decline, interest=interest, actor=owner, reason="No free days.")
    assert list(mails) == [writer.email]
    assert "declined" in mails[writer.email]
