"""A file into its tables: kind by content, grid, header, rows. A kind of file is one module that gives grids."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from etl.reading import binary_workbook, delimited, old_workbook, open_document, spreadsheet_xml, web_page, workbook
from etl.reading.archive import DAMAGED
from etl.reading.cells import Heads
from etl.reading.grid import Grid
from etl.reading.header import find_header
from etl.reading.kind import kind_of
from etl.reading.rows import filled
from etl.reading.table import Reading, Refused
from etl.reading.tables import tables_of

WORKBOOKS = {"xlsx": workbook.grids_of, "xlsb": binary_workbook.grids_of, "xls": old_workbook.grids_of, "ods": open_document.grids_of,
              "html": web_page.grids_of, "xml": spreadsheet_xml.grids_of}
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
        found = [(grid, tables_of(grid, frozenset(known))) for grid in grids]
        tables = tuple(table for _, of_sheet in found for table in of_sheet)
        if not tables:
            raise _no_header(grids, tuple(hidden))
        return Reading(kind=kind, sha256=sha256, size_bytes=path.stat().st_size, encoding=encoding, tables=tables,
                       hidden_sheets=tuple(hidden), unread=(*(grid.sheet for grid, of_sheet in found
                                                              if not of_sheet and any(filled(row) > 1 for row in grid.head)),
                                                            *_hidden_tables(hidden, frozenset(known))))


def sheets(path: Path) -> list[Grid]:
    """The visible sheets of a file as they lie there, without a look at what stands where. Raises Refused."""
    with _errors_as_refusals():
        return _grids(kind_of(path), path)[0]


def _grids(kind: str, path: Path) -> tuple[list[Grid], Heads, str | None]:
    if kind == "csv":
        return delimited.grids_of(path)
    return *WORKBOOKS[kind](path), None


@contextmanager
def _errors_as_refusals() -> Iterator[None]:
    """The system's and the native readers' errors as refusals. A panic in native code is a BaseException of its own."""
    try:
        yield
    except PermissionError as error:
        raise Refused("没有权限读取这个文件。", "检查文件的读取权限后重试。") from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # an archive that points before its beginning
            raise DAMAGED from error
        raise Refused(f"文件打不开（{error.strerror or error}）。", "检查文件和磁盘后重试。") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("文件内容异常，读取程序无法处理。", "在 Excel 或 WPS 中打开，另存为新的 .xlsx 后重新报送。") from error


def _has_cells(rows: list[list[str]]) -> bool:
    return any(cell for row in rows for cell in row)


def _hidden_tables(hidden: Mapping[str, list[list[str]]], known: Collection[str]) -> Iterator[str]:
    """The hidden sheets with rows below known headings, by their first rows."""
    for name, head in hidden.items() if known else ():
        header = find_header(Grid(sheet=name, sheet_no=0, head=head, body=lambda _: pl.DataFrame()), known)
        if header and header.known >= _KNOWN_ENOUGH and _has_cells(head[header.last + 1 :]):
            yield name


def _no_header(grids: list[Grid], hidden: tuple[str, ...]) -> Refused:
    if any(_has_cells(grid.head) for grid in grids):
        return Refused("没有找到表头。", "保留一行列名（如 项目编号、项目名称），放在数据的上一行，每列一个。")
    if hidden:
        return Refused(f"可见的工作表都是空的；隐藏的工作表不读：{'、'.join(hidden)}。", "取消隐藏要报送的工作表后重新报送。")
    return Refused("表里没有任何内容。", "重新导出并报送；确无数据请报送只有表头的表（零报告）。")
