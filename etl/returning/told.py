"""What is wrong with a staged file, ready to be marked in a copy of it: the cells, the reasons, and a page that says it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from etl.contract import Feed
from etl.matching import missing_headings
from etl.reading import Table
from etl.staging import Staged

MOST = 10_000  # reasons that are listed and marked; more help nobody, and a workbook of a million comments does not open
HEAD = ("序号", "工作表", "行", "列名", "所填内容", "退回原因", "位置")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One cell that was refused, or one row that was set aside (`heading` None).

    `column` 0-based: where the cell stands, or the row ends; None where the file has no such column.
    """

    sheet: str
    sheet_no: int
    row: int
    heading: str | None
    value: str
    reason: str
    column: int | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """The page 退回说明. `about`: what, and what of it. `steps`: what to do next. `by_heading`: heading → refused cells, most first."""

    about: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    set_aside: tuple[Fault, ...] = ()
    by_heading: tuple[tuple[str, int], ...] = ()
    reasons: int = 0  # of all, listed or not
    rows_aside: int = 0


def faults_of(staged: Staged, tables: Sequence[Table]) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """The first refused cells and the first rows set aside, in the order of the file."""
    def first(kind: str) -> Iterable[dict[str, str | int | None]]:
        return pl.scan_parquet(staged.folder / f"{kind}.parquet").sort("sheet_no", "row", maintain_order=True).head(MOST).collect().iter_rows(named=True)

    def fault(found: dict[str, str | int | None]) -> Fault:
        sheet_no, row, heading = int(found["sheet_no"] or 0), int(found["row"] or 0), found.get("heading")
        here = [table for table in tables if table.sheet_no == sheet_no]
        within = [table for table in here if row in _span(table)] or here
        return Fault(sheet=staged.sheets[sheet_no], sheet_no=sheet_no, row=row, heading=None if heading is None else str(heading),
                     value=str(found.get("value") or ""), reason=str(found["reason"]),
                     column=next((place for table in within if (place := _place(table, heading)) is not None), None))

    return tuple(map(fault, first("reasons"))), tuple(map(fault, first("set_aside")))


def by_cell(faults: Iterable[Fault]) -> dict[tuple[str, int, int], list[str]]:
    """Sheet, row and column (0-based) → the reasons of that cell. What has no column is told in the first of its row."""
    cells: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for fault in faults:
        cells[fault.sheet, fault.row, fault.column or 0].append(fault.reason)
    return cells


def _place(table: Table, heading: object) -> int | None:
    return max(table.places.values(), default=None) if heading is None else table.places.get(str(heading))


def _span(table: Table) -> range:
    low, high = table.rows["row"].min(), table.rows["row"].max()
    return range(low, high + 1) if isinstance(low, int) and isinstance(high, int) else range(0)


def counts(staged: Staged) -> tuple[int, tuple[tuple[str, int], ...]]:
    """How many cells were refused, and how many under each heading."""
    scan = pl.scan_parquet(staged.folder / "reasons.parquet")
    by_heading = scan.group_by("heading").len().sort("len", "heading", descending=[True, False]).collect()
    return int(by_heading["len"].sum()), tuple(by_heading.iter_rows())


def absent(feed: type[Feed], there: Collection[str]) -> tuple[str, ...]:
    """Headings of the contract under which the file, whose headings these are, has no column; the required among them first."""
    must = missing_headings(feed, there)
    return must + tuple(column.heading for column in feed.columns if set(there).isdisjoint(column.headings) and column.heading not in must)
