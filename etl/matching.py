"""Which columns of a file stand for which columns of a feed. What stands for none goes no further than its heading."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.contract import Column, Feed, Kind
from etl.parsing import Around
from etl.reading.heading import YUAN_PER, plain

PLACE = ("sheet_no", "row")
FAULT = pl.Schema([("at", pl.UInt32), ("order", pl.UInt32), ("heading", pl.String), ("value", pl.String), ("reason", pl.String)])
MERGED = pl.Schema([("sheet_no", pl.Int16), ("row", pl.Int64), ("heading", pl.String), ("first", pl.Int64), ("last", pl.Int64)])
_UNIT_HEADINGS = ("单位", "计量单位")


def missing_headings(feed: type[Feed], columns: Collection[str]) -> tuple[str, ...]:
    """Headings of the required columns that no column of a file stands for."""
    there = {plain(column) for column in columns}
    needed = (column for column in feed.columns if column.required)
    return tuple(column.heading for column in needed if there.isdisjoint(column.headings))


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A file's rows under the headings its feed knows. Personal, ignored and unknown columns are gone.

    `headings`: name of the contract's column → its headings in the file. `units`: heading → unit; "" → of the table.
    `unit_heading`: of a column that says the unit of the row's money. `merged`: see MERGED; a row per row over which one number of the sheet is merged.
    """

    rows: pl.DataFrame
    headings: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    unit_heading: str | None
    unknown: tuple[str, ...]
    merged: pl.DataFrame
    counts_from_1904: bool

    def cells(self, column: Column) -> tuple[pl.Series, pl.DataFrame]:
        """The texts of a column, and the rows (at, reason) in which two headings that stand for it disagree."""
        here = self.headings[column.name]
        if not here:
            return pl.repeat(None, len(self.rows), dtype=pl.String, eager=True), _no_reason()
        cells, conflicts = self.rows[here[0]], [_no_reason()]
        for other in here[1:]:
            at = (cells != self.rows[other]).fill_null(value=False).arg_true().cast(pl.UInt32).alias("at")
            reason = pl.format("与同一行“{}”列填的“{}”不一致", pl.lit(other), pl.lit(self.rows[other].gather(at)))
            conflicts.append(at.to_frame().with_columns(reason=reason))
            cells = pl.select(pl.coalesce(cells, self.rows[other])).to_series()
        return cells, pl.concat(conflicts)

    def around(self, column: Column, received_on: date) -> Around:
        """The unit of a column: its heading's, else its row's, else the table's."""
        own = next((self.units[heading] for heading in self.headings[column.name] if heading in self.units), None)
        of_rows = None
        if self.unit_heading is not None and own not in YUAN_PER:
            of_rows = _solid(self.rows[self.unit_heading]).replace_strict(YUAN_PER, default=None, return_dtype=pl.Int64)
        return Around(received_on=received_on, unit=own or self.units.get(""), yuan_per_row=of_rows,
                      counts_from_1904=self.counts_from_1904)

    def merged_amounts(self, column: Column) -> pl.DataFrame:
        """The rows (at, reason) that share one cell of a column of amounts: whose they are, the sheet does not say. A grade holds for each of them."""
        is_amount = column.kind is Kind.MONEY or (column.kind in (Kind.NUMBER, Kind.INTEGER) and column.high is None)
        here = self.merged.filter(pl.col("heading").is_in(self.headings[column.name])) if is_amount else self.merged.clear()
        if here.is_empty():
            return _no_reason()
        at = self.rows.select(PLACE).with_row_index("at").join(here, on=PLACE, how="inner", maintain_order="left")
        return at.select("at", reason=pl.format("与第 {}—{} 行合并成一格，分不清各行各是多少；请拆开，逐行填写", "first", "last"))

    def faults(self, column: Column, order: int, cells: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
        """Faults (at, reason) of one column's cells under the heading the department gave it."""
        heading = next(iter(self.headings[column.name]), column.heading)
        return _under(heading, order, cells, found)

    def odd_units(self, order: int) -> pl.DataFrame:
        """Units that are none of money."""
        if self.unit_heading is None:
            return FAULT.to_frame()
        cells = self.rows[self.unit_heading]
        at = (~_solid(cells).is_in(list(YUAN_PER))).fill_null(value=False).arg_true().cast(pl.UInt32).alias("at")
        reason = pl.format("应为 {} 之一，填的是“{}”", pl.lit("、".join(YUAN_PER)), pl.lit(cells.gather(at)))
        return _under(self.unit_heading, order, cells, at.to_frame().with_columns(reason=reason))


def match(feed: type[Feed], rows: pl.DataFrame, units: Mapping[str, str], *, merged: pl.DataFrame | None, counts_from_1904: bool) -> Matched:
    """Match the columns of `rows` (sheet_no, row, one per heading) to the feed."""
    known = feed.by_heading()
    there = {heading: plain(heading) for heading in rows.columns if heading not in PLACE}
    headings = {column.name: tuple(heading for heading, bare in there.items() if known.get(bare) is column)
                for column in feed.columns if column.kind is not Kind.PERSONAL}
    unknown = [heading for heading, bare in there.items() if bare not in known and bare not in feed.ignored]
    bare_money = any(column.kind is Kind.MONEY and not any(units.get(heading) in YUAN_PER for heading in headings[column.name])
                     for column in feed.columns)
    unit = next((heading for heading in unknown if bare_money and there[heading] in _UNIT_HEADINGS
                 and _solid(rows[heading]).is_in(list(YUAN_PER)).any()), None)
    kept = [heading for group in headings.values() for heading in group] + ([unit] if unit else [])
    return Matched(rows=rows.select(*PLACE, *kept), headings=headings, units=units, unit_heading=unit,
                   merged=MERGED.to_frame() if merged is None else merged,
                   counts_from_1904=counts_from_1904, unknown=tuple(heading for heading in unknown if heading != unit))


def _under(heading: str, order: int, cells: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
    return found.select("at", order=pl.lit(order, pl.UInt32), heading=pl.lit(heading), value=cells.gather(found["at"]),
                        reason=pl.format("{}：{}", pl.lit(heading), "reason"))


def _solid(units: pl.Series) -> pl.Series:
    """Units as they are compared; a blank or a dash is none."""
    solid = units.str.normalize("NFKC").str.replace_all(r"[\s()\-—/]", "")
    return solid.replace("", None)


def _no_reason() -> pl.DataFrame:
    return pl.DataFrame(schema={"at": pl.UInt32, "reason": pl.String})
