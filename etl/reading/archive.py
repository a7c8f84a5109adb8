"""Workbooks that are ZIP archives: their parts, checked before any reader opens them."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from etl.reading.table import Refused

# What the archive reader raises on bytes that are no archive any more.
ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError, OverflowError, LookupError)
_BLOCK_BYTES = 1 << 20
_BIGGEST_UNPACKED = 2 * 1024**3
_SMALL = 64 * 1024**2  # up to here a part may be packed as tightly as it likes
_TIGHTEST = 300  # the dullest real sheets are packed to a hundredth; a bomb to a thousandth
_DECLARATION = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
DAMAGED = Refused("工作簿已损坏，内容读不出来。", "在 Excel 或 WPS 中打开原文件，确认无误后另存为 .xlsx 重新报送。")
_NOT_WHOLE = Refused("工作簿已损坏或没有传完，打不开。", "在 Excel 或 WPS 中打开原文件，确认无误后重新报送。")


def members_of(path: Path) -> Mapping[str, zipfile.ZipInfo]:
    """The members of an archive by the names that count: lower case, forward slashes. Raises Refused for what must not be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = {_name(member.filename): member for member in archive.infolist()}
    except ARCHIVE_ERRORS as error:
        raise _NOT_WHOLE from error
    if any(member.flag_bits & 1 for member in members.values()):
        raise Refused("文件有密码保护。", "去掉密码后重新报送。")
    if sum(member.file_size for member in members.values()) > _BIGGEST_UNPACKED:
        raise Refused("工作簿解压后超过 2 GB，不予读取。", "删去多余的行列和图片后另存，重新报送。")
    for member in members.values():
        if member.file_size > max(_SMALL, _TIGHTEST * member.compress_size):
            raise Refused(f"工作簿中的“{member.filename}”解压后是压缩时的 {_TIGHTEST} 倍以上，像是压缩炸弹，不予读取。",
                          "在 Excel 或 WPS 中打开原文件，删去多余的空行空列后另存，重新报送。")
    return members


class Parts:
    """The parts of an open archive by their names, case and direction of slashes aside."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_name(member.filename): member for member in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._members

    def names(self) -> list[str]:
        return list(self._members)

    def read(self, name: str) -> bytes:
        """A part, whole. Raises BadZipFile where its checksum is wrong, KeyError where there is none, Refused where it declares entities."""
        content = self._archive.read(self._members[_name(name)])
        refuse_declarations(content)
        return content

    def check(self, *, but: str = "\0") -> None:
        """Every part unpacks to its checksum and no XML declares entities: readers stop at the last cell and would not notice.

        `but`: a folder whose parts will be read whole here anyway.
        """
        for name, member in self._members.items():
            if not name.startswith(but):
                with self._archive.open(member) as part:
                    refuse_declarations(part.read(_BLOCK_BYTES))
                    while part.read(_BLOCK_BYTES):
                        pass


def _name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_declarations(content: bytes) -> None:
    """Raises Refused for XML that declares a document type: spreadsheets have none, and entities can grow without end."""
    start = content[:_BLOCK_BYTES]  # it stands before the root, or it is none
    if start.lstrip(b"\xef\xbb\xbf\xfe\xff \r\n\t\0")[:1] == b"<" and any(mark in start for mark in _DECLARATION):
        raise Refused("文件里有 XML 实体声明，正常的表格文件没有，可能有害，不予读取。", "用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。")
