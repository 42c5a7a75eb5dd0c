"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """The act was not done and nothing was changed; `str()` is a sentence for the reader."""


class NotAllowed(Refused):
    """This person may not do this. Views answer 404."""


class AlreadyHandled(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This has changed in the meantime, in another window perhaps. Please look again.")
        )


class TooManyDrafts(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("You have many proposals that are not published yet. Please finish or delete some.")
        )


class TooManyPictures(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(_("A proposal has at most %(count)s pictures.") % {"count": most})


class TooMuch(Refused):
    def __init__(self) -> None:
        super().__init__(_("This is far longer than a page can be. Please shorten it."))


class TooFast(Refused):
    def __init__(self) -> None:
        super().__init__(_("That was a lot at once. Please try again in an hour."))


class Incomplete(Refused):
    def __init__(self) -> None:
        super().__init__(_("Something is missing. It is named below."))


class NowhereToStand(Refused):
    def __init__(self) -> None:
        super().__init__(_("The site has no list for such pages yet. Please tell the editors."))


class Unfit(Refused):
    """The page itself refuses what the forms let through; the sentence is the page's own."""


class NotAgreed(Refused):
    def __init__(self) -> None:
        super().__init__(_("Without your agreement the editors cannot publish it."))


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_("Please give a reason: the member gets it."))
