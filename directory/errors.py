"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """The act was not done and nothing was changed; `str()` is a sentence for the reader."""


class NotAllowed(Refused):
    """This person may not do this. Views answer 404."""


class AlreadyHandled(Refused):
    """Somebody was faster; who, where that is known."""

    def __init__(self, who: str = "") -> None:
        super().__init__(
            _("%(name)s has changed this in the meantime. Please look at it again.") % {"name": who}
            if who
            else _("This has changed in the meantime. Please look at it again.")
        )


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_("Please give a reason: the organisation's people get it."))


class Incomplete(Refused):
    """The profile lacks what it needs to be sent; `missing` names it."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(
            _("Before you send the profile, please add: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )


class TooManyDrafts(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have several organisations that are not published yet."))


class TooManyClaims(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have asked several organisations. Please wait for their answers."))


class NotACluster(Refused):
    def __init__(self) -> None:
        super().__init__(_("Only a published cluster organisation has members."))


class AlreadyMember(Refused):
    def __init__(self) -> None:
        super().__init__(_("The organisation is in this cluster or has asked for it already."))


class LastAdministrator(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This is the last administrator. Please make somebody else an administrator first.")
        )


class AlreadyThere(Refused):
    def __init__(self) -> None:
        super().__init__(_("This person has a role in the organisation already."))


class AlreadyInvited(Refused):
    def __init__(self) -> None:
        super().__init__(_("This address is invited already."))


class InvitationUsed(Refused):
    def __init__(self) -> None:
        super().__init__(_("This invitation was used or withdrawn. Please ask for a new one."))


class InvitationExpired(Refused):
    def __init__(self) -> None:
        super().__init__(_("This invitation has expired. Please ask for a new one."))


class InvitationForAnother(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This invitation is for another e-mail address. Please log in with that one.")
        )


class AlreadyClaimed(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have asked for this already; an answer is on its way."))
