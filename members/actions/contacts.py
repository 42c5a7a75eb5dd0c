"""Asking for contact, and what becomes of it: open → accepted → ended, or declined, withdrawn, closed.

Whoever is asked is reminded after five working days; after fifteen the request is closed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.ratelimit import hit
from core.swapping import swap
from core.working_days import add_working_days
from members import errors, notifications, permissions
from members.actions.blocks import block
from members.models import ContactRequest, User
from members.states import ContactState

REMIND_AFTER, CLOSE_AFTER = 5, 15
"""Working days after the day on which a request was made."""
ASK_AGAIN = timedelta(days=30)
NOT_ACCEPTED = (ContactState.DECLINED, ContactState.CLOSED, ContactState.WITHDRAWN)
ASKED_A_DAY = 20
DAY = 24 * 3600
KEPT = timedelta(days=365)
"""How long a request that led to nothing, or that ended, is kept."""


@transaction.atomic
def ask_for_contact(
    *, sender: User, recipient: User, about: str, message: str, language: str
) -> ContactRequest:
    """Ask a member for contact. Raises NotAllowed, AlreadyAsked, TooSoon, TooMany.

    Whoever was not accepted waits before asking the same person again, for each request sends mail.
    """
    if not permissions.may_ask(sender, recipient):
        raise errors.NotAllowed
    now = timezone.now()
    refused = ContactRequest.objects.past().filter(
        sender=sender,
        recipient=recipient,
        state__in=NOT_ACCEPTED,
        ended_at__gt=now - ASK_AGAIN,
    )
    if refused.exists():
        raise errors.TooSoon(ASK_AGAIN.days)
    if ContactRequest.objects.between(sender, recipient).alive().exists():
        raise errors.AlreadyAsked
    if not hit("contact", str(sender.pk), limit=ASKED_A_DAY, seconds=DAY):
        raise errors.TooMany
    today = timezone.localdate(now)
    try:
        with transaction.atomic():
            made = ContactRequest.objects.create(
                sender=sender,
                recipient=recipient,
                about=about.strip(),
                message=message.strip(),
                language=language,
                asked_at=now,
                remind_on=add_working_days(today, REMIND_AFTER),
                close_on=add_working_days(today, CLOSE_AFTER),
            )
    except IntegrityError as error:
        raise errors.AlreadyAsked from error
    notifications.contact_asked(made)
    return made


@transaction.atomic
def accept_contact(*, request: ContactRequest, user: User, answer: str = "", language: str) -> None:
    """Come into contact: both see what the other shows to contacts.

    Raises NotAllowed, NotMembers, AlreadyHandled.
    """
    if request.recipient_id != user.pk:
        raise errors.NotAllowed
    if not permissions.both_are_members(request):
        raise errors.NotMembers
    _move(
        request,
        ContactState.OPEN,
        state=ContactState.ACCEPTED,
        answered_at=timezone.now(),
        answer=answer.strip(),
        answer_language=language,
    )
    notifications.contact_answered(request)


@transaction.atomic
def decline_contact(
    *, request: ContactRequest, user: User, answer: str, language: str, blocks: bool = False
) -> None:
    """Say no, and why, and if `blocks` for good. Raises NotAllowed, WordsMissing, AlreadyHandled."""
    if request.recipient_id != user.pk:
        raise errors.NotAllowed
    if not answer.strip():
        raise errors.WordsMissing
    now = timezone.now()
    _move(
        request,
        ContactState.OPEN,
        state=ContactState.DECLINED,
        answered_at=now,
        ended_at=now,
        answer=answer.strip(),
        answer_language=language,
    )
    if blocks:
        block(owner=user, other=request.sender)
    notifications.contact_answered(request)


@transaction.atomic
def withdraw_contact(*, request: ContactRequest, user: User) -> None:
    """Take a request back before it is answered. Raises NotAllowed, AlreadyHandled."""
    if request.sender_id != user.pk:
        raise errors.NotAllowed
    _move(request, ContactState.OPEN, state=ContactState.WITHDRAWN, ended_at=timezone.now())


@transaction.atomic
def end_contact(*, request: ContactRequest, user: User) -> None:
    """End a contact: neither sees the other's details any more. Raises NotAllowed, AlreadyHandled."""
    if user.pk not in {request.sender_id, request.recipient_id}:
        raise errors.NotAllowed
    _move(request, ContactState.ACCEPTED, state=ContactState.ENDED, ended_at=timezone.now())


def remind_of_contacts(day: date | None = None) -> int:
    """Remind, once, those who have not answered for five working days; how many."""
    done = 0
    for row in ContactRequest.objects.to_remind(day or timezone.localdate()).select_related(
        "sender", "recipient"
    ):
        with transaction.atomic():
            rows = ContactRequest.objects.open().filter(pk=row.pk, reminded_at=None)
            if not rows.update(reminded_at=timezone.now()):
                continue
            notifications.contact_reminded(row)
        done += 1
    return done


def close_contacts(day: date | None = None) -> int:
    """Close, and say so to both, what nobody has answered in fifteen working days; how many."""
    done = 0
    for row in ContactRequest.objects.to_close(day or timezone.localdate()).select_related(
        "sender", "recipient"
    ):
        with transaction.atomic():
            try:
                _move(row, ContactState.OPEN, state=ContactState.CLOSED, ended_at=timezone.now())
            except errors.AlreadyHandled:
                continue
            notifications.contact_closed(row)
        done += 1
    return done


def prune_contacts(now: datetime | None = None) -> int:
    """Forget requests that ended a year ago; how many."""
    return ContactRequest.objects.ended_before((now or timezone.now()) - KEPT).delete()[0]


def _move(request: ContactRequest, was: ContactState, **values: Any) -> None:
    """Change a request that is still in a state; AlreadyHandled where it is not."""
    swap(request, ContactRequest.objects.filter(state=was), **values)
