"""The peer of 空间布局: a bare pydeck page that draws the same polygons and says which one was clicked. `streamlit run bench/map_peer.py`."""

from __future__ import annotations

import json
from pathlib import Path

import pydeck as pdk
import streamlit as st

ZONES = Path(__file__).parents[1] / "warehouse" / "reference" / "geo" / "zones.geojson"

st.set_page_config(layout="wide")
st.title("zones")
view = json.loads(st.query_params["view"])
layer = pdk.Layer("GeoJsonLayer", json.loads(ZONES.read_text(encoding="utf-8")), id="zones", pickable=True, get_fill_color=[11, 92, 107])
deck = pdk.Deck([layer], initial_view_state=pdk.ViewState(**view), map_provider=None, views=[pdk.View(type="MapView", orthographic=True)])
event = st.pydeck_chart(deck, on_select="rerun", selection_mode="single-object", key="zones", height=560)
if found := event.selection.objects.get("zones"):
    st.header(found[0]["properties"]["name_zh"])
