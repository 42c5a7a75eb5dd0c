"""What goes with its person, under whose address nothing stays, or with time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import searchable
from core.privacy import written_to
from directory.models import Claim, Invitation, Organisation

INVITATIONS_KEPT = timedelta(days=30)
CLAIMS_KEPT = timedelta(days=365)


@transaction.atomic
def forget_person(*, user: Any) -> None:
    """Take a person's addresses out of invitations and off profiles; roles go with the account."""
    Invitation.objects.filter(written_to("email", user)).delete()
    for organisation in Organisation.objects.filter(written_to("contact_email", user)):
        organisation.contact_email = ""
        organisation.save(update_fields=["contact_email"])
        searchable.changed(organisation)


@transaction.atomic
def forget_ended(now: datetime | None = None) -> int:
    """Delete invitations a month after they were taken, withdrawn or ran out, and claims a year after
    they were decided; how many. The log stays, and names nobody who has no account."""
    moment = now or timezone.now()
    end = moment - INVITATIONS_KEPT
    over = Q(accepted_at__lt=end) | Q(withdrawn_at__lt=end)
    over |= Q(accepted_at=None, withdrawn_at=None, expires_at__lt=end)
    done = Invitation.objects.filter(over).delete()[0]
    return done + Claim.objects.filter(decided_at__lt=moment - CLAIMS_KEPT).delete()[0]
