"""Excel workbooks (.xlsx, .xlsm): visible sheets as grids of texts, as a reader of the sheet sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.reading.grid import HEAD_ROWS, Grid, Merge, trimmed
from etl.reading.kind import ARCHIVE_ERRORS
from etl.reading.table import Refused

_EXACT_DIGITS = 10**15  # a number cell keeps 15 digits; the rest was lost before the file was sent
_DAMAGED = Refused("工作簿已损坏，内容读不出来。", "在 Excel 或 WPS 中打开原文件，确认无误后另存为 .xlsx 重新报送。")


def grids_of(path: Path) -> tuple[list[Grid], tuple[str, ...]]:
    """The visible sheets in workbook order and the names of the hidden ones. Raises Refused for damage and passwords."""
    grids: list[Grid] = []
    hidden: list[str] = []
    try:
        _check_archive(path)
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:  # from_path would go by the extension
            for number, sheet in enumerate(book.sheets_metadata):
                if sheet.visible != SheetVisibleEnum.Visible:
                    hidden.append(sheet.name)
                elif sheet.typ == SheetTypeEnum.WorkSheet:
                    grids.append(_grid(book.get_sheet_by_name(sheet.name), number))
    except PasswordError as error:
        raise Refused("工作簿有打开密码，读不了。", "在 Excel 或 WPS 中去掉密码后重新报送。") from error
    except (CalamineError, *ARCHIVE_ERRORS) as error:
        raise _DAMAGED from error
    return grids, tuple(hidden)


def _check_archive(path: Path) -> None:
    """Every part unpacks to its checksum; the reader itself stops at the last cell and would not notice."""
    with ZipFile(path) as archive:
        if archive.testzip():
            raise BadZipFile


def cell_text(value: Any) -> str:
    """A cell as text: 1.0 → 1, 0.1 → 0.1, dates → 2026-03-31, booleans → 是/否."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        is_midnight = value.time() == dt.time(0)
        return value.date().isoformat() if is_midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number_text(value: float) -> str:
    """Shortest decimal text of at most 15 digits, which is what the sheet shows: 0.30000000000000004 → 0.3."""
    short = "%.15g" % (value + 0.0)  # + 0.0: no sign on zero
    return format(Decimal(short), "f") if "e" in short else short


def _grid(sheet: CalamineSheet, number: int) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    merges = _within(sheet.merged_cell_ranges or [], len(rows), max(map(len, rows), default=0))
    warnings: list[str] = []

    def body(after: int) -> pl.DataFrame:
        below = rows[after:]
        _fill_down(below, merges, after)
        columns = list(zip(*below, strict=True))
        if any(abs(cell) >= _EXACT_DIGITS for cells in columns for cell in cells if type(cell) is float):
            warnings.append("有超过 15 位的数字存成了数值，末几位可能已经丢失；编号请按文本填写")
        return trimmed(pl.DataFrame([_series(f"c{place}", cells) for place, cells in enumerate(columns)]))

    head = [[cell_text(cell) for cell in row] for row in rows[:HEAD_ROWS]]
    return Grid(sheet=sheet.name, sheet_no=number, head=head, body=body, merges=merges, warnings=warnings)


def _within(merges: Iterable[Merge], height: int, width: int) -> list[Merge]:
    """The merges as far as there are cells: titles are often merged beyond the last column that is used."""
    return [((top, left), (min(bottom, height - 1), min(right, width - 1))) for (top, left), (bottom, right) in merges
            if top < height and left < width]


def _series(name: str, cells: tuple[Any, ...]) -> pl.Series:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pl.Series(name, cells, dtype=pl.String)
    if kinds <= {str, float}:
        return pl.Series(name, [cell if type(cell) is str else _number_text(cell) for cell in cells], dtype=pl.String)
    return pl.Series(name, [cell_text(cell) for cell in cells], dtype=pl.String)


def _fill_down(rows: list[list[Any]], merges: list[Merge], after: int) -> None:
    """A cell merged over several rows of one column holds for each of them."""
    for (top, left), (bottom, right) in merges:
        if left == right and top >= after:
            for row in rows[top - after + 1 : bottom - after + 1]:
                row[left] = rows[top - after][left]
