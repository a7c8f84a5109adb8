"""A new workbook where the file itself cannot be marked: each row at its own number, the refused cells marked, and the page 退回说明."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from etl.reading.grid import Grid
from etl.reading.reader import sheets
from etl.recognise import ANSWER_NOTES
from etl.returning.page import COLUMNS, DATA, Line, lines
from etl.returning.told import Fault, Told, by_cell

MOST_CELLS = 1_000_000  # of a copy: of a larger file only the head and the rows in question stand in it
_LAST_ROW, _LAST_COLUMN, _LONGEST, _LONGEST_COMMENT = 1_048_576, 16_384, 32_767, 1_500
_IN_PART = "原文件较大，这里只有表头和下面列出的行，行号与原文件一致；请在原文件上改。"
_SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, kw_only=True)
class Copying:
    """A file to copy into a workbook; `source` None: it cannot be read, and the page alone is written. `heads`: sheet_no → its first rows."""

    source: Path | None
    target: Path
    told: Told
    heads: Mapping[int, int]


def copy(given: Copying) -> None:
    """Write the workbook. Raises Refused, OSError on a full disk."""
    grids = sheets(given.source) if given.source else []
    names = _names(grids)
    told = replace(given.told, faults=_renamed(given.told.faults, names), set_aside=_renamed(given.told.set_aside, names))
    marks, aside = by_cell(told.faults), {(row.sheet, row.row): row.reason for row in told.set_aside}
    bodies = {grid.sheet_no: grid.body(given.heads[grid.sheet_no]) for grid in grids if grid.sheet_no in given.heads}
    is_whole = sum(body.height * body.width for body in bodies.values()) <= MOST_CELLS
    wanted = {(fault.sheet_no, fault.row) for fault in (*told.faults, *told.set_aside) if fault.sheet_no in bodies and fault.row <= _LAST_ROW}
    if bodies and not is_whole:
        told = replace(told, about=(*told.about, ("请注意", _IN_PART)))
    try:
        with xlsxwriter.Workbook(given.target, _SAFE) as book:
            page = book.add_worksheet(ANSWER_NOTES)
            page.set_tab_color("#C00000")
            for grid in grids:
                head = grid.head[: given.heads.get(grid.sheet_no, len(grid.head))]
                body = bodies.get(grid.sheet_no, pl.DataFrame())
                rows = body.with_row_index("row", offset=len(head) + 1)
                if not is_whole:
                    rows = rows.filter(pl.col("row").is_in([row for sheet_no, row in wanted if sheet_no == grid.sheet_no]))
                _sheet(book, names[grid.sheet_no], head, rows, marks, aside)
            _page(book, page, told, reachable=frozenset(wanted))
    except xlsxwriter.exceptions.FileCreateError as problem:
        raise OSError(*problem.args) from problem


def _sheet(book: Any, name: str, head: list[list[str]], rows: pl.DataFrame, marks: Mapping[tuple[str, int, int], list[str]],
           aside: Mapping[tuple[str, int], str]) -> None:
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@"})
    refused, repeated = book.add_format({"num_format": "@", "bg_color": "#FFC7CD"}), book.add_format({"num_format": "@", "bg_color": "#FFEB9D"})
    sheet.freeze_panes(len(head), 0)
    for number, cells in _numbered(head, rows):
        reason = aside.get((name, number))
        for column, cell in enumerate(cells[:_LAST_COLUMN]):
            found = marks.get((name, number, column))
            form = refused if found else repeated if reason else text
            if cell:
                sheet.write_string(number - 1, column, cell[:_LONGEST], form)
            elif found or reason:
                sheet.write_blank(number - 1, column, None, form)
            if found:
                sheet.write_comment(number - 1, column, "\n".join(found)[:_LONGEST_COMMENT], {"x_scale": 2.5})
        if reason:
            sheet.write_comment(number - 1, 0, f"未计入：{reason}"[:_LONGEST_COMMENT], {"x_scale": 2.5})


def _numbered(head: list[list[str]], rows: pl.DataFrame) -> Iterator[tuple[int, Sequence[str | None]]]:
    """Every row by its number, from the top."""
    for number, cells in enumerate(head, start=1):
        yield number, cells
    for number, *cells in rows.filter(pl.col("row") <= _LAST_ROW).iter_rows():
        yield number, cells


def _page(book: Any, sheet: Any, told: Told, *, reachable: frozenset[tuple[int, int]]) -> None:
    wrapped, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "bg_color": "#E8EEF3"})
    number_, link = book.add_format({"valign": "top", "align": "left"}), book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    for at, width in enumerate((12, 18, 10, 20, 30, 70, 10)):
        sheet.set_column(at, at, width)
    for number, line in enumerate(lines(told, reachable=reachable)):
        if line.is_wide:
            sheet.set_row(number, 16.5 * max(1, -(-len(str(line.cells[1])) // 75)))
        _line(sheet, number, line, head if line.is_head else wrapped, number_, link, wrapped)


def _line(sheet: Any, number: int, line: Line, form: Any, of_number: Any, of_link: Any, wrapped: Any) -> None:
    for at, value in enumerate(line.cells):
        if isinstance(value, int):
            sheet.write_number(number, at, value, of_number)
        elif line.link and at == len(line.cells) - 1:
            sheet.write_url(number, at, f"internal:{line.link}", of_link, value)
        elif value:
            sheet.write_string(number, at, value[:_LONGEST], form)
    if line.is_wide:
        sheet.merge_range(number, 1, number, COLUMNS - 1, "", wrapped)
        sheet.write_string(number, 1, str(line.cells[1])[:_LONGEST], wrapped)


def _names(grids: list[Grid]) -> dict[int, str]:
    """A name per sheet that a workbook takes: other kinds of files allow longer and odder ones."""
    names: dict[int, str] = {}
    taken = {ANSWER_NOTES}
    for grid in grids:
        plain = _NOT_IN_A_SHEET_NAME.sub("_", grid.sheet or DATA).strip("'")[:28] or DATA
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}_{number}"
        names[grid.sheet_no] = name
        taken.add(name.lower())
    return names


def _renamed(faults: tuple[Fault, ...], names: Mapping[int, str]) -> tuple[Fault, ...]:
    return tuple(replace(fault, sheet=names.get(fault.sheet_no, fault.sheet)) for fault in faults)
