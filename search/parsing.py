"""What somebody typed, understood: words, "phrases", -excluded, kind:event. Any text parses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.text import slugify

from core.searchable import registered

FACETS = (
    "kind",
    "language",
    "country",
    "region",
    "value_chain",
    "strategy",
    "tag",
    "year",
    "solved",
)
"""What can be narrowed by: the entry's kind and language, and the facets that apps name."""

LONGEST_TEXT = 2_000
LONGEST_WORD = 200
MOST_TERMS = 200
MOST_BESIDE_PHRASES = 6
"""With more words than these beside it, what stands in quotation marks is quoted, not demanded."""

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›〝〞＂", '"'))
TERM = re.compile(
    rf'(?P<minus>(?<!\S)-)?(?:(?P<facet>(?<![^\s-])(?i:{"|".join(FACETS)})):(?=["\w]))?'
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
)


@dataclass(frozen=True, slots=True)
class ParsedText:
    """Words that are looked for, phrases that must be found, terms that must not be, and filters.

    The words are in the order and as often as they were written: in a long question what is said
    again matters more. Each term holds a letter or a digit, and none holds a quotation mark or a
    character that cannot be seen. `filters` maps a facet to its typed values.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for; leaving out and narrowing is not looking for."""
        return not self.words and not self.phrases


def parse(text: str) -> ParsedText:
    """Understand a text of any length and content; what is beyond the bounds is cut off."""
    # Words and phrases in their order.
    looked_for: list[str] = []
    excluded: list[str] = []
    filters: dict[str, list[str]] = {}
    matches = TERM.finditer(normalise(text))
    for _number, match in zip(range(MOST_TERMS), matches, strict=False):
        is_phrase = match["phrase"] is not None
        term = " ".join((match["phrase"] if is_phrase else match["word"]).split())
        if not any(character.isalnum() for character in term):
            continue
        facet = (match["facet"] or "").lower()
        value = "" if match["minus"] or not facet else _value(facet, term)
        if value:
            filters.setdefault(facet, []).append(value)
            continue
        if facet and not is_phrase:
            term = f"{match['facet']}:{term}"
        if match["minus"]:
            excluded.append(term)
        else:
            looked_for.append(term if is_phrase else term[:LONGEST_WORD])
    words = [term for term in looked_for if " " not in term]
    phrases = [term for term in looked_for if " " in term]
    if phrases and len(words) > MOST_BESIDE_PHRASES:
        words, phrases = _speakable_words(looked_for), []
    return ParsedText(
        tuple(words),
        tuple(dict.fromkeys(phrases)),
        tuple(dict.fromkeys(excluded)),
        {facet: tuple(dict.fromkeys(values)) for facet, values in filters.items()},
    )


def _speakable_words(terms: list[str]) -> list[str]:
    words = [word for term in terms for word in term.split() if any(map(str.isalnum, word))]
    return words[:MOST_TERMS]


def speakable(text: str) -> str:
    """A text as a term: normalised, without quotation marks; empty where it has no letter or digit."""
    term = " ".join(normalise(text).replace('"', " ").split())
    return term if any(character.isalnum() for character in term) else ""


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


def _value(facet: str, term: str) -> str:
    """The code that a typed value means; empty where there is no such, so that it is a word."""
    return _CODES[facet](term)


def _kind(term: str) -> str:
    kinds = {searchable.kind for searchable in registered()}
    return term.lower() if term.lower() in kinds else ""


def _language(term: str) -> str:
    return term.lower() if term.lower() in dict(settings.LANGUAGES) else ""


def _year(term: str) -> str:
    return term if re.fullmatch(r"[0-9]{4}", term) else ""


_CODES: dict[str, Callable[[str], str]] = {
    "kind": _kind,
    "language": _language,
    "country": str.upper,
    "region": str.upper,
    "value_chain": str.lower,
    "strategy": str.lower,
    "tag": lambda term: slugify(term, allow_unicode=True),
    "year": _year,
    "solved": lambda term: "yes" if term.lower() == "yes" else "",
}
