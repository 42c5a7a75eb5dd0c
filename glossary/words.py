"""Words made comparable: without case and accents, and cut to what their forms have in common.

The stems are only ever compared with one another, so they need not be words. For what the endings
below do not join, a term has its variants.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
# Letters that are no combination of another one and a mark.
LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ŀ": "l", "ı": "i"}
)
# Catalan writes a long l with a dot that parts no word.
INSIDE = re.compile(r"(?<=l)·(?=l)")
# An article or a preposition that has lost its vowel: l'économie, d'aigua.
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=\w)")
SHORTEST = 3

_ENDINGS = {
    "en": "ies es s e y",
    "ca": "es os s a e o",
    "da": "ernes erne enes ene ens ets ers en et er es e s",
    "es": "es os as s a e o",
    "fr": "es s x e",
    "pt": "oes aes aos ens em ao as os es s a e o",
    "bg": "ията ите ище ият ата ята ето ото ти та то те ът ят ия а я о е и у",
    "ro": "urilor ului elor ilor iile ele ile uri ul ii ea lor ei ie a e i u",
}
# Longest first, so that the most is cut.
ENDINGS = {
    code: tuple(sorted(set(endings.split()), key=lambda ending: (-len(ending), ending)))
    for code, endings in _ENDINGS.items()
}


def folded(text: str) -> str:
    """Lower case without accents, in one form; Cyrillic й and и become one letter."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(LETTERS)


def words_of(text: str) -> list[str]:
    """The words of a text, folded, without elided articles; hyphens and apostrophes part words.

    Words of one or two letters keep their accents: lã is wool in Portuguese, la is not.
    """
    whole = unicodedata.normalize("NFC", text.casefold())
    words = WORD.findall(ELIDED.sub("", INSIDE.sub("", whole)))
    return [word if len(word) < SHORTEST else folded(word) for word in words]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """What the forms of a folded word have in common; at least three letters stay."""
    for ending in ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word
