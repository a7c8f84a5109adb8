"""The shapes of a snapshot: the zones, the quiet backdrop, and the cells in which things stand."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.duties import has

POINTS_SQL = (Path(__file__).parent / "zone_sql" / "points.sql").read_text(encoding="utf-8")
CELL = 0.006  # degrees, some 600 m, as wide on the map as a spot: at most some two thousand cells in the New Area, however many things there are


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`polygons`: of a GeoJSON MultiPolygon, WGS-84; `at`: longitude and latitude of the label."""

    zone_id: str
    polygons: list[Any]
    at: tuple[float, float]
    area_km2: Decimal
    source: str
    licence: str
    datum: str
    is_schematic: bool


@dataclass(frozen=True, kw_only=True)
class Backdrop:
    """One outline, runway or place name. `geometry`: GeoJSON."""

    kind: str
    name_zh: str
    name_en: str
    geometry: dict[str, Any]
    source: str
    source_en: str
    licence: str
    licence_en: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Things that stand together."""

    longitude_deg: float
    latitude_deg: float
    things: int


@dataclass(frozen=True, kw_only=True)
class Points:
    """`nowhere`: how many things have no coordinates."""

    cells: tuple[Cell, ...]
    nowhere: int

    @property
    def things(self) -> int:
        return sum(each.things for each in self.cells) + self.nowhere


def has_shapes(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether the snapshot was made since there are shapes."""
    return has(cursor, "ref.zone_shape")


def shapes(cursor: duckdb.DuckDBPyConnection) -> dict[str, Shape]:
    """By zone."""
    rows = cursor.execute("SELECT zone_id, geometry, label_longitude_deg, label_latitude_deg, area_km2, source, licence, datum, is_schematic "
                          "FROM ref.zone_shape ORDER BY zone_id").fetchall()
    return {zone: Shape(zone_id=zone, polygons=json.loads(drawn)["coordinates"], at=(x, y), area_km2=area, source=source, licence=licence or "", datum=datum,
                        is_schematic=is_schematic) for zone, drawn, x, y, area, source, licence, datum, is_schematic in rows}


def backdrop(cursor: duckdb.DuckDBPyConnection) -> tuple[Backdrop, ...]:
    """Every feature of the backdrop."""
    rows = cursor.execute("SELECT kind, name_zh, name_en, source, source_en, licence, licence_en, geometry FROM ref.basemap ORDER BY feature_id").fetchall()
    names = ("kind", "name_zh", "name_en", "source", "source_en", "licence", "licence_en")
    return tuple(Backdrop(**dict(zip(names, row, strict=False)), geometry=json.loads(row[-1])) for row in rows)


def points(cursor: duckdb.DuckDBPyConnection, kind: str, as_of: dt.date) -> Points:
    """The things of a kind (organizations, buildings, platforms) at V, added up by cell."""
    rows = cursor.execute(POINTS_SQL, {"kind": kind, "v": as_of, "cell": CELL}).fetchall()
    return Points(cells=tuple(Cell(longitude_deg=x, latitude_deg=y, things=things) for x, y, things in rows if x is not None),
                  nowhere=sum(things for x, _, things in rows if x is None))
