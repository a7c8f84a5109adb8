"""Forecasts against what happened: those published, and those that would have been made at past month ends from what had occurred by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import duckdb

from analytics.forecast import COUNTED, LEAST_MONTHS, Forecast, facts, forecast
from analytics.forecast_record import Published, published
from analytics.months import whole_months
from warehouse.duties import has
from warehouse.metric import metric
from warehouse.value import value

AHEAD = (1, 3, 6)  # months from a forecast to the day it is held against
DRAWS = 2000
CLASSES = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01))


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a forecast said of one goal on one later day, and what was there then. `said`: how likely the goal is on its plan line (`planned`)."""

    goal_id: str
    made_of: dt.date
    on: dt.date
    low: float
    middle: float
    high: float
    planned: float
    said: float
    actual: float

    @property
    def came_true(self) -> bool:
        return self.actual >= self.planned

    @property
    def is_inside(self) -> bool:
        """Whether it came between P10 and P90."""
        return self.low <= self.actual <= self.high


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Of the trials whose probability lay in a class: how many, the mean of what was said, and how many came true."""

    low: float
    high: float
    trials: int
    said: float
    came_true: int


@dataclass(frozen=True, kw_only=True)
class Record:
    """How forecasts did: `published` ones (`forecasts` of them so far), and those of the `backtest` made with the snapshot."""

    forecasts: int
    published: tuple[Trial, ...]
    backtest: tuple[Trial, ...]


def record(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Record:
    """At V: what had been forecast for days up to it."""
    before = published(cursor)
    kept_trials = cursor.execute("SELECT * FROM meta.forecast_trial WHERE \"on\" <= $v ORDER BY made_of, \"on\", goal_id", {"v": as_of}).fetchall() if has(
        cursor, "meta.forecast_trial") else []
    names = [field.name for field in fields(Trial)]
    return Record(forecasts=len({each.forecast.as_of for each in before}), published=against(cursor, before, as_of),
                  backtest=tuple(Trial(**dict(zip(names, row, strict=True))) for row in kept_trials))


def past(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Trial, ...]:
    """The trials of all past month ends with six months of data: each made of what had occurred by then, as this snapshot knows it now."""
    found: list[Trial] = []
    for day in whole_months(as_of, 120):
        known = facts(cursor, day) if day < as_of else None
        if known and known.observed.months >= LEAST_MONTHS:
            found += trials(cursor, forecast(known, draws=DRAWS, is_limited=False), as_of)
    return tuple(found)


def against(cursor: duckdb.DuckDBPyConnection, before: Iterable[Published], as_of: dt.date) -> tuple[Trial, ...]:
    """The trials of published forecasts; of several of one as-of, the last."""
    last = {each.forecast.as_of: each.forecast for each in before}
    return tuple(trial for made in last.values() for trial in trials(cursor, made, as_of))


def trials(cursor: duckdb.DuckDBPyConnection, made: Forecast, as_of: dt.date) -> list[Trial]:
    """Of the counted goals, one, three and six months ahead, as far as V has come."""
    found = []
    for goal in made.goals:
        for ahead in AHEAD:
            if goal.goal_id not in COUNTED or len(goal.path) < ahead or goal.path[ahead - 1].on > as_of:
                continue
            point = goal.path[ahead - 1]
            actual = value(cursor, metric(cursor, goal.metric_id), point.on)
            if actual is not None and point.planned is not None and point.on_plan is not None:
                found.append(Trial(goal_id=goal.goal_id, made_of=made.as_of, on=point.on, low=point.low, middle=point.middle, high=point.high,
                                   planned=point.planned, said=point.on_plan, actual=float(actual)))
    return found


def brier(tried: Sequence[Trial]) -> float | None:
    """The mean squared difference between what was said and what came true; 0 is best, 0.25 is what half and half gets."""
    return sum((trial.said - trial.came_true) ** 2 for trial in tried) / len(tried) if tried else None


def covered(tried: Sequence[Trial]) -> float | None:
    """The share that came between P10 and P90: at least 0.8 where the ranges are right."""
    return sum(trial.is_inside for trial in tried) / len(tried) if tried else None


def calibration(tried: Sequence[Trial]) -> tuple[Calibration, ...]:
    """By classes of what was said, those that have trials."""
    found = []
    for low, high in CLASSES:
        inside = [trial for trial in tried if low <= trial.said < high]
        if inside:
            found.append(Calibration(low=low, high=high, trials=len(inside), said=sum(trial.said for trial in inside) / len(inside),
                                     came_true=sum(trial.came_true for trial in inside)))
    return tuple(found)
