"""From a row id to the line of the department's file: where it stands, who sent it when, and what it says in the department's own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.duties import has
from warehouse.raw import BITS

PLACE_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
SENT_SQL = (Path(__file__).parent / "sent_row.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Source:
    """A line of a file as it was sent. `row` as Excel shows it, `received_at` in UTC, `sender` "" for the department itself.

    `cells`: heading and text in the order of the file, blanks left out; empty for a row that nothing counted leads back to. `left_out`: headings whose
    cells are not kept, being personal or of unknown meaning. `unit`: of the money of the table, where the file states one outside its headings.
    """

    file: str
    sheet: str
    row: int
    received_at: dt.datetime
    department: str
    department_en: str | None
    sender: str
    cells: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    unit: str | None


def sources(cursor: duckdb.DuckDBPyConnection, row_ids: Iterable[int]) -> dict[int, Source]:
    """The lines by row id. A snapshot made before lines were kept gives their places alone."""
    asked: dict[str, object] = {"rows": sorted(row_ids)}
    said = {row_id: line for row_id, *line in cursor.execute(SENT_SQL, asked).fetchall()} if has(cursor, "raw.sent_row") else {}
    found: dict[int, Source] = {}
    for row_id, file, sheet, row, received_at, department, department_en, sender in cursor.execute(PLACE_SQL, asked | BITS).fetchall():
        headings, cells, left_out, unit = said.get(row_id, ((), (), (), None))
        found[row_id] = Source(
            file=file, sheet=sheet, row=row, received_at=received_at.replace(tzinfo=dt.UTC), department=department, department_en=department_en,
            sender=sender or "",
            cells=tuple((heading, text) for heading, text in zip(headings, cells, strict=True) if text), left_out=tuple(left_out), unit=unit)
    return found
