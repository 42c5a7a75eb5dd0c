"""Mail that comes back, or is complained about, is not sent again."""

from __future__ import annotations

from typing import Any

from anymail.signals import EventType, RejectReason
from django.contrib.auth import get_user_model

from forum import actions
from forum.models.following import MailStop

REASONS = {RejectReason.BOUNCED: MailStop.BOUNCE, RejectReason.INVALID: MailStop.BOUNCE}
ENDED = {EventType.BOUNCED, EventType.REJECTED}
# A full mailbox is no end; this provider's soft bounces come under the same name as its hard ones.
SOFT = {"SoftBounce"}


def reason_of(event: Any) -> MailStop | None:
    """Why no more mail may go to the recipient of a tracking event; None where it may."""
    if event.event_type == EventType.COMPLAINED or event.reject_reason == RejectReason.SPAM:
        return MailStop.COMPLAINT
    raw = event.esp_event
    if event.event_type not in ENDED or (isinstance(raw, dict) and raw.get("Type") in SOFT):
        return None
    return REASONS.get(event.reject_reason)


def take(sender: Any, event: Any, **_kwargs: Any) -> None:
    """Receiver of `anymail.signals.tracking`: switch off the mail to the account that it is about."""
    why = reason_of(event)
    if why is None or not isinstance(event.recipient, str):
        return
    for user in get_user_model().objects.filter(email__iexact=event.recipient):
        actions.stop_mail(user=user, why=why)
