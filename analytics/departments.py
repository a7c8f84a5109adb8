"""The departments whose rows count for something."""

from __future__ import annotations

import duckdb

COUNTED = """SELECT d.department_id, d.name_zh, d.name_en FROM ref.department AS d
WHERE d.department_id IN (SELECT DISTINCT c.department_id FROM mart.contribution AS c) ORDER BY d.department_id"""


def departments(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str | None]]:
    """By code, with the Chinese name and the English one where there is one."""
    return {id_: (zh, en) for id_, zh, en in cursor.execute(COUNTED).fetchall()}
