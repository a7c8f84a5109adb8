"""Binary Excel workbooks (.xlsb) as grids."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.reading.archive import ARCHIVE_ERRORS, DAMAGED, Parts
from etl.reading.cell_formats import BUILT_IN_PERCENTS, Formats, shows_percent, xml_root
from etl.reading.cells import Heads, Place, cell_text, check_extent, percent_text, rectangular, sheet_grid
from etl.reading.grid import HEAD_ROWS, Grid, Merge
from etl.reading.workbook import PASSWORD

# Records of [MS-XLSB] 2.3.2.
_ROW, _BLANK, _ERROR, _LAST_CELL, _FORMULA_ERROR = 0, 1, 3, 11, 11
_CELLS = range(_BLANK, _LAST_CELL + 1)
_FORMAT, _XF, _COLUMNS, _END_OF_SHEET, _PROPERTIES, _SHEET, _MERGE, _FIRST_XF, _LAST_XF = 44, 47, 60, 130, 153, 156, 176, 617, 618
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA"}
_COLLAPSED = 0x10  # of a row: it has no height


@dataclass(kw_only=True)
class _Facts:
    """What the records of a sheet tell and the workbook reader does not. `last`: the last row and column with a value."""

    last: Place = (-1, -1)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    percents: list[Place] = field(default_factory=list)
    indents: dict[Place, int] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)


def grids_of(path: Path) -> tuple[list[Grid], Heads]:
    """The visible sheets in workbook order and the first rows of the hidden ones. Raises Refused for damage and passwords."""
    grids: list[Grid] = []
    hidden: Heads = {}
    try:
        with ZipFile(path) as archive, path.open("rb") as file:
            parts = Parts(archive)
            parts.check()
            formats = _formats(parts.read("xl/styles.bin")) if "xl/styles.bin" in parts else Formats()
            targets, counts_from_1904 = _targets(parts)
            warnings = ["工作簿含宏，宏没有运行"] if "xl/vbaProject.bin" in parts else []
            with CalamineWorkbook.from_filelike(file) as book:
                for number, (sheet, target) in enumerate(zip(book.sheets_metadata, targets, strict=True)):
                    if sheet.typ != SheetTypeEnum.WorkSheet:
                        continue
                    facts = _facts(parts.read(target), formats)
                    check_extent(sheet.name, facts.last)
                    rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    if sheet.visible != SheetVisibleEnum.Visible:
                        hidden[sheet.name] = [[cell_text(cell) for cell in row] for row in rows[:HEAD_ROWS]]
                        continue
                    for row, column in facts.percents:
                        if row < len(rows) and column < len(rows[row]) and isinstance(cell := rows[row][column], float):
                            rows[row][column] = percent_text(cell)
                    grids.append(sheet_grid(sheet.name, number, rectangular(rows, sheet.name), merges=facts.merges, warnings=warnings, errors=facts.errors,
                                            hidden_rows=facts.hidden_rows, hidden_columns=facts.hidden_columns, indents=facts.indents,
                                            counts_from_1904=counts_from_1904))
    except PasswordError as error:
        raise PASSWORD from error
    except (CalamineError, etree.XMLSyntaxError, *ARCHIVE_ERRORS) as error:
        raise DAMAGED from error
    return grids, hidden


def _targets(parts: Parts) -> tuple[list[str], bool]:
    """The part of each sheet, in workbook order, and whether the workbook counts days from 1904."""
    targets, counts_from_1904 = [], False
    relations = {each.get("Id"): each.get("Target", "") for each in xml_root(parts.read("xl/_rels/workbook.bin.rels"))}
    for code, data in _records(parts.read("xl/workbook.bin")):
        if code == _PROPERTIES:
            counts_from_1904 = bool(data[0] & 1)
        if code == _SHEET:
            (length,) = struct.unpack_from("<I", data, 8)
            target = relations[data[12 : 12 + 2 * length].decode("utf-16-le")]
            targets.append(posixpath.normpath(posixpath.join("/xl", target)))
    return targets, counts_from_1904


def _formats(styles: bytes) -> Formats:
    codes, percents, indents = {}, set(), {}
    number, is_cell_format = 0, False
    for code, data in _records(styles):
        if code == _FORMAT:
            identity, length = struct.unpack_from("<HI", data)
            codes[identity] = data[6 : 6 + 2 * length].decode("utf-16-le", "replace")
        elif code in (_FIRST_XF, _LAST_XF):
            is_cell_format = code == _FIRST_XF
        elif code == _XF and is_cell_format:
            identity, level = struct.unpack_from("<H", data, 2)[0], data[11]
            if identity in BUILT_IN_PERCENTS or shows_percent(codes.get(identity, "")):
                percents.add(number)
            if level:
                indents[number] = level
            number += 1
    return Formats(percents=frozenset(percents), indents=indents)


def _facts(sheet: bytes, formats: Formats) -> _Facts:
    """Raises ValueError for a sheet that does not end as sheets do or has cells outside of it; the workbook reader would look on for ever."""
    facts = _Facts()
    row = bottom = right = code = -1
    for code, data in _records(sheet):
        if code == _ROW:
            above, (row,) = row, struct.unpack_from("<I", data)
            if row <= above:
                raise ValueError(f"row {row} below {above}")
            if data[11] & _COLLAPSED:
                facts.hidden_rows.add(row)
        elif code in _CELLS:
            column, style = struct.unpack_from("<II", data)
            style &= 0xFFFFFF
            if not (0 <= row < 1 << 20 and column < 1 << 14):
                raise ValueError(f"cell {row}, {column}")
            if code != _BLANK:
                bottom, right = max(bottom, row), max(right, column)
            if style in formats.percents:
                facts.percents.append((row, column))
            if style in formats.indents:
                facts.indents[row, column] = formats.indents[style]
            if code in (_ERROR, _FORMULA_ERROR):
                facts.errors[row, column] = _ERRORS.get(data[8], "#ERROR!")
        elif code == _MERGE:
            top, bottom_, left, right_ = struct.unpack_from("<4I", data)
            facts.merges.append(((top, left), (bottom_, right_)))
        elif code == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", data)
            if flags & 1:
                facts.hidden_columns.update(range(first, min(last, 16_383) + 1))
    if code != _END_OF_SHEET:
        raise ValueError(f"ends with {code}")
    facts.last = bottom, right
    return facts


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and content of each record. Raises struct.error where one is cut short."""
    at, end = 0, len(part)
    while at < end:
        code = part[at] & 0x7F
        if part[at] & 0x80 and at + 1 < end:
            at += 1
            code |= (part[at] & 0x7F) << 7
        at += 1
        length = shift = 0
        while at < end and shift < 28:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > end:
            raise struct.error("record cut short")
        yield code, part[at : at + length]
        at += length
