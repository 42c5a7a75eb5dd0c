"""How one app hands texts over to another, which makes a draft page of them.

The forum knows threads and who agreed to what; another app knows what a page of its kind is made
of. Each maker registers itself in its app's `handovers.py`; where none does, nothing is offered.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text that somebody agreed to hand over.

    `key` names it for as long as the draft lives; `html` is safe HTML, in which nobody else is quoted;
    `attribution` is empty where the author wants no name.
    """

    key: str
    html: str
    attribution: str


class Maker(ABC):
    """Makes draft pages of one kind."""

    @abstractmethod
    def may_make(self, user: Any) -> bool:
        """Whether this person may make such a draft at all."""

    @abstractmethod
    def make(
        self,
        *,
        editor: Any,
        title: str,
        language: str,
        passages: Sequence[Passage],
        source_title: str,
        source_url: str,
    ) -> int:
        """Make a draft of the editor's, with the passages and a link to where they come from.

        Returns the key of the page. Raises PermissionError where the editor may not.
        """

    @abstractmethod
    def take_out(self, *, page_id: int, keys: Sequence[str], user: Any) -> None:
        """Take passages out of a page that is not published, and stop its way to publication.

        Raises AlreadyPublishedError.
        """


class AlreadyPublishedError(Exception):
    """The page is on the site: what it says can no longer be taken back by itself."""


_makers: dict[str, Maker] = {}


def register(name: str, maker: Maker) -> None:
    """Offer to make drafts; the name says of what."""
    _makers[name] = maker


def maker(name: str) -> Maker | None:
    """Who makes drafts of this name, or None."""
    return _makers.get(name)
