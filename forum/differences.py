"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing takes time by the product of the lengths: beyond this the middle counts as rewritten.
MOST_COMPARISONS = 250_000
SAME, REMOVED, ADDED = "same", "removed", "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces that make `before` (without what was added) and `after` (without what was removed)."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    pieces = [Piece(SAME, "".join(old[:head]))]
    if len(middle_old) * len(middle_new) > MOST_COMPARISONS:
        pieces += [Piece(REMOVED, "".join(middle_old)), Piece(ADDED, "".join(middle_new))]
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                pieces.append(Piece(SAME, "".join(middle_old[i:j])))
            else:
                pieces.append(Piece(REMOVED, "".join(middle_old[i:j])))
                pieces.append(Piece(ADDED, "".join(middle_new[k:m])))
    pieces.append(Piece(SAME, "".join(old[len(old) - tail :])))
    return [piece for piece in pieces if piece.text]


def _shared(first: list[str], second: list[str]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
