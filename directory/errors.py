"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import AlreadyHandled, NotAllowed, Refused, TooMany

__all__ = [
    "AlreadyClaimed",
    "AlreadyHandled",
    "AlreadyInvited",
    "AlreadyMember",
    "AlreadyThere",
    "Incomplete",
    "InvitationExpired",
    "InvitationForAnother",
    "InvitationUsed",
    "LastAdministrator",
    "NotACluster",
    "NotAllowed",
    "ReasonMissing",
    "Refused",
    "TooManyClaims",
    "TooManyDrafts",
]


class ReasonMissing(Refused):
    sentence = _("Please give a reason: the organisation's people get it.")


class Incomplete(Refused):
    """The profile lacks what it needs to be sent; `missing` names it."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(
            _("Before you send the profile, please add: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )


class TooManyDrafts(TooMany):
    sentence = _("You have several organisations that are not published yet.")


class TooManyClaims(TooMany):
    sentence = _("You have asked several organisations. Please wait for their answers.")


class NotACluster(Refused):
    sentence = _("Only a published cluster organisation has members.")


class AlreadyMember(Refused):
    sentence = _("The organisation is in this cluster or has asked for it already.")


class LastAdministrator(Refused):
    sentence = _(
        "This is the last administrator. Please make somebody else an administrator first."
    )


class AlreadyThere(Refused):
    sentence = _("This person has a role in the organisation already.")


class AlreadyInvited(Refused):
    sentence = _("This address is invited already.")


class InvitationUsed(Refused):
    sentence = _("This invitation was used or withdrawn. Please ask for a new one.")


class InvitationExpired(Refused):
    sentence = _("This invitation has expired. Please ask for a new one.")


class InvitationForAnother(Refused):
    sentence = _("This invitation is for another e-mail address. Please log in with that one.")


class AlreadyClaimed(Refused):
    sentence = _("You have asked for this already; an answer is on its way.")
