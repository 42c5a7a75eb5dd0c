"""Sample proposals of the demo's members, in every state, through the acts of members and editors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from contributions import actions
from contributions.models import Contribution, Round
from contributions.states import Naming, State
from contributions.steps import Step
from core.mail import silence
from demo.publishing import days_ago, stable_uuid
from demo.registry import Registry
from demo.source import read
from directory.models import Organisation
from members.models import User

EDITOR = "second.editor@example.org"


@transaction.atomic
def load(registry: Registry, people: Mapping[str, User]) -> None:
    """Make what is missing; their pages belong to the demo too. No mail goes out for it."""
    editor = people.get(EDITOR)
    for row in read("proposals"):
        member = people.get(row["email"])
        if member is None or not member.is_member or editor is None:
            continue
        with silence():
            registry.ensure(
                _key(row),
                Contribution,
                lambda row=row, member=member: _make(registry, row, member, editor),
            )


def _key(row: dict[str, Any]) -> str:
    return f"proposal:{row['title']}"[:150]


def _make(registry: Registry, row: dict[str, Any], member: User, editor: User) -> Contribution:
    about = actions.About(
        title=row["title"],
        summary=row.get("summary", ""),
        language=row["language"],
        organisation=Organisation.objects.of(member).filter(name=row["organisation"]).first(),
    )
    made = actions.begin(
        contributor=member, key=stable_uuid(_key(row)), kind=row["kind"], about=about
    )
    for step in (Step.STORY, Step.FACTS):
        made = actions.save_step(
            contribution=made,
            contributor=member,
            version=made.version,
            step=step,
            raw=row.get(step.value, {}),
        )
    for said in row.get("answers", ()):
        made = _send(made, member, Naming(row["naming"]))
        _answer(made, said, editor)
        made.refresh_from_db()
    if made.page is not None:
        registry.add(f"page:{_key(row)}"[:150], made.page.specific)
    _give_a_past(made, row)
    return made


def _send(made: Contribution, member: User, naming: Naming) -> Contribution:
    return actions.send(
        contribution=made,
        contributor=member,
        version=made.version,
        naming=naming,
        is_agreed=True,
    )


def _answer(made: Contribution, said: dict[str, Any], editor: User) -> None:
    """What the editors did with one sending: in the review, or by turning it down; or nothing yet."""
    comment = said.get("comment", "")
    match said["outcome"]:
        case State.DECLINED:
            actions.decline(contribution=made, editor=editor, version=made.version, reason=comment)
        case "approve" | "reject" as act:
            review = Page.objects.get(pk=made.page_id).current_workflow_task_state.specific
            review.task.specific.on_action(review, editor, act, comment=comment)


def _give_a_past(made: Contribution, row: dict[str, Any]) -> None:
    """Not through the acts, which happen now."""
    begun, changed = days_ago(row["begun"]), days_ago(row["changed"])
    Contribution.objects.filter(pk=made.pk).update(created_at=begun, changed_at=changed)
    for one, said in zip(made.rounds.order_by("pk"), row.get("answers", ()), strict=True):
        sent = days_ago(said["sent"])
        answered = days_ago(said["answered"]) if one.answered_at else None
        Round.objects.filter(pk=one.pk).update(sent_at=sent, answered_at=answered)
        Contribution.objects.filter(pk=made.pk, agreed_at__isnull=False).update(agreed_at=sent)
    if made.state == State.PUBLISHED:
        _date_page(made.page, changed)


def _date_page(page: Page, at: datetime) -> None:
    Page.objects.filter(pk=page.pk).update(
        first_published_at=at, last_published_at=at, latest_revision_created_at=at
    )
