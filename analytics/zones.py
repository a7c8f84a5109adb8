"""The zones, in the order of the policy: the core, its carriers, then the two buckets."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, kw_only=True)
class Zone:
    """`kind`: core, carrier or bucket (outside and unplaced)."""

    zone_id: str
    kind: str
    name_zh: str
    name_en: str


def zones(cursor: duckdb.DuckDBPyConnection) -> tuple[Zone, ...]:
    """Every zone there is."""
    rows = cursor.execute("SELECT zone_id, kind, name_zh, name_en FROM ref.zone "
                          "ORDER BY list_position(['core', 'carrier', 'bucket'], kind), rowid").fetchall()
    return tuple(Zone(zone_id=zone_id, kind=kind, name_zh=zh, name_en=en) for zone_id, kind, zh, en in rows)
