"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import errors
from core.errors import NotAllowed, Refused, TooMany

__all__ = [
    "AlreadyHandled",
    "Incomplete",
    "NotAgreed",
    "NotAllowed",
    "NowhereToStand",
    "ReasonMissing",
    "Refused",
    "TooFast",
    "TooManyDrafts",
    "TooManyPictures",
    "TooMuch",
    "Unfit",
]


class AlreadyHandled(errors.AlreadyHandled):
    sentence = _("This has changed in the meantime, in another window perhaps. Please look again.")


class TooManyDrafts(TooMany):
    sentence = _(
        "You have many proposals that are not published yet. Please finish or delete some."
    )


class TooManyPictures(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(_("A proposal has at most %(count)s pictures.") % {"count": most})


class TooMuch(Refused):
    sentence = _("This is far longer than a page can be. Please shorten it.")


class TooFast(Refused):
    sentence = _("That was a lot at once. Please try again in an hour.")


class Incomplete(Refused):
    sentence = _("Something is missing. It is named below.")


class NowhereToStand(Refused):
    sentence = _("The site has no list for such pages yet. Please tell the editors.")


class Unfit(Refused):
    """The page itself refuses what the forms let through; the sentence is the page's own."""


class NotAgreed(Refused):
    sentence = _("Without your agreement the editors cannot publish it.")


class ReasonMissing(Refused):
    sentence = _("Please give a reason: the member gets it.")
