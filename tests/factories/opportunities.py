"""Opportunities and interest in them for tests; every one is a sample."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from directory.models import Organisation
from directory.vocabulary import Role
from opportunities import actions, transitions
from opportunities.actions.interests import store as store_interest
from opportunities.models import Interest, Opportunity
from opportunities.states import ANSWERS, CLOSED, Answer, Closing, InterestState, State
from opportunities.vocabulary import CriterionKind
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import MemberFactory

CRITERIA = {
    "offers": CriterionKind.OFFER,
    "seeks": CriterionKind.SEEK,
    "partners": CriterionKind.PARTNER,
}
ANSWER_OF = {state: answer for answer, state in ANSWERS.items()}


def make_writer(organisation: Organisation, role: Role = Role.EDITOR) -> Any:
    """An approved member who writes for an organisation."""
    return give_role(organisation, role, MemberFactory(approved_at=timezone.now()))


def make_opportunity(state: State = State.PUBLISHED, **values: Any) -> Opportunity:
    """An opportunity in a state, with everything that it needs to be published.

    Beside columns of the model: value_chains, activities, countries, offers, seeks and partners,
    each a list of codes.
    """
    organisation = values.pop("organisation", None) or make_organisation()
    data = {
        "value_chains": values.pop("value_chains", ["fashion_textile"]),
        "activities": values.pop("activities", []),
        "countries": values.pop("countries", []),
        "criteria": {
            kind: values.pop(name, ["weaving"] if name == "offers" else [])
            for name, kind in CRITERIA.items()
        },
    }
    fields = {
        "type": "offer",
        "title": "Looms with free days (sample)",
        "summary": "Two looms, ten days a month.",
        "description": "Weaves linen and hemp, up to 180 cm wide.",
        "language": "en",
        "expires_on": timezone.localdate() + timedelta(days=100),
        "contact_name": "The weaving room",
        "contact_email": "looms@example.org",
        **values,
    }
    made = actions.store(
        organisation=organisation,
        creator=None,
        data=actions.OpportunityData(fields=fields, **data),
    )
    return in_state(made, state)


def in_state(opportunity: Opportunity, state: State) -> Opportunity:
    """Put an opportunity into a state past the actions, with the dates that the database asks for."""
    now, today = timezone.now(), timezone.localdate()
    values: dict[str, Any] = {"state": state, "closed_at": now if state in CLOSED else None}
    if state != State.DRAFT:
        values |= {"published_at": now, "listed_at": now, "term_from": today}
    if state == State.EXPIRED:
        values |= {
            "term_from": today - timedelta(days=100),
            "expires_on": today - timedelta(days=1),
        }
    Opportunity.objects.filter(pk=opportunity.pk).update(**values)
    opportunity.refresh_from_db()
    transitions.publish_change(opportunity)
    return opportunity


def make_interest(
    opportunity: Opportunity | None = None,
    organisation: Organisation | None = None,
    state: InterestState = InterestState.SENT,
    *,
    day: date | None = None,
    **values: Any,
) -> Interest:
    """An interest in a state, sent on a day."""
    interest = store_interest(
        opportunity=opportunity or make_opportunity(),
        organisation=organisation or make_organisation(),
        sender=values.pop("sender", None),
        day=day or timezone.localdate(),
        **{
            "message": "We would like to weave with you.",
            "language": "en",
            "contact_name": "The dye house",
            "contact_email": "dyes@example.org",
            **values,
        },
    )
    if state != InterestState.SENT:
        answer = ANSWER_OF[state]
        transitions.answer(
            interest=interest,
            answer=answer,
            actor=None,
            reason="No free days." if state == InterestState.DECLINED else "",
            closing=Closing.UNANSWERED if answer == Answer.CLOSE else "",
        )
    return interest
