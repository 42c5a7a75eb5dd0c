"""Letting somebody ask for contact no more."""

from __future__ import annotations

from django.db import transaction

from members import errors
from members.models import Block, ContactRequest, User


@transaction.atomic
def block(*, owner: User, other: User) -> None:
    """Let a person ask no more; they are not told. A second time changes nothing.

    Of two who had to do with each other, once nothing is open between them: an open request is
    answered first and a contact ended. Raises NotAllowed.
    """
    requests = ContactRequest.objects.between(owner, other)
    if not requests.exists() or requests.alive().exists():
        raise errors.NotAllowed
    Block.objects.get_or_create(owner=owner, blocked=other)


@transaction.atomic
def unblock(*, owner: User, other: User) -> None:
    """Let a person ask again; of one who is not blocked nothing changes."""
    Block.objects.filter(owner=owner, blocked=other).delete()
