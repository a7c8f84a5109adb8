"""Valid files of every kind, ways to damage them, and what reading a damaged one must come to: its rows, a warning or a refusal."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import odd_workbooks as odd
import xlsxwriter
import xlwt
from lxml import etree

from etl.reading import Refused, read

HEADINGS = ["项目编号", "项目名称", "所在空间", "金额", "完成率", "日期"]
ROWS: list[list[odd.Cell]] = [
    [f"GZH-2026-{number:04d}", "新材料中试" + "甲乙丙丁"[number % 4], "化工园区", number * 1.25, 0.05 * number, f"2026-03-{number:02d}"]
    for number in range(1, 25)]
GRID: list[list[odd.Cell]] = [["项目进展表"], [*HEADINGS], *ROWS, ["合计", None, None, sum(range(1, 25)) * 1.25], ["填表人：张三"]]
KNOWN = frozenset(HEADINGS)


def texts(separator: str) -> str:
    """The grid as a text table."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([["" if cell is None else cell for cell in row] for row in GRID])
    return written.getvalue()


def workbook() -> bytes:
    """The grid as an .xlsx with a merge, percentages, a formula and a hidden sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("十月")
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd", "indent": 1})
        for number, row in enumerate(GRID):
            page.write_row(number, 0, row)
        for number, row in enumerate(ROWS, 2):
            page.write_number(number, 4, float(row[4] or 0), percent)
            page.write_datetime(number, 5, dt.datetime(2026, 3, number), day)
        page.merge_range(0, 0, 0, 5, GRID[0][0])
        page.write_formula(26, 3, "=SUM(D3:D26)", None, 375)
        book.add_worksheet("字典").hide()
    return content.getvalue()


def old_workbook() -> bytes:
    """The grid as an .xls of BIFF8."""
    book = xlwt.Workbook()
    page = book.add_sheet("十月")
    for number, row in enumerate(GRID):
        for column, cell in enumerate(row):
            page.write(number, column, cell, xlwt.easyxf(num_format_str="0.0%") if column == 4 and number > 1 else xlwt.Style.default_style)
    page.merge(0, 0, 0, 5)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def web_page() -> str:
    """The grid as a web page."""
    rows = "".join("<tr>" + "".join(f"<td class=x>{'' if cell is None else cell}</td>" for cell in row) + "</tr>\r\n" for row in GRID)
    return f"<html><head><meta charset=gb2312><style>.x{{mso-number-format:'\\@'}}</style></head><body><table border=1>{rows}</table></body></html>"


def excel_2003() -> str:
    """The grid in the XML of Excel 2003."""
    def cell(value: odd.Cell) -> str:
        kind = "String" if isinstance(value, str) else "Number"
        return "<Cell/>" if value is None else f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    return odd.spreadsheet_xml("".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in GRID))


def files() -> dict[str, bytes]:
    """A valid file of every kind, by name."""
    return {
        "utf-8.csv": texts(",").encode("utf-8-sig"), "gb18030.csv": texts(",").encode("gb18030"), "utf-16.tsv": texts("\t").encode("utf-16"),
        "xlsx": workbook(), "xls": old_workbook(), "biff5.xls": odd.biff5(GRID, encoding="gb18030", code_page=1252), "xlsb": odd.xlsb({"十月": GRID}),
        "ods": odd.ods(odd.ods_table(GRID)), "html.xls": web_page().encode("gb18030"), "xml.xls": excel_2003().encode(),
    }


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, cut, lost, added or doubled; of an archive, as often, one of its parts, packed again as if whole."""
    if content.startswith(b"PK") and chance.random() < 0.6:
        parts = odd.unzipped(content)
        name = chance.choice([name for name in parts if parts[name]])
        return odd.zipped(parts | {name: _damaged(parts[name], chance)})
    return _damaged(content, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) + 1) if changed else 0
        length = chance.choice((1, 1, 2, 4, 16, 200))
        match chance.randrange(8):
            case 0 | 1 | 2 if at < len(changed):
                changed[at] ^= 1 << chance.randrange(8)
            case 3 if at < len(changed):
                changed[at] = chance.choice((0, 0xFF, 0x7F, 0x80, 0x3C, 0x22, 0x0A, chance.randrange(256)))
            case 4:
                del changed[at : at + length]
            case 5:
                changed[at:at] = chance.randbytes(length)
            case 6:
                changed[at:at] = changed[at : at + length]
            case 7:
                changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\1\0"))
    if chance.random() < 0.1:
        del changed[chance.randrange(len(changed) + 1) :]
    return bytes(changed)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What reading a file comes to: read, with the rows of its first grid and its warnings; refused, with the reason; broken, with the traceback."""

    what: str
    rows: int
    said: str


def outcome(path: Path) -> Outcome:
    """What reading comes to. For a process of its own."""
    try:
        reading = read(path, known=KNOWN)
    except Refused as refusal:
        return Outcome(what="refused", rows=0, said=refusal.what)
    except MemoryError:
        return Outcome(what="refused", rows=0, said="memory")
    except BaseException:  # noqa: BLE001 -- whatever it is, it is what we look for
        return Outcome(what="broken", rows=0, said=traceback.format_exc())
    first = reading.tables[0]
    return Outcome(what="read", rows=first.rows.height + first.aside.height, said="；".join((*first.warnings, *reading.unread)))


def rows_by_another_way(kind: str, content: bytes) -> int | None:
    """The rows up to the last one that holds anything, counted without our reader; None where only a warning or a refusal will do."""
    try:
        return _COUNTERS[kind](content)
    except (ValueError, LookupError, etree.XMLSyntaxError, csv.Error, zipfile.BadZipFile, zlib.error):
        return None


_SPACES = " \t\r\n\v\f\x85\xa0\u3000\u2028"


def _lines(content: bytes, encoding: str, separator: str) -> int:
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=separator))
    return max((number for number, row in enumerate(rows, 1) if any(cell.strip(_SPACES) for cell in row)), default=0)


def _numbered(rows: list[etree._Element], told: str, times: str = "") -> int:
    """The number of the last row with any text, where `told` is the attribute that may say it and `times` how often a row repeats."""
    number = last = 0
    for row in rows:
        number = int(row.get(told) or number + 1) + int(row.get(times) or 1) - 1 if times else int(row.get(told) or number + 1)
        if "".join(map(str, row.itertext())).strip():
            last = max(last, number)
    return last


def _xlsx_rows(content: bytes) -> int:
    return _numbered(list(etree.fromstring(odd.unzipped(content)["xl/worksheets/sheet1.xml"]).iter("{*}row")), "r")


def _ods_rows(content: bytes) -> int:
    space = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    return _numbered(list(etree.fromstring(odd.unzipped(content)["content.xml"]).iter(f"{space}table-row")), "-", f"{space}number-rows-repeated")


def _excel_2003_rows(content: bytes) -> int:
    space = "{urn:schemas-microsoft-com:office:spreadsheet}"
    return _numbered(list(etree.fromstring(content).iter(f"{space}Row")), f"{space}Index")


_COUNTERS: dict[str, Callable[[bytes], int]] = {
    "utf-8.csv": lambda content: _lines(content, "utf-8-sig", ","),
    "gb18030.csv": lambda content: _lines(content, "gb18030", ","),
    "utf-16.tsv": lambda content: _lines(content, "utf-16", "\t"),
    "html.xls": lambda content: content.lower().count(b"<tr"),
    "xlsx": _xlsx_rows, "ods": _ods_rows, "xml.xls": _excel_2003_rows,
}


def cases(seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged files without end, the kinds in turn; the same for the same seed."""
    chance = random.Random(seed)
    whole = files()
    while True:
        for kind, content in whole.items():
            yield kind, damaged(content, chance)
