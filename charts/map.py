"""The map of the zones: colour and height say a value, on a quiet backdrop, without a tile or a font from anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, log2, radians, sqrt
from textwrap import fill
from typing import Any

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from charts.theme import FONTS, Palette, mix

LAYER = "zones"  # whose objects a click selects
HEIGHT = 560  # pixels of the drawing
PITCH = 38  # degrees the reader looks down less than straight
HIGHEST_M = 3000  # of the prism of the largest value
PALEST = 0.84  # share of the paper in the colour of the smallest value
ROOM, HEADROOM = 0.76, 0.09  # of the height: what the zones take, and what prisms and names want above them
SMALLEST, LARGEST, NUMBERED = 4, 20, 9  # pixels: the radius of a spot for one thing, of the largest, and from which on it bears its number
LONG = 7  # characters of a Chinese name from which on it takes two lines, and of an English one, times three
TILE = 512  # pixels of the whole earth at zoom 0
FLAT: Mapping[str, Any] = {"depthCompare": "always", "depthWriteEnabled": False}  # drawn above what stands before it


@dataclass(frozen=True, kw_only=True)
class Area:
    """One zone. `value` None: cannot be known; `share`: of the scale, 0 to 1; `polygons`: of a GeoJSON MultiPolygon; `at`: longitude, latitude of its label."""

    code: str
    name: str
    label: str
    said: str
    share: float | None
    polygons: Sequence[Any]
    at: tuple[float, float]
    height: float = 0  # metres, set by zone_map


@dataclass(frozen=True, kw_only=True)
class Place:
    """Part of the backdrop. `kind`: city, county, runway, airport or town; `geometry`: GeoJSON."""

    kind: str
    name: str
    geometry: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Things that stand together."""

    at: tuple[float, float]
    things: int


class Drawn(pdk.Deck):  # type: ignore[misc]
    """A deck whose JSON has no blanks: a third of pydeck's bytes, in a seventh of its time."""

    def to_json(self) -> str:
        return json.dumps(self, default=default_serialize, ensure_ascii=False, separators=(",", ":"))


def zone_map(areas: Sequence[Area], backdrop: Sequence[Place], spots: Sequence[Spot] = (), *, palette: Palette, chosen: str | None = None,
             compared: str | None = None) -> pdk.Deck:
    """A deck whose layer LAYER has one feature per area, with its code among the properties; `chosen` and `compared` are outlined.

    Under spots the areas lie flat: a prism would hide what stands behind it, and a spot on it would seem to stand elsewhere.
    """
    areas = [replace(each, height=0 if spots else HIGHEST_M * (each.share or 0)) for each in areas]
    west, south, east, north = _bounds(areas)
    zoom = log2(HEIGHT * ROOM * 360 / (TILE * (north - south) / cos(radians(north)) * cos(radians(PITCH))))
    view = pdk.ViewState(longitude=(west + east) / 2, latitude=(south + north) / 2 + HEADROOM * (north - south), zoom=zoom, min_zoom=zoom - 2,
                         max_zoom=zoom + 5, pitch=PITCH, bearing=0)
    outlined = [(code, colour) for code, colour in ((compared, palette.ink), (chosen, palette.second)) if code]
    layers = [_outlines(backdrop, palette), _zones(areas, palette), *(_outline(areas, code, colour) for code, colour in outlined),
              *_spots(spots, palette), _places(backdrop, palette), _names(areas, palette)]
    style = {"background": palette.paper, "color": palette.ink, "border": f"1px solid {palette.line}", "borderRadius": "8px", "fontSize": "13px", "fontFamily": FONTS,
             "whiteSpace": "pre-line"}
    controller = {"scrollZoom": False, "dragRotate": False, "touchRotate": False, "keyboard": False,  # a wheel over the map scrolls the page
                  "doubleClickZoom": bool(spots)}  # where a second click may follow, the first is answered 0.3 s later
    return Drawn(layers=layers, initial_view_state=view, map_provider=None, height=HEIGHT, tooltip={"text": "{said}", "style": style},
                 views=[pdk.View(type="MapView", orthographic=True, controller=controller)])


def shade(share: float, palette: Palette) -> str:
    """The colour of a value, as #RRGGBB, by its share of the scale: 0 pale, 1 the accent."""
    return mix(palette.accent, palette.paper, PALEST * (1 - share))


def _zones(areas: Sequence[Area], palette: Palette) -> pdk.Layer:
    features = [{"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": each.polygons}, "properties": {
        "code": each.code, "said": each.said, "fill": _rgb(palette.line if each.share is None else shade(each.share, palette)), "height": each.height}}
        for each in areas]
    return _shapes(LAYER, features, {"polygons-fill": {"getFillColor": "@@=properties.fill"}}, pickable=True, extruded=True, filled=True, stroked=False,
                   get_elevation="properties.height",
                   material={"ambient": 0.78, "diffuse": 0.3, "shininess": 8, "specularColor": [20, 20, 20]})


def _outline(areas: Sequence[Area], code: str, colour: str) -> pdk.Layer:
    edges = [[[*point, each.height] for point in ring] for each in areas if each.code == code for polygon in each.polygons for ring in polygon]
    return _shapes(f"outline-{code}", [_feature({"type": "MultiLineString", "coordinates": edges})], {"linestrings": {"getColor": _rgb(colour)}},
                   get_line_width=4, line_width_units=_said("pixels"), parameters=FLAT)


def _outlines(backdrop: Sequence[Place], palette: Palette) -> pdk.Layer:
    """Counties are faintly filled, so that land is told from nothing; the city is their sum and only drawn around."""
    land, edge = _rgb(mix(palette.line, palette.paper, 0.55)), _rgb(mix(palette.quiet, palette.paper, 0.5))
    features = [_feature(each.geometry, width=3 if each.kind == "runway" else 1, fill=[*land, 255 if each.kind == "county" else 0])
                for each in backdrop if each.kind in ("city", "county", "runway")]
    colours = {"polygons-fill": {"getFillColor": "@@=properties.fill"}, "polygons-stroke": {"getColor": edge}, "linestrings": {"getColor": edge}}
    return _shapes("backdrop", features, colours, filled=True, stroked=True, get_line_width="properties.width", line_width_units=_said("pixels"), parameters=FLAT)


def _spots(spots: Sequence[Spot], palette: Palette) -> list[pdk.Layer]:
    if not spots:
        return []
    radii = [min(SMALLEST * sqrt(each.things), LARGEST) for each in spots]
    features = [_feature({"type": "Point", "coordinates": each.at}, radius=radius) for each, radius in zip(spots, radii, strict=True)]
    colours = {"points-circle": {"getFillColor": [*_rgb(palette.second), 200], "getLineColor": _rgb(palette.paper)}}
    dots = _shapes("spots", features, colours, filled=True, stroked=True, get_point_radius="properties.radius", point_radius_units=_said("pixels"),
                   get_line_width=1, line_width_units=_said("pixels"), parameters=FLAT)
    several = [{"at": each.at, "text": str(each.things)} for each, radius in zip(spots, radii, strict=True) if radius >= NUMBERED]
    return [dots, _text("spot-counts", several, size=11, colour=palette.paper)]


def _places(backdrop: Sequence[Place], palette: Palette) -> pdk.Layer:
    data = [{"at": each.geometry["coordinates"], "text": each.name} for each in backdrop if each.kind in ("airport", "town")]
    return _text("places", data, size=12, colour=mix(palette.quiet, palette.paper, 0.1), anchor="start", get_pixel_offset=[26, 0])


def _names(areas: Sequence[Area], palette: Palette) -> pdk.Layer:
    """Above the northern edge of what they name, so that its colour and what stands in it can be seen."""
    data = [{"at": [each.at[0], _bounds([each])[3], each.height], "text": f"{_wrapped(each.name)}\n{each.label}"} for each in areas]
    ground = {"getFillColor": [*_rgb(palette.paper), 205], "getLineColor": _rgb(palette.line)}
    return _text("names", data, size=13, colour=palette.ink, ground=ground, baseline="bottom", get_pixel_offset=[0, -4], background=True, background_padding=[5, 2, 5, 2],
                 get_border_width=1)


def _shapes(name: str, features: Sequence[Mapping[str, Any]], colours: Mapping[str, Any], **more: Any) -> pdk.Layer:
    """A layer of GeoJSON features. Colours are told to its parts: Streamlit fades the colours that a layer itself has once something is selected."""
    return pdk.Layer("GeoJsonLayer", {"type": "FeatureCollection", "features": list(features)}, id=name, _subLayerProps=dict(colours),
                     **({"pickable": False} | more))


def _feature(geometry: Mapping[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _wrapped(name: str) -> str:
    """A long name over two lines or more: an English one between words, a Chinese one behind its “and”."""
    if name.isascii():
        return fill(name, 3 * LONG)
    return re.sub("(?<=[和与])", "\n", name, count=1) if len(name) > LONG else name


def _text(name: str, data: Sequence[Mapping[str, Any]], *, size: int, colour: str, ground: Mapping[str, Any] | None = None, anchor: str = "middle",
          baseline: str = "center", **more: Any) -> pdk.Layer:
    """A layer of words that holds their Chinese characters, and stands above everything. `ground`: colours of the box behind them."""
    return pdk.Layer(
        "TextLayer", list(data), id=name, pickable=False, get_position="at", get_text="text", get_size=size, line_height=1.25,
        character_set=_said("auto"), font_family=_said(FONTS.replace("'", "")), font_settings={"sdf": True, "fontSize": 48, "buffer": 6},
        get_text_anchor=_said(anchor), get_alignment_baseline=_said(baseline), parameters=FLAT,
        _subLayerProps={"characters": {"getColor": _rgb(colour)}, "background": dict(ground or {})}, **more)


def _said(word: str) -> pdk.types.String:
    """A word that is no name of a column."""
    return pdk.types.String(word)


def _bounds(areas: Sequence[Area]) -> tuple[float, float, float, float]:
    points = [point for each in areas for polygon in each.polygons for ring in polygon for point in ring]
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def _rgb(colour: str) -> list[int]:
    return [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
