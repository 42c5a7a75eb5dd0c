"""When somebody leaves the site for good: organisations stay, under nobody's address."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import searchable
from directory.models import Invitation, Organisation


@transaction.atomic
def forget_person(*, user: Any) -> None:
    """Take a person's address out of invitations and off profiles; roles go with the account."""
    Invitation.objects.filter(email__iexact=user.email).delete()
    for organisation in Organisation.objects.filter(contact_email__iexact=user.email):
        organisation.contact_email = ""
        organisation.save(update_fields=["contact_email"])
        searchable.changed(organisation)
