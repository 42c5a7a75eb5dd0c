"""Whether an organisation stands behind its profile, or public sources do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localtime

from directory.models import Organisation, Source


def last_seen(sources: Iterable[Source]) -> date | None:
    """The last day on which a fact was taken from one of the sources; None where none is dated."""
    return max((one.seen_on for one in sources if one.seen_on), default=None)


def is_from(seen: date | None, organisation: Organisation) -> bool:
    """Whether nobody has confirmed the profile since its facts were taken from public sources.

    Its date then is that of the sources, and must not be called a confirmation.
    """
    if seen is None or organisation.confirmed_at is None:
        return False
    return localtime(organisation.confirmed_at).date() <= seen
