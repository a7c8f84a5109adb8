"""The stages of the policy, in their order."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, kw_only=True)
class Stage:
    """研发 to 产业化."""

    stage_id: str
    name_zh: str
    name_en: str


def stages(cursor: duckdb.DuckDBPyConnection) -> tuple[Stage, ...]:
    """Every stage there is, the first first."""
    rows = cursor.execute("SELECT stage_id, name_zh, name_en FROM ref.stage ORDER BY stage_order").fetchall()
    return tuple(Stage(stage_id=stage_id, name_zh=zh, name_en=en) for stage_id, zh, en in rows)
