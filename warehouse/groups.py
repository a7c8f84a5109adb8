"""Metrics whose rows would be persons: their numbers by zone, category and year, small ones unsaid; the one way such a number leaves the warehouse.

What is unsaid is decided for all numbers of a family at V at once, whatever of them is asked for: to narrow the view shows no more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from warehouse.metric import Metric
from warehouse.small_cells import Cell, Said, Sum, protect

GROUPS_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
HEADS = frozenset(("人", "人次", "支", "套", "户"))  # units of which the value itself says how many people (or households, teams, firms) there are
DOMINATES = Decimal("0.1")  # p%: what all but the two largest bring together, by the largest
CROSSED = (("zone_id", "category"), ("category", "year"))  # of a count that is part of none; all others are told by one of the three at a time


@dataclass(frozen=True, kw_only=True)
class At:
    """Which number: None is all zones, all categories, all years. `is_rest`: what a metric leaves of the one that it is part of."""

    metric_id: str
    zone_id: str | None = None
    category: str | None = None
    year: int | None = None
    is_rest: bool = False


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number as it may leave. `value` None: it is not said; `said` tells how that is put."""

    said: Said
    value: Decimal | None


ZERO = Number(said=Said.VALUE, value=Decimal(0))


class OnlyGroups(Exception):
    """A metric whose rows would be persons was asked for its rows, or for other groups than those it is given in."""


class Groups:
    """The numbers of metrics that drill to groups, at V."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], as_of: dt.date) -> None:
        rows = cursor.sql(GROUPS_SQL, params={"metrics": [each.metric_id for each in metrics], "v": as_of}).pl()
        self._numbers: dict[At, Number] = {}
        for family in families(metrics):
            self._numbers |= _said(family, rows)

    def number(self, at: At) -> Number:
        """As it may leave; 0 where nothing counts."""
        return self._numbers.get(at, ZERO)

    def all_of(self, metric_id: str) -> dict[At, Number]:
        """Every number of a metric that is not 0: the whole first, then its categories, its zones, its years, and these by category."""
        return {at: number for at, number in self._numbers.items() if at.metric_id == metric_id and not at.is_rest}


def families(metrics: Sequence[Metric]) -> Iterator[list[Metric]]:
    """Those that are parts of one another, down from each that is part of none of them; all counts, or all amounts."""
    known = {each.metric_id: each for each in metrics}

    def root(metric: Metric) -> str:
        above = known.get(metric.part_of or "")
        return metric.metric_id if above is None or (above.unit in HEADS) is not (metric.unit in HEADS) else root(above)

    families: dict[str, list[Metric]] = defaultdict(list)
    for each in metrics:
        families[root(each)].append(each)
    yield from families.values()


def _said(family: Sequence[Metric], rows: pl.DataFrame) -> dict[At, Number]:
    """How each number of one family leaves."""
    is_count = family[0].unit in HEADS
    exact: dict[At, Decimal] = {}
    cells: dict[At, Cell] = {}
    for each in family:
        for at, value, people, is_dominated in _numbers(each, rows.filter(metric_id=each.metric_id)):
            exact[at], cells[at] = value, Cell(value=float(value), people=people, is_dominated=is_dominated)
    sums = _margins(cells)
    known = {each.metric_id: each for each in family}
    for part in family:
        whole = known.get(part.part_of or "")
        told = _tables(part, rows.filter(metric_id=part.metric_id))
        for of_part, of_whole in _linked(cells, part, whole, told) if whole else ():
            left = exact[of_whole] - exact.get(of_part, Decimal(0))
            if left >= 0:
                rest = replace(of_part, is_rest=True)
                exact[rest], cells[rest] = left, Cell(value=float(left), people=round(left) if is_count else 0)
                sums.append((of_whole, (rest, *((of_part,) if of_part in cells else ()))))
    place = {at: number for number, at in enumerate(cells)}
    known_sums: list[Sum] = [(place[total], tuple(place[part] for part in parts)) for total, parts in sums]
    said = protect(list(cells.values()), known_sums, is_count=is_count)
    return {at: Number(said=how, value=exact[at] if how is Said.VALUE else None) for at, how in zip(cells, said, strict=True)}


def _tables(metric: Metric, rows: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """By what the numbers of a metric are told, () for the whole of it."""
    axes = (*(("zone_id",) if metric.is_zoned else ()), *(("category",) if rows["category"].ne("").any() else ()),
            *(("year",) if metric.time_kind == "cumulative" else ()))
    crossed = [both for both in CROSSED if set(both) <= set(axes) and metric.unit in HEADS and not metric.part_of]
    return ((), *((axis,) for axis in axes), *crossed)


def _numbers(metric: Metric, rows: pl.DataFrame) -> Iterator[tuple[At, Decimal, int, bool]]:
    """In each of the metric's tables: the value, how many people stand behind it, and whether one of them dominates it."""
    is_heads = metric.unit in HEADS
    largest = pl.col("value").top_k(2)
    for by in _tables(metric, rows) if rows.height else ():
        of_one = rows.with_columns(whole=pl.lit(0)).group_by("whole", *by, "manager_id").agg(pl.col("value").sum())
        found = of_one.group_by("whole", *by).agg(pl.col("value").sum().alias("total"), pl.col("manager_id").count().alias("people"),
                                                  largest.max().alias("first"), largest.sum().alias("two")).sort(*by or ["whole"])
        for row in found.iter_rows(named=True):
            yield (At(metric_id=metric.metric_id, **{name: row[name] for name in by}), row["total"], round(row["total"]) if is_heads else row["people"],
                   not is_heads and row["people"] > 0 and row["total"] - row["two"] < DOMINATES * row["first"])


def _whole(at: At, axis: str) -> At:
    """The number that it is a part of along one axis."""
    return At(metric_id=at.metric_id, zone_id=None if axis == "zone_id" else at.zone_id, category=None if axis == "category" else at.category,
              year=None if axis == "year" else at.year, is_rest=at.is_rest)


def _margins(cells: Iterable[At]) -> list[tuple[At, tuple[At, ...]]]:
    """Each total with what it is the sum of: over zones, over categories, over years."""
    parts: dict[tuple[At, str], list[At]] = defaultdict(list)
    for at in cells:
        for axis in ("zone_id", "category", "year"):
            if axis in _axes(at):
                parts[_whole(at, axis), axis].append(at)
    return [(total, tuple(found)) for (total, _axis), found in parts.items()]


def _axes(at: At) -> tuple[str, ...]:
    return tuple(axis for axis in ("zone_id", "category", "year") if getattr(at, axis) is not None)


def _linked(cells: Mapping[At, Cell], part: Metric, whole: Metric, told: Collection[tuple[str, ...]]) -> Iterator[tuple[At, At]]:
    """The numbers of a part beside those of its whole, as far as it is `told` by the same. A category that the whole does not have is a part of all of it."""
    of_part, of_whole = ({at.category for at in cells if at.metric_id == each.metric_id and not at.is_rest} - {None} for each in (part, whole))
    is_alike = not of_part or bool(of_part & of_whole)
    for at in [at for at in cells if at.metric_id == whole.metric_id and not at.is_rest]:
        if _axes(at) in told and ((at.category is None and part.unit == whole.unit) or (at.category is not None and is_alike)):
            yield replace(at, metric_id=part.metric_id), at
    for at in [at for at in cells if at.metric_id == part.metric_id and not at.is_rest and at.category not in (None, *of_whole)]:
        above = replace(at, metric_id=whole.metric_id, category=None)
        if above in cells:
            yield at, above
