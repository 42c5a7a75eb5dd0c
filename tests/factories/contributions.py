"""Proposals in every state, made by the acts themselves."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from wagtail.models import Page

from contributions import actions
from contributions.models import Contribution
from contributions.states import Naming, State
from contributions.steps import Step
from tests.uploads import picture

STORIES: dict[str, dict[str, Any]] = {
    "practice": {
        "challenge": "Offcuts were burnt.\n\nNobody knew how much.",
        "body": "## How it began\nWe put up bins.\n\n- wool\n- cotton <b>",
        "evidence_text": "38 tonnes a year are kept.",
    },
    "case-study": {
        "subject": "Spinning mill (sample)",
        "body": "It began with one machine.",
    },
    "event": {"body": "Bring what is torn."},
}
FACTS: dict[str, dict[str, Any]] = {
    "practice": {
        "region": "PT11",
        "period_start": "2021-03-01",
        "ongoing": True,
        "value_chains": ["fashion_textile"],
        "circular_strategies": ["recycling"],
        "figure1_name": "Offcuts kept",
        "figure1_unit": "tonnes a year",
        "figure1_after": "38",
        "figure1_how_measured": "Own weighing in 2024",
    },
    "case-study": {"country": "PT"},
    "event": {
        "event_type": "workshop",
        "start": "2027-05-04T09:00",
        "end": "2027-05-04T17:00",
        "timezone": "Europe/Lisbon",
        "attendance": "offline",
        "city": "Porto",
        "country": "PT",
    },
}


def begin(member: Any, kind: str = "practice", **values: Any) -> Contribution:
    """A draft of which the first step is filled in."""
    wanted = {
        "title": "How offcuts are kept",
        "summary": "Bins by fibre keep what was burnt.",
        "language": "en",
        "organisation": None,
    }
    about = actions.About(**{**wanted, **values})
    return actions.begin(contributor=member, key=uuid4(), kind=kind, about=about)


def make_contribution(
    member: Any, state: State = State.DRAFT, *, editor: Any = None, pictures: int = 0, **values: Any
) -> Contribution:
    """One that is complete, brought into a state by its member and an editor."""
    made = begin(member, **values)
    for step, texts in ((Step.STORY, STORIES), (Step.FACTS, FACTS)):
        made = actions.save_step(
            contribution=made,
            contributor=member,
            version=made.version,
            step=step,
            raw=texts[made.kind],
        )
    for number in range(pictures):
        add_picture(made, member, alt=f"Bin {number}")
    made.refresh_from_db()
    if state == State.DRAFT:
        return made
    made = send(made)
    match state:
        case State.CHANGES:
            ask_for_changes(made, editor)
        case State.PUBLISHED:
            approve(made, editor)
        case State.DECLINED:
            actions.decline(
                contribution=made, editor=editor, version=made.version, reason="Not our field"
            )
    made.refresh_from_db()
    return made


def rewrite(contribution: Contribution, member: Any, **texts: str) -> Contribution:
    """The member changes texts of the story."""
    contribution.refresh_from_db()
    return actions.save_step(
        contribution=contribution,
        contributor=member,
        version=contribution.version,
        step=Step.STORY,
        raw={**contribution.content["story"], **texts},
    )


def add_picture(contribution: Contribution, member: Any, **words: Any) -> Any:
    """A picture with its words."""
    return actions.add_picture(
        contribution=contribution,
        contributor=member,
        upload=picture(),
        words={"alt": "Bins", "credit": "Weaver (sample)", **words},
    )


def send(contribution: Contribution, naming: Naming = Naming.ORGANISATION) -> Contribution:
    """Send it as it is now."""
    contribution.refresh_from_db()
    return actions.send(
        contribution=contribution,
        contributor=contribution.contributor,
        version=contribution.version,
        naming=naming,
        is_agreed=True,
    )


def ask_for_changes(contribution: Contribution, editor: Any, comment: str = "Which year?") -> None:
    """What an editor does in the review."""
    review = page_of(contribution).current_workflow_task_state.specific
    review.task.specific.on_action(review, editor, "reject", comment=comment)


def approve(contribution: Contribution, editor: Any) -> None:
    """What an editor does in the review."""
    review = page_of(contribution).current_workflow_task_state.specific
    review.task.specific.on_action(review, editor, "approve", comment="")


def page_of(contribution: Contribution) -> Page:
    """Its page as it is stored now."""
    return Page.objects.get(pk=contribution.page_id).specific
