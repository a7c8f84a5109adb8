"""Text tables: comma, tab, semicolon or bar between cells, in one fast pass where the file allows it."""

from __future__ import annotations

import csv
import mmap
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, StringIO, TextIOWrapper
from itertools import count, islice
from pathlib import Path

import polars as pl

from etl.reading.encoding import SAMPLE_BYTES, as_utf8, encoding_of, head_text, utf8_blocks
from etl.reading.grid import HEAD_ROWS, Grid, trimmed
from etl.reading.table import Refused

SEPARATORS = (",", "\t", ";", "|")
_NAMED = re.compile(r'"?sep=([,;|\t])"?\s*\n', re.IGNORECASE)
_TEXT_MARK = re.compile(r'="(.*)"', re.DOTALL)  # ="00123": how programs keep Excel from making a number of a code
_CHUNK_ROWS = 100_000
_UNPAIRED = Refused("有单元格的引号没有配对，后面的行被并进了同一格。", "检查文件中的英文双引号，改好后重新报送。")


def grids_of(path: Path) -> tuple[list[Grid], dict[str, list[list[str]]], str]:
    """The one grid of a text file, no hidden sheets, and its encoding. Raises Refused where it cannot be decoded or taken apart."""
    encoding = encoding_of(path)
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    text = head_text(start, encoding).removeprefix("\ufeff")
    if len(start) == SAMPLE_BYTES:
        text = text[: text.rfind("\n") + 1] or text
    separator = _separator(text)
    ends, records = _head(text, separator, is_cut=len(start) == SAMPLE_BYTES)
    head = [[_bare(cell.strip()) for cell in record] for record in records]
    warnings = ["文件中有空字符（NUL），已去掉，请核对导出程序"] if encoding.has_nuls else []

    def body(after: int) -> pl.DataFrame:
        has_quotes = _has(path, b'"')
        blocks: Iterable[Path | bytes] = [path] if encoding.is_plain else utf8_blocks(path, encoding)
        if has_quotes and not encoding.is_plain:  # a cell may go on in the next block
            blocks = [as_utf8(path, encoding)]
        frame = _quick(blocks, separator, records, ends, after, quote='"' if has_quotes else None)
        if frame is None:
            frame = trimmed(_exact(path if encoding.is_plain else as_utf8(path, encoding), separator, after))
        if has_quotes:
            _check_quotes(frame, separator)
            if frame.select(pl.any_horizontal(pl.all().str.contains('="', literal=True).any())).item():
                frame = trimmed(_without_text_marks(frame))
        return frame

    return [Grid(sheet="", sheet_no=0, head=head, body=body, warnings=warnings)], {}, encoding.name


def _records(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record, and how many line feeds were read up to its end."""
    feeds = 0

    def counted() -> Iterator[str]:
        nonlocal feeds
        for line in lines:
            feeds += not line.endswith("\r")  # the last line may end in nothing
            yield line

    try:
        for record in csv.reader(counted(), delimiter=separator):
            yield feeds, record
    except csv.Error as error:
        raise _UNPAIRED from error


def _head(text: str, separator: str, *, is_cut: bool) -> tuple[list[int], list[list[str]]]:
    """Where each of the first records ends, in line feeds, and the records; the last is left out where the text was cut."""
    found = list(islice(_records(StringIO(text, newline=""), separator), HEAD_ROWS + 1))
    if is_cut and len(found) > 1:
        found = found[:-1]
    return [feeds for feeds, _ in found[:HEAD_ROWS]], [record for _, record in found[:HEAD_ROWS]]


def _separator(text: str) -> str:
    """The separator the first line names (sep=;), or that gives most lines the same number of cells; comma where nothing tells."""
    if named := _NAMED.match(text):
        return named[1]
    commas, tabs, pairs, lines = (text.count(mark) for mark in (",", "\t", "\t,", "\n"))
    if pairs > 0.9 * commas and pairs >= lines and tabs <= commas + lines + 1:  # a tab before every comma keeps Excel from making numbers of codes
        return ","
    best, chosen = (0, 0), ","
    for separator in SEPARATORS:
        _, records = _head(text, separator, is_cut=False)
        widths = Counter(len(record) for record in records if len(record) > 1)
        if widths:
            width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (lines, width) > best:
                best, chosen = (lines, width), separator
    return chosen


def _has(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(mark) >= 0


def _bare(cell: str) -> str:
    """A cell without the mark that keeps it a text: ="00123" → 00123."""
    return found[1] if (found := _TEXT_MARK.fullmatch(cell)) else cell


def _without_text_marks(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.all().str.replace(r'^\s*="((?s).*)"\s*$', "$1"))


def _quick(blocks: Iterable[Path | bytes], separator: str, records: list[list[str]], ends: list[int], after: int,
           quote: str | None) -> pl.DataFrame | None:
    """The body by the fast parser, which takes one block while the next is decoded; None where it stumbles, or reads the first rows otherwise
    than the exact one."""
    names = [f"c{number}" for number in range(max(map(len, records), default=0))]

    def parsed(place: int, block: Path | bytes) -> pl.DataFrame:
        return trimmed(pl.read_csv(block, has_header=False, separator=separator, skip_lines=ends[after - 1] if after and not place else 0,
                                   schema=dict.fromkeys(names, pl.String()), raise_if_empty=False, glob=False,
                                   quote_char=quote, missing_columns="insert"))

    try:
        with ThreadPoolExecutor(1) as parser:
            frame = pl.concat(parser.map(parsed, count(), blocks))
    except pl.exceptions.PolarsError:
        return None
    sample = records[after : after + 50]
    padded = [[*record, *[""] * (len(names) - len(record))] for record in sample]
    expected = trimmed(pl.DataFrame(padded, schema=dict.fromkeys(names, pl.String()), orient="row"))
    return frame if frame.head(len(sample)).equals(expected) else None


def _exact(source: Path | bytes, separator: str, after: int) -> pl.DataFrame:
    """The body record by record: for lines wider than the first ones, odd quotation marks and mixed line ends."""
    frames: list[pl.DataFrame] = []
    try:
        with (BytesIO(source) if isinstance(source, bytes) else source.open("rb")) as content, \
                TextIOWrapper(content, encoding="utf-8-sig", newline="") as lines:
            records = (record for _, record in islice(_records(lines, separator), after, None))
            while chunk := list(islice(records, _CHUNK_ROWS)):
                width = max(map(len, chunk))
                for record in chunk:
                    record.extend([""] * (width - len(record)))
                frames.append(pl.DataFrame({f"c{number}": [record[number] for record in chunk] for number in range(width)}))
    except UnicodeDecodeError:
        if isinstance(source, Path):
            as_utf8(source, encoding_of(source))  # says on which line
        raise
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()


def _check_quotes(frame: pl.DataFrame, separator: str) -> None:
    """Raises Refused where a cell holds whole lines of the file: a quotation mark is missing."""
    broken = rf"\n[^\n]*(?:{separator}[^\n]*){{{max(frame.width - 1, 2)}}}"
    lines = frame.select(pl.all().str.contains("\n", literal=True).any())
    for name in [column.name for column in lines if column.any()]:
        cells = frame.filter(pl.col(name).str.contains("\n", literal=True))[name]
        if cells.str.contains(broken).any():
            raise _UNPAIRED
