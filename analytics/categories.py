"""What the categories of contributing rows are called, in the order of the policy."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.duties import has


@dataclass(frozen=True, kw_only=True)
class Category:
    """One name of the committee's tables. `kind`: platform, service, request …; `grouping`: what it belongs to; `clause_id` None: not in the policy."""

    category_id: str
    kind: str
    name_zh: str
    name_en: str
    grouping_zh: str
    grouping_en: str
    clause_id: str | None


def categories(cursor: duckdb.DuckDBPyConnection, kind: str | None = None) -> tuple[Category, ...]:
    """Those of one kind, or all. A snapshot from before there was the table has none."""
    if not has(cursor, "ref.category"):
        return ()
    names = ("category_id", "kind", "name_zh", "name_en", "grouping_zh", "grouping_en", "clause_id")
    rows = cursor.execute(f"SELECT {', '.join(names)} FROM ref.category WHERE $kind IS NULL OR kind = $kind ORDER BY rowid", {"kind": kind}).fetchall()
    return tuple(Category(**dict(zip(names, row, strict=True))) for row in rows)
