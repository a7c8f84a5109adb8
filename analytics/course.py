"""How a goal's value came to be what it is: its value at each month's end since the base date, for a sparkline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.goal_card import CALENDAR_YEAR, TRAILING_YEAR, GoalCard
from analytics.months import month_end
from warehouse.known import known_from
from warehouse.metric import Metric, metrics

COURSE_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
MOST_POINTS = 24


@dataclass(frozen=True, kw_only=True)
class Point:
    """The value at the end of a day, in the metric's unit. None: it cannot be known."""

    on: dt.date
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Course:
    """The last `MOST_POINTS` month ends since the base date and V itself, oldest first; at least two."""

    metric: Metric
    points: tuple[Point, ...]


def courses(cursor: duckdb.DuckDBPyConnection, cards: Iterable[GoalCard]) -> dict[str, Course]:
    """By goal_id, of the goals that have one: none for milestones, and none before the first month since the base date is over.

    Of a calendar year, which starts at 0 every January, the trailing twelve months. All at V of the cards, in one query.
    """
    dictionary = {each.metric_id: each for each in metrics(cursor)}
    drawn = {card.goal.goal_id: (dictionary[_metric(card)], _days(card.goal.base_on, card.as_of)) for card in cards
             if card.kind != "stock" and _metric(card) in dictionary}
    days = sorted({day for _, on_days in drawn.values() for day in on_days})
    values = {(metric_id, on): value for metric_id, on, value in cursor.execute(
        COURSE_SQL, {"metrics": [metric.metric_id for metric, _ in drawn.values()], "days": days}).fetchall()} if days else {}

    def course(metric: Metric, on_days: tuple[dt.date, ...]) -> Course:
        first = known_from(cursor, metric)
        return Course(metric=metric, points=tuple(
            Point(on=on, value=values.get((metric.metric_id, on), Decimal(0)) if first and first <= on else None) for on in on_days))

    return {goal_id: course(metric, on_days) for goal_id, (metric, on_days) in drawn.items() if len(on_days) > 1}


def _metric(card: GoalCard) -> str:
    metric_id = card.headline.metric.metric_id
    return TRAILING_YEAR if metric_id == CALENDAR_YEAR else metric_id


def _days(base_on: dt.date, as_of: dt.date) -> tuple[dt.date, ...]:
    """The month ends from the base date to V, and V where it is none; the last `MOST_POINTS` of them."""
    days, on = [], month_end(base_on)
    while on < as_of:
        days.append(on)
        on = month_end(on + dt.timedelta(days=1))
    return tuple([*days, as_of][-MOST_POINTS:]) if as_of >= base_on else ()
