"""The whole months that rates are measured over, and how many are left."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

MONTH_DAYS = Decimal("30.44")


@cache
def month_end(day: dt.date) -> dt.date:
    """The last day of the month of a day."""
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def whole_months(upto: dt.date, count: int) -> tuple[dt.date, ...]:
    """The last days of the last `count` months that are over at the end of `upto`, oldest first."""
    ends = [upto if upto == month_end(upto) else upto.replace(day=1) - dt.timedelta(days=1)]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - dt.timedelta(days=1))
    return tuple(reversed(ends))


def months_between(start: dt.date, end: dt.date) -> Decimal:
    """How many months of 30.44 days lie between two days; 0 where `end` is not later."""
    return max(Decimal((end - start).days), Decimal(0)) / MONTH_DAYS
