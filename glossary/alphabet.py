"""The alphabets of the languages: in which order terms stand, and under which letter."""

from __future__ import annotations

from glossary.words import folded

# Where a letter is more than another one with a mark, it has its own place.
ALPHABETS = {
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
}
PLAIN = "abcdefghijklmnopqrstuvwxyz"
# Everything that begins with no letter of the alphabet, such as digits.
OTHER = "#"


def letter_of(term: str, language: str) -> str:
    """The capital letter under which a term stands, or `OTHER`."""
    alphabet = ALPHABETS.get(language, PLAIN)
    for letter in _letters(term[:1], alphabet):
        if letter in alphabet:
            return letter.upper()
        break
    return OTHER


def order_of(term: str, language: str) -> tuple[tuple[int, str], ...]:
    """A key to sort terms by, as dictionaries of the language do."""
    alphabet = ALPHABETS.get(language, PLAIN)
    places = {letter: place for place, letter in enumerate(alphabet, start=1)}
    return tuple((places.get(letter, 0), letter) for letter in _letters(term, alphabet))


def _letters(text: str, alphabet: str) -> list[str]:
    found: list[str] = []
    for letter in text.casefold():
        found += [letter] if letter in alphabet else list(folded(letter))
    return found
