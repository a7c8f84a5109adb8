"""Where the goals stand at V in one snapshot: one card each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.goal_card import CALENDAR_YEAR, SINCE_BASE, TRAILING_YEAR, Figure, Goal, GoalCard, Month
from analytics.months import month_end, whole_months
from analytics.zones import zones
from warehouse.known import known_from
from warehouse.metric import Metric, UnknownMetric, metrics

GOALS_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
RECENT_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The metrics shown beside a goal's own."""

    parts: tuple[str, ...] = ()
    terminated: str | None = None
    with_stock: str | None = None
    readings: tuple[str, ...] = ()


BESIDE = {
    "g1": Beside(parts=("g1_poc_only", "g1_small_only", "g1_both"), terminated="g1_terminated", with_stock="g1_poc_small_incl_stock"),
    "g2": Beside(terminated="g2_terminated", with_stock="g2_pilot_incl_stock"),
    "g3": Beside(with_stock="g3_landed_incl_stock", readings=("g3_signed",)),
    "g4": Beside(readings=(TRAILING_YEAR, CALENDAR_YEAR, SINCE_BASE, "g4_unattributed_12m")),
}


def goal_cards(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[GoalCard, ...]:
    """The cards of all goals at V = `as_of`, within the snapshot's span. Raises UnknownMetric."""
    goals = _goals(cursor)
    numbers = _Numbers(cursor, as_of, goals)
    return tuple(_card(goal, numbers) for goal in goals)


def headlines(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[tuple[Goal, Metric], ...]:
    """Every goal with the metric that is measured against it at V = `as_of`, without its number. Raises UnknownMetric."""
    asked = [(goal, _headline(goal, as_of)) for goal in _goals(cursor)]
    known = {each.metric_id: each for each in metrics(cursor, (metric_id for _, metric_id in asked))}
    for _, metric_id in asked:
        if metric_id not in known:
            raise UnknownMetric(metric_id, known)
    return tuple((goal, known[metric_id]) for goal, metric_id in asked)


def _goals(cursor: duckdb.DuckDBPyConnection) -> list[Goal]:
    fields = ("goal_id", "metric_id", "name_zh", "name_en", "unit", "target", "base_on", "deadline_on", "clause_id", "status")
    rows = cursor.execute(f"SELECT {', '.join(fields)} FROM ref.goal ORDER BY goal_id").fetchall()
    return [Goal(**dict(zip(fields, row, strict=True))) for row in rows]


def _card(goal: Goal, numbers: _Numbers) -> GoalCard:
    beside = BESIDE.get(goal.goal_id, Beside())
    headline = _headline(goal, numbers.as_of)
    kind = numbers.kinds[headline]
    return GoalCard(
        goal=goal, as_of=numbers.as_of, headline=numbers.figure(headline), kind=kind, parts=numbers.figures(beside.parts),
        terminated=next(iter(numbers.figures([beside.terminated])), None),
        with_stock=next(iter(numbers.figures([beside.with_stock])), None),
        readings=tuple(each for each in numbers.figures(beside.readings) if each.metric.metric_id != headline),
        months=numbers.months(headline, since=goal.base_on if kind == "cumulative" else dt.date.min),
        zones=numbers.by_zone(headline))


def _headline(goal: Goal, as_of: dt.date) -> str:
    """The goal's metric; of the output of the goal's calendar year, until that begins, the twelve months before V."""
    if goal.metric_id == CALENDAR_YEAR and as_of < goal.deadline_on.replace(month=1, day=1):
        return TRAILING_YEAR
    return goal.metric_id


class _Numbers:
    """The metrics of the goals at V, read in one query."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, as_of: dt.date, goals: Iterable[Goal]) -> None:
        self._cursor, self.as_of = cursor, as_of
        self._dictionary = {each.metric_id: each for each in metrics(cursor)}
        self.kinds: dict[str, str] = dict(cursor.execute("SELECT metric_id, time_kind FROM ref.metric").fetchall())
        self._zone_ids = [each.zone_id for each in zones(cursor)]
        self._known_from: dict[tuple[str, ...], dt.date] = {}
        self._zones: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self._months: dict[str, dict[dt.date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self._pending: dict[str, int] = defaultdict(int)
        for metric_id, zone, month, value, pending in cursor.execute(GOALS_SQL, {"metrics": _asked(goals), "v": as_of}).fetchall():
            self._zones[metric_id][zone] += value
            self._months[metric_id][month_end(month)] += value
            self._pending[metric_id] += pending

    def figure(self, metric_id: str) -> Figure:
        """One metric. Raises UnknownMetric."""
        if metric_id not in self._dictionary:
            raise UnknownMetric(metric_id, self._dictionary)
        metric = self._dictionary[metric_id]
        if not self._is_known(metric, self.as_of):
            return Figure(metric=metric, value=None, pending=None)
        return Figure(metric=metric, value=sum(self._zones[metric_id].values(), Decimal(0)), pending=self._pending[metric_id])

    def figures(self, metric_ids: Iterable[str | None]) -> tuple[Figure, ...]:
        """Those that this snapshot's dictionary has: an old one may lack a metric that came later."""
        return tuple(self.figure(each) for each in metric_ids if each in self._dictionary)

    def by_zone(self, metric_id: str) -> dict[str, Decimal | None]:
        """Every zone there is; together they are the value."""
        metric = self._dictionary[metric_id]
        if not metric.is_zoned:
            return {}
        known = self._is_known(metric, self.as_of)
        return {zone: self._zones[metric_id][zone] if known else None for zone in self._zone_ids}

    def months(self, metric_id: str, *, since: dt.date) -> tuple[Month, ...]:
        """By the month in which it happened, the last six whole months that began on `since` or later."""
        metric = self._dictionary[metric_id]
        return tuple(Month(ends_on=end, value=self._months[metric_id][end] if self._is_known(metric, end) else None)
                     for end in whole_months(self.as_of, RECENT_MONTHS) if end.replace(day=1) >= since)

    def _is_known(self, metric: Metric, day: dt.date) -> bool:
        if metric.feeds not in self._known_from:
            self._known_from[metric.feeds] = known_from(self._cursor, metric) or dt.date.max
        return self._known_from[metric.feeds] <= day


def _asked(goals: Iterable[Goal]) -> list[str]:
    """Every metric that a card of these goals reads."""
    beside = [each for goal in goals for each in (BESIDE.get(goal.goal_id, Beside()),)]
    return [goal.metric_id for goal in goals] + [
        each for one in beside for each in (*one.parts, one.terminated, one.with_stock, *one.readings) if each]
