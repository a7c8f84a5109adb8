"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from etl.reading.table import Refused

_SAVE_AS = "用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"
_BY_MAGIC = {
    b"%PDF": ("这是 PDF 文件，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
    b"\x89PNG": ("这是图片，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
    b"\xff\xd8\xff": ("这是图片，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
    b"Rar!": ("这是 RAR 压缩包，不是表格。", "解压后逐个报送其中的表格。"),
    b"7z\xbc\xaf": ("这是 7z 压缩包，不是表格。", "解压后逐个报送其中的表格。"),
    b"\x1f\x8b": ("这是 gzip 压缩包，不是表格。", "解压后报送其中的表格。"),
    b"{\\rtf": ("这是 RTF 文档，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
}
_BY_MEMBER = {
    "xl/workbook.bin": ("这是二进制工作簿（.xlsb），暂不能读取。", _SAVE_AS),
    "content.xml": ("这是 ODF 文件（.ods），暂不能读取。", _SAVE_AS),
    "word/document.xml": ("这是 Word 文档，不是表格。", "报送原始的 Excel 或 CSV 文件。"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What the archive reader raises on bytes that are no archive any more.
ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError, OverflowError)
_BIGGEST_UNPACKED = 4 * 1024**3


def kind_of(path: Path) -> str:
    """"csv" or "xlsx". Raises Refused for what is neither, by name, and for empty or damaged files."""
    if path.is_dir():
        raise Refused("这是文件夹，不是文件。", "报送文件夹中的表格文件。")
    if not path.exists():
        raise Refused("文件不存在。", "检查路径后重试。")
    if not path.is_file():
        raise Refused("这不是普通文件。", "报送 Excel 或 CSV 文件。")
    with path.open("rb") as file:
        start = file.read(8192)
    if not start:
        raise Refused("文件是空的（0 字节）。", "重新导出并报送；确无数据请报送只有表头的表（零报告）。")
    if start.startswith(b"PK"):
        return _zipped(path)
    if start.startswith(_OLE):
        raise _compound(path)
    if start.startswith(_OLD_EXCEL):
        raise Refused("这是早期的 Excel 文件（.xls），暂不能读取。", _SAVE_AS)
    for magic, (what, do) in _BY_MAGIC.items():
        if start.startswith(magic):
            raise Refused(what, do)
    return _text(start)


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename: member for member in archive.infolist()}
    except ARCHIVE_ERRORS as error:
        raise Refused("工作簿已损坏或没有传完，打不开。", "在 Excel 或 WPS 中打开原文件，确认无误后重新报送。") from error
    if sum(member.file_size for member in members.values()) > _BIGGEST_UNPACKED:
        raise Refused("工作簿解压后超过 4 GB，不予读取。", "删去多余的行列和图片后另存，重新报送。")
    if any(member.flag_bits & 1 for member in members.values()):
        raise Refused("文件有密码保护。", "去掉密码后重新报送。")
    if "xl/workbook.xml" in members:
        return "xlsx"
    for name, (what, do) in _BY_MEMBER.items():
        if name in members:
            raise Refused(what, do)
    if "[Content_Types].xml" in members:
        raise Refused("这个 Office 文件里没有工作簿。", _SAVE_AS)
    raise Refused("这是 ZIP 压缩包，不是表格。", "解压后逐个报送其中的表格。")


def _compound(path: Path) -> Refused:
    """What an OLE file is: a locked workbook, or an old one."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        return Refused("工作簿有打开密码，读不了。", "在 Excel 或 WPS 中去掉密码后重新报送。")
    if "WordDocument".encode("utf-16-le") in content:
        return Refused("这是 Word 文档，不是表格。", "报送原始的 Excel 或 CSV 文件。")
    return Refused("这是早期的 Excel 文件（.xls），暂不能读取。", _SAVE_AS)


def _text(start: bytes) -> str:
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_xhtml = bare.startswith(b"<?xml") and b"<html" in bare
    if is_xhtml or bare.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head")):
        raise Refused("这是网页（HTML）存成的表格，暂不能读取。", _SAVE_AS)
    if bare.startswith(b"<?xml"):
        raise Refused("这是 XML 文件，暂不能读取。", _SAVE_AS)
    is_utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a" for byte in start)
    if not is_utf16 and (b"\x00" in start or control > len(start) / 100):
        raise Refused("文件内容不是表格，也不是文字（二进制内容）。", "确认是否选错文件，报送 Excel 或 CSV 文件。")
    return "csv"
