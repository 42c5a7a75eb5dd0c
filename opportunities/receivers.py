"""What becomes of an organisation's opportunities when the organisation changes."""

from __future__ import annotations

from typing import Any

from core import searchable
from directory.models import Organisation
from opportunities.models import Opportunity
from opportunities.states import State


def organisation_changed(instance: Organisation, **_kwargs: Any) -> None:
    """Have search read them again: they tell of its name and place, and are public only while it is."""
    for opportunity in Opportunity.objects.filter(organisation=instance, state=State.PUBLISHED):
        searchable.changed(opportunity)


def connect() -> None:
    """Hear of every organisation that search hears of."""
    searchable.entry_changed.connect(
        organisation_changed, sender=Organisation, dispatch_uid="opportunities-organisation"
    )
