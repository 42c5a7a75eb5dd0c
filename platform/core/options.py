"""Buttons of a choice that many make: a kind, how many chose it, and whether this reader did."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Option:
    """One button of components/reactions.html and its like; `words` says `count`, nothing for none."""

    kind: str
    label: str
    count: int
    words: str
    is_own: bool


def option(kind: str, label: str, count: int, *, is_own: bool) -> Option:
    """The button of a kind that `count` members chose."""
    words = ngettext("%(count)d member", "%(count)d members", count) % {"count": count}
    return Option(kind, label, count, words if count else "", is_own)
