"""Every act from every state by everybody: one table, all cells."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.states import State as OrganisationState
from directory.vocabulary import Role
from opportunities import actions, errors
from opportunities.models import Opportunity, OpportunityLog
from opportunities.states import TRANSITIONS, Act, State
from tests.factories.directory import give_role, in_state, make_organisation
from tests.factories.members import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)
from tests.factories.opportunities import make_opportunity, make_writer

pytestmark = pytest.mark.django_db

# Who may, where the state allows it.
TABLE = """
                  edit  publish  renew  withdraw
administrator     yes   yes      yes    yes
editor            yes   yes      yes    yes
reader            no    no       no     no
unapproved        no    no       no     no
elsewhere         no    no       no     no
member            no    no       no     no
site_editor       no    no       no     no
moderator         no    no       no     no
coordinator       no    no       no     public
site_admin        no    no       no     public
"""
FACTORIES = {
    "member": MemberFactory,
    "site_editor": EditorFactory,
    "moderator": ModeratorFactory,
    "coordinator": CoordinatorFactory,
    "site_admin": AdministratorFactory,
}
STATES = [*State]


def cells():
    """(who, act, what the table says) of the table."""
    heading, *rows = [line.split() for line in TABLE.strip().splitlines()]
    for who, *answers in rows:
        for act, answer in zip(heading, answers, strict=True):
            yield who, act, answer


def person(who, organisation):
    match who:
        case "administrator" | "editor" | "reader":
            return make_writer(organisation, Role(who))
        case "unapproved":
            return give_role(organisation, Role.ADMINISTRATOR, MemberFactory(approved_at=None))
        case "elsewhere":
            return make_writer(make_organisation())
    return FACTORIES[who]()


def do(act, opportunity, actor, version=None):
    seen = opportunity.version if version is None else version
    if act == "edit":
        data = actions.OpportunityData(fields={"title": "Other looms"})
        return actions.edit(opportunity=opportunity, editor=actor, version=seen, data=data)
    asked = {"opportunity": opportunity, "actor": actor, "version": seen}
    if act == "renew":
        end = timezone.localdate() + timedelta(days=200)
        return actions.renew(**asked, expires_on=end)
    if act == "withdraw":
        return actions.withdraw(**asked, reason="It is sold.")
    return actions.publish(**asked)


@pytest.mark.parametrize(("who", "act", "answer"), list(cells()))
def test_who_may_do_what_from_which_state(who, act, answer):
    mill = make_organisation()
    actor = person(who, mill)
    for state in STATES:
        opportunity = make_opportunity(state, organisation=mill)
        was_public = state != State.DRAFT
        may = answer == "yes" or (answer == "public" and was_public)
        if act == "edit":
            may = may and state != State.WITHDRAWN
        else:
            may = may and state in TRANSITIONS[Act(act)][0]
        before = OpportunityLog.objects.filter(opportunity=opportunity).count()
        if may:
            do(act, opportunity, actor)
            target = state if act == "edit" else TRANSITIONS[Act(act)][1]
            entry = OpportunityLog.objects.filter(opportunity=opportunity).first()
            assert (entry.action, entry.actor) == (act, actor)
        else:
            with pytest.raises(errors.NotAllowed):
                do(act, opportunity, actor)
            target = state
            assert OpportunityLog.objects.filter(opportunity=opportunity).count() == before
        assert Opportunity.objects.get(pk=opportunity.pk).state == target, state


@pytest.mark.parametrize("act", ["edit", "publish", "renew", "withdraw"])
def test_whoever_saw_an_older_version_is_told_who_was_faster(act):
    mill = make_organisation()
    first, second = make_writer(mill), make_writer(mill)
    opportunity = make_opportunity(
        State.DRAFT if act == "publish" else State.PUBLISHED, organisation=mill
    )
    do("edit", opportunity, first)
    with pytest.raises(errors.AlreadyHandled, match=re.escape(first.name)):
        do(act, opportunity, second, version=0)


@pytest.mark.parametrize("state", [*OrganisationState])
def test_only_for_a_published_organisation_can_one_write(state):
    mill = make_organisation()
    writer = make_writer(mill)
    draft = make_opportunity(State.DRAFT, organisation=mill)
    in_state(mill, state)
    if state in {OrganisationState.PUBLISHED, OrganisationState.STALE}:
        do("publish", draft, writer)
    else:
        with pytest.raises(errors.NotAllowed):
            do("publish", draft, writer)
        with pytest.raises(errors.NotAllowed):
            actions.create(
                organisation=mill,
                creator=writer,
                data=actions.OpportunityData(fields={"type": "offer", "title": "Looms"}),
            )


def test_what_is_missing_is_named_before_it_is_published():
    mill = make_organisation()
    writer = make_writer(mill)
    draft = make_opportunity(
        State.DRAFT, organisation=mill, summary="", value_chains=[], offers=[], contact_name=""
    )
    with pytest.raises(errors.Incomplete) as refused:
        do("publish", draft, writer)
    assert refused.value.missing == [
        "a summary",
        "the value chains",
        "what is offered or sought",
        "a person to contact",
    ]


@pytest.mark.parametrize(
    ("days", "fits"), [(-1, False), (0, True), (366, True), (367, False)], ids=str
)
def test_a_term_ends_within_twelve_months(days, fits):
    mill = make_organisation()
    writer = make_writer(mill)
    end = timezone.localdate() + timedelta(days=days)
    draft = make_opportunity(State.DRAFT, organisation=mill, expires_on=end)
    running = make_opportunity(organisation=mill)
    acts = [
        lambda: actions.publish(opportunity=draft, actor=writer, version=draft.version),
        lambda: actions.renew(
            opportunity=running, actor=writer, version=running.version, expires_on=end
        ),
    ]
    for act in acts:
        if fits:
            act()
        else:
            with pytest.raises(errors.TermTooLong):
                act()


def test_the_database_holds_no_longer_term_whoever_writes_it():
    opportunity = make_opportunity()
    for end in (
        timezone.localdate() + timedelta(days=367),
        timezone.localdate() - timedelta(days=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opportunity.objects.filter(pk=opportunity.pk).update(expires_on=end)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=opportunity.pk).update(expires_on=None)


def test_editing_ends_a_term_sooner_and_never_later():
    mill = make_organisation()
    writer = make_writer(mill)
    opportunity = make_opportunity(organisation=mill)
    end = opportunity.expires_on

    def ends(day):
        actions.edit(
            opportunity=opportunity,
            editor=writer,
            version=opportunity.version,
            data=actions.OpportunityData(fields={"expires_on": day}),
        )

    with pytest.raises(errors.TermTooLong):
        ends(end + timedelta(days=1))
    with pytest.raises(errors.TermTooLong):
        ends(None)
    ends(end - timedelta(days=50))
    assert Opportunity.objects.get().expires_on == end - timedelta(days=50)


def test_renewals_are_counted_and_logged_and_drop_a_day_that_has_passed():
    mill = make_organisation()
    writer = make_writer(mill)
    yesterday = timezone.localdate() - timedelta(days=1)
    opportunity = make_opportunity(State.EXPIRED, organisation=mill, deadline=yesterday)
    for number in (1, 2):
        do("renew", opportunity, writer)
        opportunity.refresh_from_db()
        assert opportunity.renewals == number
    assert opportunity.deadline is None
    assert opportunity.closed_at is None
    assert OpportunityLog.objects.filter(action=Act.RENEW).count() == 2


def test_coordinators_withdraw_with_a_reason_that_its_people_get(told):
    mill = make_organisation()
    writer = make_writer(mill)
    opportunity = make_opportunity(organisation=mill)
    with pytest.raises(errors.ReasonMissing):
        actions.withdraw(
            opportunity=opportunity,
            actor=CoordinatorFactory(),
            version=opportunity.version,
            reason=" ",
        )
    mails = told(do, "withdraw", opportunity, CoordinatorFactory())
    assert list(mails) == [writer.email]
    assert "It is sold." in mails[writer.email]


def test_nothing_goes_past_the_log():
    make_opportunity()
    entry = OpportunityLog.objects.first()
    for act in (entry.save, entry.delete, OpportunityLog.objects.all().delete):
        with pytest.raises(TypeError):
            act()


def test_an_organisation_has_so_many_drafts_and_no_more():
    mill = make_organisation()
    writer = make_writer(mill)
    data = actions.OpportunityData(fields={"type": "offer", "title": "Looms"})
    for _ in range(20):
        actions.create(organisation=mill, creator=writer, data=data)
    with pytest.raises(errors.TooManyDrafts):
        actions.create(organisation=mill, creator=writer, data=data)
