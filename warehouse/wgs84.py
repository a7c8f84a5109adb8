"""Points of any datum in WGS-84, by the one conversion there is: the SQL of core.location."""

from __future__ import annotations

import duckdb
import polars as pl

from warehouse.build import HERE
from warehouse.sqlfile import load

TOLD = """CREATE SCHEMA raw; CREATE SCHEMA core;
CREATE TABLE raw.organizations (org_id TEXT, longitude_deg DOUBLE, latitude_deg DOUBLE, datum TEXT, row_id BIGINT);
CREATE TABLE core.organization (row_id BIGINT);
CREATE TABLE core.premise AS SELECT row_id AS unit_id, longitude_deg, latitude_deg, $datum AS datum, row_id FROM point_frame"""


def to_wgs84(points: pl.DataFrame, datum: str) -> pl.DataFrame:
    """The same points in the same order, converted. Columns longitude_deg, latitude_deg; `datum`: wgs84, cgcs2000, gcj02 or bd09."""
    with duckdb.connect() as con:
        con.register("point_frame", points.with_row_index("row_id").to_arrow())
        con.execute(TOLD.replace("$datum", f"'{datum}'"))
        found = load(HERE / "core" / "location.sql", "core.location").select
        converted: pl.DataFrame = con.sql(f"SELECT longitude_deg, latitude_deg FROM ({found}) ORDER BY row_id").pl()
    return converted
