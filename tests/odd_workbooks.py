"""Writers of workbooks no library writes any more: BIFF5, .xlsb, .ods, SpreadsheetML 2003, and .xlsx from hand-made XML."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | bool | None
Rows = Sequence[Sequence[Cell]]
Merge = tuple[int, int, int, int]  # top, bottom, left, right, 0-based, included

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def content_types(extension: str, kind: str) -> str:
    """The part that says what kind the others are."""
    return (f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="{extension}" '
            f'ContentType="{kind}"/></Types>')


def xlsx(sheet: str, *, main: str = MAIN, office: str = OFFICE, shared: str = "", styles: str = "", workbook: str = "",
         more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook whose one sheet 甲 holds this XML. `workbook`: what stands before its list of sheets."""
    relation = f'<Relationship Id="%s" Type="{office}/%s" Target="%s"/>'
    return zipped({
        "[Content_Types].xml": content_types("xml", "application/xml"),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{relation % ("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook}<sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relation % ("rId1", "worksheet", "worksheets/sheet1.xml")}'
                                      f'{relation % ("rId2", "sharedStrings", "sharedStrings.xml")}{relation % ("rId3", "styles", "styles.xml")}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{sheet}',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    } | dict(more or {}))


def worksheet(rows: str, *, before: str = "", after: str = "", main: str = MAIN) -> str:
    """The XML of a worksheet around the XML of its rows."""
    return f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(reference: str, text: str) -> str:
    """A cell that carries its own text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def biff5(rows: Rows, *, encoding: str, code_page: int | None, dates: Sequence[tuple[int, int]] = ()) -> bytes:
    """A worksheet of Excel 5 as a bare stream, as old programs wrote it: a book of one sheet, its texts in this encoding."""
    def record(code: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", code, len(data)) + data

    def cells() -> bytes:
        written = b""
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                at = struct.pack("<HHH", row, column, 1 if (row, column) in dates else 0)
                if isinstance(cell, str):
                    text = cell.encode(encoding)
                    written += record(0x0204, at + struct.pack("<H", len(text)) + text)
                elif cell is not None:
                    written += record(0x0203, at + struct.pack("<d", cell))
        return written

    begin = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0x096C, 1993))
    page = record(0x42, struct.pack("<H", code_page)) if code_page is not None else b""
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05Arial")
    formats = record(0xE0, struct.pack("<HHHHHHHH", 0, 0, 0, 0x20, 0, 0, 0, 0)) + record(0xE0, struct.pack("<HHHHHHHH", 0, 14, 0, 0x20, 0, 0, 0, 0))
    name = "甲".encode(encoding)
    before = begin + page + font + formats
    sheet_at = len(before) + 4 + 7 + len(name) + 4
    head = before + record(0x85, struct.pack("<IBBB", sheet_at, 0, 0, len(name)) + name) + record(0x0A)
    begin_sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0x096C, 1993))
    size = record(0x0200, struct.pack("<HHHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))
    return head + begin_sheet + size + cells() + record(0x0A)


def xlsb(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), hidden_rows: Sequence[int] = (), merges: Sequence[Merge] = (),
         percents: Sequence[tuple[int, int]] = (), errors: Sequence[tuple[int, int]] = (),
         counts_from_1904: bool = False) -> bytes:
    """A binary workbook. Hidden rows, merges, percentages and #REF! errors are those of its first sheet."""
    def record(code: int, data: bytes = b"") -> bytes:
        head = bytes([code]) if code < 0x80 else bytes([code & 0x7F | 0x80, code >> 7])
        length, size = len(data), b""
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
            length >>= 7
            if not length:
                return head + size + data

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(row: int, column: int, value: Cell, is_first: bool) -> bytes:
        at = struct.pack("<II", column, 1 if is_first and (row, column) in percents else 0)
        if is_first and (row, column) in errors:
            return record(3, at + b"\x17")
        if isinstance(value, bool):
            return record(4, at + bytes([value]))
        if isinstance(value, str):
            return record(6, at + wide(value))
        return record(5, at + struct.pack("<d", value)) if value is not None else b""

    def sheet(rows: Rows, is_first: bool) -> bytes:
        lines = b""
        for number, line in enumerate(rows):
            flags = 0x10 if is_first and number in hidden_rows else 0
            lines += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)) + b"".join(
                cell(number, column, value, is_first) for column, value in enumerate(line))
        spans = [struct.pack("<4I", *merge) for merge in merges] if is_first else []
        merged = record(177, struct.pack("<I", len(spans))) + b"".join(record(176, span) for span in spans) + record(178) if spans else b""
        size = struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, max(map(len, rows), default=1) - 1)
        return record(129) + record(148, size) + record(145) + lines + record(146) + merged + record(130)

    bundle = b"".join(record(156, struct.pack("<II", 1 if name in hidden else 0, number) + wide(f"rId{number}") + wide(name))
                      for number, name in enumerate(sheets, 1))
    relations = "".join(f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>' for number in range(1, len(sheets) + 1))
    relations += f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.bin"/>'
    xfs = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, number_format, 0, 0, 0, 0, 0, 0, 0)) for number_format in (0, 9))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": record(131) + record(153, struct.pack("<II", counts_from_1904, 0) + wide("")) + record(143) + bundle + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        "xl/styles.bin": record(278) + record(617, struct.pack("<I", 2)) + xfs + record(618) + record(279),
    }
    return zipped(parts | {f"xl/worksheets/sheet{number}.bin": sheet(rows, number == 1) for number, rows in enumerate(sheets.values(), 1)})


ODS_SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in (
    ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"), ("fo", "xsl-fo-compatible")))


def ods(tables: str, *, styles: str = "") -> bytes:
    """An OpenDocument spreadsheet around the XML of its tables and its automatic styles."""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>'
                       f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    })


def ods_table(rows: Rows, *, name: str = "甲", attributes: str = "", percent: int | None = None) -> str:
    """The XML of one table of plain cells, the numbers of one column as percentages."""
    def cell(value: Cell, kind: str = "float") -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, bool):
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"><text:p>{str(value).upper()}</text:p></table:table-cell>'
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="{kind}" office:value="{value!r}"><text:p>{value:.0f}</text:p></table:table-cell>'

    def row(line: Sequence[Cell]) -> str:
        return "".join(cell(value, "percentage" if place == percent else "float") for place, value in enumerate(line))

    lines = "".join(f"<table:table-row>{row(line)}</table:table-row>" for line in rows)
    return f"<table:table table:name={quoteattr(name)} {attributes}>{lines}</table:table>"


def spreadsheet_xml(rows: str, *, name: str = "甲", styles: str = "", options: str = "") -> str:
    """A workbook in the XML of Excel 2003 around the XML of the rows of its one sheet."""
    return ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
            f"<Styles>{styles}</Styles><Worksheet ss:Name={quoteattr(name)}><Table>{rows}</Table>{options}</Worksheet></Workbook>")
