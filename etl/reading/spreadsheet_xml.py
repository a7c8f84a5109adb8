"""The XML of Excel 2003 (SpreadsheetML, often named .xls) as grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from etl.reading.archive import DAMAGED, refuse_declarations
from etl.reading.cell_formats import shows_percent, xml_parser
from etl.reading.cells import Heads, Place, cell_text, check_extent, percent_text, rectangular, sheet_grid
from etl.reading.grid import HEAD_ROWS, Grid, Merge

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_WIDEST, _HIGHEST = 16_384, 1 << 20


@dataclass(kw_only=True)
class _Sheet:
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    indents: dict[Place, int] = field(default_factory=dict)
    uncalculated: list[Place] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)


def grids_of(path: Path) -> tuple[list[Grid], Heads]:
    """The visible sheets in workbook order and the first rows of the hidden ones. Raises Refused for damage."""
    content = path.read_bytes()
    refuse_declarations(content.lstrip())
    grids: list[Grid] = []
    hidden: Heads = {}
    try:
        root = etree.fromstring(content.lstrip(), xml_parser())
        counts_from_1904 = root.find(f"{_EXCEL}ExcelWorkbook/{_EXCEL}Date1904") is not None
        percents = {style.get(f"{_SS}ID") for style in root.iter(f"{_SS}Style") if _is_percent(style)}
        levels = {style.get(f"{_SS}ID"): int(level) for style in root.iter(f"{_SS}Style") for alignment in style.iterfind(f"{_SS}Alignment")
                  if (level := alignment.get(f"{_SS}Indent", "0")).isdigit() and int(level)}
        for number, worksheet in enumerate(root.iterfind(f"{_SS}Worksheet")):
            name = worksheet.get(f"{_SS}Name", "")
            sheet = _read(worksheet, name, percents, levels)
            visible = worksheet.find(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible")
            if visible is not None and (visible.text or "").strip() in ("SheetHidden", "SheetVeryHidden"):
                hidden[name] = [[cell_text(cell) for cell in row] for row in sheet.rows[:HEAD_ROWS]]
            else:
                grids.append(sheet_grid(name, number, rectangular(sheet.rows, name), merges=sheet.merges, hidden_rows=sheet.hidden_rows, indents=sheet.indents,
                                        hidden_columns=sheet.hidden_columns, uncalculated=sheet.uncalculated, errors=sheet.errors,
                                        counts_from_1904=counts_from_1904))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DAMAGED from error
    return grids, hidden


def _is_percent(style: etree._Element) -> bool:
    return any(code == "Percent" or shows_percent(code) for each in style.iterfind(f"{_SS}NumberFormat") for code in [each.get(f"{_SS}Format", "")])


def _read(worksheet: etree._Element, name: str, percents: set[str | None], levels: dict[str | None, int]) -> _Sheet:
    sheet = _Sheet()
    for column, told in _placed(worksheet.iterfind(f"{_SS}Table/{_SS}Column"), _WIDEST):
        if told.get(f"{_SS}Hidden") == "1":
            sheet.hidden_columns.update(range(column, min(column + _number(told, "Span", _WIDEST) + 1, _WIDEST)))
    for row, line in _placed(worksheet.iterfind(f"{_SS}Table/{_SS}Row"), _HIGHEST):
        if line.get(f"{_SS}Hidden") == "1":
            sheet.hidden_rows.update(range(row, min(row + _number(line, "Span", _HIGHEST) + 1, _HIGHEST)))
        cells: list[Any] = []
        for column, cell in _placed(line.iterfind(f"{_SS}Cell"), _WIDEST):
            style = cell.get(f"{_SS}StyleID", line.get(f"{_SS}StyleID"))
            value = _value(cell, style in percents)
            if cell.get(f"{_SS}Formula") is not None and cell.find(f"{_SS}Data") is None:
                sheet.uncalculated.append((row, column))
            if isinstance(value, str) and value.startswith("#") and cell.find(f"{_SS}Data[@{_SS}Type='Error']") is not None:
                sheet.errors[row, column] = value
            if value not in (None, ""):
                check_extent(name, (row, column))
                cells.extend([""] * (column - len(cells)))
                cells.append(value)
                if style in levels:
                    sheet.indents[row, column] = levels[style]
            down, across = _number(cell, "MergeDown", _HIGHEST), _number(cell, "MergeAcross", _WIDEST)
            if down or across:
                sheet.merges.append(((row, column), (row + down, column + across)))
        sheet.rows.extend([] for _ in range(row - len(sheet.rows)))
        sheet.rows.append(cells)
    return sheet


def _placed(elements: Iterator[etree._Element], most: int) -> Iterator[tuple[int, etree._Element]]:
    """Each row, column or cell with its place, 0-based: told, or behind the one before and all it spans. Raises ValueError for an odd one."""
    place = 0
    for element in elements:
        told = int(element.get(f"{_SS}Index", place + 1)) - 1
        if not place <= told < most:
            raise ValueError(told)
        yield told, element
        place = told + 1 + _number(element, "Span", most) + (_number(element, "MergeAcross", most) if element.tag == f"{_SS}Cell" else 0)


def _number(element: etree._Element, name: str, most: int) -> int:
    return max(0, min(int(element.get(f"{_SS}{name}", "0")), most))


def _value(cell: etree._Element, is_percent: bool) -> Any:
    """A cell as text, number or boolean; None where it holds nothing."""
    data = cell.find(f"{_SS}Data")
    if data is None:
        return None
    text = "".join(map(str, data.itertext()))
    kind = data.get(f"{_SS}Type")
    if kind == "Number":
        return percent_text(float(text)) if is_percent else float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        day, _, time = text.strip().partition("T")
        return f"{day} {time[:8]}" if time.strip("0:.Z") else day
    return text.strip()
