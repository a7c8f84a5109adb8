"""How the goals are likely to end: probability, range and limiting transition of each, and of all together, from the same drawn futures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb
import numpy as np

from analytics.earned_schedule import Plan
from analytics.goal_card import TRAILING_YEAR
from analytics.observed import observed, output_seen
from analytics.output_forecast import Output, OutputSeen, month_ends_after, output
from analytics.pipeline import AS_IT_IS, STAGES, Array, Change, Observed, futures
from warehouse.metric import metric
from warehouse.value import value

METHOD = "pipeline-1"
SEED, DRAWS, DRAWS_BESIDE = 2027, 5000, 2000  # the seed never changes: what moves between two forecasts is what was reported
DAYS = 30.44
COUNTED, OUTPUT = ("g1", "g2", "g3"), "g4"
RAISED = 1.2  # by what each transition is made faster to see which one limits a goal
LEAST_MONTHS, LEAST_EVENTS = 6.0, 5
TRANSITIONS: dict[str, Change] = {"arrivals": Change(arrivals=RAISED)} | {stage: Change(advance={stage: RAISED}) for stage in STAGES}


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A goal as the forecast needs it. `now`: its value at V, money in 元; of output, what is reported of the goal's year."""

    goal_id: str
    metric_id: str
    target: float
    base_on: dt.date
    deadline_on: dt.date
    now: float


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a forecast is made of. `output_months`: attributable output of the last months, by their ends."""

    as_of: dt.date
    aims: tuple[Aim, ...]
    observed: Observed
    output: OutputSeen = field(default_factory=OutputSeen)
    output_months: tuple[tuple[dt.date, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Point:
    """A month end to come: P10, P50, P90, and how likely the goal is on its plan line then (None without one)."""

    on: dt.date
    low: float
    middle: float
    high: float
    planned: float | None
    on_plan: float | None


@dataclass(frozen=True, kw_only=True)
class GoalForecast:
    """Of one goal. `probability` None: too few outcomes report output. `limiting`: whose +20 % raises the probability most, by how much
    (`raises`), and how often it was seen (`events`); None where nothing raises it. `largest_share`, `without_largest`: of output alone."""

    goal_id: str
    metric_id: str
    target: float
    now: float
    probability: float | None
    limiting: str | None
    raises: float
    events: int
    path: tuple[Point, ...]
    largest_share: float | None = None
    without_largest: float | None = None

    @property
    def end(self) -> Point:
        """At the deadline."""
        return self.path[-1]


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Of all goals that have one. `months`: of data since the base date; `joint`: all of `joint_of` together."""

    as_of: dt.date
    deadline_on: dt.date
    months: float
    method: str
    seed: int
    draws: int
    goals: tuple[GoalForecast, ...]
    joint: float | None
    joint_of: tuple[str, ...]

    def goal(self, goal_id: str) -> GoalForecast | None:
        return next((each for each in self.goals if each.goal_id == goal_id), None)

    def is_enough(self, goal: GoalForecast) -> bool:
        """Whether there is evidence for a word: six months of data, and five events in the limiting transition; a reached goal needs none."""
        return goal.now >= goal.target or (self.months >= LEAST_MONTHS and (goal.limiting is None or goal.events >= LEAST_EVENTS))


def facts(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Facts | None:
    """What a snapshot tells at V; None before the first day since the base date is over, at or after the deadline, and where no goal is known."""
    rows = cursor.execute("SELECT goal_id, metric_id, target::DOUBLE, base_on, deadline_on FROM ref.goal WHERE goal_id IN ('g1', 'g2', 'g3', 'g4') "
                          "ORDER BY goal_id").fetchall()
    aims = []
    for goal_id, metric_id, target, base_on, deadline_on in rows:
        now = value(cursor, metric(cursor, metric_id), as_of)
        if now is not None and base_on < as_of < deadline_on:
            is_before = goal_id == OUTPUT and as_of.year < deadline_on.year  # another year's output is nothing of the goal's
            aims.append(Aim(goal_id=goal_id, metric_id=metric_id, target=target, base_on=base_on, deadline_on=deadline_on, now=0.0 if is_before else float(now)))
    if not any(aim.goal_id in COUNTED for aim in aims):
        return None
    base_on = min(aim.base_on for aim in aims)
    months = cursor.execute("SELECT last_day(occurred_on), sum(value)::DOUBLE FROM mart.contribution WHERE metric_id = $metric AND counts_from <= $v "
                            "AND (counts_until IS NULL OR counts_until > $v) GROUP BY ALL ORDER BY ALL", {"metric": TRAILING_YEAR, "v": as_of}).fetchall()
    return Facts(as_of=as_of, aims=tuple(aims), observed=observed(cursor, as_of, base_on), output=output_seen(cursor, as_of, base_on),
                 output_months=tuple(months))


def forecast(known: Facts, *, change: Change = AS_IT_IS, draws: int = DRAWS, seed: int = SEED, is_limited: bool = True) -> Forecast:
    """The forecast: the same facts and seed give the same. `change`: what is imagined otherwise; `is_limited` False: limiting transitions are not sought."""
    ends = month_ends_after(known.as_of, max(aim.deadline_on for aim in known.aims))
    ways = _ways(known, ends, change, draws, seed)
    limits = _limits(known, ends, change, seed) if is_limited else {}
    goals = tuple(_goal(known, aim, ends, ways, limits) for aim in known.aims)
    reached = [ways.reached[goal.goal_id] for goal in goals if goal.probability is not None]
    return Forecast(
        as_of=known.as_of, deadline_on=ends[-1], months=known.observed.months, method=METHOD, seed=seed, draws=draws, goals=goals,
        joint=float(np.logical_and.reduce(reached).mean()) if len(reached) > 1 else None,
        joint_of=tuple(goal.goal_id for goal in goals if goal.probability is not None))


@dataclass(frozen=True, kw_only=True)
class _Ways:
    """The goals in each drawn future. `values`: times × draws; `reached`: at the deadline, by draw; `largest`: of output."""

    values: Mapping[str, Array]
    reached: Mapping[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]
    largest: Array | None


def _ways(known: Facts, ends: tuple[dt.date, ...], change: Change, draws: int, seed: int) -> _Ways:
    drawn = futures(known.observed, np.array([(end - known.as_of).days / DAYS for end in ends]), change=change, draws=draws, seed=seed)
    values = {aim.goal_id: aim.now + drawn.added[aim.goal_id] for aim in known.aims if aim.goal_id in COUNTED}
    money = next((aim for aim in known.aims if aim.goal_id == OUTPUT), None)
    made = output(known.output, drawn.landings, known.as_of, ends, draws=draws, seed=seed, since=money.deadline_on.replace(month=1, day=1)) if money else None
    if money and made:
        values[OUTPUT] = _window(known, money, made, ends)
    last = {aim.goal_id: sum(end <= aim.deadline_on for end in ends) - 1 for aim in known.aims}
    return _Ways(values=values, reached={aim.goal_id: values[aim.goal_id][last[aim.goal_id]] >= aim.target - 1e-6 for aim in known.aims
                                         if aim.goal_id in values}, largest=made.largest if made else None)


def _window(known: Facts, money: Aim, made: Output, ends: tuple[dt.date, ...]) -> Array:
    """Output in the window that counts at each end: the twelve months before it, which at the end of the goal's year are that year."""
    rows = []
    for number, end in enumerate(ends):
        first = money.deadline_on.replace(month=1, day=1) if known.as_of.year == money.deadline_on.year else _year_before(end)
        told = sum(cny for on, cny in known.output_months if on >= first)
        rows.append(told + made.months[[at <= number and each >= first for at, each in enumerate(ends)]].sum(axis=0))
    return np.array(rows)


def _year_before(end: dt.date) -> dt.date:
    """The first day of the twelve months that end with this month."""
    return dt.date(end.year - 1 if end.month < 12 else end.year, end.month % 12 + 1, 1)


def _goal(known: Facts, aim: Aim, ends: tuple[dt.date, ...], ways: _Ways, limits: Mapping[str, tuple[str, float]]) -> GoalForecast:
    limiting, raises = limits.get(aim.goal_id, (None, 0.0))
    told = GoalForecast(goal_id=aim.goal_id, metric_id=aim.metric_id, target=aim.target, now=aim.now, probability=None, limiting=limiting, raises=raises,
                        events=_events(known.observed, limiting), path=())
    if aim.goal_id not in ways.values:
        return told
    values, reached = ways.values[aim.goal_id], ways.reached[aim.goal_id]
    plan = Plan(start=Decimal(0), target=Decimal(str(aim.target)), base_on=aim.base_on, deadline_on=aim.deadline_on) if aim.goal_id in COUNTED else None
    quantiles = np.quantile(values, (0.1, 0.5, 0.9), axis=1).T
    path = []
    for end, (low, middle, high), drawn in zip(ends, quantiles, values, strict=True):
        planned = float(plan.value(end)) if plan else None
        path.append(Point(on=end, low=float(low), middle=float(middle), high=float(high), planned=planned,
                          on_plan=None if planned is None else float((drawn >= planned - 1e-6).mean())))
    share = without = None
    if aim.goal_id == OUTPUT and ways.largest is not None:
        share, without = float((ways.largest / values[-1]).mean()), float((values[-1] - ways.largest >= aim.target).mean())
    return GoalForecast(
        goal_id=told.goal_id, metric_id=told.metric_id, target=told.target, now=told.now, probability=float(reached.mean()), limiting=told.limiting,
        raises=told.raises, events=told.events, path=tuple(path), largest_share=share, without_largest=without)


def _limits(known: Facts, ends: tuple[dt.date, ...], change: Change, seed: int) -> dict[str, tuple[str, float]]:
    """By goal: the transition whose +20 % raises the probability most (of equal ones, the mean), and by how much."""
    base = _ways(known, ends, change, DRAWS_BESIDE, seed)
    found: dict[str, tuple[float, float, str]] = {}
    for name, faster in TRANSITIONS.items():
        ways = _ways(known, ends, _together(change, faster), DRAWS_BESIDE, seed)
        for goal_id, reached in ways.reached.items():
            raises = float(reached.mean() - base.reached[goal_id].mean())
            mean = float((ways.values[goal_id][-1] - base.values[goal_id][-1]).mean())
            if mean > 0 and (goal_id not in found or (raises, mean) > found[goal_id][:2]):
                found[goal_id] = (raises, mean, name)
    return {goal_id: (name, raises) for goal_id, (raises, _, name) in found.items()}


def _together(one: Change, other: Change) -> Change:
    return Change(arrivals=one.arrivals * other.arrivals, odds=one.odds, stay=one.stay,
                  advance={stage: one.advance.get(stage, 1.0) * other.advance.get(stage, 1.0) for stage in STAGES})


def _events(seen: Observed, transition: str | None) -> int:
    return 0 if transition is None else seen.arrived if transition == "arrivals" else seen.stage(transition).advanced
