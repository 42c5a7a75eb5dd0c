"""Mail that comes back, or is complained about, is not sent again."""

from __future__ import annotations

from typing import Any

from anymail.signals import EventType, RejectReason
from django.contrib.auth import get_user_model

from search import actions

FOR_GOOD = {RejectReason.BOUNCED, RejectReason.INVALID, RejectReason.SPAM}
ENDED = {EventType.BOUNCED, EventType.REJECTED}
# A full mailbox is no end; this provider's soft bounces come under the same name as its hard ones.
SOFT = {"SoftBounce"}


def take(sender: Any, event: Any, **_kwargs: Any) -> None:
    """Receiver of `anymail.signals.tracking`: switch off the mail to the account that it is about."""
    raw = event.esp_event
    is_soft = isinstance(raw, dict) and raw.get("Type") in SOFT
    is_over = event.event_type in ENDED and event.reject_reason in FOR_GOOD and not is_soft
    if not isinstance(event.recipient, str):
        return
    if is_over or event.event_type == EventType.COMPLAINED:
        for user in get_user_model().objects.filter(email__iexact=event.recipient):
            actions.stop_all_mail(user=user)
