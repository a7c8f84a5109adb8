"""A department's own workbook with the refused cells marked in it. Everything else on its sheets stays as it was."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.recognise import ANSWER_NOTES
from etl.returning.page import COLUMNS, Line, lines
from etl.returning.told import Fault, Told, by_cell

AUTHOR = "数据看板退回"
# Odd enough to be known again as ours when an answer is sent back and answered once more.
REFUSED_RGB, ASIDE_RGB, HEAD_RGB = "FFFFC7CD", "FFFFEB9D", "FFE8EEF3"
LARGEST_SHEETS = 60_000_000  # bytes of all sheets unpacked, about a million cells: what is larger is not marked but copied in part
_LONGEST, _LONGEST_COMMENT = 32_767, 1_500
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
    if not is_zipfile(path):
        return False
    with ZipFile(path) as archive:
        sheets = sum(part.file_size for part in archive.infolist() if "worksheets/" in part.filename)
        return _BOOK in archive.namelist() and sheets <= LARGEST_SHEETS


def has_macros(path: Path) -> bool:
    """Whether its copy keeps macros and must be called .xlsm."""
    if not is_markable(path):
        return False
    with ZipFile(path) as archive:
        return _MACROS in archive.namelist()


def mark(given: Marking) -> None:
    """Write the copy. Raises OSError on a full disk, and whatever openpyxl makes of a workbook it cannot take: run it in a child."""
    with warnings.catch_warnings(), given.source.open("rb") as file:
        warnings.simplefilter("ignore")  # what the copy may lose is said on its first page
        book = openpyxl.load_workbook(file, keep_vba=given.has_macros, rich_text=True)
    _forget_earlier_answer(book)
    for row in given.told.set_aside:
        _colour_row(book[row.sheet], row)
    for (name, at, column), reasons in by_cell(given.told.faults).items():
        _mark_cell(book[name], at, column, reasons)
    _page(book, given.told)
    book.save(given.target)


def _mark_cell(sheet: Worksheet, row: int, column: int, reasons: list[str]) -> None:
    cell = _anchor(sheet, row, column + 1)
    cell.fill = PatternFill("solid", fgColor=REFUSED_RGB)
    said = "\n".join(reasons)
    if cell.comment is not None:  # theirs stays, ours goes below
        said = f"{cell.comment.text}\n——\n{said}"
    cell.comment = _comment(said)


def _colour_row(sheet: Worksheet, row: Fault) -> None:
    for column in range(1, sheet.max_column + 1):
        _anchor(sheet, row.row, column).fill = PatternFill("solid", fgColor=ASIDE_RGB)
    first = _anchor(sheet, row.row, 1)
    first.comment = _comment(f"{first.comment.text}\n——\n{row.reason}" if first.comment else f"未计入：{row.reason}")


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
                        theirs = cell.comment.text.rpartition("\n——\n")[0]
                        cell.comment = Comment(theirs, "") if theirs else None


def _page(book: Any, told: Told) -> None:
    """The first sheet: what a person reads before anything else."""
    sheet = book.create_sheet(ANSWER_NOTES, 0)
    for each in (*book.worksheets, *book.chartsheets):  # two selected sheets would be edited as one
        for view in each.views.sheetView if isinstance(each, Worksheet) else each.sheetViews.sheetView:
            view.tabSelected = each is sheet
    book.active = 0
    sheet.sheet_properties.tabColor = "FFC00000"
    for letter, width in zip("ABCDEFG", (12, 18, 10, 20, 30, 70, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    wrapped = Alignment(vertical="top", wrap_text=True)
    for number, line in enumerate(lines(told), start=1):
        _write(sheet, number, line, wrapped)


def _write(sheet: Worksheet, number: int, line: Line, wrapped: Alignment) -> None:
    for at, value in enumerate(line.cells, start=1):
        cell = sheet.cell(number, at)
        assert isinstance(cell, Cell)
        if isinstance(value, int):
            cell.value = value
        elif value:
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
            cell.data_type = "s"  # a department's words are never a formula
            cell.quotePrefix = True
        cell.alignment = wrapped
        if line.is_head:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD_RGB)
    if line.link:
        cell = sheet.cell(number, len(line.cells))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=line.link)
        cell.font = Font(color="FF0563C1", underline="single")
    if line.is_wide:
        sheet.merge_cells(start_row=number, start_column=2, end_row=number, end_column=COLUMNS)
        sheet.row_dimensions[number].height = 16.5 * max(1, -(-len(str(line.cells[1])) // 75))
