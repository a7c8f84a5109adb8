"""What came of each sender's report: pages and the command line tell the same numbers from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

DUTIES_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
ROWS = "rejected.open_row"
APART = (ROWS, "meta.coverage")  # what the checks on these find is told by itself: rows to put right, and reports that are late or never came
FOUND = f"""SELECT p.feed, p.department_id, p.sender, sum(p.failed)::BIGINT FROM meta.check_part AS p JOIN meta.check_result AS r USING (check_id)
WHERE p.failed > 0 AND r."table" NOT IN {APART} GROUP BY ALL"""
Sender = tuple[str, str, str]  # feed, department_id, sender


@dataclass(frozen=True, kw_only=True)
class Told:
    """`accepted`: rows of the files in force; `refused`: rows still to be put right; `found`: what else the checks
    found, None where none ran; UTC."""

    arrived_at: dt.datetime | None
    accepted: int | None
    refused: int | None
    found: int | None


def told(cursor: duckdb.DuckDBPyConnection) -> Mapping[Sender, Told]:
    """By feed, department and sender, of those that sent or with whom something was found; empty for a snapshot made before this was kept."""
    if not has(cursor, ROWS):
        return {}
    sent = {(feed, department, sender): rest for feed, department, sender, *rest in cursor.execute(DUTIES_SQL).fetchall()}
    is_checked = has(cursor, "meta.check_part")
    found = {(feed, department, sender): number for feed, department, sender, number in cursor.execute(FOUND).fetchall()} if is_checked else {}
    return {each: Told(arrived_at=rest[0], accepted=rest[1], refused=rest[2], found=found.get(each, 0) if is_checked else None)
            for each in sent.keys() | found.keys() for rest in [sent.get(each, (None, None, None))]}


def has(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the snapshot has the table: older ones have not, and one published without checks has no results."""
    try:
        cursor.execute(f"FROM {table} LIMIT 0")  # asks the catalogue alone; duckdb_tables() looks into every table
    except duckdb.CatalogException:
        return False
    return True
