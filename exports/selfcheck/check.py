"""Reads every number in every way and says which do not agree."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import duckdb

from exports.selfcheck.told import Asked, Cell, Told, Unsaid
from exports.selfcheck.ways import ROWS, readings
from warehouse.groups import HEADS
from warehouse.metric import Metric
from warehouse.selfcheck import KEPT_BACK, Checked, Mismatch
from warehouse.small_cells import FEWEST

SAMPLES = 16  # numbers that are read one by one after a refresh, others each time; at night all of them are
EXACT = Decimal("0.000001")  # the last digit of a contribution; a workbook holds some sixteen digits of a number, a ratio is cut off somewhere
DIGITS = Decimal("1e-14")


def check(cursor: duckdb.DuckDBPyConnection, *, is_all: bool) -> Checked:
    """The snapshot that the cursor is on, at its newest V. `is_all`: every number one by one too, which takes minutes. Raises NothingReceived."""
    began = time.monotonic()
    asked = Asked(cursor=cursor)
    grid = asked.grid
    samples = grid if is_all else random.Random(asked.snapshot).sample(grid, min(SAMPLES, len(grid)))
    asked = Asked(cursor=cursor, samples=tuple(samples))
    ways: Counter[str] = Counter()
    mismatches, cells = [], 0
    for cell, told in readings(asked):
        cells += 1
        ways.update(told.keys())
        if not agree(asked.metrics[cell.metric_id], cell, told):
            mismatches.append(Mismatch(metric_id=cell.metric_id, zone=cell.zone, what=cell.what,
                                       told=_to_show(asked.metrics[cell.metric_id], told)))
    [(clock,)] = cursor.execute("SELECT clock FROM meta.snapshot").fetchall()  # of a demonstration, where it stands still
    at = clock.replace(tzinfo=dt.UTC) if clock else dt.datetime.now(dt.UTC)
    return Checked(snapshot=asked.snapshot, as_of=asked.as_of, at=at, seconds=time.monotonic() - began, metrics=len(asked.metrics), cells=cells,
                   ways=dict(ways), is_all=is_all, mismatches=tuple(mismatches))


def agree(metric: Metric, cell: Cell, told: Mapping[str, Told]) -> bool:
    """Whether the ways say the same of a cell. Where rows would be persons: what is said is what the rows come to and no small number of people, and
    what is not said in one way is not said in any."""
    if metric.drill != "groups":
        first, *others = told.values()
        return all(_same(first, each) for each in others)
    if cell.what == "rows":
        return True  # people are counted nowhere
    said = [each for way, each in told.items() if way != ROWS]
    exact = told.get(ROWS)
    return all(_same(said[0], each) for each in said) and (ROWS not in told or all(_may_be_said(metric, each, exact) for each in said))


def _same(one: Told, other: Told) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= max(EXACT, DIGITS * abs(one))
    return one is other


def _may_be_said(metric: Metric, said: Told, exact: Told) -> bool:
    if isinstance(said, Unsaid):
        return exact is not None or metric.aggregation == "ratio"
    return _same(said, exact) and not (metric.unit in HEADS and isinstance(said, Decimal) and 0 < said < FEWEST)


def _to_show(metric: Metric, told: Mapping[str, Told]) -> dict[str, str | None]:
    """As text; what the rows of persons come to is told to nobody, not even here."""
    return {way: KEPT_BACK if isinstance(value, Unsaid) or (metric.drill == "groups" and way == ROWS) else
            None if value is None else f"{value.normalize():f}" for way, value in told.items()}
