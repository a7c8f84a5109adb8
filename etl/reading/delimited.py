"""Text tables: comma, tab or semicolon between cells, in one fast pass where the file allows it."""

from __future__ import annotations

import csv
import mmap
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

import polars as pl

from etl.reading.encoding import as_utf8, encoding_of, head_text, is_utf8
from etl.reading.grid import HEAD_ROWS, Grid, trimmed
from etl.reading.table import Refused

_HEAD_BYTES = 64 * 1024
_CHUNK_ROWS = 100_000
_UNPAIRED = Refused("有单元格的引号没有配对，后面的行被并进了同一格。", "检查文件中的英文双引号，改好后重新报送。")


def grid_of(path: Path) -> tuple[Grid, str]:
    """The grid of a text file and its encoding. Raises Refused where it cannot be decoded or taken apart."""
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
    encoding = encoding_of(start)
    if encoding == "utf-8" and start.isascii() and not is_utf8(path):
        encoding = "gb18030"
    text = head_text(start, encoding).removeprefix("\ufeff")
    if len(start) == _HEAD_BYTES:
        text = text[: text.rfind("\n") + 1] or text
    separator = _separator(text)
    ends, records = _head(text, separator, is_cut=len(start) == _HEAD_BYTES)
    head = [[cell.strip() for cell in record] for record in records]

    def body(after: int) -> pl.DataFrame:
        source = path if encoding.startswith("utf-8") else as_utf8(path, encoding)
        has_quotes = _has_quotes(source)
        frame = _quick(source, separator, records, ends, after, quote='"' if has_quotes else None)
        del source
        if frame is None:
            frame = _exact(path, encoding, separator, after)
        if has_quotes:
            _check_quotes(frame, separator)
        return trimmed(frame)

    return Grid(sheet="", sheet_no=0, head=head, body=body), encoding


def _records(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record, and how many line feeds were read up to its end."""
    feeds = 0

    def counted() -> Iterator[str]:
        nonlocal feeds
        for line in lines:
            feeds += line.endswith("\n")
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
    """The separator that gives most lines the same number of cells; comma where nothing tells."""
    best, chosen = (0, 0), ","
    for separator in (",", "\t", ";"):
        _, records = _head(text, separator, is_cut=False)
        widths = Counter(len(record) for record in records if len(record) > 1)
        if widths:
            width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (lines, width) > best:
                best, chosen = (lines, width), separator
    return chosen


def _has_quotes(source: Path | bytes) -> bool:
    if isinstance(source, bytes):
        return b'"' in source
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b'"') >= 0


def _quick(source: Path | bytes, separator: str, records: list[list[str]], ends: list[int], after: int,
           quote: str | None) -> pl.DataFrame | None:
    """The body by the fast parser; None where it stumbles, or reads the first rows otherwise than the exact one."""
    names = [f"c{number}" for number in range(max(map(len, records), default=0))]
    try:
        frame = pl.read_csv(source, has_header=False, separator=separator, skip_lines=ends[after - 1] if after else 0,
                            schema=dict.fromkeys(names, pl.String()), raise_if_empty=False, glob=False,
                            quote_char=quote, missing_columns="insert")
    except pl.exceptions.PolarsError:
        return None
    sample = records[after : after + 50]
    padded = [(*record, *[""] * (len(names) - len(record))) for record in sample]
    return frame if frame.head(len(sample)).fill_null("").rows() == padded else None


def _exact(path: Path, encoding: str, separator: str, after: int) -> pl.DataFrame:
    """The body record by record: for lines wider than the first ones, odd quotation marks and old line ends."""
    frames: list[pl.DataFrame] = []
    try:
        with path.open(encoding=encoding, newline="") as lines:
            records = (record for _, record in islice(_records(lines, separator), after, None))
            while chunk := list(islice(records, _CHUNK_ROWS)):
                width = max(map(len, chunk))
                for record in chunk:
                    record.extend([""] * (width - len(record)))
                frames.append(pl.DataFrame({f"c{number}": [record[number] for record in chunk] for number in range(width)}))
    except UnicodeDecodeError:
        as_utf8(path, encoding)  # says on which line
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
