"""What the actions of every app refuse. What only one of them refuses stands in its own `errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(Exception):
    """The act was not done and nothing was changed; `str()` is a sentence for the reader.

    It is in the language of whoever asked: that of the moment in which it is raised.
    """

    sentence: ClassVar[StrOrPromise] = ""

    def __init__(self, sentence: StrOrPromise = "") -> None:
        super().__init__(str(sentence or self.sentence))


class NotAllowed(Refused):
    """This person may not do this. Views answer 404."""


class AlreadyHandled(Refused):
    """Somebody else was faster; `by` is that person's name, empty where it is not known."""

    sentence = _("This has changed in the meantime. Please look at it again.")
    naming: ClassVar[StrOrPromise] = _(
        "%(name)s has changed this in the meantime. Please look at it again."
    )

    def __init__(self, by: str = "") -> None:
        self.by = by
        super().__init__(self.naming % {"name": by} if by else self.sentence)


class TooMany(Refused):
    """More than one person or organisation needs; the sentence says what of."""
