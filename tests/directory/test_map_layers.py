"""Layers of the map: whoever has a value stands on the map under its symbol, and the legend says which."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory import counts
from directory.mapping import points as mapping_points
from directory.mapping.layers import NAMES, SYMBOLS
from directory.mapping.points import MOST_SINGLE
from directory.models import Organisation, ValueChain
from directory.states import State
from directory.vocabulary import Kind
from tests.directory.test_map import BARCELONA, PORTO, place, points
from tests.factories.directory import in_state

pytestmark = pytest.mark.django_db

MAP, PICTURE = "directory:map", "directory:map_picture"


@pytest.fixture
def chains():
    return list(ValueChain.objects.order_by("pk")[:2])


@pytest.fixture
def three(chains):
    first, second = chains
    made = [
        place("Weaver", BARCELONA, town="Barcelona", offers=["weaving"]),
        place("Dyer", BARCELONA, town="Barcelona", offers=["finishing", "weaving"]),
        place("Mill", PORTO, town="Porto", kind="large", offers=["finishing"]),
    ]
    for one, given in zip(made, ([first], [first, second], [second]), strict=True):
        with counts.kept([one]):
            one.value_chains.set(given)
    return made


def told(features):
    """{(symbol, town): names}"""
    return {
        (one["properties"].get("symbol"), one["properties"]["town"]): [
            item["name"] for item in one["properties"]["items"]
        ]
        for one in features
    }


def legend(client, layer, **chosen):
    """[(symbol, label, number)] as the page shows it."""
    page = client.get(reverse(MAP), {"layer": layer, **chosen}).content.decode()
    found = re.findall(
        r'data-symbol="(\d)">([^<]*)</a>\s*<span class="map-symbols__number">(\d+)<', page
    )
    return [(int(symbol), label, int(number)) for symbol, label, number in found]


def test_a_layer_of_one_value_each(client, three):
    assert told(points(client, layer="kind")) == {
        (1, "Barcelona"): ["Dyer", "Weaver"],
        (2, "Porto"): ["Mill"],
    }
    assert [number for _symbol, _label, number in legend(client, "kind")] == [2, 1]


@pytest.mark.parametrize("layer", ["value_chain", "offers"])
def test_who_has_several_values_stands_under_each(client, three, layer):
    found = told(points(client, layer=layer))
    assert sorted(found) == [(1, "Barcelona"), (1, "Porto"), (2, "Barcelona")] or sorted(found) == [
        (1, "Barcelona"),
        (2, "Barcelona"),
        (2, "Porto"),
    ]
    assert sorted(name for names in found.values() for name in names) == [
        "Dyer",
        "Dyer",
        "Mill",
        "Weaver",
    ]
    assert [number for _symbol, _label, number in legend(client, layer)] == [2, 2]


@pytest.mark.parametrize("layer", list(NAMES))
def test_many_are_numbers_under_the_same_symbols(client, three, layer, monkeypatch):
    few = {
        (one["properties"]["symbol"], tuple(one["geometry"]["coordinates"])): one["properties"][
            "count"
        ]
        for one in points(client, layer=layer)
    }
    monkeypatch.setattr(mapping_points, "MOST_SINGLE", 1)
    many = points(client, layer=layer)
    assert {
        (one["properties"]["symbol"], tuple(one["geometry"]["coordinates"])): one["properties"][
            "count"
        ]
        for one in many
    } == few
    assert not any("items" in one["properties"] for one in many)
    assert MOST_SINGLE > 1


def test_a_layer_keeps_to_the_choice_and_to_what_is_public(client, three):
    in_state(Organisation.objects.get(name="Weaver"), State.ARCHIVED)
    assert told(points(client, layer="kind")) == {
        (1, "Porto"): ["Mill"],
        (2, "Barcelona"): ["Dyer"],
    }
    assert told(points(client, layer="kind", kind="sme")) == {(1, "Barcelona"): ["Dyer"]}
    assert [number for _symbol, _label, number in legend(client, "kind", kind="sme")] == [1]


def test_as_many_symbols_as_can_be_told_apart(client, db):
    kinds = list(Kind)[:7]
    for number, kind in enumerate(kinds):
        place(f"Mill {number}", PORTO, kind=kind)
    assert [symbol for symbol, _label, _number in legend(client, "kind")] == [
        *range(1, SYMBOLS + 1)
    ]
    page = client.get(reverse(MAP), {"layer": "kind"}).content.decode()
    assert "1 more is not drawn" in page
    assert {one["properties"]["symbol"] for one in points(client, layer="kind")} == {
        *range(1, SYMBOLS + 1)
    }


@pytest.mark.parametrize("layer", ["", "nothing", "country", "✂", "kind\x00"])
def test_another_word_is_no_layer(client, three, layer):
    assert client.get(reverse(MAP), {"layer": layer}).status_code == 200
    assert not legend(client, layer)
    assert {symbol for symbol, _town in told(points(client, layer=layer))} == {None}


def test_every_address_of_the_map_keeps_the_layer(client, three):
    page = client.get(reverse(MAP), {"layer": "offers", "kind": "sme"}).content.decode()
    assert re.search(r'<option value="offers" selected>', page)
    for name in ("map_points", "map_picture"):
        address = re.search(rf'"({reverse(f"directory:{name}")}\?[^"]*)"', page)
        assert "layer=offers" in address[1]
        assert "kind=sme" in address[1]


def test_the_picture_holds_the_symbols_and_their_legend(client, three):
    drawn = client.get(reverse(PICTURE), {"layer": "kind"}).content.decode()
    assert drawn.count("<polygon") == 2  # on the map and in the legend
    assert drawn.count("<circle") == 2
    for _symbol, label, number in legend(client, "kind"):
        assert f"{label}: {number}" in drawn
    assert "<polygon" not in client.get(reverse(PICTURE)).content.decode()


def test_queries_do_not_grow_with_what_is_there(client, three, chains):
    def asked(layer):
        with CaptureQueriesContext(connection) as captured:
            points(client, layer=layer)
        return len(captured)

    points(client, layer="kind")
    before = {layer: asked(layer) for layer in NAMES}
    for number in range(8):
        one = place(f"More {number}", PORTO, town=f"Town {number}", offers=["weaving", "finishing"])
        one.value_chains.set(chains)
    assert {layer: asked(layer) for layer in NAMES} == before
    assert max(before.values()) <= 6
