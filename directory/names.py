"""Words of names, for finding an organisation by the beginning of any of them."""

from __future__ import annotations

import re

from wagtail.coreutils import string_to_ascii

from directory.towns import folded

LONGEST_WORD = 40
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text without case and accents, in their order, each once."""
    found = (word[:LONGEST_WORD] for word in WORD.findall(folded(text)))
    return list(dict.fromkeys(found))


def in_latin(word: str) -> str:
    """A word in Latin letters; what has none in them is left as it is."""
    return "".join(words(string_to_ascii(word)))[:LONGEST_WORD] or word


def words_of(*names: str) -> list[str]:
    """What an organisation of these names is found by: each word, in Latin letters as well."""
    found = [word for name in names for word in words(name)]
    return list(dict.fromkeys([*found, *map(in_latin, found)]))
