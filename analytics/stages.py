"""The stages, in the order of the policy."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`stage_order`: 0 for the first."""

    stage_id: str
    stage_order: int
    name_zh: str
    name_en: str


def stages(cursor: duckdb.DuckDBPyConnection) -> tuple[Stage, ...]:
    """Every stage there is."""
    rows = cursor.execute("SELECT stage_id, stage_order, name_zh, name_en FROM ref.stage ORDER BY stage_order").fetchall()
    return tuple(Stage(stage_id=stage_id, stage_order=order, name_zh=zh, name_en=en) for stage_id, order, zh, en in rows)
