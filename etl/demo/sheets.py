"""Tables as departments write them: titles, merged headings, totals, footers and mixed dates, in XLSX or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import groupby

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | date | None
Row = tuple[Cell, ...]
Headings = tuple[tuple[str | None, str], ...]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_STYLES = "年年格格格点横斜连宽"
_CREATED = datetime(2026, 8, 1, 9, 0)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table. A heading may stand under a group: (group, heading). `stated` are the cells of the row below the title."""

    headings: Headings
    rows: tuple[Row, ...]
    name: str = "Sheet1"
    title: str | None = None
    stated: tuple[str, ...] = ()
    total: Row | None = None
    footers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # of a hidden 字典 sheet


def headed(headings: str, groups: Mapping[str, str] | None = None) -> Headings:
    """Headings, written with "|" between them, each with the group it stands under."""
    above = {heading: group for group, members in (groups or {}).items() for heading in members.split("|")}
    return tuple((above.get(heading), heading) for heading in headings.split("|"))


def as_written(on: date | None, number: int, precision: str = "D") -> Cell:
    """A date as the clerk of row `number` writes it; a real date becomes an Excel date cell."""
    if on is None:
        return None
    if precision == "Q":
        return f"{on.year}Q{(on.month + 2) // 3}"
    if precision == "M":
        return f"{on.year}/{on.month:02d}" if number % 2 else f"{on.year}年{on.month}月"
    chinese = f"{on.year}年{on.month}月{on.day}日"
    ways: dict[str, Cell] = {
        "年": chinese, "格": on, "点": f"{on.year}.{on.month}.{on.day}", "横": on.isoformat(),
        "斜": f"{on.year}/{on.month}/{on.day}", "连": f"{on:%Y%m%d}", "宽": chinese.translate(_WIDE),
    }
    return ways[_STYLES[number * 7 % 10]]


def xlsx(sheet: Sheet) -> bytes:
    """A workbook with that table, and a hidden 字典 where there are words. The same sheet gives the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED, "author": "演示数据"})
    page = book.add_worksheet(sheet.name)
    centred = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    title, heading = book.add_format(centred), book.add_format(centred | {"border": 1})
    day = book.add_format({"num_format": "yyyy/m/d"})
    width, at = len(sheet.headings), 0
    if sheet.title:
        page.merge_range(at, 0, at, width - 1, sheet.title, title)
        at += 1
    if sheet.stated:
        for column, text in zip((0, width - 2, width - 4), sheet.stated, strict=False):
            page.write_string(at, column, text)
        at += 1
    at = _write_headings(page, at, sheet.headings, heading)
    for row in (*sheet.rows, *((sheet.total,) if sheet.total else ())):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)
            elif isinstance(cell, str):
                page.write_string(at, column, cell)
            elif cell is not None:
                page.write_number(at, column, cell)
        at += 1
    for footer in sheet.footers:
        page.write_string(at, 0, footer)
        at += 1
    if sheet.words:
        hidden = book.add_worksheet("字典")
        hidden.write_column(0, 0, sheet.words)
        hidden.hide()
    book.close()
    return out.getvalue()


def _write_headings(page: Worksheet, at: int, headings: Headings, style: object) -> int:
    """One row, or two where headings stand in groups; the row after them."""
    if all(group is None for group, _ in headings):
        for column, (_, text) in enumerate(headings):
            page.write_string(at, column, text, style)
        return at + 1
    for group, members in groupby(enumerate(headings), key=lambda item: item[1][0]):
        columns = list(members)
        for column, (_, text) in columns:
            if group is None:
                page.merge_range(at, column, at + 1, column, text, style)
            else:
                page.write_string(at + 1, column, text, style)
        if group is not None:
            page.merge_range(at, columns[0][0], at, columns[-1][0], group, style)
    return at + 2


def comma_text(sheet: Sheet, *, encoding: str) -> bytes:
    """A CSV of that table: ragged title, unit and total rows; amounts with thousands separators. `gb18030` or `utf-8-sig`."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if sheet.title:
        writer.writerow([sheet.title])
    if sheet.stated:
        writer.writerow([sheet.stated[0], "", "", *sheet.stated[1:]])
    writer.writerow([heading for _, heading in sheet.headings])
    writer.writerows(_texts(sheet.rows))
    if sheet.total:
        writer.writerows(_texts([sheet.total]))
    writer.writerows([footer] for footer in sheet.footers)
    return out.getvalue().encode(encoding)


def _texts(rows: Iterable[Row]) -> Iterable[list[str]]:
    for row in rows:
        yield ["" if cell is None else f"{cell:,}" if isinstance(cell, Decimal) else str(cell) for cell in row]
