"""No small count of the transparency report can be worked out from what it shows."""

from collections import Counter
from random import Random

import pytest

from forum.suppression import SMALLEST_SHOWN, left_out

SIZES = (6, 3, 2)
CASES = 150


def divided(seed):
    """Up to forty things, divided in three ways; some kinds are frequent, most of them rare."""
    dice = Random(seed)
    count = dice.randint(0, 40)
    groups = []
    for size in SIZES:
        weights = [dice.random() ** 3 + 1e-6 for _kind in range(size)]
        found = Counter(dice.choices(range(size), weights, k=count))
        groups.append([found[kind] for kind in range(size)])
    return groups


def sums(ranges):
    """Every sum of one number out of each range."""
    found = {0}
    for numbers in ranges:
        found = {one + other for one in found for other in numbers}
    return found


def possible_values(groups, hidden):
    """{(group, place): the values that a reader who knows the rule cannot exclude}, by trying all."""
    top = max(map(sum, groups)) + 20
    parts = []
    for counts, places in zip(groups, hidden, strict=True):
        shown = sum(n for place, n in enumerate(counts) if place not in places)
        parts.append(
            (
                shown,
                {
                    place: range(SMALLEST_SHOWN)
                    if counts[place] < SMALLEST_SHOWN
                    else range(SMALLEST_SHOWN, top)
                    for place in places
                },
            )
        )
    totals = set.intersection(
        *({shown + one for one in sums(ranges.values())} for shown, ranges in parts)
    )
    return {
        (number, place): {
            value
            for value in ranges[place]
            for rest in sums(known for other, known in ranges.items() if other != place)
            if shown + value + rest in totals
        }
        for number, (shown, ranges) in enumerate(parts)
        for place in ranges
    }


@pytest.mark.parametrize("part", range(3))
def test_every_missing_count_has_two_values_at_least(part):
    for seed in range(part, CASES, 3):
        groups = divided(seed)
        hidden = left_out(groups)
        for counts, places in zip(groups, hidden, strict=True):
            assert {place for place, n in enumerate(counts) if n < SMALLEST_SHOWN} <= places
        told = {
            where: values
            for where, values in possible_values(groups, hidden).items()
            if len(values) < 2
        }
        assert not told, groups


@pytest.mark.parametrize(
    ("groups", "hidden"),
    [
        ([[10, 10], [12, 8]], [set(), set()]),
        ([[10, 10], [17, 3]], [{0}, {1}]),
        ([[10, 10], [20, 0]], [{0}, {1}]),
        ([[3, 17]], [{0}]),
        # A sum of 20 to 24 and one of 16 to 20 are a sum of 20.
        ([[20, 0], [9, 7, 4]], [{1}, {1, 2}]),
        ([[0, 0], [0, 0, 0]], [{0, 1}, {0, 1, 2}]),
    ],
)
def test_no_more_is_left_out_than_that_needs(groups, hidden):
    assert left_out(groups) == hidden
