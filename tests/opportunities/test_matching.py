"""What fits together: the same from both sides, by reasons that can be told."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from opportunities.explaining import explained
from opportunities.matching import MIRROR, Party, Why, best, compare

YOU = Party(
    key=1,
    organisation=1,
    kind="sme",
    country="PT",
    offers=frozenset({"weaving"}),
    seeks=frozenset({"sorting"}),
    value_chains=frozenset({"fashion_textile", "circular_economy"}),
    languages=frozenset({"pt", "fr"}),
)
THEM = Party(
    key=2,
    organisation=2,
    kind="research",
    country="FR",
    offers=frozenset({"sorting", "training"}),
    value_chains=frozenset({"circular_economy"}),
    languages=frozenset({"fr", "en"}),
)


def codes(values):
    return st.frozensets(st.sampled_from(values), max_size=3)


PARTIES = st.builds(
    Party,
    key=st.integers(1, 5),
    organisation=st.integers(1, 5),
    kind=st.sampled_from(["sme", "research", "cluster"]),
    country=st.sampled_from(["PT", "FR", "BG"]),
    offers=codes(["weaving", "sorting", "training"]),
    seeks=codes(["weaving", "sorting", "training"]),
    value_chains=codes(["digital", "circular_economy"]),
    activities=codes(["13.20", "38.32"]),
    languages=codes(["pt", "fr", "en"]),
    wanted_kinds=codes(["sme", "research"]),
    wanted_countries=codes(["PT", "FR"]),
    seeks_project=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(one=PARTIES, other=PARTIES)
def test_a_match_is_the_same_from_both_sides(one, other):
    here, there = compare(one, other), compare(other, one)
    assert (here is None) is (there is None)
    if here is not None:
        seen = {(MIRROR.get(reason.why, reason.why), reason.codes) for reason in here.reasons}
        assert seen == {(reason.why, reason.codes) for reason in there.reasons}
        assert here.rank == there.rank
        # Every match has something to meet about, and nobody meets themselves.
        assert here.rank[0] > 0
        assert one.organisation != other.organisation


@settings(max_examples=100, deadline=None)
@given(mine=PARTIES, others=st.lists(PARTIES, max_size=8))
def test_the_best_are_the_ones_with_most_to_tell(mine, others):
    found = best(mine, others, most=4)
    assert len(found) <= 4
    ranks = [match.rank for match in found]
    assert ranks == sorted(ranks, reverse=True)
    left_out = [match.rank for other in others if (match := compare(mine, other))]
    assert not ranks or max(left_out) == ranks[0]


def test_every_reason_is_told_in_words(db):
    match = compare(YOU, THEM)
    assert explained(match.reasons, mine=YOU, theirs=THEM) == [
        "You seek and they offer: Sorting",
        "Same value chain: Circular economy",
        "Common language: Français",
        "Different countries: Portugal and France",
    ]
    back = compare(THEM, YOU)
    assert explained(back.reasons, mine=THEM, theirs=YOU)[0] == "You offer and they seek: Sorting"


@pytest.mark.parametrize(
    ("yours", "theirs", "fits"),
    [
        ({}, {}, True),
        ({}, {"organisation": 1}, False),
        ({}, {"offers": frozenset()}, False),
        ({"wanted_countries": frozenset({"FR"})}, {}, True),
        ({"wanted_countries": frozenset({"BG"})}, {}, False),
        ({}, {"wanted_countries": frozenset({"BG"})}, False),
        ({"wanted_kinds": frozenset({"sme"})}, {}, False),
        ({}, {"wanted_kinds": frozenset({"sme"})}, True),
        ({"seeks_project": True}, {"offers": frozenset(), "seeks_project": True}, True),
        ({"seeks_project": True}, {"offers": frozenset()}, False),
        (
            {"seeks_project": True},
            {"offers": frozenset(), "seeks_project": True, "value_chains": frozenset()},
            False,
        ),
    ],
)
def test_what_makes_a_match_and_what_rules_it_out(yours, theirs, fits):
    assert (compare(replace(YOU, **yours), replace(THEM, **theirs)) is not None) is fits


def test_more_to_meet_about_comes_before_more_reasons():
    rich = replace(
        THEM,
        key=3,
        organisation=3,
        seeks=frozenset({"weaving"}),
        country="PT",
        languages=frozenset(),
    )
    assert [match.other.key for match in best(YOU, [THEM, rich], most=5)] == [3, 2]


def test_of_two_as_good_the_newer_comes_first():
    newer = replace(THEM, key=9, organisation=9)
    assert [match.other.key for match in best(YOU, [THEM, newer], most=5)] == [9, 2]


def test_each_reason_has_its_sentence_in_each_language(db):
    full = replace(
        YOU,
        activities=frozenset({"13"}),
        wanted_kinds=frozenset({"research"}),
        wanted_countries=frozenset({"FR"}),
    )
    other = replace(
        THEM,
        seeks=frozenset({"weaving"}),
        activities=frozenset({"13"}),
        wanted_kinds=frozenset({"sme"}),
        wanted_countries=frozenset({"PT"}),
    )
    found = compare(full, other).reasons
    projects = compare(
        replace(full, seeks_project=True), replace(other, seeks_project=True)
    ).reasons
    assert {reason.why for reason in (*found, *projects)} == set(Why)
    for language in ("en", "bg"):
        with translation.override(language):
            assert all(explained((*found, *projects), mine=full, theirs=other))
