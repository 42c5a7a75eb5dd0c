"""What else a text could say: apps that know other words for something register, search asks.

Search knows no app, and no app knows search; they meet here, as they do in `core.searchable`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """Some words of a text, and what says the same.

    `words` stand one after another in the text from word number `start` on, where words are what
    `str.split` gives; they are as written there. `terms` holds by language (a code of
    settings.LANGUAGES) the terms for the same thing, the preferred one first; terms can have
    several words. The language in which `words` were understood is among them.
    """

    start: int
    words: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]]


Widener = Callable[[str, str], Sequence[Widening]]

_wideners: list[Widener] = []


def register(widener: Widener) -> None:
    """Have a function asked: from a text and the reader's language to widenings."""
    if widener not in _wideners:
        _wideners.append(widener)


def widening(text: str, language: str) -> list[Widening]:
    """What else the words of a text could be called, in the order of the text.

    Case and accents do not matter. Nothing is returned for words that nobody knows; no text of
    any content or length fails. Cheap enough for every search: no SQL once it is warm.
    """
    return [found for widener in _wideners for found in widener(text, language)]
