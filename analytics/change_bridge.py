"""What changed between two states of the warehouse, metric by metric and reason by reason, whoever shows it: page, export or pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from analytics.bridge import REAL_TERMS, RULES_TERMS, TOLD_TERMS
from analytics.families import family
from warehouse.metric import Metric

UNDIVIDED = "待分"  # what rules and later reports changed, while A′ has not been replayed
TOLD, HAPPENED = "补报与更正", "真实变化"  # the steps of a statistic, which are not made of rows
TERMS = (*RULES_TERMS, UNDIVIDED, *TOLD_TERMS, TOLD, *REAL_TERMS, HAPPENED)  # in the order of the steps

Standing = Literal["bridged", "begun", "added", "ended", "unknown"]
Prime = Literal["same", "ready", "missing", "impossible"]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two states: V = `as_of` as known in `snapshot`. `issue`: the id of the meeting's issue that pinned it; `known_at`: aware, Shanghai."""

    snapshot: str
    as_of: dt.date
    known_at: dt.datetime
    issue: str | None
    is_demo: bool


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A thing that moved a term, by its name or else its id, and by how much in the unit of the metric (of a ratio: of its part)."""

    unit: str
    name: str
    change: Decimal


@dataclass(frozen=True, kw_only=True)
class TermSum:
    """What one reason adds to the change of a metric. `exact`: in the metric's unit, a share 0–1; `count`: of the things it is made of, of a ratio those
    of both parts; `largest`: a few of them, the largest first."""

    term: str
    exact: Fraction
    count: int
    largest: tuple[Fact, ...] = ()

    @property
    def change(self) -> Decimal:
        """For readers: exact for sums, of ratios and statistics with as many digits as decimals have."""
        return decimal(self.exact)


@dataclass(frozen=True, kw_only=True)
class MetricChange:
    """One metric at both ends. `before`, `now` None: not known, or a ratio of nothing.

    `standing`: bridged, its terms add up to now − before; begun: first told of since, and so a baseline without terms; added: the definition came since,
    and what it made of the earlier data is a term; ended: not known any more; unknown: at neither end. A ratio of nothing at one end has no terms either.
    `restated`: the earlier value under today's rules; `told`: as known now; both None where there is no bridge.
    """

    metric: Metric
    standing: Standing
    before: Fraction | None
    restated: Fraction | None
    told: Fraction | None
    now: Fraction | None
    terms: tuple[TermSum, ...]
    is_headline: bool

    @property
    def family(self) -> str:
        return family(self.metric.metric_id)

    @property
    def total(self) -> Fraction | None:
        """Now less before."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def is_changed(self) -> bool:
        return bool(self.terms) or self.before != self.now

    def of(self, *terms: str) -> Fraction | None:
        """The sum of these terms, None where the metric has none of them."""
        found = [each.exact for each in self.terms if each.term in terms]
        return sum(found, Fraction(0)) if found else None


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The probability of a goal, 0–1, as told in each of the two snapshots; None where none was."""

    goal_id: str
    name_zh: str
    name_en: str
    before: float | None
    now: float | None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """All of it. `zone`, `department`: what it is narrowed to. `prime`: whether A′ is the same as A, was replayed, has yet to be, or cannot be.

    `metrics`: those with a bridge, by family and in the order of the dictionary, the goals' own first; `statistics`: telescoped over the four states.
    """

    before: Side
    now: Side
    zone: str | None
    department: str | None
    prime: Prime
    metrics: tuple[MetricChange, ...]
    statistics: tuple[MetricChange, ...]
    chances: tuple[Chance, ...]

    @property
    def changed(self) -> tuple[MetricChange, ...]:
        return tuple(each for each in self.metrics if each.is_changed)

    @property
    def unchanged(self) -> tuple[MetricChange, ...]:
        return tuple(each for each in self.metrics if not each.is_changed and each.standing != "unknown")

    @property
    def by_metric(self) -> Mapping[str, MetricChange]:
        return {each.metric.metric_id: each for each in (*self.metrics, *self.statistics)}


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def in_order(terms: Mapping[str, tuple[Fraction, int, tuple[Fact, ...]]]) -> tuple[TermSum, ...]:
    """By the order of the steps."""
    return tuple(TermSum(term=term, exact=terms[term][0], count=terms[term][1], largest=terms[term][2]) for term in TERMS if term in terms)
