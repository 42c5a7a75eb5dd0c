"""Which counts of a public table must be left out, so that none of the small ones can be found out.

Several groups that divide the same things have the same sum. Where one of them is shown whole, a
single count that is missing from another is what is left of that sum; and as everybody knows that a
missing count is small, even sums that are not quite known can leave one value only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SMALLEST_SHOWN = 5


@dataclass(slots=True)
class _Group:
    """The counts of one group; the places of those left out, for being small or to protect these."""

    counts: Sequence[int]
    small: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)

    @property
    def left_out(self) -> set[int]:
        return self.small | self.others

    @property
    def shown(self) -> set[int]:
        return set(range(len(self.counts))) - self.left_out

    @property
    def least(self) -> int:
        """The smallest sum that agrees with what is shown."""
        return sum(self.counts[place] for place in self.shown) + SMALLEST_SHOWN * len(self.others)

    @property
    def room(self) -> float:
        """By how much the sum can be greater."""
        return float("inf") if self.others else (SMALLEST_SHOWN - 1) * len(self.small)


def is_small(count: int) -> bool:
    """Whether a count could tell who is meant."""
    return count < SMALLEST_SHOWN


def left_out(groups: Sequence[Sequence[int]]) -> list[set[int]]:
    """The places in each group whose counts are not shown; all groups have the same sum.

    Beside every count below SMALLEST_SHOWN the next smallest, as long as somebody who knows this
    rule, and which counts are left out for being small, could tell one of them.
    """
    divided = [
        _Group(counts, {place for place, n in enumerate(counts) if is_small(n)})
        for counts in groups
    ]
    while _tells_one(divided):
        # What is shown whole gives the sum away: such a group comes first.
        candidates = [
            (len(group.left_out), group.counts[place], number, place)
            for number, group in enumerate(divided)
            for place in group.shown
        ]
        if not candidates:
            break
        *_order, number, place = min(candidates)
        divided[number].others.add(place)
    return [group.left_out for group in divided]


def _tells_one(groups: Sequence[_Group]) -> bool:
    least = max(group.least for group in groups)
    most = min(group.least + group.room for group in groups)
    return any(_is_told(group, least, most) for group in groups)


def _is_told(group: _Group, least: int, most: float) -> bool:
    """Whether sums between these leave one value for a count that is left out of the group."""
    of_small = (SMALLEST_SHOWN - 1) * len(group.small)
    cases = []
    if group.small:
        own = SMALLEST_SHOWN - 1
        cases.append((float(own), float("inf") if group.others else of_small - own))
    if group.others:
        cases.append((float("inf"), float("inf") if len(group.others) > 1 else of_small))
    rest = least - group.least
    return any(max(0.0, rest - beside) >= min(own, most - group.least) for own, beside in cases)
