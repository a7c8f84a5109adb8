"""Old Excel workbooks (.xls, BIFF5 to BIFF8) as grids, whatever code page they claim to be in."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.formula import FormulaError

from etl.reading.archive import DAMAGED
from etl.reading.cell_formats import shows_percent
from etl.reading.cells import Heads, Place, cell_text, percent_text, rectangular, sheet_grid
from etl.reading.encoding import likeliest
from etl.reading.frequent import plausibility
from etl.reading.grid import HEAD_ROWS, Grid
from etl.reading.table import Refused
from etl.reading.workbook import PASSWORD

# What xlrd raises on bytes that are no workbook any more.
_XLRD_ERRORS = (XLRDError, CompDocError, FormulaError, struct.error, LookupError, ValueError, AssertionError, TypeError, AttributeError,
                ArithmeticError, NotImplementedError, RecursionError, UnboundLocalError)
_BIFF8 = 80
_BOUNDSHEET, _DIMENSIONS, _FORMULAS, _BOF, _EOF = 0x85, (0x0000, 0x0200), (0x06, 0x0206, 0x0406), (0x09, 0x0209, 0x0409, 0x0809), 0x0A
_CELLS = (*_FORMULAS, 0x0201, 0x0202, 0x0203, 0x0204, 0x0205, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x027E)
_LOOSELY = "文件结构不规范，是按备用方式读的，合并的格和隐藏的行可能认不出来；请核对行数，最好另存为 .xlsx 重新报送"
_MOST_ROWS = 65_536  # what programs write that do not count
_BOLD_TRUST = 0.3  # how plausible the Chinese must be that is read out of a text that claims to be Latin


@dataclass(kw_only=True)
class _Records:
    """What the records of a sheet tell and xlrd does not keep."""

    height: int | None = None  # rows, as the sheet itself counts them
    formulas: int = 0
    blank_results: list[Place] = field(default_factory=list)
    uncalculated: list[Place] = field(default_factory=list)  # written by a program that leaves computing to Excel


def grids_of(path: Path) -> tuple[list[Grid], Heads]:
    """The visible sheets in workbook order and the first rows of the hidden ones. Raises Refused for damage and passwords."""
    content = path.read_bytes()
    warnings = ["工作簿含宏，宏没有运行"] if "_VBA_PROJECT_CUR".encode("utf-16-le") in content else []
    for is_strict in (True, False):
        told = [] if is_strict else [_LOOSELY]
        try:
            with xlrd.open_workbook(file_contents=content, logfile=StringIO(), formatting_info=is_strict, ragged_rows=True, on_demand=True,
                                    ignore_workbook_corruption=not is_strict,
                                    encoding_override="latin_1") as book:  # decoded by us, once all texts are there to judge by
                return _grids(book, warnings=warnings + told)
        except _XLRD_ERRORS as error:
            if "encrypted" in str(error):
                raise PASSWORD from error
    return _second_reading(path, content)


def _grids(book: xlrd.Book, warnings: list[str]) -> tuple[list[Grid], Heads]:
    sheets = [book.sheet_by_index(number) for number in range(book.nsheets)]
    records = list(_records_of_sheets(book.mem or b"", book.base))
    decoded, is_broken = _decoder(book, sheets)
    if is_broken:
        warnings = [*warnings, "有个别文字残缺不全，显示为 �"]
    percents = {number for number, each in enumerate(book.xf_list)
                if each.format_key in book.format_map and shows_percent(book.format_map[each.format_key].format_str)}
    indents = {number: each.alignment.indent_level for number, each in enumerate(book.xf_list) if each.alignment and each.alignment.indent_level}
    grids: list[Grid] = []
    hidden: Heads = {}
    for number, sheet in enumerate(sheets):
        name = decoded(sheet.name)
        rows = [[_value(book, sheet, place, percents, decoded) for place in ((row, column) for column in range(sheet.row_len(row)))]
                for row in range(min(sheet.nrows, HEAD_ROWS) if sheet.visibility else sheet.nrows)]
        if sheet.visibility:
            hidden[name] = [[cell_text(cell) for cell in row] for row in rows]
            continue
        told = records[number] if number < len(records) else _Records()
        grids.append(sheet_grid(
            name, number, rectangular(rows, name), warnings=[*warnings, *_doubts(sheet, told)], uncalculated=told.uncalculated,
            merges=[((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells],
            errors={(row, column): rows[row][column] for row in range(len(rows)) for column, kind in enumerate(sheet.row_types(row))
                    if kind == xlrd.XL_CELL_ERROR},
            hidden_rows=[row for row, info in sheet.rowinfo_map.items() if info.hidden],
            hidden_columns=[column for column, info in sheet.colinfo_map.items() if info.hidden],
            indents=dict(_indented(sheet, indents)) if indents else {}, counts_from_1904=book.datemode == 1))
    return grids, hidden


def _doubts(sheet: xlrd.sheet.Sheet, told: _Records) -> Iterator[str]:
    if told.height not in (None, 0, _MOST_ROWS, sheet.nrows):
        yield f"工作表自己记的行数是 {told.height}，读到 {sheet.nrows} 行，请核对"
    if told.formulas and len(told.blank_results) == told.formulas:
        yield f"公式（{told.formulas} 个）保存的结果全是空白，可能没有算过；请在 Excel 或 WPS 中打开并保存一次后核对"


def _value(book: xlrd.Book, sheet: xlrd.sheet.Sheet, place: Place, percents: set[int], decoded: Callable[[str], str]) -> Any:
    """A cell as text, number, boolean or date."""
    row, column = place
    kind: int = sheet.cell_type(row, column)
    value: Any = sheet.cell_value(row, column)  # the stubs know of texts only
    if kind == xlrd.XL_CELL_TEXT:
        return decoded(str(value)).strip()
    if kind == xlrd.XL_CELL_NUMBER:
        return percent_text(value) if sheet.cell_xf_index(row, column) in percents else float(value)
    if kind == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(value, book.datemode)
            return moment.time() if 0 <= value < 1 else moment if value > 0 else float(value)
        except (ValueError, OverflowError):  # no day any calendar knows
            return float(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERROR!")
    return bool(value) if kind == xlrd.XL_CELL_BOOLEAN else ""


def _indented(sheet: xlrd.sheet.Sheet, indents: dict[int, int]) -> Iterator[tuple[Place, int]]:
    for row in range(sheet.nrows):
        for column in range(min(sheet.row_len(row), 4)):
            if (level := indents.get(sheet.cell_xf_index(row, column))) and sheet.cell_value(row, column) != "":
                yield (row, column), level


def _decoder(book: xlrd.Book, sheets: list[xlrd.sheet.Sheet]) -> tuple[Callable[[str], str], bool]:
    """How its texts become Chinese, and whether some cannot: bytes in some code page before BIFF8; Unicode since, but for careless programs."""
    texts = {str(value) for sheet in sheets for row in range(sheet.nrows) for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True)
             if kind == xlrd.XL_CELL_TEXT and not value.isascii()} | {sheet.name for sheet in sheets if not sheet.name.isascii()}
    if not texts or any(character > "\xff" for text in texts for character in text):
        return str, False
    content = "\n".join(sorted(texts)).encode("latin_1")
    try:
        chosen = likeliest(content)
    except Refused:
        chosen = "cp1252"
    codec = {"big5": "big5hkscs"}.get(chosen, chosen)
    plain = content.decode(codec, "replace")
    if book.biff_version >= _BIFF8 and plausibility(plain) < _BOLD_TRUST:
        return str, False
    return lambda text: text if text.isascii() else text.encode("latin_1").decode(codec, "replace"), "\ufffd" in plain


def _records_of_sheets(stream: bytes, start: int) -> Iterator[_Records]:
    """The records of each worksheet, in workbook order."""
    for offset in _offsets(stream, start):
        told = _Records()
        for code, at, length in _walk(stream, offset):
            if code in _DIMENSIONS and length >= 8 and told.height is None:
                told.height = struct.unpack_from("<I" if length >= 14 else "<H", stream, at + (4 if length >= 14 else 2))[0]
            elif code in _FORMULAS and length >= 16:
                row, column, _, result, flags = struct.unpack_from("<HHH8sH", stream, at)
                told.formulas += 1
                if result[:1] == b"\x03" and result[6:] == b"\xff\xff":
                    told.blank_results.append((row, column))
                elif result == bytes(8) and flags & 2:  # no Excel sets this bit
                    told.uncalculated.append((row, column))
        yield told


def _offsets(stream: bytes, start: int) -> list[int]:
    """Where each worksheet begins."""
    return [start + struct.unpack_from("<I", stream, at)[0] for code, at, length in _walk(stream, start)
            if code == _BOUNDSHEET and length >= 6 and stream[at + 5] == 0]


def _walk(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Code, place and length of each record up to the end of the part that begins there, charts inside passed over."""
    depth = 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        depth += (code in _BOF) - (code == _EOF)
        if depth <= 0 or at + 4 + length > len(stream):
            return
        if depth == 1:
            yield code, at + 4, length
        at += 4 + length


def _second_reading(path: Path, content: bytes) -> tuple[list[Grid], Heads]:
    """By another library, which is less strict: better than none, and said. It believes what it is told, so sizes are checked first."""
    grids: list[Grid] = []
    hidden: Heads = {}
    try:
        stream, start, _ = CompDoc(content, logfile=StringIO()).locate_named_stream("Workbook")
        if stream is None or not all(_are_sane(stream, offset) for offset in _offsets(stream, start)):
            raise DAMAGED
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            for number, sheet in enumerate(book.sheets_metadata):
                page = book.get_sheet_by_name(sheet.name)
                rows = page.to_python(skip_empty_area=False)
                if sheet.visible == SheetVisibleEnum.Visible:
                    grids.append(sheet_grid(sheet.name, number, rectangular(rows, sheet.name), merges=page.merged_cell_ranges or [], warnings=[_LOOSELY]))
                else:
                    hidden[sheet.name] = [[cell_text(cell) for cell in row] for row in rows[:HEAD_ROWS]]
    except PasswordError as error:
        raise PASSWORD from error
    except (CalamineError, *_XLRD_ERRORS) as error:
        raise DAMAGED from error
    return grids, hidden


def _are_sane(stream: bytes, offset: int) -> bool:
    """Whether the cells of a sheet lie within the columns there are."""
    return all(length < 6 or stream[at + 3] == 0 for code, at, length in _walk(stream, offset) if code in _CELLS)
