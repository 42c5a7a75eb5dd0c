"""Likelier words for those that nothing has, found among words that the reader may see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from search.parsing import normalise
from search.query import SearchQuery
from search.stopwords import folded

SHORTEST_MISSPELT = 4
LIKE_ENOUGH = 0.7
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def likelier(query: SearchQuery, missing: Iterable[str], seen: Iterable[str]) -> str:
    """The text of a query with its missing words exchanged for the likest of those seen.

    Empty where no word is like enough.
    """
    words = Counter(word.lower() for word in seen)
    text = normalise(query.text)
    changed = text
    for word in missing:
        best = likest(word, words)
        if best:
            changed = _exchanged(changed, word, best)
    return changed if changed != text else ""


def _exchanged(text: str, word: str, other: str) -> str:
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    return re.sub(pattern, lambda _match: other, text, flags=re.IGNORECASE)


def likest(word: str, words: Counter[str]) -> str:
    """The word most like this one, the more frequent of equals; empty where none is like enough."""
    wanted = folded(word)
    likeness = {
        other: SequenceMatcher(None, wanted, folded(other)).ratio()
        for other in words
        if folded(other)[:1] == wanted[:1] and folded(other) != wanted
    }
    best = max(likeness, key=lambda other: (likeness[other], words[other], other), default="")
    return best if best and likeness[best] >= LIKE_ENOUGH else ""


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of some texts."""
    return [word for text in texts for word in WORD.findall(text)]


def likest_in(word: str, texts: Iterable[str]) -> str:
    """The word of these texts most like this one; empty where none is like enough."""
    return likest(word, Counter(words_of(texts)))
