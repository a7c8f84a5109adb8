"""The J-curve: what investors have paid and got back by month, the sum so far, and with the net asset value added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.burnup import month_ends
from analytics.funds import Fund
from analytics.older import readable

MONTHS_SQL = Path(__file__).with_name("fund_months.sql").read_text(encoding="utf-8")
TOGETHER = f"""SELECT m.ends_on, sum(m.called_cny), sum(m.distributed_cny), sum(m.worth_cny), sum(m.moved_days) FROM ({MONTHS_SQL}) AS m
GROUP BY m.ends_on ORDER BY m.ends_on"""


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month up to its last day, or up to V. `called`, `paid`: within it; `net`: paid less called so far; `worth`: net plus net asset value; in 元."""

    ends_on: dt.date
    called: Decimal
    paid: Decimal
    net: Decimal
    worth: Decimal


def j_curve(cursor: duckdb.DuckDBPyConnection, found: Sequence[Fund], as_of: dt.date) -> tuple[Month, ...]:
    """Month by month from the first call to V; nothing where nothing was called."""
    told = {ends_on: rest for ends_on, *rest in cursor.execute(
        readable(cursor, TOGETHER), {"v": as_of, "funds": [each.listed.fund_id for each in found]}).fetchall()}
    moved = [ends_on for ends_on, (*_, moved_days) in told.items() if moved_days]
    if not any(called for called, *_ in told.values()):
        return ()
    months, net = [], Decimal()
    worth = sum((told[ends_on][2] for ends_on in told if ends_on < moved[0]), Decimal())  # what was there before the first call
    for day in month_ends(moved[0].replace(day=1), as_of) or (as_of,):
        called, paid, more, *_ = told.get(day, (Decimal(), Decimal(), Decimal()))
        net, worth = net + paid - called, worth + more
        months.append(Month(ends_on=day, called=called, paid=paid, net=net, worth=net + worth))
    return tuple(months)
