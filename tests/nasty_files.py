"""The battery of nasty files: made to harm their reader, broken, or sent by mistake; each with what must be said of it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import odd_workbooks as odd
import xlsxwriter
import xlwt
from park import sample

HEAD = f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "名称")}</row><row r="2">{odd.inline("A2", "A1")}{odd.inline("B2", "甲")}</row>'
LAUGHS = ('<!DOCTYPE lolz [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)) + "]>")


def far_away() -> bytes:
    """A value in the last cell there can be: a grid of 17 thousand million cells."""
    return odd.xlsx(odd.worksheet(HEAD + f'<row r="1048576">{odd.inline("XFD1048576", "x")}</row>'))


def far_down() -> bytes:
    """A value in the last row: many rows, and no more than fit."""
    return odd.xlsx(odd.worksheet(HEAD + f'<row r="1048576">{odd.inline("A1048576", "x")}</row>'))


def far_blank() -> bytes:
    """A formatted blank in the last cell."""
    return odd.xlsx(odd.worksheet(HEAD + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'))


def far_ods() -> bytes:
    """A thousand rows of sixteen thousand equal cells, in a few bytes, and again."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    return odd.ods(f'<table:table table:name="甲"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>')


def spans() -> bytes:
    """A page whose cells span all there is."""
    return ("<table>" + "<tr>" + '<td colspan="16384" rowspan="1048576">编号' * 200 + "</table>").encode()


def far_xls() -> bytes:
    """An old workbook with a cell in the last row and column."""
    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    for column, text in enumerate(["编号", "名称"]):
        page.write(0, column, text)
    page.write(65_535, 255, "x")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def big_sectors() -> bytes:
    """1.8 kB that say they are a workbook in sectors of four gigabytes, a thousand million of them."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 32, 6) + bytes(478))
    struct.pack_into("<IIIIIII", head, 44, 0x3FFFFFFF, 1, 0, 4096, 2, 0x3FFFFFFF, 0xFFFFFFFE)
    return bytes(head) + "Workbook".encode("utf-16-le").ljust(1288, b"\0")


def odd_column() -> bytes:
    """An old worksheet with a cell far beyond the last column there is."""
    return odd.biff5([["编号", "名称"], ["A1", "甲"]], encoding="gbk", code_page=936).replace(struct.pack("<HHH", 1, 1, 0), struct.pack("<HHH", 65_535, 65_535, 0))


def bomb() -> bytes:
    """A sheet of 100 MB of spaces, packed into 100 kB."""
    return odd.xlsx(odd.worksheet(HEAD + " " * 100_000_000))


def lying_bomb() -> bytes:
    """As `bomb`, saying it is small."""
    content = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    while (at := content.find(struct.pack("<I", size))) >= 0:
        content[at : at + 4] = struct.pack("<I", 1000)
    return bytes(content)


def many_merges() -> bytes:
    """A hundred thousand merges."""
    merges = "".join(f'<mergeCell ref="A{row}:A{row + 1}"/>' for row in range(3, 200_001, 2))
    return odd.xlsx(odd.worksheet(HEAD, after=f"<mergeCells>{merges}</mergeCells>"))


def deep_page() -> bytes:
    """A page of a hundred thousand boxes in each other."""
    return b"<table><tr><td>" + b"<div>" * 100_000 + "编号".encode() + b"</table>"


def far_corner() -> bytes:
    """A workbook of a few kilobytes whose last cell is the last there can be: as a grid it fills 500 GB."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, list(sample("stage_events").headings))
        page.write_string(1_048_575, 16_383, "x")
    return content.getvalue()


# by name: how it is made, and what is said of it (a pattern), "" where it is read
HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "a value far away": (far_away, "XFD1048576"),
    "a value far down": (far_down, ""),
    "a blank far away": (far_blank, ""),
    "an .ods that repeats itself": (far_ods, "已用区域"),
    "a page of spans": (spans, "已用区域"),
    "an old workbook with a value far away": (far_xls, "IV65536"),
    "an old workbook of great sectors": (big_sectors, "已损坏|没有工作簿"),
    "an old workbook with a column that cannot be": (odd_column, "已损坏"),
    "a zip bomb": (bomb, "压缩炸弹"),
    "a zip bomb that lies": (lying_bomb, "已损坏|没有传完"),
    "laughs in a sheet": (lambda: odd.xlsx(LAUGHS + odd.worksheet(HEAD.replace(">甲<", ">&i;<"))), "实体声明"),
    "laughs in UTF-16": (lambda: odd.xlsx("", more={"xl/worksheets/sheet1.xml": LAUGHS.encode("utf-16")}), "实体声明"),
    "laughs in the shared texts": (lambda: odd.zipped(odd.unzipped(odd.xlsx(odd.worksheet(HEAD))) | {"xl/sharedStrings.xml": LAUGHS + "<sst/>"}), "实体声明"),
    "laughs in an .ods": (lambda: odd.zipped(odd.unzipped(odd.ods(odd.ods_table([["编号"]]))) | {"content.xml": LAUGHS + "<x>&i;</x>"}), "实体声明"),
    "laughs in XML of Excel 2003": (lambda: odd.spreadsheet_xml("").replace("?>\n<Workbook", f"?>\n{LAUGHS}<Workbook").encode(), "实体声明"),
    "laughs in a page": ((LAUGHS + "<html><table><tr><td>编号<td>名称<tr><td>&i;<td>甲</table></html>").encode, "没有找到表头"),
    "many merges": (many_merges, ""),
    "a deep page": (deep_page, "嵌套太深"),
}

# by name: the content, what is said and what to do
WRONG: dict[str, tuple[bytes, str, str]] = {
    "a workbook cut short": (sample("stage_events").xlsx()[:-900], "工作簿已损坏或没有传完，打不开。", "在 Excel 或 WPS 中打开原文件"),
    "an empty file": (b"", "文件是空的（0 字节）。", "重新导出并报送"),
    "a needed heading under another name": (
        sample("stage_events").renamed("发生日期", "时间点").csv(), "最接近“阶段事件”，但缺少列：发生日期。文件中有：序号、事件编号、项目编号、", "为该列加别名"),
    "headings of no feed": ("甲,乙,丙,丁\n1,2,3,4\n".encode(), "认不出是哪张报表。文件中有：甲、乙、丙、丁", "核对是否送错文件；现有报表：绩效考评、佐证材料目录、"),
    "prose": ("请各单位按时报送。\n".encode(), "没有找到表头。", "保留一行列名"),
    "a PDF": (b"%PDF-1.7\n", "这是 PDF 文件，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "这是图片，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
    "bytes of nothing known": (bytes(range(256)) * 20, "文件内容不是表格，也不是文字", "确认是否选错文件"),
}

# by a name that would be a path, a command or hidden: sent under it
NAMED: dict[str, bytes] = {
    "../../../etc/cron.d/坏.xlsx": b"PK\x03\x04" + b"\xff" * 100, "=cmd|' /C calc'!A0.csv": b"\xff\xfe\x00", "<img src=x onerror=alert(1)>.csv": b"",
    "表\u202exslx.exe": b"\x89PNG\r\n\x1a\n" + bytes(99)}
# stopped at the door
PROGRAMS: dict[str, bytes] = {"程序.xlsx": b"MZ\x90\x00" + bytes(500), "脚本.csv": b"#!/bin/sh\nrm -rf /\n", "库.csv": b"SQLite format 3\0" + bytes(100)}
