"""A goal at V as a card shows it: the numbers read, and what follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analytics.months import months_between
from language import N_, _, named
from warehouse.metric import Metric

CALENDAR_YEAR, TRAILING_YEAR, SINCE_BASE = "g4a_output_year", "g4a_output_12m", "g4b_output_cumulative"
READINGS = {TRAILING_YEAR: N_("近十二个月"), CALENDAR_YEAR: N_("当年"), SINCE_BASE: N_("累计")}

Pace = Literal["unknown", "reached", "ended", "rate", "gap"]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A row of the committee's goals. `target` in `unit`, money in 元; both days count."""

    goal_id: str
    metric_id: str
    name_zh: str
    name_en: str
    unit: str
    target: Decimal
    base_on: dt.date
    deadline_on: dt.date
    clause_id: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A metric read at V, in its unit. `value`, `pending` None: it cannot be known. `pending`: how many of its rows are 待佐证."""

    metric: Metric
    value: Decimal | None
    pending: int | None


@dataclass(frozen=True, kw_only=True)
class Month:
    """What one month brought. `value` None: it cannot be known."""

    ends_on: dt.date
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class GoalCard:
    """One goal at V, amounts in the goal's unit, shares 0–1.

    `headline` is what is measured against the target: the goal's own metric; of a calendar year that has not begun, the trailing
    twelve months. `months`: the last six whole months, of a count since the base date those wholly after it. `zones`: the headline
    by zone, every zone there is; empty where it has no place.
    """

    goal: Goal
    as_of: dt.date
    headline: Figure
    kind: str  # of the headline: cumulative, window or stock
    parts: tuple[Figure, ...] = ()
    terminated: Figure | None = None
    with_stock: Figure | None = None
    readings: tuple[Figure, ...] = ()
    months: tuple[Month, ...] = ()
    zones: Mapping[str, Decimal | None]

    @property
    def reading(self) -> str:
        """Which reading of an undecided goal the headline is, in the language spoken; "" where there is but one."""
        words = READINGS.get(self.headline.metric.metric_id)
        return _(words) if words else ""

    @property
    def name(self) -> str:
        """The goal, and which reading of it, in the language spoken."""
        return _("{goal}{reading}", goal=named(self.goal), reading=self.reading) if self.reading else named(self.goal)

    @property
    def value(self) -> Decimal | None:
        return self.headline.value

    @property
    def share(self) -> Decimal | None:
        """Value by target; None where unknown, and of milestones, which are not put into one percentage."""
        return None if self.value is None or self.kind == "stock" or self.goal.target <= 0 else self.value / self.goal.target

    @property
    def elapsed_share(self) -> Decimal:
        """How much of the time from the base date to the deadline is over at V."""
        whole, gone = (self.goal.deadline_on - self.goal.base_on).days, (self.as_of - self.goal.base_on).days
        return min(max(Decimal(gone), Decimal(0)) / whole, Decimal(1)) if whole > 0 else Decimal(1)

    @property
    def lead(self) -> Decimal | None:
        """Share minus share of time elapsed; None where unknown, and where the value does not accumulate over that time."""
        return self.share - self.elapsed_share if self.share is not None and self.kind == "cumulative" else None

    @property
    def gap(self) -> Decimal | None:
        """What is missing to the target, 0 where it is reached."""
        return None if self.value is None else max(self.goal.target - self.value, Decimal(0))

    @property
    def mean_per_month(self) -> Decimal | None:
        """The mean of `months`; None where there are none, or one of them is unknown."""
        known = [month.value for month in self.months if month.value is not None]
        return sum(known, Decimal(0)) / len(known) if known and len(known) == len(self.months) else None

    @property
    def remaining_months(self) -> Decimal:
        """Months of 30.44 days from V to the deadline."""
        return months_between(self.as_of, self.goal.deadline_on)

    @property
    def pace(self) -> Pace:
        """What can be said of the way to the target: a monthly rate, or, where months do not add up, only the gap."""
        if self.gap is None:
            return "unknown"
        if self.gap == 0 and self.headline.metric.metric_id == self.goal.metric_id:
            return "reached"  # a high trailing year is not yet the year of the goal
        if self.remaining_months == 0:
            return "ended"
        return "rate" if self.kind == "cumulative" else "gap"

    @property
    def required_per_month(self) -> Decimal | None:
        """What each remaining month must bring; None unless `pace` is "rate"."""
        return self.gap / self.remaining_months if self.pace == "rate" and self.gap is not None else None
