"""What the demo's members tell of themselves, whom they show it to, and who is in contact with whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.mail import silence
from demo.publishing import days_ago
from demo.registry import Registry
from demo.source import read
from members import actions
from members.models import ContactRequest, Profile, User
from members.parts import Level, Part


@transaction.atomic
def load(registry: Registry, people: Mapping[str, User]) -> None:
    """Make what is missing, once each: what people have chosen since stays. No mail goes out for it."""
    for row in read("profiles")["profiles"]:
        person = people.get(row["email"])
        if person is not None:
            registry.ensure(
                f"profile:{row['email']}",
                Profile,
                lambda row=row, person=person: _fill(person.profile, row),
            )
    for row in read("profiles")["contacts"]:
        sender, recipient = people.get(row["sender"]), people.get(row["recipient"])
        if sender is None or recipient is None:
            continue
        with silence():
            registry.ensure(
                f"contact:{row['sender']}:{row['recipient']}",
                ContactRequest,
                lambda row=row, pair=(sender, recipient): _contact(row, *pair),
            )


def _fill(profile: Profile, row: dict[str, Any]) -> Profile:
    actions.update_details(
        profile=profile,
        position=row["position"],
        town=row["town"],
        telephone=row["telephone"],
        links=row["links"],
    )
    actions.choose_visibility(
        profile=profile,
        levels={Part(part): Level(level) for part, level in row["shown"].items()},
        accepts_requests=True,
        is_listed=True,
    )
    return profile


def _contact(row: dict[str, Any], sender: User, recipient: User) -> ContactRequest:
    made = actions.ask_for_contact(
        sender=sender,
        recipient=recipient,
        about=row["about"],
        message=row["message"],
        language="en",
    )
    if "answer" in row:
        actions.accept_contact(request=made, user=recipient, answer=row["answer"], language="en")
        at = days_ago(row["ago"])
        ContactRequest.objects.filter(pk=made.pk).update(asked_at=at, answered_at=at)
    return made
