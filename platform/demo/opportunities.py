"""Sample opportunities over the sample organisations, with interest in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.publishing import days_ago
from demo.registry import Registry
from demo.source import read
from directory.models import NaceDivision, Organisation, OrganisationRole
from opportunities import actions, transitions
from opportunities.actions.interests import store
from opportunities.models import FollowUp, Interest, Opportunity
from opportunities.states import ANSWERS, Act, Closing, InterestState, State
from opportunities.vocabulary import CriterionKind

CONTACT = "Sales desk (sample)"
ADDRESS = "office@example.org"
ANSWER_OF = {state: answer for answer, state in ANSWERS.items()}


@transaction.atomic
def load(registry: Registry) -> None:
    """Make what is missing; no mail goes out for it."""
    for row in read("opportunities"):
        key = f"opportunity:{row['title']}"[:150]
        made = registry.ensure(key, Opportunity, lambda row=row: _opportunity(row))
        for said in row.get("interests", ()) if made is not None else ():
            registry.ensure(
                f"interest:{row['title']}:{said['organisation']}"[:150],
                Interest,
                lambda made=made, said=said: _interest(made, said),
            )


def _opportunity(row: dict[str, Any]) -> Opportunity | None:
    organisation = _organisation(row["organisation"])
    if organisation is None:
        return None
    today = timezone.localdate()
    deadline = row.get("deadline")
    fields = {
        name: row[name]
        for name in ("type", "language", "title", "summary", "description", "advantages")
        if name in row
    }
    made = actions.store(
        organisation=organisation,
        creator=_writer(organisation),
        data=actions.OpportunityData(
            fields={
                **fields,
                "expires_on": today + timedelta(days=row["days"]),
                "deadline": today + timedelta(days=deadline) if deadline else None,
                "contact_name": CONTACT,
                "contact_email": ADDRESS,
            },
            value_chains=row["value_chains"],
            activities=list(
                NaceDivision.objects.filter(pk__in=row.get("activities", ())).values_list(
                    "pk", flat=True
                )
            ),
            countries=row.get("countries", ()),
            criteria={
                CriterionKind.OFFER: row.get("offers", ()),
                CriterionKind.SEEK: row.get("seeks", ()),
                CriterionKind.PARTNER: row.get("partners", ()),
            },
        ),
    )
    if row.get("state") != State.DRAFT:
        _publish(made, row)
    return made


def _publish(made: Opportunity, row: dict[str, Any]) -> None:
    """Not through the actions, whose terms begin today and whose mail nobody would get."""
    at = days_ago(row["ago"])
    transitions.change(
        opportunity=made,
        act=Act.PUBLISH,
        actor=made.created_by,
        version=made.version,
        term_from=at.date(),
        listed_at=at,
        published_at=at,
        changed_at=at,
    )
    if row["days"] < 0:
        transitions.change(opportunity=made, act=Act.EXPIRE, actor=None, version=made.version)


def _interest(opportunity: Opportunity, said: dict[str, Any]) -> Interest | None:
    organisation = _organisation(said["organisation"])
    if organisation is None:
        return None
    at = days_ago(said["ago"])
    interest = store(
        opportunity=opportunity,
        organisation=organisation,
        sender=_writer(organisation),
        day=at.date(),
        message=said["message"],
        language="en",
        contact_name=CONTACT,
        contact_email=ADDRESS,
        sent_at=at,
        reminded_at=at,
    )
    state = InterestState(said["state"])
    if state == InterestState.SENT:
        return interest
    is_closed = state == InterestState.CLOSED
    transitions.answer(
        interest=interest,
        answer=ANSWER_OF[state],
        actor=None if is_closed else _writer(opportunity.organisation),
        reason=said.get("reason", ""),
        closing=Closing.UNANSWERED if is_closed else "",
    )
    Interest.objects.filter(pk=interest.pk).update(decided_at=at)
    if state == InterestState.ACCEPTED:
        _ask(interest, said["ago"])
    return interest


def _ask(interest: Interest, days: int) -> None:
    """The question that is due by now, to both sides, so that no mail is sent for it later."""
    day = max((day for day in (30, 90, 180) if day <= days), default=None)
    for side in ("owner", "interested") if day else ():
        FollowUp.objects.create(interest=interest, side=side, day=day)


def _organisation(name: str) -> Organisation | None:
    return Organisation.objects.public().filter(name=name, is_sample=True).first()


def _writer(organisation: Organisation) -> Any:
    held = OrganisationRole.objects.administrators().filter(organisation=organisation)
    first = held.select_related("user").order_by("pk").first()
    return first.user if first else None
