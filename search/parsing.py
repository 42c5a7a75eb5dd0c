"""What somebody typed, understood: words, "phrases", -excluded. Any text parses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_TEXT = 300
MOST_TERMS = 16

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›〝〞＂", '"'))
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class ParsedText:
    """Words and phrases that must all be found, and those that must not be.

    Each of them holds a letter or a digit, and none holds a quotation mark or a character that
    cannot be seen.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; leaving out is not asking."""
        return not self.words and not self.phrases


def parse(text: str) -> ParsedText:
    """Understand a text of any length and content; what is beyond the bounds is cut off."""
    words, phrases, excluded = [], [], []
    for match in TERM.finditer(normalise(text)):
        is_phrase = match["phrase"] is not None
        term = " ".join((match["phrase"] if is_phrase else match["word"]).split())
        if not any(character.isalnum() for character in term):
            continue
        if match["minus"]:
            excluded.append(term)
        elif is_phrase and " " in term:
            phrases.append(term)
        else:
            words.append(term)
        if len(words) + len(phrases) + len(excluded) == MOST_TERMS:
            break
    return ParsedText(*(tuple(dict.fromkeys(terms)) for terms in (words, phrases, excluded)))


def normalise(text: str) -> str:
    """Composed characters, plain quotation marks and spaces, nothing that cannot be seen."""
    composed = unicodedata.normalize("NFKC", text[: LONGEST_TEXT * 4]).translate(QUOTES)
    kept = (_visible(character) for character in composed)
    return "".join(kept)[:LONGEST_TEXT].strip()


def _visible(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zs" | "Zl" | "Zp":
            return " "
        # Marks of direction and of joining, lone surrogates, what Unicode has not assigned.
        case "Cf" | "Cs" | "Co" | "Cn":
            return ""
        case _:
            return character
