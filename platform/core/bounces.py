"""Mail that comes back, or is complained about: to whose account none shall be sent any more."""

from __future__ import annotations

from typing import Any

from anymail.signals import EventType, RejectReason
from django.contrib.auth import get_user_model
from django.dispatch import Signal

# With `user` and `is_complaint`: whoever sends mail of its own accord stops it.
mail_stopped = Signal()

RETURNED = {RejectReason.BOUNCED, RejectReason.INVALID}
ENDED = {EventType.BOUNCED, EventType.REJECTED}
# A full mailbox is no end; this provider's soft bounces come under the same name as its hard ones.
SOFT = {"SoftBounce"}


def is_complaint(event: Any) -> bool:
    """Whether the recipient of a tracking event does not want this mail."""
    return bool(
        event.event_type == EventType.COMPLAINED or event.reject_reason == RejectReason.SPAM
    )


def is_returned(event: Any) -> bool:
    """Whether the address of a tracking event takes no mail, and will not take any later."""
    raw = event.esp_event
    is_soft = isinstance(raw, dict) and raw.get("Type") in SOFT
    return event.event_type in ENDED and event.reject_reason in RETURNED and not is_soft


def take(sender: Any, event: Any, **_kwargs: Any) -> None:
    """Receiver of `anymail.signals.tracking`: tell of the accounts that an event is about."""
    complaint = is_complaint(event)
    if not (complaint or is_returned(event)) or not isinstance(event.recipient, str):
        return
    model = get_user_model()
    for user in model.objects.filter(email__iexact=event.recipient):
        mail_stopped.send(sender=model, user=user, is_complaint=complaint)
