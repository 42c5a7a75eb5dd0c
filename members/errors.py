"""What an act between members refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import errors
from core.errors import AlreadyHandled, NotAllowed, Refused

__all__ = [
    "AlreadyAsked",
    "AlreadyHandled",
    "NotAllowed",
    "NotMembers",
    "Refused",
    "TooMany",
    "TooSoon",
    "WordsMissing",
]


class NotMembers(Refused):
    """One of the two is no member any more."""

    sentence = _("Only members come into contact, and one of you is none at the moment.")


class AlreadyAsked(Refused):
    """Of this pair a request is open, or accepted."""

    sentence = _("There is a request between you two already.")


class TooSoon(Refused):
    """The last request to the same person ended a short while ago without being accepted."""

    def __init__(self, days: int) -> None:
        super().__init__(
            _(
                "Your last request to this person led to nothing. You can ask again %(days)d days later."
            )
            % {"days": days}
        )


class TooMany(errors.TooMany):
    """More requests in a day than anybody needs."""

    sentence = _("You have asked many people today. Please go on tomorrow.")


class WordsMissing(Refused):
    """Nobody is declined without a word."""

    sentence = _("Please say why, in a sentence: it goes to the person who asked.")
