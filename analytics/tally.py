"""Any metrics at V, in all, by zone and by category: read in one query, ratios and what cannot be known included."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import duckdb

from warehouse.known import known_from
from warehouse.metric import Metric, UnknownMetric, metrics
from warehouse.value import groups_of, of_parts, said_value

TALLY_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Tally:
    """Those of the metrics that this snapshot's dictionary has: an old one may lack one that came later, and then its value is not known.

    `dictionary`: by id. Values are in the metric's unit, of a ratio the quotient; None where they cannot be known, and for 0/0,
    and where so few people stand behind one that it is not said.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, asked: Iterable[str], as_of: dt.date) -> None:
        known = {each.metric_id: each for each in metrics(cursor)}
        self.dictionary = {each: known[each] for each in asked if each in known}
        starts: dict[tuple[str, ...], dt.date | None] = {}
        for each in self.dictionary.values():
            if each.feeds not in starts:
                starts[each.feeds] = known_from(cursor, each)
        self._known = {each.metric_id for each in self.dictionary.values() if (first := starts[each.feeds]) is not None and first <= as_of}
        self._sums: dict[str, dict[tuple[str, str], Decimal]] = defaultdict(dict)
        of_groups = [each for each in self.dictionary.values() if each.drill == "groups" and each.metric_id in self._known]
        self.groups = groups_of(cursor, of_groups, as_of) if of_groups else None
        needed = sorted({part for each in self._known if self.dictionary[each].drill != "groups" for part in self.dictionary[each].made_of})
        for metric_id, zone, category, value in cursor.execute(TALLY_SQL, {"metrics": needed, "v": as_of}).fetchall():
            self._sums[metric_id][zone, category] = value

    def metric(self, metric_id: str) -> Metric:
        """Its row of the dictionary. Raises UnknownMetric."""
        if metric_id not in self.dictionary:
            raise UnknownMetric(metric_id, self.dictionary)
        return self.dictionary[metric_id]

    def is_known(self, metric_id: str) -> bool:
        """Whether there is such a metric and each feed it needs has had something to say by V."""
        return metric_id in self._known

    def value(self, metric_id: str, zone: str | None = None, category: str | None = None) -> Decimal | None:
        """Of one zone or all, of one category or all."""
        if metric_id not in self._known:
            return None
        if self.groups and self.dictionary[metric_id].drill == "groups":
            return said_value(self.groups, self.dictionary[metric_id], zone, category).value
        return of_parts(self.dictionary[metric_id], [
            sum((value for (where, what), value in self._sums[part].items() if zone in (None, where) and category in (None, what)), Decimal(0))
            for part in self.dictionary[metric_id].made_of])

    def categories(self, metric_id: str, zone: str | None = None) -> tuple[str, ...]:
        """Those that have rows, of a ratio in its numerator or denominator, the largest first."""
        parts = self.dictionary[metric_id].made_of if metric_id in self._known else ()
        sums: dict[str, Decimal] = defaultdict(Decimal)
        if self.groups and parts and self.dictionary[metric_id].drill == "groups":
            return tuple(dict.fromkeys(at.category for part in parts for at in self.groups.all_of(part)
                                       if at.category is not None and at.year is None and at.zone_id == zone))
        for part in parts:
            for (where, what), value in self._sums[part].items():
                if zone in (None, where):
                    sums[what] += value
        return tuple(sorted(sums, key=lambda each: (-sums[each], each)))
