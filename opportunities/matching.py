"""What fits together, and why: one pure function over two parties.

A party is an opportunity or an organisation, with what it offers and seeks. Two parties match where
they have something to meet about: one offers what the other seeks, or both look for project partners
in the same value chain. What one of them rules out by name (a country, a type of partner) is never
suggested to it, nor it to them.

There is no number behind a match. It is the list of its reasons, each of which is shown in words, and
of two matches the one comes first that has more meetings, then the one that has more reasons. That the
other is in another country is one such reason among the others: it favours nobody silently.

`compare(a, b)` and `compare(b, a)` are the same match seen from its two sides: what one offers, the
other seeks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """The reasons, in the order in which they are told."""

    YOU_SEEK = "you_seek"
    YOU_OFFER = "you_offer"
    PROJECT = "project"
    VALUE_CHAIN = "value_chain"
    ACTIVITY = "activity"
    YOU_WANT_TYPE = "you_want_type"
    THEY_WANT_TYPE = "they_want_type"
    YOU_WANT_COUNTRY = "you_want_country"
    THEY_WANT_COUNTRY = "they_want_country"
    LANGUAGE = "language"
    OTHER_COUNTRY = "other_country"


MEETINGS = frozenset({Why.YOU_SEEK, Why.YOU_OFFER, Why.PROJECT})
# The same reason seen from the other side; the others are the same from both.
MIRROR = {
    Why.YOU_SEEK: Why.YOU_OFFER,
    Why.YOU_OFFER: Why.YOU_SEEK,
    Why.YOU_WANT_TYPE: Why.THEY_WANT_TYPE,
    Why.THEY_WANT_TYPE: Why.YOU_WANT_TYPE,
    Why.YOU_WANT_COUNTRY: Why.THEY_WANT_COUNTRY,
    Why.THEY_WANT_COUNTRY: Why.YOU_WANT_COUNTRY,
}
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a match; all but `key` and `organisation` are codes of the directory's lists.

    `key` names the opportunity or organisation, `organisation` whose it is: nobody matches itself.
    `kind` is the type of organisation, `country` where it is. `wanted_kinds` and `wanted_countries`
    are what it looks for, everything where they are empty. `activities` are NACE divisions or classes.
    `seeks_project` says that it looks for partners of a project.
    """

    key: int
    organisation: int
    kind: str
    country: str
    offers: frozenset[str] = NONE
    seeks: frozenset[str] = NONE
    value_chains: frozenset[str] = NONE
    activities: frozenset[str] = NONE
    languages: frozenset[str] = NONE
    wanted_kinds: frozenset[str] = NONE
    wanted_countries: frozenset[str] = NONE
    seeks_project: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and about what: the codes that are the same, or those of the other side."""

    why: Why
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The other party, and every reason for it."""

    other: Party
    reasons: tuple[Reason, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """(meetings, reasons): how many capabilities or projects they can meet about, and how many
        reasons there are in all. The greater comes first."""
        meetings = sum(len(one.codes) for one in self.reasons if one.why in MEETINGS)
        return meetings, len(self.reasons)


def compare(mine: Party, theirs: Party) -> Match | None:
    """The match of two parties seen from `mine`, or None where there is none."""
    if mine.organisation == theirs.organisation:
        return None
    if _rules_out(mine, theirs) or _rules_out(theirs, mine):
        return None
    chains = mine.value_chains & theirs.value_chains
    are_projects = mine.seeks_project and theirs.seeks_project
    met = {
        Why.YOU_SEEK: mine.seeks & theirs.offers,
        Why.YOU_OFFER: mine.offers & theirs.seeks,
        Why.PROJECT: chains if are_projects else NONE,
    }
    if not any(met.values()):
        return None
    found = {
        **met,
        Why.VALUE_CHAIN: NONE if are_projects else chains,
        Why.ACTIVITY: mine.activities & theirs.activities,
        Why.YOU_WANT_TYPE: mine.wanted_kinds & {theirs.kind},
        Why.THEY_WANT_TYPE: theirs.wanted_kinds & {mine.kind},
        Why.YOU_WANT_COUNTRY: mine.wanted_countries & {theirs.country},
        Why.THEY_WANT_COUNTRY: theirs.wanted_countries & {mine.country},
        Why.LANGUAGE: mine.languages & theirs.languages,
        Why.OTHER_COUNTRY: frozenset(
            {mine.country, theirs.country} if mine.country != theirs.country else ()
        ),
    }
    reasons = tuple(Reason(why, tuple(sorted(found[why]))) for why in Why if found[why])
    return Match(theirs, reasons)


def best(mine: Party, others: Iterable[Party], *, most: int) -> list[Match]:
    """The matches of a party among others, the best first, the newer of two that are as good."""
    found = [match for other in others if (match := compare(mine, other)) is not None]
    found.sort(key=lambda match: (*match.rank, match.other.key), reverse=True)
    return found[:most]


def _rules_out(mine: Party, theirs: Party) -> bool:
    """Whether one party names what it looks for, and the other is something else."""
    return bool(
        (mine.wanted_kinds and theirs.kind not in mine.wanted_kinds)
        or (mine.wanted_countries and theirs.country not in mine.wanted_countries)
    )
