"""SQL over snapshots from before there was a table: what it reads instead."""

from __future__ import annotations

import duckdb

from warehouse.at_day import MARTS
from warehouse.duties import has

INSTEAD = {
    "core.entity_name": """SELECT 'project' AS entity_kind, p.project_id AS entity_id, p.project_name AS name_zh, p.project_name AS name_en FROM core.project AS p
        UNION ALL SELECT 'outcome', o.outcome_id, o.outcome_name, o.outcome_name FROM core.outcome AS o
        UNION ALL SELECT 'organization', g.org_id, g.org_name, g.org_name FROM core.organization AS g
        UNION ALL SELECT 'zone', z.zone_id, z.name_zh, z.name_en FROM ref.zone AS z""",
    "ref.category": "SELECT '' AS category_id, '' AS name_zh, '' AS name_en WHERE false",
} | {f"mart.{name}": (MARTS / f"{name}.sql").read_text(encoding="utf-8") for name in ("fund_month", "fund_series", "fund_day",  # what reads another, first
                                                                                         "insured_firm")}


def readable(cursor: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The SQL as this snapshot can answer it."""
    for table, instead in INSTEAD.items():
        if table in sql and not has(cursor, table):
            sql = sql.replace(table, f"({instead})")
    return sql
