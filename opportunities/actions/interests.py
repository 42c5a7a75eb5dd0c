"""Interest in an opportunity: expressed, answered, taken back, reminded of and closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.working_days import add_working_days
from directory.models import Organisation
from opportunities import errors, notifications, permissions, transitions
from opportunities.models import Interest, Opportunity
from opportunities.states import Answer, Closing, OtherAct
from opportunities.terms import CLOSED_AFTER, REMINDED_AFTER

# What one organisation can send in a day: enough for anybody's own search, too little for a mailing.
MOST_A_DAY = 20


@transaction.atomic
def express(
    *,
    opportunity: Opportunity,
    organisation: Organisation,
    sender: Any,
    message: str,
    language: str,
    contact_name: str,
    contact_email: str,
) -> Interest:
    """Say that an organisation is interested; whom to write to is shown once that is accepted.

    Raises NotAllowed, NotOpen, ReasonMissing, AlreadyInterested, TooMany.
    """
    if not permissions.may_see(sender, opportunity):
        raise errors.NotAllowed
    if not permissions.may_express(sender, opportunity, organisation):
        raise errors.NotAllowed
    if not opportunity.takes_answers():
        raise errors.NotOpen
    if not message.strip():
        raise errors.ReasonMissing
    lately = timezone.now() - timedelta(days=1)
    if organisation.interests.filter(sent_at__gte=lately).count() >= MOST_A_DAY:
        raise errors.TooMany
    try:
        with transaction.atomic():
            interest = store(
                opportunity=opportunity,
                organisation=organisation,
                sender=sender,
                message=message.strip(),
                language=language,
                contact_name=contact_name,
                contact_email=contact_email,
                day=timezone.localdate(),
            )
    except IntegrityError as error:
        raise errors.AlreadyInterested from error
    notifications.interest_sent(interest)
    return interest


def store(
    *, opportunity: Opportunity, organisation: Organisation, sender: Any, day: date, **values: Any
) -> Interest:
    """Store an interest sent on `day` without asking who may and without mail."""
    interest = Interest.objects.create(
        opportunity=opportunity,
        organisation=organisation,
        sent_by=sender,
        remind_on=add_working_days(day, REMINDED_AFTER),
        close_on=add_working_days(day, CLOSED_AFTER),
        **values,
    )
    transitions.log(
        opportunity=opportunity,
        organisation=organisation,
        actor=sender,
        action=OtherAct.INTEREST,
    )
    return interest


@transaction.atomic
def accept(*, interest: Interest, actor: Any) -> None:
    """Show the two sides to each other. Raises NotAllowed, AlreadyHandled."""
    _needed(actor, Answer.ACCEPT, interest)
    transitions.answer(interest=interest, answer=Answer.ACCEPT, actor=actor)
    notifications.interest_answered(interest)


@transaction.atomic
def decline(*, interest: Interest, actor: Any, reason: str) -> None:
    """Say no, and why. Raises NotAllowed, AlreadyHandled, ReasonMissing."""
    _needed(actor, Answer.DECLINE, interest)
    if not reason.strip():
        raise errors.ReasonMissing
    transitions.answer(interest=interest, answer=Answer.DECLINE, actor=actor, reason=reason.strip())
    notifications.interest_answered(interest)


@transaction.atomic
def take_back(*, interest: Interest, actor: Any) -> None:
    """No longer be interested. Raises NotAllowed, AlreadyHandled."""
    _needed(actor, Answer.TAKE_BACK, interest)
    transitions.answer(interest=interest, answer=Answer.TAKE_BACK, actor=actor)


def close_open(*, opportunity: Opportunity, actor: Any, closing: Closing) -> None:
    """Close what waits for an answer in an opportunity, and tell those who asked."""
    rows = opportunity.interests.open().select_related("organisation", "opportunity")
    for interest in rows.order_by("pk"):
        transitions.answer(interest=interest, answer=Answer.CLOSE, actor=actor, closing=closing)
        notifications.interest_closed(interest)


def remind(day: date | None = None) -> int:
    """Ask again for an answer five working days after an interest was sent; how many there were."""
    today = day or timezone.localdate()
    late = Interest.objects.open().filter(
        remind_on__lte=today, close_on__gt=today, reminded_at__isnull=True
    )
    done = 0
    for interest in late.select_related("organisation", "opportunity__organisation").order_by("pk"):
        with transaction.atomic():
            rows = Interest.objects.open().filter(pk=interest.pk, reminded_at__isnull=True)
            if not rows.update(reminded_at=timezone.now()):
                continue
            notifications.interest_reminded(interest)
        done += 1
    return done


def close_unanswered(day: date | None = None) -> int:
    """Close what nobody has answered for fifteen working days, and tell both sides; how many there were."""
    today = day or timezone.localdate()
    late = Interest.objects.open().filter(close_on__lte=today)
    done = 0
    for interest in late.select_related("organisation", "opportunity__organisation").order_by("pk"):
        try:
            with transaction.atomic():
                transitions.answer(
                    interest=interest,
                    answer=Answer.CLOSE,
                    actor=None,
                    closing=Closing.UNANSWERED,
                )
                notifications.interest_closed(interest)
        except errors.AlreadyHandled:
            # Somebody has just answered.
            continue
        done += 1
    return done


def _needed(actor: Any, answer: Answer, interest: Interest) -> None:
    """Raise where the answer is not this person's, or where there is one already."""
    rows = Interest.objects.visible_to(actor).select_related("organisation")
    current = rows.select_related("opportunity__organisation").filter(pk=interest.pk).first()
    if current is None:
        raise errors.NotAllowed
    if not current.is_open:
        raise errors.AlreadyHandled(str(current.decided_by or ""))
    if not permissions.may_answer(actor, answer, current):
        raise errors.NotAllowed
