"""Cells as texts, and rows of cells as a grid: what every kind of workbook has in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import polars as pl

from etl.reading.grid import HEAD_ROWS, Grid, Merge, trimmed
from etl.reading.table import Refused

Place = tuple[int, int]  # row, column, 0-based
Heads = dict[str, list[list[str]]]  # the first rows of each hidden sheet, by its name

UNCALCULATED = "（公式未计算）"  # stands where a formula was saved without its value: neither blank nor 0
_EXACT_DIGITS = 10**15  # a number cell keeps 15 digits; the rest was lost before the file was sent
_LOST = "有超过 15 位的数字存成了数值，末几位可能已经丢失；编号请按文本填写"
_MOST_CELLS = 40_000_000
MANY_CELLS = 10_000_000  # too many where not one in a hundred holds anything
_NAMED = 5  # cells named in a warning


def cell_text(value: Any) -> str:
    """A cell as text: 1.0 → 1, 0.1 → 0.1, dates → 2026-03-31, booleans → 是/否."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        is_midnight = value.time() == dt.time(0)
        return value.date().isoformat() if is_midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    """Shortest decimal text of at most 15 digits, which is what the sheet shows: 0.30000000000000004 → 0.3."""
    short = "%.15g" % (value + 0.0)  # + 0.0: no sign on zero
    return format(Decimal(short), "f") if "e" in short else short


def percent_text(value: float) -> str:
    """A share in a cell formatted as percentage: 0.35 → 35%."""
    try:
        return format((Decimal(f"{value:.15g}") * 100).normalize() + 0, "f") + "%"
    except ArithmeticError:
        return number_text(value)


def address(place: Place) -> str:
    """A place as the sheet calls it: (0, 27) → AB1."""
    row, column = place
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """A column as the sheet calls it: 27 → AB."""
    column, rest = divmod(column, 26)
    return (letters(column - 1) if column else "") + chr(65 + rest)


def named(places: Iterable[Place]) -> str:
    """The first few places, and how many there are."""
    ordered = sorted(set(places))
    more = f" 等 {len(ordered)} 格" if len(ordered) > _NAMED else ""
    return "、".join(map(address, ordered[:_NAMED])) + more


def check_extent(sheet: str, last: Place, filled: int | None = None) -> None:
    """Raises Refused for a sheet that would fill memory because of a cell far away. `last`: its last row and column."""
    rows, columns = last[0] + 1, last[1] + 1
    is_sparse = filled is not None and filled * 100 < rows * columns
    if rows * columns > (MANY_CELLS if is_sparse else _MOST_CELLS):
        some = "" if filled is None else f"，其中只有 {filled} 格有内容"
        raise Refused(f"工作表“{sheet}”的已用区域有 {rows} 行 × {columns} 列{some}，一直到单元格 {address(last)}，读不下。",
                      f"删去数据区以外的内容（按 Ctrl+End 可到 {address(last)}），另存后重新报送；数据确实这么多的，拆成几个文件。")


def rectangular(rows: Sequence[list[Any]], sheet: str) -> list[list[Any]]:
    """The rows at one width, without blank ones at the end. Raises Refused where they would fill memory."""
    for row in rows:
        while row and (row[-1] is None or row[-1] == ""):
            row.pop()
    height = next((number for number in range(len(rows), 0, -1) if rows[number - 1]), 0)
    width = max(map(len, rows), default=0)
    if height:
        is_large = height * width > MANY_CELLS
        check_extent(sheet, (height - 1, width - 1), sum(cell not in (None, "") for row in rows for cell in row) if is_large else None)
    for row in rows[:height]:
        row.extend([""] * (width - len(row)))
    return list(rows[:height])


def sheet_grid(sheet: str, number: int, rows: list[list[Any]], *, merges: Iterable[Merge] = (), warnings: Collection[str] = (),
               uncalculated: Collection[Place] = (), errors: Mapping[Place, str] | None = None, hidden_rows: Collection[int] = (),
               hidden_columns: Collection[int] = (), indents: Mapping[Place, int] | None = None, counts_from_1904: bool = False) -> Grid:
    """The grid of a sheet whose rows are all of one width. `errors`: what stands in cells whose formula went wrong."""
    _write(rows, dict.fromkeys(uncalculated, UNCALCULATED) | dict(errors or {}), sheet)
    height, width = len(rows), len(rows[0]) if rows else 0
    within = _within(merges, height, width)
    told = list(warnings)
    if uncalculated:
        told.append(f"公式没有保存计算结果：{named(uncalculated)}；请在 Excel 或 WPS 中打开并保存一次后重新报送")
    if errors:
        told.append(f"公式出错的单元格：{named(errors)}")

    def body(after: int) -> pl.DataFrame:
        below = rows[after:]
        _fill_down(below, within, after)
        columns = [_series(f"c{place}", cells) for place, cells in enumerate(zip(*below, strict=True))]
        if _LOST not in told and any(has_lost_digits for _, has_lost_digits in columns):
            told.append(_LOST)
        return trimmed(pl.DataFrame([column for column, _ in columns]))

    head = [[cell_text(cell) for cell in row] for row in rows[:HEAD_ROWS]]
    return Grid(sheet=sheet, sheet_no=number, head=head, body=body, merges=within, warnings=told,
                hidden_rows=frozenset(row for row in hidden_rows if row < height),
                hidden_columns=frozenset(column for column in hidden_columns if column < width), indents=indents or {},
                counts_from_1904=counts_from_1904)


def _write(rows: list[list[Any]], texts: Mapping[Place, str], sheet: str) -> None:
    """Put texts into cells, beyond the last row and column too."""
    if not texts:
        return
    width = max(len(rows[0]) if rows else 0, 1 + max(column for _, column in texts))
    height = max(len(rows), 1 + max(row for row, _ in texts))
    check_extent(sheet, (height - 1, width - 1))
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        row.extend([""] * (width - len(row)))
    for (row_number, column), text in texts.items():
        rows[row_number][column] = text


def _within(merges: Iterable[Merge], height: int, width: int) -> list[Merge]:
    """The merges as far as there are cells: titles are often merged beyond the last column that is used."""
    return [((top, left), (min(bottom, height - 1), min(right, width - 1))) for (top, left), (bottom, right) in merges
            if top < height and left < width and (bottom > top or right > left)]


def _series(name: str, cells: tuple[Any, ...]) -> tuple[pl.Series, bool]:
    """A column of texts, and whether it holds numbers that lost digits."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pl.Series(name, cells, dtype=pl.String), False
    if kinds <= {str, float}:
        return _numbers(name, cells)
    if kinds <= {str, dt.date, dt.datetime}:  # the same days again and again
        texts = {cell: cell_text(cell) for cell in set(cells)}
        return pl.Series(name, [texts[cell] for cell in cells], dtype=pl.String), False
    has_lost_digits = any(abs(cell) >= _EXACT_DIGITS for cell in cells if type(cell) in (float, int))
    return pl.Series(name, [cell_text(cell) for cell in cells], dtype=pl.String), has_lost_digits


def _numbers(name: str, cells: tuple[float | str, ...]) -> tuple[pl.Series, bool]:
    """As `_series`, for numbers and the texts among them, as totals and notes leave them: what Polars writes as number_text does at once, the others
    one by one."""
    numbers = pl.Series(name, [cell if type(cell) is float else None for cell in cells], dtype=pl.Float64)
    texts = numbers.cast(pl.String).str.strip_suffix(".0")
    odd = (texts.str.len_bytes() > 15) | texts.str.contains_any(["e", "n", "N"]) | (texts == "-0")
    if len(at := odd.fill_null(value=True).arg_true()):
        texts = texts.scatter(at, [cell if type(cell := cells[place]) is str else number_text(cast("float", cell)) for place in at])
    return texts, bool((numbers.abs() >= _EXACT_DIGITS).any())


def _fill_down(rows: list[list[Any]], merges: list[Merge], after: int) -> None:
    """A cell merged over several rows of one column holds for each of them."""
    for (top, left), (bottom, right) in merges:
        if left == right and top >= after:
            for row in rows[top - after + 1 : bottom - after + 1]:
                row[left] = rows[top - after][left]
