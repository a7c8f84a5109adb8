"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from etl.reading.archive import members_of
from etl.reading.encoding import wide_encoding
from etl.reading.table import Refused

_START_BYTES = 8192
_SAVE_AS = "用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"
_ORIGINAL = "报送原始的 Excel 或 CSV 文件。"
_UNPACK = "解压后逐个报送其中的表格。"
_DECRYPT = "在本单位的加密软件中解密（或申请外发明文）后重新报送。"
_BY_MAGIC = {
    b"%PDF": ("这是 PDF 文件，不是表格。", _ORIGINAL),
    b"\x89PNG": ("这是图片，不是表格。", _ORIGINAL),
    b"\xff\xd8\xff": ("这是图片，不是表格。", _ORIGINAL),
    b"GIF8": ("这是图片，不是表格。", _ORIGINAL),
    b"BM": ("这是图片，不是表格。", _ORIGINAL),
    b"Rar!": ("这是 RAR 压缩包，不是表格。", _UNPACK),
    b"7z\xbc\xaf": ("这是 7z 压缩包，不是表格。", _UNPACK),
    b"\x1f\x8b": ("这是 gzip 压缩包，不是表格。", "解压后报送其中的表格。"),
    b"{\\rtf": ("这是 RTF 文档，不是表格。", _ORIGINAL),
    b"%TSD-Header-": ("文件被加密软件（绿盾等）加密，在本单位以外打不开。", _DECRYPT),
    b".pfile": ("文件有权限保护（RMS），读不了。", "请设定权限的人去掉权限保护后重新报送。"),
}
_BY_MEMBER = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
}
_NO_TABLE = {
    "word/document.xml": ("这是 Word 文档，不是表格。", _ORIGINAL),
    "ppt/presentation.xml": ("这是演示文稿，不是表格。", _ORIGINAL),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")  # a worksheet of BIFF2 to BIFF8 without the container around it
_BY_STREAM = (
    (("DRMEncryptedDataSpace", "DRMEncryptedTransform", "DRMContent"), "文件有权限保护（IRM），读不了。", "请设定权限的人去掉权限保护后重新报送。"),
    (("EncryptedPackage",), "工作簿有打开密码，读不了。", "在 Excel 或 WPS 中去掉密码后重新报送。"),
)
_OTHER_STREAM = (
    ("WordDocument", "这是 Word 文档，不是表格。"),
    ("PowerPoint Document", "这是演示文稿，不是表格。"),
    ("__substg1.0_", "这是邮件，不是表格。"),
)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|title|style|body|div|center|p|form|font|span|script|"
                   r"base|table|caption|colgroup|thead|tbody|tr)\b", re.IGNORECASE | re.DOTALL)
_SPREADSHEET_XML = re.compile(r"\s*<\?xml[^>]*>.*?(?:progid=.Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet)", re.DOTALL)


def kind_of(path: Path) -> str:
    """csv, xlsx, xlsb, xls, ods, html or xml. Raises Refused for what is none of them, by name, and for empty or damaged files."""
    if path.is_dir():
        raise Refused("这是文件夹，不是文件。", "报送文件夹中的表格文件。")
    if not path.exists():
        raise Refused("文件不存在。", "检查路径后重试。")
    if not path.is_file():
        raise Refused("这不是普通文件。", "报送 Excel 或 CSV 文件。")
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    if not start:
        raise Refused("文件是空的（0 字节）。", "重新导出并报送；确无数据请报送只有表头的表（零报告）。")
    if not start.strip(b"\0"):
        raise Refused("文件里全是空字节，保存或传输时没有写完。", "重新导出并报送。")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if start.startswith(_OLE):
        return _compound(path)
    if _OLD_EXCEL.match(start):
        return "xls"
    for magic, (what, do) in _BY_MAGIC.items():
        if start.startswith(magic):
            raise Refused(what, do)
    if b"E-SafeNet" in start[:1024]:
        raise Refused("文件被加密软件（亿赛通）加密，在本单位以外打不开。", _DECRYPT)
    return _text(start)


def _zipped(path: Path) -> str:
    members = members_of(path)
    for name, kind in _BY_MEMBER.items():
        if name in members:
            return kind
    for name, (what, do) in _NO_TABLE.items():
        if name in members:
            raise Refused(what, do)
    if "content.xml" in members:
        return "ods"
    if "[content_types].xml" in members:
        raise Refused("这个 Office 文件里没有工作簿。", _SAVE_AS)
    raise Refused("这是 ZIP 压缩包，不是表格。", _UNPACK)


def _compound(path: Path) -> str:
    """What an OLE file is, by the names of its streams, which stand in its directory as UTF-16: an old workbook, or something else."""
    content = path.read_bytes()
    for streams, what, do in _BY_STREAM:
        if any(stream.encode("utf-16-le") in content for stream in streams):
            raise Refused(what, do)
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "xls"
    for stream, what in _OTHER_STREAM:
        if stream.encode("utf-16-le") in content:
            raise Refused(what, _ORIGINAL)
    raise Refused("这个 Office 文件里没有工作簿，或文件已损坏。", _SAVE_AS)


def _text(start: bytes) -> str:
    wide = _wide(start)
    text = codecs.getincrementaldecoder(wide or "utf-8-sig")("replace").decode(start)
    if _HTML.match(text):
        return "html"
    if _SPREADSHEET_XML.match(text):
        return "xml"
    if text.lstrip().startswith("<?xml"):
        raise Refused("这是 XML 文件，不是表格。", _SAVE_AS)
    if text.startswith("MIME-Version:"):
        raise Refused("这是单个文件网页（MHT）存成的表格，不能读取。", _SAVE_AS)
    control = sum(byte < 32 and byte not in b"\0\t\n\r\x0b\x0c\x1a" for byte in start)  # zero bytes are told of later
    if not wide and control > len(start) / 100:
        raise Refused("文件内容不是表格，也不是文字（二进制内容）；也可能被加密软件加密。",
                      "确认是否选错文件；本单位装有加密软件的，解密后报送 Excel 或 CSV 文件。")
    return "csv"


def _wide(start: bytes) -> str | None:
    for mark, name in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if start.startswith(mark):
            return name
    return wide_encoding(start)
