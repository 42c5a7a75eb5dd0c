"""How good an order of hits is, by grades that people gave."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over some queries, each between 0 and 1; `nothing` is the share without any result."""

    ndcg: float
    mrr: float
    nothing: float
    queries: int


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of the first hits.

    Gains are 2^grade - 1 (Burges et al. 2005), discounted by the binary logarithm of the place;
    0 where nothing is relevant.
    """
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = _discounted(best)
    return _discounted([grades.get(one, 0) for one in found[:depth]]) / ideal if ideal else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """One divided by the place of the first relevant hit; 0 where there is none."""
    for place, one in enumerate(found[:depth], 1):
        if grades.get(one, 0) > 0:
            return 1 / place
    return 0.0


def quality(answers: Iterable[tuple[Sequence[str], Mapping[str, int]]]) -> Quality:
    """The means over answers, each what was found and what is relevant by its grade."""
    every = list(answers)
    count = len(every)
    if not count:
        return Quality(0.0, 0.0, 0.0, 0)
    return Quality(
        sum(ndcg(*one) for one in every) / count,
        sum(reciprocal_rank(*one) for one in every) / count,
        sum(not found for found, _grades in every) / count,
        count,
    )


def _discounted(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
