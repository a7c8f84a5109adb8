"""What one way of reading tells: of each metric, in all and in each zone, its value and how many rows make it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

import duckdb

from analytics.zones import zones
from warehouse.known import has_come, snapshot_id, view_date
from warehouse.metric import Metric, metrics
from warehouse.value import of_parts

PLACELESS = "na"  # the zone of rows that have none


class Cell(NamedTuple):
    """One number. `zone` None: all of them together, outside and unplaced included."""

    metric_id: str
    zone: str | None
    what: Literal["value", "rows"] = "value"


class Unsaid:
    """A number of so few persons that it is not told."""


UNSAID = Unsaid()
Told = Decimal | Unsaid | None  # None: it cannot be known, or is 0/0
Read = Mapping[Cell, Told]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One snapshot at its newest V. `samples`: metric and zone of the numbers that are read one by one, which takes too long for all of them."""

    cursor: duckdb.DuckDBPyConnection
    samples: tuple[tuple[str, str | None], ...] = ()

    @cached_property
    def as_of(self) -> dt.date:
        return view_date(self.cursor, None)

    @cached_property
    def snapshot(self) -> str:
        return snapshot_id(self.cursor)

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """All that have a value of their own: sums, counts and ratios. A statistic is computed in one place, of inputs that are checked here."""
        return {each.metric_id: each for each in metrics(self.cursor) if not each.is_statistic}

    @cached_property
    def places(self) -> tuple[str, ...]:
        return tuple(each.zone_id for each in zones(self.cursor))

    @cached_property
    def known(self) -> frozenset[str]:
        """The metrics of which every report they need has come."""
        return frozenset(each.metric_id for each in self.metrics.values() if has_come(self.cursor, each, self.as_of))

    def zones_of(self, metric: Metric) -> tuple[str | None, ...]:
        """Where it is told: in all, and in each zone if it has a place."""
        return (None, *self.places) if metric.is_zoned else (None,)

    @property
    def grid(self) -> list[tuple[str, str | None]]:
        """Every metric in all and in every zone."""
        return [(each.metric_id, zone) for each in self.metrics.values() for zone in self.zones_of(each)]


def of_rows(asked: Asked, found: Iterable[tuple[str, str, Decimal, int]], of: Sequence[Metric]) -> Read:
    """The values and row counts of metrics out of sums and counts by metric and zone, as somebody adds rows up: of a ratio numerator by denominator."""
    sums = {(metric_id, zone): (value, count) for metric_id, zone, value, count in found}
    whole: dict[str, tuple[Decimal, int]] = {}
    for (metric_id, _zone), (value, count) in sums.items():
        before = whole.get(metric_id, (Decimal(0), 0))
        whole[metric_id] = before[0] + value, before[1] + count
    told: dict[Cell, Told] = {}
    for each in of:
        for zone in asked.zones_of(each):
            parts = [whole.get(part, (Decimal(0), 0)) if zone is None else sums.get((part, zone), (Decimal(0), 0)) for part in each.made_of]
            is_known = each.metric_id in asked.known
            told[Cell(each.metric_id, zone)] = of_parts(each, [value for value, _count in parts]) if is_known else None
            told[Cell(each.metric_id, zone, "rows")] = Decimal(sum(count for _value, count in parts)) if is_known else None
    return told
