"""What an act between members refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """The act was not done and nothing was changed; `str()` is a sentence for the reader."""


class NotAllowed(Refused):
    """This person may not do this. Views answer 404."""


class NotMembers(Refused):
    """One of the two is no member any more."""

    def __init__(self) -> None:
        super().__init__(_("Only members come into contact, and one of you is none at the moment."))


class AlreadyAsked(Refused):
    """Of this pair a request is open, or accepted."""

    def __init__(self) -> None:
        super().__init__(_("There is a request between you two already."))


class AlreadyHandled(Refused):
    """The request is no longer in the state that the act begins at."""

    def __init__(self) -> None:
        super().__init__(_("This has changed in the meantime. Please look at it again."))


class TooSoon(Refused):
    """The last request to the same person ended a short while ago without being accepted."""

    def __init__(self, days: int) -> None:
        super().__init__(
            _(
                "Your last request to this person led to nothing. You can ask again %(days)d days later."
            )
            % {"days": days}
        )


class TooMany(Refused):
    """More requests in a day than anybody needs."""

    def __init__(self) -> None:
        super().__init__(_("You have asked many people today. Please go on tomorrow."))


class WordsMissing(Refused):
    """Nobody is declined without a word."""

    def __init__(self) -> None:
        super().__init__(_("Please say why, in a sentence: it goes to the person who asked."))
