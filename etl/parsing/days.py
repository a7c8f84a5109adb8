"""Dates known to the day, month, quarter or year, and spans of months. Only terms and plans may lie after the day the file came."""

from __future__ import annotations

import polars as pl

from etl.contract import Column
from etl.parsing.cell import AS_SENT, Around, shown
from etl.reading.dates import first_day, parse_days, parse_spans


def day(column: Column, cells: pl.DataFrame, around: Around) -> pl.DataFrame:
    """text, day, precision, reason."""
    read = cells.select("text").hstack(parse_days(cells["tidy"], counts_from_1904=around.counts_from_1904).select("day", "precision"))
    return _checked(read, first_day(pl.col("day"), pl.col("precision")), pl.col("day").is_null(), "应为日期（如 2026-03-31）", column, around)


def period(column: Column, cells: pl.DataFrame, around: Around) -> pl.DataFrame:
    """text, from, to, reason."""
    read = cells.select("text").hstack(parse_spans(cells["tidy"]).select("from", "to"))
    unread = pl.col("from").is_null() | pl.col("to").is_null()
    return _checked(read, pl.col("from"), unread, "应为期间（如 2026年1-3月）", column, around)


def _checked(read: pl.DataFrame, first: pl.Expr, unread: pl.Expr, expected: str, column: Column, around: Around) -> pl.DataFrame:
    """With a reason; and what has one keeps no value."""
    reason = (pl.when(unread).then(pl.format("{}，填的是{}", pl.lit(expected), shown(AS_SENT)))
              .when(first > around.received_on, not column.ahead)
              .then(pl.format("在将来（文件 {} 收到），填的是{}", pl.lit(around.received_on.isoformat()), shown(AS_SENT))))
    return read.with_columns(reason=reason).with_columns(
        pl.when(pl.col("reason").is_null()).then(pl.exclude("text", "reason")).name.keep())
