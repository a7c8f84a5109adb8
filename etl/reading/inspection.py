"""What the reader sees in a file, as plain values for people and tests."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl

from etl.reading.reader import read
from etl.reading.table import Reading, Refused, Table


def inspect(path: Path, *, sheet: str | None = None, known: Collection[str] = (), first_and_last: int = 0) -> dict[str, Any]:
    """The tables found on the visible sheets, or on one: `{"tables": […], "file": {…}}`, or `{"refused": {"what", "do"}}`.

    Rows are 1-based as Excel shows them. `first_and_last` adds that many data rows of either end, as texts.
    """
    try:
        return described(read(Path(path), known=known), sheet=sheet, first_and_last=first_and_last)
    except Refused as refusal:
        return {"refused": {"what": refusal.what, "do": refusal.do}}


def described(reading: Reading, *, sheet: str | None = None, first_and_last: int = 0) -> dict[str, Any]:
    """What was read, as `inspect` gives it. Raises Refused where there is no such sheet."""
    hidden = [f"隐藏的工作表没有读：{name}" for name in reading.hidden_sheets]
    return {"tables": [_described(table, reading.encoding, hidden, first_and_last) for table in tables_on(reading, sheet)],
            "file": {"kind": reading.kind, "sha256": reading.sha256, "bytes": reading.size_bytes}}


def tables_on(reading: Reading, sheet: str | None) -> list[Table]:
    """The tables of one sheet, or of all. Raises Refused where there is no such sheet."""
    tables = [table for table in reading.tables if sheet is None or table.sheet == sheet]
    if not tables:
        raise _no_such_sheet(str(sheet), list(dict.fromkeys(table.sheet for table in reading.tables)), reading.hidden_sheets)
    return tables


def _no_such_sheet(sheet: str, there: list[str], hidden: tuple[str, ...]) -> Refused:
    if sheet in hidden:
        return Refused(f"工作表“{sheet}”是隐藏的，不读。", "取消隐藏后重新报送。")
    return Refused(f"没有工作表“{sheet}”，或其中没有表。", f"从这些工作表中选：{'、'.join(there)}。")


def _described(table: Table, encoding: str | None, warnings: list[str], ends: int) -> dict[str, Any]:
    rows = table.rows["row"]
    described = {
        "sheet": table.sheet, "encoding": encoding, "header_rows": list(table.header_rows), "columns": list(table.columns),
        "first_data_row": rows.min(), "last_data_row": rows.max(), "data_rows": table.rows.height,
        "total_rows": _numbers(table, "total"), "section_rows": _numbers(table, "section"),
        "footer_rows": _numbers(table, "footer"),
        "units": table.units, "warnings": [*table.warnings, *warnings],
    }
    if ends:
        texts = table.rows.drop("row")
        described["first_rows"] = [list(row) for row in texts.head(ends).fill_null("").rows()]
        described["last_rows"] = [list(row) for row in texts.tail(ends).fill_null("").rows()]
    return described


def _numbers(table: Table, kind: str) -> list[int]:
    return table.aside.filter(pl.col("kind") == kind)["row"].to_list()
