"""Many organisations at once, out of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from directory import errors, permissions
from directory.actions.storing import ProfileData, store_many
from directory.models import Organisation


@transaction.atomic
def bring_in(*, actor: Any, profiles: Sequence[ProfileData]) -> list[Organisation]:
    """Store new organisations as drafts that nobody looks after: coordinators do.

    What is there already is changed by `edit_many`, like anything else. Raises NotAllowed.
    """
    if not permissions.may_coordinate(actor):
        raise errors.NotAllowed
    return store_many(creator=actor, profiles=profiles)
