"""The deck as the browser gets it: nothing to fetch, a code to click, colour and height by value."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pydeck as pdk
import pytest

from charts.map import HIGHEST_M, LAYER, Area, Place, Spot, shade, zone_map
from charts.theme import Palette

LIGHT = Palette(paper="#FFFFFF", ink="#0C181D", quiet="#55646D", line="#DFE5E8", accent="#0B5C6B", second="#C7772C")


def square(west: float, south: float) -> list[Any]:
    return [[[[west, south], [west + 0.05, south], [west + 0.05, south + 0.05], [west, south + 0.05], [west, south]]]]


AREAS = (Area(code="chem", name="绿色化工", label="9", said="绿色化工 9 项", share=0.9, polygons=square(103.65, 36.63), at=(103.675, 36.655)),
         Area(code="agri", name="现代农业和农副产品加工", label="0", said="现代农业 0 项", share=0.0, polygons=square(103.55, 36.6), at=(103.575, 36.625)),
         Area(code="core", name="核心区", label="—", said="核心区 —", share=None, polygons=square(103.65, 36.47), at=(103.67, 36.49)))
LAND = (Place(kind="county", name="永登县", geometry={"type": "Polygon", "coordinates": square(103, 36)[0]}),
        Place(kind="airport", name="机场", geometry={"type": "Point", "coordinates": [103.62, 36.5]}))


def told(deck: pdk.Deck) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(deck.to_json())
    return said


def layers(deck: pdk.Deck) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in told(deck)["layers"]}


def features(deck: pdk.Deck) -> dict[str, dict[str, Any]]:
    return {each["properties"]["code"]: each["properties"] for each in layers(deck)[LAYER]["data"]["features"]}


def test_the_deck_asks_no_provider_for_a_map() -> None:
    said = told(zone_map(AREAS, LAND, palette=LIGHT))
    assert said.get("mapProvider") is None
    assert said["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in json.dumps(said)


def test_only_the_zones_can_be_clicked_and_each_carries_its_code() -> None:
    deck = zone_map(AREAS, LAND, [Spot(at=(103.6, 36.5), things=3)], palette=LIGHT, chosen="chem", compared="core")
    assert [name for name, each in layers(deck).items() if each["pickable"]] == [LAYER]
    assert list(features(deck)) == ["chem", "agri", "core"]
    assert {"outline-chem", "outline-core"} <= layers(deck).keys()


def test_colour_and_height_grow_with_the_value_and_the_unknown_has_neither() -> None:
    shown = features(zone_map(AREAS, LAND, palette=LIGHT))
    assert [shown[code]["height"] for code in ("chem", "agri", "core")] == [HIGHEST_M * 0.9, 0, 0]
    assert sum(shown["chem"]["fill"]) < sum(shown["agri"]["fill"]), "deeper where there is more"
    assert shown["core"]["fill"] == [0xDF, 0xE5, 0xE8]
    assert shade(1, LIGHT) == LIGHT.accent.lower()


def test_under_spots_the_zones_lie_flat_and_a_large_spot_bears_its_number() -> None:
    deck = zone_map(AREAS, LAND, [Spot(at=(103.6, 36.5), things=900), Spot(at=(103.61, 36.5), things=1)], palette=LIGHT)
    assert {each["height"] for each in features(deck).values()} == {0}
    assert [each["text"] for each in layers(deck)["spot-counts"]["data"]] == ["900"]


def test_every_layer_of_words_holds_chinese_characters() -> None:
    words = [each for each in layers(zone_map(AREAS, LAND, palette=LIGHT)).values() if each["@@type"] == "TextLayer"]
    assert words
    assert {each["characterSet"] for each in words} == {"auto"}
    assert "Noto Sans CJK SC" in words[0]["fontFamily"]
    assert "现代农业和\n农副产品加工\n0" in [each["text"] for each in layers(zone_map(AREAS, LAND, palette=LIGHT))["names"]["data"]]


@pytest.mark.parametrize("layer", [LAYER, "backdrop", "names", "places"])
def test_no_layer_has_a_colour_that_a_selection_would_fade(layer: str) -> None:
    """Streamlit fades these accessors of whatever is not selected."""
    assert not {"getFillColor", "getColor"} & layers(zone_map(AREAS, LAND, palette=LIGHT))[layer].keys()


def test_the_view_holds_all_zones_wherever_they_lie() -> None:
    east = [replace(each, polygons=[[[[x + 1, y] for x, y in ring] for ring in rings] for rings in each.polygons]) for each in AREAS]
    views = [told(zone_map(areas, LAND, palette=LIGHT))["initialViewState"] for areas in (AREAS, east)]
    assert views[1]["longitude"] - views[0]["longitude"] == pytest.approx(1)
    assert views[1]["zoom"] == pytest.approx(views[0]["zoom"])
