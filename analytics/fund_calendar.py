"""When money was called from investors and when it came back: by day, or where that would be too many marks to tell apart, by month or year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from analytics.funds import Fund
from analytics.older import readable

MARKS_SQL = Path(__file__).with_name("fund_marks.sql").read_text(encoding="utf-8")
MOST = 2_000  # more marks than that cover one another, and the browser draws them slowly
DAYS = """SELECT count(*) FROM mart.fund_day AS d
WHERE d.on_day <= $v AND d.fund_id IN (SELECT unnest($funds::VARCHAR[])) AND (d.called_cny > 0 OR d.distributed_cny > 0)"""
Precision = Literal["D", "M", "Y"]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What one fund called and paid on a day, or in the month or year that begins on it; in 元, 0 for nothing."""

    fund_id: str
    on: dt.date
    called: Decimal
    paid: Decimal


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """By fund and day, `precision` D; M and Y: the marks are of months or years."""

    precision: Precision
    marks: tuple[Mark, ...]


def calendar(cursor: duckdb.DuckDBPyConnection, found: Sequence[Fund], as_of: dt.date) -> Calendar:
    """Up to V."""
    asked = {"v": as_of, "funds": [each.listed.fund_id for each in found]}
    [(days,)] = cursor.execute(readable(cursor, DAYS), asked).fetchall()
    marks = cursor.execute(readable(cursor, MARKS_SQL), asked | {"is_daily": days <= MOST, "most": MOST}).fetchall()
    precision: Precision = "D" if days <= MOST else "Y" if marks[0][-1] else "M"
    return Calendar(precision=precision, marks=tuple(Mark(fund_id=fund_id, on=on, called=called, paid=paid) for fund_id, on, called, paid, _ in marks))
