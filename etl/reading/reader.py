"""A file into its tables: kind by content, grid, header, rows. A kind of file is one module that gives grids."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from etl.reading import delimited, workbook
from etl.reading.body import Frame, divide
from etl.reading.grid import HEAD_ROWS, Grid
from etl.reading.header import Header, find_header
from etl.reading.kind import kind_of
from etl.reading.layout import Part, parts
from etl.reading.levels import levels
from etl.reading.marks import table_units
from etl.reading.rows import filled
from etl.reading.table import ASIDE_SCHEMA, Reading, Refused, Table

_WIDE_SHARE = 0.6
_KNOWN_ENOUGH = 2  # known headings that make a hidden sheet more than a word list


def read(path: Path, *, known: Collection[str] = (), name: str | None = None) -> Reading:
    """The tables of a departmental file.

    `known`: normalised headings (heading.plain) of the feeds it could be; they help to find the header. `name`: the file's
    name as sent. Raises Refused, in words, for everything that cannot be read; no other error comes from a file's content.
    """
    if (name or path.name).startswith("~$"):
        raise Refused("这是 Excel 打开文件时生成的临时文件，不是报表。", "关闭 Excel 后报送不带“~$”的那个文件。")
    with _errors_as_refusals():
        kind = kind_of(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        grids, hidden, encoding = _grids(kind, path)
        found = [(grid, _tables(grid, frozenset(known))) for grid in grids]
        tables = tuple(table for _, of_sheet in found for table in of_sheet)
        if not tables:
            raise _no_header(grids, hidden)
        return Reading(kind=kind, sha256=sha256, size_bytes=path.stat().st_size, encoding=encoding, tables=tables,
                       hidden_sheets=hidden, unread=(*(grid.sheet for grid, of_sheet in found if not of_sheet and any(filled(row) > 1 for row in grid.head)),
                                                     *_hidden_tables(path, hidden, frozenset(known))))


def _grids(kind: str, path: Path) -> tuple[list[Grid], tuple[str, ...], str | None]:
    if kind == "csv":
        grid, encoding = delimited.grid_of(path)
        return [grid], (), encoding
    return *workbook.grids_of(path), None


@contextmanager
def _errors_as_refusals() -> Iterator[None]:
    """The system's and the native readers' errors as refusals. A panic in native code is a BaseException of its own."""
    try:
        yield
    except PermissionError as error:
        raise Refused("没有权限读取这个文件。", "检查文件的读取权限后重试。") from error
    except OSError as error:
        raise Refused(f"文件打不开（{error.strerror or error}）。", "检查文件和磁盘后重试。") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("文件内容异常，读取程序无法处理。", "在 Excel 或 WPS 中打开，另存为新的 .xlsx 后重新报送。") from error


def _has_cells(rows: list[list[str]]) -> bool:
    return any(cell for row in rows for cell in row)


def _hidden_tables(path: Path, hidden: tuple[str, ...], known: Collection[str]) -> Iterator[str]:
    """The hidden sheets with rows below known headings; of each its first rows are looked at, and one that cannot be read holds none."""
    if not hidden or not known:
        return
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        for sheet in book.sheets_metadata:
            if sheet.name in hidden and sheet.typ == SheetTypeEnum.WorkSheet:
                try:
                    cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False, nrows=HEAD_ROWS)
                except CalamineError:
                    continue
                head = [[workbook.cell_text(cell) for cell in row] for row in cells]
                header = find_header(Grid(sheet=sheet.name, sheet_no=0, head=head, body=lambda _: pl.DataFrame()), known)
                if header and header.known >= _KNOWN_ENOUGH and _has_cells(head[header.last + 1 :]):
                    yield sheet.name


def _no_header(grids: list[Grid], hidden: tuple[str, ...]) -> Refused:
    if any(_has_cells(grid.head) for grid in grids):
        return Refused("没有找到表头。", "保留一行列名（如 项目编号、项目名称），放在数据的上一行，每列一个。")
    if hidden:
        return Refused(f"可见的工作表都是空的；隐藏的工作表不读：{'、'.join(hidden)}。", "取消隐藏要报送的工作表后重新报送。")
    return Refused("表里没有任何内容。", "重新导出并报送；确无数据请报送只有表头的表（零报告）。")


def _tables(grid: Grid, known: Collection[str]) -> list[Table]:
    """The tables of a sheet; none where it has no header."""
    visible = replace(grid, head=[[""] * len(row) if number in grid.hidden_rows else row for number, row in enumerate(grid.head)])
    return [_table(part) for part in parts(visible, known)]


def _table(part: Part) -> Table:
    grid, header = part.grid, part.header
    after = header.last + 1
    wide = {top + 1 for (top, left), (_, right) in grid.merges
            if top >= after and right - left + 1 >= _WIDE_SHARE * len(header.names)}
    divided = divide(part.body, Frame(after=after, header=grid.head[header.first : after], above=grid.head[: header.first], names=header.names,
                                      wide=wide, hidden=[row + 1 for row in grid.hidden_rows], is_known=header.known >= _KNOWN_ENOUGH))
    rows, odd = _named(divided.rows, header)
    aside = pl.concat([_above(grid, header), divided.aside])
    if rows.height + aside.height != after + part.body.height:
        raise AssertionError(f"{grid.sheet}: {rows.height} + {aside.height} rows of {after + part.body.height}")
    stated = (*_texts(aside, "metadata"), *_texts(aside, "footer"))
    units, doubt = _units(header, stated)
    warnings = (*grid.warnings, *header.warnings, *odd, *doubt, *divided.warnings, *_left_out(aside, part.first_row))
    rows, aside = (frame.with_columns(pl.col("row") + part.first_row) for frame in (rows, aside))
    return Table(sheet=grid.sheet, sheet_no=grid.sheet_no, header_rows=tuple(aside.filter(kind="header")["row"].sort()),
                 columns=tuple(rows.columns[1:]), units=units, rows=rows, aside=aside, stated=stated, warnings=warnings,
                 levels=levels(rows["row"], header.names, grid.indents, part.first_column))


def _left_out(aside: pl.DataFrame, first_row: int) -> tuple[str, ...]:
    hidden = aside.filter(kind="hidden")["row"] + first_row
    return (f"隐藏的行没有读：第 {'、'.join(map(str, hidden))} 行",) if len(hidden) else ()


def _above(grid: Grid, header: Header) -> pl.DataFrame:
    """The header and what stands above it, as rows set aside."""
    rows = []
    for number, cells in enumerate(grid.head[: header.last + 1]):
        text = " | ".join(filter(None, cells)) or None
        kind = "hidden" if number in grid.hidden_rows else "header" if number >= header.first else "metadata" if text else "blank"
        rows.append((number + 1, kind, text))
    return pl.DataFrame(rows, schema=ASIDE_SCHEMA, orient="row")


def _named(rows: pl.DataFrame, header: Header) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows under their headings. A column without a heading goes if it is blank and is 第n列, with a warning, if not."""
    names, warnings = {}, []
    for place in range(max(rows.width - 1, len(header.names))):
        heading = header.names[place] if place < len(header.names) else ""
        if not heading and (f"c{place}" not in rows.columns or rows[f"c{place}"].null_count() == rows.height):
            continue
        if not heading:
            warnings.append(f"第{place + 1}列有内容，没有列名")
        names[f"c{place}"] = heading or f"第{place + 1}列"
    present = [pl.col(cell) if cell in rows.columns else pl.lit(None, pl.String).alias(cell) for cell in names]
    return rows.select("row", *present).rename(names), tuple(warnings)


def _texts(aside: pl.DataFrame, kind: str) -> tuple[str, ...]:
    return tuple(aside.filter(pl.col("kind") == kind)["text"].to_list())


def _units(header: Header, stated: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    money, unit = table_units(stated)
    if len(money) > 1:
        return header.units, (f"表外写了几个金额单位：{'、'.join(sorted(money))}，无法确定用哪个",)
    return (header.units | {"": unit} if unit else header.units), ()
