"""Statistics between two states: evaluated at all four readings, so that the steps between them add up to the change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction

import duckdb

from analytics.bridge import Between
from analytics.change_bridge import HAPPENED, TOLD, UNDIVIDED, MetricChange, Prime, Standing, TermSum
from analytics.statistic_values import EVALUATED, statistic_values
from warehouse.metric import Metric

KEPT = "SELECT metric_id, value FROM meta.statistic WHERE as_of = ?"


def telescoped(cursor: Callable[[str], duckdb.DuckDBPyConnection], dictionary: Mapping[str, Metric], prime: Prime,
               between: Between) -> tuple[MetricChange, ...]:
    """Each statistic that is one number. `cursor`: on the tables of issue, primed or today."""
    before, told, now = (statistic_values(cursor(state), on) for state, on in (("issue", between.v_a), ("today", between.v_a), ("today", between.v_n)))
    primed = before if prime == "same" else _kept(cursor("primed"), between.v_a) if prime == "ready" else {}
    found = []
    for metric_id in (each for each in dictionary if each in EVALUATED):
        a, b, r, n = (None if values.get(metric_id) is None else Fraction(values[metric_id]) for values in (before, primed, told, now))
        standing: Standing = "bridged" if a is not None and n is not None else "ended" if a is not None else "begun" if n is not None else "unknown"
        why = "口径变更" if metric_id in between.redefined else between.why
        found.append(MetricChange(metric=dictionary[metric_id], standing=standing, before=a, restated=b, told=r, now=n, terms=_steps(a, b, r, n, why),
                                  is_headline=False))
    return tuple(found)


def _kept(cursor: duckdb.DuckDBPyConnection, on: dt.date) -> dict[str, float]:
    return dict(cursor.execute(KEPT, [on]).fetchall())


def _steps(a: Fraction | None, b: Fraction | None, r: Fraction | None, n: Fraction | None, why: str) -> tuple[TermSum, ...]:
    """The steps that moved it; where the earlier data under today's rules cannot be told, the first two as one."""
    if a is None or n is None or r is None:
        return ()
    steps = [(UNDIVIDED, r - a)] if b is None else [(why, b - a), (TOLD, r - b)]
    return tuple(TermSum(term=term, exact=change, count=0) for term, change in (*steps, (HAPPENED, n - r)) if change)
