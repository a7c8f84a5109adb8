"""Shapes as reference rows: GeoJSON in, one row of text per zone or backdrop feature, with its area."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import atanh, pi, radians, sin, sqrt
from typing import Any

import polars as pl

from warehouse.build import REFERENCE

GEO = REFERENCE / "geo"
ZONE_SHAPES, BASEMAP = "zone_shapes", "basemap"
GEOMETRY = frozenset({ZONE_SHAPES, BASEMAP})  # reference tables that are no CSV, and are changed by `geometry` alone
SHAPE_COLUMNS = ("zone_id", "geometry", "label_longitude_deg", "label_latitude_deg", "area_km2", "source", "licence", "datum")
SEMI_MAJOR_KM, FLATTENING = 6378.137, 1 / 298.257223563  # WGS-84
ECCENTRICITY = sqrt(FLATTENING * (2 - FLATTENING))

Ring = Sequence[Sequence[float]]  # longitude and latitude in degrees, the first point again at the end
Polygons = Sequence[Sequence[Ring]]  # as a MultiPolygon has them: the outer ring first, then its holes


def shipped_shapes() -> dict[str, pl.DataFrame]:
    """The schematic zones and the backdrop of warehouse/reference/geo, all text, by the name of the reference table."""
    zones = [shape_row(each["zone_id"], polygons(geometry), label=(each["label_lon"], each["label_lat"]), source=each["source"], licence="", datum=each["datum"])
             for each, geometry in _features("zones")]
    backdrop = [{"feature_id": each["id"], "kind": each["kind"], "name_zh": each["name_zh"], "name_en": each["name_en"], "geometry": json.dumps(geometry),
                 **{name: each[name] for name in ("source", "source_en", "licence", "licence_en", "datum")}} for each, geometry in _features("basemap")]
    return {ZONE_SHAPES: pl.DataFrame(zones, schema=dict.fromkeys(SHAPE_COLUMNS, pl.String)), BASEMAP: pl.DataFrame(backdrop)}


def shape_row(zone_id: str, drawn: Polygons, *, label: tuple[float, float], source: str, licence: str, datum: str) -> dict[str, str]:
    """A row of the reference table; `drawn` in WGS-84, `datum` what it was handed in as."""
    geometry = {"type": "MultiPolygon", "coordinates": [[[[round(x, 6), round(y, 6)] for x, y in ring] for ring in rings] for rings in drawn]}
    return {"zone_id": zone_id, "geometry": json.dumps(geometry), "label_longitude_deg": f"{label[0]:.6f}", "label_latitude_deg": f"{label[1]:.6f}",
            "area_km2": f"{area_km2(drawn):.3f}", "source": source, "licence": licence, "datum": datum}


def polygons(geometry: dict[str, Any]) -> Polygons:
    """The polygons of a GeoJSON Polygon or MultiPolygon."""
    coordinates: Any = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def area_km2(drawn: Polygons) -> float:
    """The area on the WGS-84 ellipsoid, holes left out.

    Exact where edges are straight in the cylindrical equal-area projection (Snyder 1987, eq. 3-12 and 10-14 f.); against geodesic edges
    it is off by less than one part in a hundred thousand for edges of some kilometres.
    """
    return sum(_ring_km2(outer) - sum(map(_ring_km2, holes)) for outer, *holes in drawn)


def _ring_km2(ring: Ring) -> float:
    flat = [(radians(x), _authalic(y)) for x, y in ring]
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(flat))) * SEMI_MAJOR_KM**2 / 4


def _authalic(latitude_deg: float) -> float:
    sine, e = sin(latitude_deg * pi / 180), ECCENTRICITY
    return (1 - e * e) * (sine / (1 - e * e * sine * sine) + atanh(e * sine) / e)


def _features(name: str) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    collection = json.loads((GEO / f"{name}.geojson").read_text(encoding="utf-8"))
    return [({"id": each["id"], **each["properties"]}, each["geometry"]) for each in collection["features"]]
