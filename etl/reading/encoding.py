"""The encoding of a text file, and its text as UTF-8."""

from __future__ import annotations

import codecs
from io import BytesIO
from pathlib import Path

from etl.reading.table import Refused

_BLOCK_BYTES = 4 * 1024 * 1024
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DO = "用 Excel 或 WPS 打开原表，另存为 .xlsx 或“CSV UTF-8”后重新报送。"


def encoding_of(start: bytes) -> str:
    """The encoding the first bytes of a file show: utf-8, utf-8-sig, utf-16 or gb18030 (of which GBK is a part)."""
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(start)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def is_utf8(path: Path) -> bool:
    """Whether a file is UTF-8 to its end; asked of files that begin in plain ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def head_text(start: bytes, encoding: str) -> str:
    """The text of a file's first bytes; a character cut off at the end is left out. Raises Refused."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(start)
    except UnicodeDecodeError as error:
        raise _undecodable(start.count(b"\n", 0, error.start) + 1) from error


def as_utf8(path: Path, encoding: str) -> bytes:
    """The whole file as UTF-8 without a mark, block by block. Raises Refused naming the line that cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    written, lines = BytesIO(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            try:
                written.write(decoder.decode(block).encode())
            except UnicodeDecodeError as error:
                raise _undecodable(lines + error.object.count(b"\n", 0, error.start) + 1) from error
            lines += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _undecodable(lines + 1) from error
    return written.getvalue()


def _undecodable(line: int) -> Refused:
    return Refused(f"第 {line} 行有无法识别的字符，文件编码混乱或已损坏。", _DO)
