"""How much a member may propose. `settings.CONTRIBUTION_LIMITS` overrides single values."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    open: int = 20
    pictures: int = 6
    uploads_per_hour: int = 60
    sendings_per_hour: int = 10
    # Signs of everything typed into one step, as JSON.
    step_length: int = 200_000


def current() -> Limits:
    """The limits of this installation."""
    return Limits(**getattr(settings, "CONTRIBUTION_LIMITS", {}))
