"""OpenDocument spreadsheets (.ods) as grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from etl.reading.archive import ARCHIVE_ERRORS, DAMAGED, Parts
from etl.reading.cells import Heads, Place, cell_text, check_extent, percent_text, rectangular, sheet_grid
from etl.reading.grid import HEAD_ROWS, Grid, Merge
from etl.reading.table import Refused
from etl.reading.workbook import PASSWORD

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"
_OFFICE, _TABLE, _TEXT, _STYLE = ("{" + _SPACE % name + "}" for name in ("office", "table", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ERROR_TEXT = ("#", "Err:")


@dataclass(kw_only=True)
class _Sheet:
    """A sheet as far as it is read. Blank rows and cells are written only once something follows them: they repeat by the million."""

    name: str
    is_hidden: bool
    counts_from_1904: bool
    rows: list[list[Any]] = field(default_factory=list)
    next_row: int = 0
    next_column: int = 0
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[Place] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)

    def add_columns(self, element: etree._Element) -> None:
        count = _number(element, "number-columns-repeated", 16_384)
        if _is_hidden(element):
            self.hidden_columns.update(range(self.next_column, min(self.next_column + count, 16_384)))
        self.next_column += count

    def add_row(self, element: etree._Element) -> None:
        times = _number(element, "number-rows-repeated", 1 << 20)
        row: list[Any] = []
        column = 0
        for cell in element:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            count = _number(cell, "number-columns-repeated", 16_384)
            value = self._value(cell, column)
            if value is not None and value != "":
                check_extent(self.name, (self.next_row + times - 1, column + count - 1))
                row.extend([""] * (column - len(row)))
                row.extend([value] * count)
            down, across = _number(cell, "number-rows-spanned", 1 << 20), _number(cell, "number-columns-spanned", 16_384)
            if down > 1 or across > 1:
                self.merges.append(((self.next_row, column), (self.next_row + down - 1, column + across - 1)))
            column += count
        if _is_hidden(element) and (row or times == 1):
            self.hidden_rows.update(range(self.next_row, self.next_row + times))
        if row:
            self.rows.extend([] for _ in range(self.next_row - len(self.rows)))
            self.rows.extend(list(row) for _ in range(times))
        self.next_row += times

    def _value(self, cell: etree._Element, column: int) -> Any:
        """A cell as text, number or boolean; None where it holds nothing."""
        kind = cell.get(f"{_OFFICE}value-type")
        has_formula = cell.get(f"{_TABLE}formula") is not None
        shown = "\n".join(_text(each) for each in cell.iterchildren(f"{_TEXT}p"))
        if kind is None or cell.get(f"{_CALC}value-type") == "error":
            if has_formula and shown.startswith(_ERROR_TEXT):
                self.errors[self.next_row, column] = shown
            elif has_formula and not shown:
                self.uncalculated.append((self.next_row, column))
            return shown or None
        if kind in ("float", "currency", "percentage"):
            number = float(cell.get(f"{_OFFICE}value", ""))
            return percent_text(number) if kind == "percentage" else number
        if kind == "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
        if kind == "date":
            day, _, time = cell.get(f"{_OFFICE}date-value", "").partition("T")
            return f"{day} {time[:8]}" if time.strip("0:.Z") else day
        return shown if kind == "time" else cell.get(f"{_OFFICE}string-value", shown)


def grids_of(path: Path) -> tuple[list[Grid], Heads]:
    """The visible sheets in workbook order and the first rows of the hidden ones. Raises Refused for damage and passwords."""
    try:
        with ZipFile(path) as archive:
            parts = Parts(archive)
            parts.check()
            if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
                raise PASSWORD
            with archive.open("content.xml") as content:
                sheets = list(_sheets(etree.iterparse(content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
                                                      huge_tree=True, remove_comments=True, remove_pis=True)))
            has_macros = any(name.startswith("basic/") and name.endswith(".xml") for name in parts.names())
        if not sheets:
            raise Refused("这是 ODF 文档，其中没有表格。", "报送原始的 Excel 或 CSV 文件。")
        warnings = ["工作簿含宏，宏没有运行"] if has_macros else []
        grids = [sheet_grid(each.name, number, rectangular(each.rows, each.name), merges=each.merges, warnings=warnings, uncalculated=each.uncalculated,
                            errors=each.errors, hidden_rows=each.hidden_rows, hidden_columns=each.hidden_columns,
                            counts_from_1904=each.counts_from_1904)
                 for number, each in enumerate(sheets) if not each.is_hidden]
    except (etree.XMLSyntaxError, *ARCHIVE_ERRORS) as error:
        raise DAMAGED from error
    return grids, {each.name: [[cell_text(cell) for cell in row] for row in each.rows[:HEAD_ROWS]] for each in sheets if each.is_hidden}


def _sheets(events: etree.iterparse) -> Iterator[_Sheet]:
    """Each sheet of a spreadsheet, its rows thrown away once they are read. Tables within cells are passed over."""
    hidden_styles: set[str] = set()
    sheet: _Sheet | None = None
    depth, is_spreadsheet, first_day = 0, False, ""
    for event, element in events:
        if event == "start":
            is_spreadsheet |= element.tag == f"{_OFFICE}spreadsheet"
            if element.tag == f"{_TABLE}table":
                depth += 1
                if depth == 1 and is_spreadsheet:
                    sheet = _Sheet(name=element.get(f"{_TABLE}name", ""), is_hidden=element.get(f"{_TABLE}style-name") in hidden_styles,
                                   counts_from_1904=first_day.startswith("1904"))
            continue
        if element.tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
            parent = element.getparent()
            hidden_styles.add(parent.get(f"{_STYLE}name", "") if parent is not None else "")
        elif element.tag == f"{_TABLE}null-date":
            first_day = element.get(f"{_TABLE}date-value", "")
        elif element.tag == f"{_TABLE}table":
            depth -= 1
            if depth == 0 and sheet:
                yield sheet
                sheet = None
        elif sheet and depth == 1 and element.tag == f"{_TABLE}table-column":
            sheet.add_columns(element)
        elif sheet and depth == 1 and element.tag == f"{_TABLE}table-row":
            sheet.add_row(element)
            element.clear()


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _number(element: etree._Element, name: str, most: int) -> int:
    return max(1, min(int(element.get(f"{_TABLE}{name}", "1")), most))


def _text(element: etree._Element) -> str:
    """The text of a paragraph: repeated spaces, tabs and line breaks are elements; notes and drawings are no text of the cell."""
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag == f"{_TEXT}tab":
            text += "\t"
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        elif child.tag.startswith(_TEXT) and child.tag not in (f"{_TEXT}note", f"{_TEXT}ruby-text"):
            text += _text(child)
        text += child.tail or ""
    return text
