"""Excel workbooks (.xlsx, .xlsm): visible sheets as grids of texts, as a reader of the sheet sees them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.reading.archive import ARCHIVE_ERRORS, DAMAGED, Parts
from etl.reading.cell_formats import Formats, formats_of, xml_root
from etl.reading.cells import Heads, address, cell_text, check_extent, percent_text, sheet_grid
from etl.reading.grid import HEAD_ROWS, Grid
from etl.reading.sheet_xml import SheetXml
from etl.reading.table import Refused

_RELATION = ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "{http://purl.oclc.org/ooxml/officeDocument/relationships}id")
PASSWORD = Refused("工作簿有打开密码，读不了。", "在 Excel 或 WPS 中去掉密码后重新报送。")


@dataclass(frozen=True, kw_only=True)
class _Book:
    """What holds for all sheets of a workbook."""

    formats: Formats
    is_uncomputed: bool
    warnings: list[str]
    counts_from_1904: bool


def grids_of(path: Path) -> tuple[list[Grid], Heads]:
    """The visible sheets in workbook order and the first rows of the hidden ones. Raises Refused for damage and passwords."""
    grids: list[Grid] = []
    hidden: Heads = {}
    try:
        with ZipFile(path) as archive, path.open("rb") as file:
            parts = Parts(archive)
            parts.check(but="xl/worksheets/")
            with CalamineWorkbook.from_filelike(file) as book:  # from_path would go by the extension
                sheets, about = _sheets(parts)
                for number, sheet in enumerate(book.sheets_metadata):
                    if sheet.visible != SheetVisibleEnum.Visible:
                        hidden[sheet.name] = _head(book, sheet.name, next(sheets)) if sheet.typ == SheetTypeEnum.WorkSheet else []
                    elif sheet.typ == SheetTypeEnum.WorkSheet:
                        grids.append(_grid(book, sheet.name, number, next(sheets), about))
                    else:
                        next(sheets)
    except PasswordError as error:
        raise PASSWORD from error
    except (CalamineError, etree.XMLSyntaxError, StopIteration, *ARCHIVE_ERRORS) as error:
        raise DAMAGED from error
    return grids, hidden


def _sheets(parts: Parts) -> tuple[Iterator[SheetXml], _Book]:
    """The XML of each sheet, in workbook order, and what there is to say of the workbook."""
    book = xml_root(parts.read("xl/workbook.xml"))
    relations = {each.get("Id"): each.get("Target", "") for each in xml_root(parts.read("xl/_rels/workbook.xml.rels"))}
    formats = formats_of(parts.read("xl/styles.xml")) if "xl/styles.xml" in parts else Formats()
    calculation = book.find("{*}calcPr")
    is_uncomputed = calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")
    warnings = ["工作簿含宏，宏没有运行"] if "xl/vbaProject.bin" in parts else []
    properties = book.find("{*}workbookPr")
    counts_from_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    def each_sheet() -> Iterator[SheetXml]:
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            target = relations[next(filter(None, map(sheet.get, _RELATION)), "")]
            yield SheetXml(parts.read(posixpath.normpath(posixpath.join("/xl", target))))

    return each_sheet(), _Book(formats=formats, is_uncomputed=is_uncomputed, warnings=warnings, counts_from_1904=counts_from_1904)


def _head(book: CalamineWorkbook, name: str, xml: SheetXml) -> list[list[str]]:
    """The first rows of a hidden sheet; one that cannot be read holds none."""
    try:
        check_extent(name, *xml.extent())
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=HEAD_ROWS)
    except (CalamineError, Refused):
        return []
    return [[cell_text(cell) for cell in row] for row in cells]


def _grid(book: CalamineWorkbook, name: str, number: int, xml: SheetXml, about: _Book) -> Grid:
    last, filled = xml.extent()
    check_extent(name, last, filled)
    with ThreadPoolExecutor(1) as searcher:  # the workbook reader leaves the interpreter to others
        searched = searcher.submit(xml.facts, about.formats, is_uncomputed=about.is_uncomputed)
        try:
            sheet: CalamineSheet | None = book.get_sheet_by_name(name)
        except CalamineError:
            sheet = None
        facts = searched.result()
    if facts.unreadable:
        place = facts.unreadable[0]
        raise Refused(f"工作表“{name}”的单元格 {address(place)} 公式出错（{facts.errors[place]}），读不了。", "改正公式，或改填数值后重新报送。")
    if sheet is None:
        raise DAMAGED
    rows = sheet.to_python(skip_empty_area=False)
    if len(rows) < last[0] + 1:
        raise DAMAGED
    for row, column in facts.percents:
        if row < len(rows) and column < len(rows[row]) and type(cell := rows[row][column]) is float:
            rows[row][column] = percent_text(cell)
    told = [*about.warnings, *(["有引用其他工作簿的公式，读的是上次保存的值"] if facts.has_links else [])]
    return sheet_grid(name, number, rows, merges=sheet.merged_cell_ranges or [], warnings=told, uncalculated=facts.uncalculated, errors=facts.errors,
                      hidden_rows=facts.hidden_rows, hidden_columns=facts.hidden_columns, indents=facts.indents, counts_from_1904=about.counts_from_1904)
