"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed, Refused, TooMany

__all__ = [
    "NameTaken",
    "NotAllowed",
    "NothingAsked",
    "Refused",
    "TooManySaved",
]


class NothingAsked(Refused):
    sentence = _("There are no words to look for.")


class TooManySaved(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("You can keep %(most)d searches. Please remove one first.") % {"most": most}
        )


class NameTaken(Refused):
    sentence = _("You have a saved search of this name already.")
