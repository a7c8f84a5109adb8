"""The peer of 空间布局: a bare pydeck page that says which zone was clicked, with our polygons and labels, or with `draw=zones` the zones alone, flat.

`streamlit run bench/map_peer.py`; `view`: of the map, as JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st

GEO = Path(__file__).parents[1] / "warehouse" / "reference" / "geo"


def collection(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((GEO / f"{name}.geojson").read_text(encoding="utf-8"))
    return read


def words(name: str, features: list[dict[str, Any]]) -> pdk.Layer:
    data = [{"at": [each["properties"]["label_lon"], each["properties"]["label_lat"]] if "label_lon" in each["properties"] else each["geometry"]["coordinates"],
             "text": each["properties"]["name_zh"]} for each in features]
    return pdk.Layer("TextLayer", data, id=name, get_position="at", get_text="text", get_size=13, character_set=pdk.types.String("auto"),
                     font_settings={"sdf": True, "fontSize": 48, "buffer": 6}, background=name == "names")


st.set_page_config(layout="wide")
st.title("zones")
zones = collection("zones")
is_whole = st.query_params.get("draw") != "zones"
layers = [pdk.Layer("GeoJsonLayer", zones, id="zones", pickable=True, get_fill_color=[11, 92, 107], extruded=is_whole, get_elevation=300)]
if is_whole:
    basemap = collection("basemap")
    land = {**basemap, "features": [each for each in basemap["features"] if each["geometry"]["type"] != "Point"]}
    layers = [pdk.Layer("GeoJsonLayer", land, id="land", get_fill_color=[235, 239, 241], get_line_color=[180, 190, 195], line_width_min_pixels=1), *layers,
              words("places", [each for each in basemap["features"] if each["geometry"]["type"] == "Point"]), words("names", zones["features"])]
deck = pdk.Deck(layers, initial_view_state=pdk.ViewState(**json.loads(st.query_params["view"])), map_provider=None,
                views=[pdk.View(type="MapView", orthographic=True)])
event = st.pydeck_chart(deck, on_select="rerun", selection_mode="single-object", key="zones", height=560)
if found := event.selection.objects.get("zones"):
    st.header(found[0]["properties"]["name_zh"])
