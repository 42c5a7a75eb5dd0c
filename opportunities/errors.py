"""What an action refuses beside what every app's do, each with a sentence for the person who asked."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import errors
from core.errors import AlreadyHandled, NotAllowed, Refused

__all__ = [
    "AlreadyHandled",
    "AlreadyInterested",
    "Incomplete",
    "NotAllowed",
    "NotOpen",
    "ReasonMissing",
    "Refused",
    "TermTooLong",
    "TooMany",
    "TooManyDrafts",
]


class ReasonMissing(Refused):
    sentence = _("Please give a reason: the other side reads it.")


class Incomplete(Refused):
    """The opportunity lacks what it needs to be published; `missing` names it."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(
            _("Before you publish it, please add: %(missing)s.") % {"missing": ", ".join(missing)}
        )


class TermTooLong(Refused):
    """The day on which it ends is not from now on, or more than twelve months away."""

    def __init__(self, latest: date) -> None:
        super().__init__(
            _("Please choose a day from today to %(day)s: twelve months are the longest.")
            % {"day": date_format(latest)}
        )


class NotOpen(Refused):
    sentence = _("This opportunity takes no more answers.")


class AlreadyInterested(Refused):
    sentence = _("Your organisation has expressed its interest already.")


class TooMany(errors.TooMany):
    sentence = _("Your organisation has done this very often today. Try again tomorrow.")


class TooManyDrafts(errors.TooMany):
    sentence = _("Your organisation has many drafts. Publish or withdraw one first.")
