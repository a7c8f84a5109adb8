"""One sheet before its structure is known: its first rows as texts, and the rest on request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

HEAD_ROWS = 100
LABEL_COLUMNS = 3  # rows are named in one of these

Merge = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, (row, column), 0-based, both included


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A sheet. `body(n)` gives all rows after the first n as String columns c0, c1, …: `trimmed`, one per grid row."""

    sheet: str
    sheet_no: int
    head: list[list[str]]  # up to HEAD_ROWS rows, trimmed, "" where blank
    body: Callable[[int], pl.DataFrame]
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()  # 0-based; in `head` and `body` all the same
    hidden_columns: frozenset[int] = frozenset()  # 0-based
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)  # (row, column), 0-based -> levels a cell is set in
    counts_from_1904: bool = False  # how the workbook counts days, for dates that stand there as plain numbers
    warnings: list[str] = field(default_factory=list)


def trimmed(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without white space around its cells, blank cells null; in the first columns what stands before a text stays,
    for it says how far a label is set in. Only columns that need it are written anew."""
    cells = pl.all()
    padded = frame.select((cells.str.strip_chars().str.len_bytes() != cells.str.len_bytes()).any()
                          | (cells.str.len_bytes() == 0).any())
    touched = [column.name for column in padded if column.any()]
    labels = frame.columns[:LABEL_COLUMNS]
    stripped = [pl.col(name).str.strip_chars_end() if name in labels else pl.col(name).str.strip_chars() for name in touched]
    return frame.with_columns(pl.when(text.str.len_bytes() > 0).then(text) for text in stripped)
