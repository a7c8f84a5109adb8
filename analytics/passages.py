"""How projects pass through the stages, with those still on the way taken into account: conversion, time in stage, cohorts and the whole way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.chosen import Chosen
from analytics.funnel import of_day
from analytics.incidence import Incidence, incidence
from analytics.months import MONTH_DAYS
from analytics.occupation import occupation
from analytics.rate import FEW, Rate, rate
from analytics.stages import Stage

ADVANCED, QUIT = 1, 2  # the causes of a passage's end
POC, LANDED, STATES = 1, 4, 6  # states of mart.course_now
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What is known of one stage. `moves`: until a later stage (1) or the end (2); `stays`: until the stage was left."""

    stage: Stage
    moves: Incidence
    stays: Incidence

    def advanced(self, months: int) -> Rate:
        """转化率: the share that entered a later stage within so many months of entering this one."""
        return rate(self.moves, ADVANCED, days(months))

    def quit(self, months: int) -> Rate:
        """终止率: the share that was terminated or withdrawn within so many months."""
        return rate(self.moves, QUIT, days(months))

    @property
    def median_days(self) -> float | None:
        """中位停留: when half had left; None where that is not reached, or fewer than five were seen."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float | None:
        """When this share had left."""
        return self.stays.quantile(share) if self.stays.size >= FEW else None


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Those that entered a stage in one half-year: 2026-H1."""

    code: str
    advanced: Rate


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The way from the first entry into proof of concept: which share has landed, was ended, or is still on the way after the horizon. None: too few to say."""

    size: int
    landed: float | None
    quit: float | None


@dataclass(frozen=True, kw_only=True)
class Times:
    """The durations of the chosen projects at V, one line a group of equal ones. `stage`: its order."""

    is_move: NDArray[np.bool_]
    stage: Ints
    half_year: Ints
    observed: Ints
    days: Ints
    cause: Ints
    projects: Ints

    def of(self, stage: Stage, half_year: int | None = None) -> Passage:
        """One stage, of one cohort or of all."""
        here = self.stage == stage.stage_order
        if half_year is not None:
            here = here & (self.half_year == half_year)
        return Passage(stage=stage, moves=self._curve(here & self.is_move, 2), stays=self._curve(here & ~self.is_move, 1))

    def cohorts(self, stage: Stage, months: int) -> tuple[Cohort, ...]:
        """By the half-year of entry, oldest first, those without a project in between included."""
        here = self.half_year[(self.stage == stage.stage_order) & self.is_move]
        return tuple(Cohort(code=half_year_code(each), advanced=self.of(stage, each).advanced(months))
                     for each in range(int(here.min()), int(here.max()) + 1)) if len(here) else ()

    def _curve(self, here: NDArray[np.bool_], kinds: int) -> Incidence:
        return incidence(self.days[here], self.cause[here], observed=self.observed[here], counts=self.projects[here], kinds=kinds)


def days(months: int) -> float:
    """A horizon in days, of months of 30.44."""
    return float(months * MONTH_DAYS)


def half_year_code(number: int) -> str:
    """4052 → 2026-H1."""
    return f"{number // 2}-H{number % 2 + 1}"


def times(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, chosen: Chosen, zone: str | None = None, half_year: str | None = None) -> Times:
    """The durations at V. `half_year`: of those that entered the stage in it, such as 2026-H1."""
    sql, parameters = of_day(cursor, "passage", "clock, stage_id, half_year, observed_days, days, cause, projects", as_of, chosen, zone)
    found: Mapping[str, NDArray[np.int64]] = cursor.execute(
        "SELECT t.clock = 'move' AS is_move, s.stage_order, t.half_year, t.observed_days, t.days, t.cause, t.projects "
        f"FROM ({sql}) AS t JOIN ref.stage AS s ON s.stage_id = t.stage_id", parameters).fetchnumpy()
    read = Times(is_move=np.asarray(found["is_move"], dtype=np.bool_), stage=_ints(found["stage_order"]), half_year=_ints(found["half_year"]),
                 observed=_ints(found["observed_days"]), days=_ints(found["days"]), cause=_ints(found["cause"]), projects=_ints(found["projects"]))
    if half_year is None:
        return read
    here = read.half_year == int(half_year[:4]) * 2 + int(half_year[-1]) - 1
    return replace(read, **{name: getattr(read, name)[here] for name in (each.name for each in fields(read))})


def whole_way(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, chosen: Chosen, zone: str | None, months: int) -> Whole:
    """总体转化 of proof of concept to landed: P(0,t) of the multi-state course, for steps may be skipped and taken back."""
    found = cursor.execute(*of_day(cursor, "course", "days, from_state, to_state, projects", as_of, chosen, zone)).fetchnumpy()
    on, come, gone, counts = (_ints(found[name]) for name in ("days", "from_state", "to_state", "projects"))
    size = int(counts[come == -1].sum())
    watched = int(counts[(come == -1)].sum() - counts[(gone == -1) & (on < days(months))].sum() - counts[(gone >= LANDED) & (on < days(months))].sum())
    settled = not counts[(gone == -1) & (on < days(months))].any()
    if size < FEW or (watched < FEW and not settled):
        return Whole(size=size, landed=None, quit=None)
    share = occupation(on, come, gone, counts, states=STATES, start=POC, upto=int(days(months)))
    return Whole(size=size, landed=float(share[LANDED]), quit=float(share[STATES - 1]))


def _ints(column: NDArray[np.int64]) -> Ints:
    return np.asarray(column, dtype=np.int64)
