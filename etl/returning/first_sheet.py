"""The page 退回说明 as the first sheet of a workbook that openpyxl has open."""

from __future__ import annotations

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.recognise import ANSWER_NOTES
from etl.returning.page import COLUMNS, Line, lines
from etl.returning.told import Told

_HEAD_RGB = "FFE8EEF3"
_LONGEST = 32_767  # characters a cell holds


def add_first_sheet(book: Any, told: Told) -> None:
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
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD_RGB)
    if line.link:
        cell = sheet.cell(number, len(line.cells))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=line.link)
        cell.font = Font(color="FF0563C1", underline="single")
    if line.is_wide:
        sheet.merge_cells(start_row=number, start_column=2, end_row=number, end_column=COLUMNS)
        sheet.row_dimensions[number].height = 16.5 * max(1, -(-len(str(line.cells[1])) // 75))
