"""What reading a file gives: its tables, or a refusal in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

Span = tuple[int, int]  # first and last row, as Excel shows them
ASIDE_SCHEMA = {"row": pl.Int64(), "kind": pl.String(), "text": pl.String()}


@dataclass(frozen=True, kw_only=True)
class Near:
    """The report that a file comes nearest to: its columns that the file has not, and the file's headings that it does not know."""

    feed: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


class Refused(Exception):
    """A file that cannot be read. `what` is wrong and what to `do`, both Chinese sentences; `near`: where only headings stand between it and a report."""

    def __init__(self, what: str, do: str, near: Near | None = None) -> None:
        super().__init__(what, do, near)  # as it was called: it crosses from the reading process to ours
        self.what, self.do, self.near = what, do, near

    def __str__(self) -> str:
        return f"{self.what} 请：{self.do}"


@dataclass(frozen=True, kw_only=True)
class Total:
    """One figure of a total row and what the rows it could be the sum of add up to, both as written. `tolerance`: what rounding explains."""

    row: int  # as Excel shows it
    heading: str
    reported: float
    summed: float
    tolerance: float

    @property
    def is_right(self) -> bool:
        return abs(self.reported - self.summed) <= self.tolerance


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a sheet. Every row of the grid is in `rows` or in `aside`, by its number as Excel shows it."""

    sheet: str  # "" for a text file
    sheet_no: int  # 0-based, in workbook order, hidden sheets counted
    header_rows: tuple[int, ...]  # those that number the columns and those repeated on further pages included
    columns: tuple[str, ...]  # normalised headings; those of merged headers joined as 上_下 unless the lower one is known
    units: dict[str, str]  # heading -> unit; "" -> the unit stated for the whole table
    rows: pl.DataFrame  # row Int64, then a String column per heading, cells as sent, blank null
    aside: pl.DataFrame  # row Int64, kind (metadata|header|total|section|footer|blank|hidden), text
    stated: tuple[str, ...]  # texts above the header, then footers
    warnings: tuple[str, ...]
    levels: Mapping[int, int] = field(default_factory=dict)  # row -> how far its label is set in, 1, 2, …; without it 0
    counts_from_1904: bool = False  # days that stand in cells as plain numbers
    merged: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  # heading -> first and last rows over which one number is merged
    places: Mapping[str, int] = field(default_factory=dict)  # heading -> the column of the sheet it stands over, 0-based
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file as read: its kind by content, its identity and the tables of its visible sheets."""

    kind: str  # csv | xlsx
    sha256: str
    size_bytes: int
    encoding: str | None  # of a text file
    tables: tuple[Table, ...]
    hidden_sheets: tuple[str, ...]
    unread: tuple[str, ...] = ()  # sheets that hold something all the same: visible, wider than a note, without a header; hidden with a table of known headings
