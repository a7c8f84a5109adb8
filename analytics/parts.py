"""The rows of one metric that count at V, by zone and by month: the same rows as its value, so each adds up to it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

import duckdb

from analytics.goal_card import Month
from analytics.goals import GOALS_SQL
from analytics.months import month_end
from analytics.zones import zones
from warehouse.known import is_knowable
from warehouse.metric import Metric
from warehouse.value import groups_of, said_value


class Parts:
    """The zones are those of the whole; value and months are of `zone_id`, None for all.

    `value`, `pending` None: it cannot be known, or it is one of a few persons and not said. `earliest`: the last day of the first month that brought anything.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date, zone_id: str | None) -> None:
        self._cursor, self._metric = cursor, asked
        self._known = is_knowable(cursor, asked, as_of) and asked.drill == "rows"
        by_zone: dict[str, Decimal] = defaultdict(Decimal)
        self._months: dict[dt.date, Decimal] = defaultdict(Decimal)
        value, pending = Decimal(0), 0
        for _, zone, month, amount, unproven in cursor.execute(GOALS_SQL, {"metrics": [asked.metric_id], "v": as_of}).fetchall():
            by_zone[zone] += amount
            if zone_id in (None, zone):
                self._months[month_end(month)] += amount
                value, pending = value + amount, pending + unproven
        self.value: Decimal | None = value if self._known else None
        self.pending: int | None = pending if self._known else None
        self.earliest = min(self._months, default=None)
        self.zones: Mapping[str, Decimal | None] = {
            each.zone_id: by_zone[each.zone_id] if self._known else None for each in zones(cursor)} if asked.is_zoned else {}
        if asked.drill == "groups" and is_knowable(cursor, asked, as_of):  # by month it is not told
            groups = groups_of(cursor, [asked], as_of)
            self.value = said_value(groups, asked, zone_id).value
            self.zones = {each: said_value(groups, asked, each).value for each in self.zones}

    def month(self, end: dt.date) -> Month:
        """What happened in the month with this last day; an empty month that nobody had reported by its end cannot be known."""
        amount = self._months.get(end, Decimal(0))
        return Month(ends_on=end, value=amount if self._known and (amount or is_knowable(self._cursor, self._metric, end)) else None)

    def before(self, start: dt.date | None) -> Decimal | None:
        """What happened before the month of `start`."""
        first = start.replace(day=1) if start else dt.date.min
        return sum((amount for end, amount in self._months.items() if end < first), Decimal(0)) if self._known else None
