"""The encoding of a text file, and its text as UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.reading.frequent import plausibility
from etl.reading.table import Refused

_BLOCK_BYTES = 4 * 1024 * 1024
SAMPLE_BYTES = 64 * 1024
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
          codecs.BOM_UTF16_BE: "utf-16"}
_CODECS = {"big5": "big5hkscs"}  # what is called Big5 here is read with the characters of Hong Kong
_WIDE = {(0, 2): "utf-16-be", (1, 2): "utf-16-le", (0, 4): "utf-32-be", (3, 4): "utf-32-le"}  # where the zero byte of an ASCII character stands
_LEAST_PLAUSIBLE = -0.05
_ENOUGH_TO_JUDGE = 20  # characters beyond ASCII; of fewer, a rare name may be all
_HOLE = bytes(512)  # what a disk that lost a block leaves
_DO = "用 Excel 或 WPS 打开原表，另存为 .xlsx 或“CSV UTF-8”后重新报送。"


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """How the bytes of a file become text. `is_plain`: they are UTF-8 as they stand, with line feeds."""

    name: str  # utf-8, utf-8-sig, utf-16, utf-16-le, …, gb18030 (of which GBK is a part), big5
    has_nuls: bool = False  # zero bytes between characters, which are dropped
    has_old_ends: bool = False  # lines end in a carriage return alone

    @property
    def codec(self) -> str:
        return _CODECS.get(self.name, self.name)

    @property
    def is_plain(self) -> bool:
        return self.name.startswith("utf-8") and not self.has_nuls and not self.has_old_ends

    def mended(self, text: str) -> str:
        """Decoded text without zero characters, with line feeds."""
        if self.has_nuls:
            text = text.replace("\0", "")
        return text.replace("\r", "\n") if self.has_old_ends else text


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file. Raises Refused where no encoding makes it Chinese or where whole blocks of it are zero."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    name = _by_mark(start) or wide_encoding(start) or _by_content(path, start)
    encoding = Encoding(name=name)
    text = head_text(start, encoding)
    has_nuls = _has_nuls(path) if name.startswith(("utf-8", "gb", "big5")) else "\0" in text
    return Encoding(name=name, has_nuls=has_nuls, has_old_ends="\r" in text and "\n" not in text)


def wide_encoding(start: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where its zero bytes stand and by its text; None for everything else."""
    found = None
    for (at, width), name in _WIDE.items():
        units = len(start) // width
        zeros = start[at : units * width : width].count(0)
        elsewhere = start.count(0) - zeros
        if units and zeros > units * 0.02 and elsewhere <= zeros * (0.5 if width == 2 else 3):
            text = codecs.getincrementaldecoder(name)("replace").decode(start[: units * width])
            controls = sum(character < " " and character not in "\t\r\n\x0b\x0c" for character in text)
            if controls <= len(text) / 100 and "\ufffd" not in text and ("\n" in text or "\r" in text or plausibility(text) > 0):
                found = name
    return found


def _by_mark(start: bytes) -> str | None:
    return next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)


def _by_content(path: Path, start: bytes) -> str:
    """UTF-8 where it is that to the end of the sample that first holds other than ASCII; else the most plausible encoding."""
    sample = start if not start.isascii() else _first_beyond_ascii(path)
    if _decodes(sample, "utf-8"):
        return "utf-8"
    return likeliest(sample)


def likeliest(sample: bytes) -> str:
    """gb18030, big5 or, where most of it is that, damaged utf-8. Raises Refused where none makes it Chinese."""
    scores: dict[str, float] = {}
    for name in ("gb18030", "big5", "utf-8"):
        codec = _CODECS.get(name, name)
        text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
        scores[name] = plausibility(text)
    chosen = max(scores, key=lambda name: scores[name] + (0.1 if name == "gb18030" else 0))
    beyond = sum(byte > 0x7F for byte in sample)
    if scores[chosen] < _LEAST_PLAUSIBLE and beyond >= 2 * _ENOUGH_TO_JUDGE:
        raise Refused("文件的文字编码认不出来，按常用的中文编码读出来都是乱码。", _DO)
    return chosen


def _first_beyond_ascii(path: Path) -> bytes:
    """A sample around the first byte that is no ASCII; nothing where there is none."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            if not block.isascii():
                at = next(number for number, byte in enumerate(block) if byte > 0x7F)
                return block[at : at + SAMPLE_BYTES] if len(block) - at >= 1024 else block[at:] + file.read(SAMPLE_BYTES)
    return b""


def _decodes(sample: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _has_nuls(path: Path) -> bool:
    """Whether there are zero bytes. Raises Refused where a whole block of them stands before the end."""
    found = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            if b"\0" in block:
                found = True
                hole = block.find(_HOLE)
                if hole >= 0 and (block[hole:].strip(b"\0") or file.read(_BLOCK_BYTES).strip(b"\0")):
                    raise Refused("文件中间有一大段空字节，保存或传输时没有写完，内容已缺失。", "重新导出并报送。")
    return found


def head_text(start: bytes, encoding: Encoding) -> str:
    """The text of a file's first bytes; of a longer file, a character cut off at their end is left out. Raises Refused."""
    try:
        return encoding.mended(codecs.getincrementaldecoder(encoding.codec)("strict").decode(start, final=len(start) < SAMPLE_BYTES))
    except UnicodeDecodeError as error:
        raise _undecodable(start.count(b"\n", 0, error.start) + 1) from error


def utf8_blocks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """The file as UTF-8 without a mark, in blocks of whole lines; the last may be empty. Raises Refused naming the line that cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    begun, lines = "", 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            try:
                text = encoding.mended(decoder.decode(block))
            except UnicodeDecodeError as error:
                raise _undecodable(lines + error.object.count(b"\n", 0, error.start) + 1) from error
            lines += text.count("\n")
            text = begun + text
            end = text.rfind("\n") + 1 if len(block) == _BLOCK_BYTES else 0  # a short file is one block, its last line with it
            if end:
                yield text[:end].encode()
            begun = text[end:]
    try:
        begun += encoding.mended(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        raise _undecodable(lines + 1) from error
    yield begun.encode()


def as_utf8(path: Path, encoding: Encoding) -> bytes:
    """The whole file as UTF-8 without a mark. Raises Refused as `utf8_blocks`."""
    return b"".join(utf8_blocks(path, encoding))


def _undecodable(line: int) -> Refused:
    return Refused(f"第 {line} 行有无法识别的字符，文件编码混乱或已损坏。", _DO)
