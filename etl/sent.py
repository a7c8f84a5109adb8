"""A department's own lines: each cell as it was sent, in the columns and under the headings of the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from etl.contract import Feed, Kind
from etl.reading import Table
from etl.reading.heading import plain
from warehouse.inputs import SentTable

TOTALS = {"sheet_no": pl.Int16(), "row": pl.Int64(), "heading": pl.String(), "reported": pl.Float64(), "summed": pl.Float64(), "tolerance": pl.Float64()}


def sent_lines(feed: type[Feed], tables: Sequence[Table], unknown: Collection[str]) -> tuple[tuple[SentTable, ...], pl.DataFrame]:
    """The headings of each table, and its rows: sheet_no Int16, row Int64, table_no Int16 (from 0), then a String column per place: c0, c1, …

    Personal columns go no further, nor codes of persons, nor those nobody knows (`unknown`, see Gated), which may be personal: only their headings stay.
    So with every column of a feed about persons: several cells of a line together may tell who it is.
    """
    personal = _personal(feed)
    headed: list[SentTable] = []
    frames: list[pl.DataFrame] = []
    for number, table in enumerate(tables):
        left_out = [heading for heading in table.columns if heading in unknown or plain(heading) in personal or feed.is_about_persons]
        kept = [heading for heading in table.columns if heading not in left_out]
        headed.append(SentTable(headings=tuple(_with_unit(heading, table.units) for heading in kept), left_out=tuple(left_out),
                                unit=table.units.get("")))
        frames.append(table.rows.select(
            pl.lit(table.sheet_no, pl.Int16).alias("sheet_no"), "row", pl.lit(number, pl.Int16).alias("table_no"),
            *(pl.col(heading).alias(f"c{place}") for place, heading in enumerate(kept))))
    return tuple(headed), pl.concat(frames, how="diagonal")


def _personal(feed: type[Feed]) -> set[str]:
    return {heading for column in feed.columns if column.kind is Kind.PERSONAL or column.is_person for heading in column.headings}


def reported_totals(feed: type[Feed], tables: Sequence[Table], unknown: Collection[str]) -> pl.DataFrame:
    """The totals of a file, held against its rows, as TOTALS; none of columns that are personal or that nobody knows."""
    personal = _personal(feed)
    return pl.DataFrame(
        [(table.sheet_no, total.row, _with_unit(total.heading, table.units), total.reported, total.summed, total.tolerance)
         for table in tables for total in table.totals if total.heading not in unknown and plain(total.heading) not in personal],
        schema=TOTALS, orient="row")


def _with_unit(heading: str, units: dict[str, str]) -> str:
    """A heading as it stood there: headings are compared without their unit."""
    return f"{heading}（{units[heading]}）" if heading in units else heading
