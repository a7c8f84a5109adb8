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
from analytics.j_curve import MONTHS_SQL
from analytics.older import readable

MARKS_SQL = Path(__file__).with_name("fund_marks.sql").read_text(encoding="utf-8")
MOST = 2_000  # more marks than that cover one another, and the browser draws them slowly
HOW_MANY = "SELECT coalesce(sum(m.moved_days), 0), count(*) FILTER (m.called_cny > 0 OR m.distributed_cny > 0) FROM ({months}) AS m"
TOGETHER = """SELECT m.fund_id, date_trunc($unit, m.ends_on)::DATE AS begins_on, sum(m.called_cny), sum(m.distributed_cny) FROM ({months}) AS m
GROUP BY m.fund_id, begins_on ORDER BY m.fund_id, begins_on"""
Precision = Literal["D", "M", "Y"]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What one fund called and paid on a day, or in the month or year that begins on it; in 元; 0 or less for nothing."""

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
    """Up to V; what a fund called and paid in a month or year is what came of it in all, as in the J-curve."""
    asked = {"v": as_of, "funds": [each.listed.fund_id for each in found]}
    by_month = readable(cursor, MONTHS_SQL)
    [(days, months)] = cursor.execute(HOW_MANY.format(months=by_month), asked).fetchall()
    if days <= MOST:
        precision: Precision = "D"
        marks = cursor.execute(readable(cursor, MARKS_SQL), asked).fetchall()
    else:
        precision = "M" if months <= MOST else "Y"
        marks = cursor.execute(TOGETHER.format(months=by_month), asked | {"unit": "month" if precision == "M" else "year"}).fetchall()
    return Calendar(precision=precision, marks=tuple(Mark(fund_id=fund_id, on=on, called=called, paid=paid) for fund_id, on, called, paid in marks))
