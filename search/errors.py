"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """The act was not done and nothing was changed; `str()` is a sentence for the reader."""


class NotAllowed(Refused):
    """This person may not do this. Views answer 404."""


class NothingAsked(Refused):
    def __init__(self) -> None:
        super().__init__(_("There are no words to look for."))


class TooManySaved(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("You can keep %(most)d searches. Please remove one first.") % {"most": most}
        )


class NameTaken(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have a saved search of this name already."))
