"""The J-curve: what investors have paid and got back by month, the sum so far, and with the net asset value added."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.burnup import month_ends
from analytics.funds import Fund, pooled
from analytics.months import month_end

WORTH_SQL = Path(__file__).with_name("fund_worth.sql").read_text(encoding="utf-8")


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
    position = pooled(found, as_of)
    if not position.paid:
        return ()
    first = min(on for on, _ in (*position.paid, *position.payouts))
    days = month_ends(first.replace(day=1), as_of) or (as_of,)
    called: dict[dt.date, Decimal] = defaultdict(Decimal)
    paid: dict[dt.date, Decimal] = defaultdict(Decimal)
    for sums, flows in ((called, position.paid), (paid, position.payouts)):
        for on, amount in flows:
            sums[min(month_end(on), as_of)] += amount
    worth = dict(cursor.execute(WORTH_SQL, {"days": list(days), "funds": [each.listed.fund_id for each in found]}).fetchall())
    months, net = [], Decimal()
    for day in days:
        net += paid[day] - called[day]
        months.append(Month(ends_on=day, called=called[day], paid=paid[day], net=net, worth=net + worth.get(day, Decimal())))
    return tuple(months)
