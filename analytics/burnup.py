"""The way of a goal from its base date to its deadline: month ends up to V, the plan line, and the same by zone and by month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.earned_schedule import Plan, Trend, trend
from analytics.goal_card import SINCE_BASE, TRAILING_YEAR, Figure, Goal, GoalCard, Month
from analytics.goals import BESIDE, RECENT_MONTHS, Beside
from analytics.months import month_end, whole_months
from analytics.parts import Parts
from warehouse.known import known_from
from warehouse.metric import Metric, metric, metrics

BURNUP_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A metric at the base date (if it accumulates), at the month ends after it, and at V. A value is None where it cannot be known."""

    metric: Metric
    points: tuple[tuple[dt.date, Decimal | None], ...]


@dataclass(frozen=True, kw_only=True)
class Burnup:
    """One reading of one goal, in one zone or in all of them. Amounts in the goal's unit.

    `card`: the reading as a goal card holds it, of the zone where one is chosen; its `zones` are always those of the whole. `lines`: the
    reading, then the one shown beside it. `others`: the goal's other readings at V, of the same zone. `is_measured`: whether the goal's
    target is a target for it; a part or a zone has none. `plan`: of what is measured and accumulates. `months`: what counts at V by the
    month in which it happened, `before`: what happened before them; together they are the value.
    """

    card: GoalCard
    zone_id: str | None
    is_measured: bool
    lines: tuple[Line, ...]
    others: tuple[Figure, ...]
    plan: Plan | None
    months: tuple[Month, ...]
    before: Decimal | None

    @property
    def planned(self) -> tuple[tuple[dt.date, Decimal], ...]:
        """The plan line from the base date to the deadline, at month ends."""
        goal = self.card.goal
        days = (goal.base_on, *month_ends(goal.base_on, goal.deadline_on))
        return tuple((day, self.plan.value(day)) for day in days) if self.plan else ()

    @property
    def planned_now(self) -> Decimal | None:
        """What the plan has at V."""
        return self.plan.value(self.card.as_of) if self.plan else None

    @property
    def rho(self) -> float | None:
        """ρ of the SDR; None where unknown, or not measured against a plan."""
        return None if self.plan is None or self.card.value is None else self.plan.rho(self.card.value, self.card.as_of)

    @property
    def trend(self) -> Trend | None:
        return None if self.rho is None else trend(self.rho)

    @property
    def spi_t(self) -> float | None:
        """SPI(t) by earned schedule; None where unknown, or not measured against a plan."""
        return None if self.plan is None or self.card.value is None else self.plan.spi_t(self.card.value, self.card.as_of)


def readings(cursor: duckdb.DuckDBPyConnection, card: GoalCard) -> tuple[Metric, ...]:
    """What can be chosen to look at of a goal, its headline first: its parts and the other readings that this snapshot's dictionary has."""
    known = {each.metric_id: each for each in metrics(cursor)}
    beside = BESIDE.get(card.goal.goal_id, Beside())
    asked = (card.headline.metric.metric_id, *beside.parts, _visits(card), beside.with_stock, beside.terminated, *beside.readings)
    return tuple(known[each] for each in dict.fromkeys(asked) if each in known)


def burnup(cursor: duckdb.DuckDBPyConnection, card: GoalCard, metric_id: str, zone_id: str | None = None) -> Burnup:
    """A reading of the goal of a card (see `goal_cards`), at the card's V. Raises UnknownMetric."""
    asked, goal, as_of = metric(cursor, metric_id), card.goal, card.as_of
    [(kind,)] = cursor.execute("SELECT time_kind FROM ref.metric WHERE metric_id = ?", [metric_id]).fetchall()
    shown = [asked, *(metric(cursor, each) for each in _beside(card, metric_id))]
    lines = _lines(cursor, shown, zone_id, _days(goal, as_of, kind))
    is_measured = zone_id is None and metric_id in _measured(card)
    parts = Parts(cursor, asked, as_of, zone_id)
    first = goal.base_on if kind == "cumulative" else dt.date.min
    own = GoalCard(
        goal=goal, as_of=as_of, headline=Figure(metric=asked, value=parts.value, pending=parts.pending), kind=kind, zones=parts.zones,
        months=tuple(parts.month(end) for end in whole_months(as_of, RECENT_MONTHS) if end.replace(day=1) >= first))
    start = parts.earliest if kind == "window" else goal.base_on
    ends = month_ends(start.replace(day=1), month_end(as_of)) if start else ()
    return Burnup(
        card=own, zone_id=zone_id, is_measured=is_measured, lines=lines, others=_others(cursor, card, metric_id, zone_id),
        months=tuple(parts.month(end) for end in ends), before=parts.before(start),
        plan=Plan(start=_start(card, lines), target=goal.target, base_on=goal.base_on, deadline_on=goal.deadline_on)
        if is_measured and kind == "cumulative" and goal.target > _start(card, lines) else None)


def month_ends(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """The month ends after `start` and up to `end`, and `end` itself."""
    ends, day = [], month_end(start)
    while day < end:
        if day > start:
            ends.append(day)
        day = month_end(day + dt.timedelta(days=1))
    return (*ends, end) if end > start else ()


def _others(cursor: duckdb.DuckDBPyConnection, card: GoalCard, metric_id: str, zone_id: str | None) -> tuple[Figure, ...]:
    asked = [each for each in readings(cursor, card) if each.metric_id != metric_id]
    lines = _lines(cursor, asked, zone_id, [card.as_of])
    return tuple(Figure(metric=line.metric, value=line.points[-1][1], pending=None) for line in lines)


def _days(goal: Goal, as_of: dt.date, kind: str) -> list[dt.date]:
    """What accumulates begins at the base date; what does not is read at month ends alone."""
    days = month_ends(goal.base_on, as_of)
    return [goal.base_on, *days] if days and kind == "cumulative" else [*days] or [as_of]


def _visits(card: GoalCard) -> str:
    return "g1_stage_visits" if card.goal.goal_id == "g1" else ""


def _measured(card: GoalCard) -> set[str | None]:
    """The readings that the goal's target may be meant for: undecided ones each by itself."""
    with_stock = BESIDE.get(card.goal.goal_id, Beside()).with_stock
    money = {TRAILING_YEAR, SINCE_BASE} if card.headline.metric.metric_id in (TRAILING_YEAR, card.goal.metric_id) and card.goal.unit == "元" else set()
    return {card.goal.metric_id, card.headline.metric.metric_id, with_stock} | money


def _beside(card: GoalCard, metric_id: str) -> tuple[str, ...]:
    """The other reading that an undecided definition leaves open: with stock beside new in period, the cumulative beside the year."""
    own, with_stock = card.headline.metric.metric_id, card.with_stock.metric.metric_id if card.with_stock else None
    open_reading = SINCE_BASE if card.goal.unit == "元" else with_stock
    other = {own: open_reading, open_reading: own}.get(metric_id)
    return (other,) if other else ()


def _start(card: GoalCard, lines: Sequence[Line]) -> Decimal:
    """What was there at the base date: nothing of what is new in the period, of a reading with stock the stock."""
    chosen = lines[0]
    if card.with_stock is None or chosen.metric.metric_id != card.with_stock.metric.metric_id:
        return Decimal(0)
    new = {line.metric.metric_id: line.points[0][1] for line in lines}.get(card.headline.metric.metric_id)
    return (chosen.points[0][1] or Decimal(0)) - (new or Decimal(0))


def _lines(cursor: duckdb.DuckDBPyConnection, shown: Sequence[Metric], zone_id: str | None, days: list[dt.date]) -> tuple[Line, ...]:
    """All the days and metrics in one query."""
    values: dict[str, dict[dt.date, Decimal]] = defaultdict(dict)
    asked = {"days": days, "metrics": [each.metric_id for each in shown], "zone": zone_id}
    for metric_id, day, value in cursor.execute(BURNUP_SQL, asked).fetchall():
        values[metric_id][day] = value
    lines = []
    for each in shown:
        first = known_from(cursor, each)
        lines.append(Line(metric=each, points=tuple((day, values[each.metric_id][day] if first and first <= day else None) for day in days)))
    return tuple(lines)
