"""A department's own workbook with the refused cells marked in it. Everything else on its sheets stays as it was."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from etl.reading import Refused
from etl.recognise import ANSWER_NOTES
from etl.returning.first_sheet import add_first_sheet
from etl.returning.told import Fault, Told, by_cell

AUTHOR = "数据看板退回"
# Odd enough to be known again as ours when an answer is sent back and answered once more.
REFUSED_RGB, ASIDE_RGB = "FFFFC7CD", "FFFFEB9D"
LARGEST_SHEETS = 60_000_000  # bytes of all sheets unpacked, about a million cells: what is larger is not marked but copied in part
_LONGEST_COMMENT = 1_500
_BELOW = "\n——\n"  # between a comment of theirs and ours
_BOOK, _MACROS = "xl/workbook.xml", "xl/vbaProject.bin"


@dataclass(frozen=True, kw_only=True)
class Marking:
    """A workbook to copy, where to, and what to mark in it."""

    source: Path
    target: Path
    told: Told
    has_macros: bool


def is_markable(path: Path) -> bool:
    """Whether a file is a workbook of the kind that openpyxl writes, and small enough to be opened whole."""
    return is_zipfile(path) and _BOOK in _parts(path) and _unpacked_bytes(path) <= LARGEST_SHEETS


def has_macros(path: Path) -> bool:
    """Whether a workbook's copy keeps macros and must be called .xlsm."""
    return _MACROS in _parts(path)


def work_bytes(path: Path) -> int:
    """How much there is to read and to write, for the limits of the child that does it."""
    return path.stat().st_size + (min(_unpacked_bytes(path), LARGEST_SHEETS) if is_zipfile(path) else 0)


def _unpacked_bytes(path: Path) -> int:
    return sum(size for name, size in _parts(path).items() if "worksheets/" in name)


def _parts(path: Path) -> dict[str, int]:
    """The parts of an archive and their sizes unpacked, in bytes."""
    with ZipFile(path) as archive:
        return {part.filename: part.file_size for part in archive.infolist()}


def mark(given: Marking) -> None:
    """Write the copy. Raises Refused where openpyxl cannot take the workbook, OSError on a full disk."""
    with _cannot_take(), warnings.catch_warnings(), given.source.open("rb") as file:
        warnings.simplefilter("ignore")  # what the copy may lose is said on its first page
        book = openpyxl.load_workbook(file, keep_vba=given.has_macros, rich_text=True)
    _forget_earlier_answer(book)
    for row in given.told.set_aside:
        _colour_row(book[row.sheet], row)
    for (name, at), reasons in _by_anchor(book, given.told.faults).items():
        _mark_cell(book[name][at], reasons)
    add_first_sheet(book, given.told)
    with _cannot_take():
        book.save(given.target)


@contextmanager
def _cannot_take() -> Iterator[None]:
    """openpyxl is strict about workbooks that Excel and WPS are not strict about, and says so in many ways."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, SyntaxError, BadZipFile, InvalidFileException) as problem:
        raise Refused("原工作簿无法原样复制。", "在原文件上改。") from problem


def _by_anchor(book: Any, faults: tuple[Fault, ...]) -> dict[tuple[str, str], dict[str, None]]:
    """Sheet and cell → its reasons. Of merged cells the one that shows for all bears the reasons of all its rows, each once."""
    cells: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for (name, row, column), reasons in by_cell(faults).items():
        cells[name, _anchor(book[name], row, column + 1).coordinate] |= dict.fromkeys(reasons)
    return cells


def _mark_cell(cell: Cell, reasons: Iterable[str]) -> None:
    cell.fill = PatternFill("solid", fgColor=REFUSED_RGB)
    said = "\n".join(reasons)
    cell.comment = _comment(f"{cell.comment.text}{_BELOW}{said}" if cell.comment else said)  # theirs stays, ours goes below


def _colour_row(sheet: Worksheet, row: Fault) -> None:
    for column in range(1, (row.column or 0) + 2):
        _anchor(sheet, row.row, column).fill = PatternFill("solid", fgColor=ASIDE_RGB)
    first, said = _anchor(sheet, row.row, 1), f"未计入：{row.reason}"
    first.comment = _comment(f"{first.comment.text}{_BELOW}{said}" if first.comment else said)


def _comment(text: str) -> Comment:
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(text) > _LONGEST_COMMENT:
        text = text[:_LONGEST_COMMENT] + "……"
    shown_lines = text.count("\n") + len(text) // 24
    return Comment(text, AUTHOR, width=320, height=60 + 18 * min(shown_lines, 12))


def _anchor(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the one that shows for it where cells are merged."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    merged = next(cells for cells in sheet.merged_cells.ranges if cell.coordinate in cells)
    found = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(found, Cell)
    return found


def _forget_earlier_answer(book: Any) -> None:
    """Take out what an earlier answer marked: this may be its copy, corrected and sent again."""
    if ANSWER_NOTES not in book.sheetnames:
        return
    book.remove(book[ANSWER_NOTES])
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.has_style and cell.fill.fgColor.rgb in (REFUSED_RGB, ASIDE_RGB):
                    cell.fill = PatternFill()
                    if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == AUTHOR:
                        theirs = cell.comment.text.rpartition(_BELOW)[0]
                        cell.comment = Comment(theirs, "") if theirs else None
