"""A metric as this snapshot's dictionary defines it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.duties import has

METRICS_SQL = Path(__file__).with_name("metrics.sql").read_text(encoding="utf-8")
NO_STATISTICS = "(SELECT '' AS metric_id, '' AS computed_by, '' AS inputs WHERE false)"  # in a snapshot from before they were kept
LISTS = ("feeds", "clauses", "inputs")


class UnknownMetric(Exception):
    """No such metric in the dictionary; `known` are those there are."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        self.asked, self.known = asked, tuple(known)
        super().__init__(f"没有指标“{asked}”。现有：{'、'.join(self.known)}")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A row of the dictionary. `feeds`: without one of these, the metric cannot be known.

    A ratio is a numerator by a denominator, and has no rows of its own. No more has a statistic: `computed_by`, a function of `analytics` named
    as module:function, makes it of the rows of its `inputs`, sums all of them; both are empty where no report lets it be told.
    `drill`: rows, or groups of a metric whose rows would be persons: its numbers leave by `warehouse.groups` alone.
    `clauses`: of the policy, that it stems from; none where the committee's own needs do. `valid_from`: since when this version.
    """

    metric_id: str
    version: int
    name_zh: str
    name_en: str
    unit: str
    status: str
    statement_zh: str
    statement_en: str | None
    is_zoned: bool
    feeds: tuple[str, ...]
    aggregation: str = "sum"
    numerator_id: str | None = None
    denominator_id: str | None = None
    drill: str = "rows"
    part_of: str | None = None
    time_kind: str = "stock"
    clauses: tuple[str, ...] = ()
    valid_from: dt.date = dt.date.min
    computed_by: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def is_statistic(self) -> bool:
        return self.aggregation == "statistic"

    @property
    def made_of(self) -> tuple[str, ...]:
        """The metrics whose rows make its value: itself, of a ratio numerator and denominator, of a statistic its inputs."""
        return (self.numerator_id, self.denominator_id) if self.numerator_id and self.denominator_id else self.inputs or (self.metric_id,)


def metrics(cursor: duckdb.DuckDBPyConnection, metric_ids: Iterable[str] | None = None) -> tuple[Metric, ...]:
    """The dictionary of this snapshot, or those of these metrics that it has."""
    known = METRICS_SQL if has(cursor, "ref.statistic") else METRICS_SQL.replace("ref.statistic", NO_STATISTICS)
    found = []
    for row in cursor.execute(known, {"metrics": None if metric_ids is None else list(metric_ids)}).fetchall():
        cells: dict[str, Any] = dict(zip(Metric.__dataclass_fields__, row, strict=True))
        found.append(Metric(**cells | {name: tuple((cells[name] or "").split()) for name in LISTS}))
    return tuple(sorted(found, key=lambda each: each.metric_id))  # which here costs nothing, and there as much as reading one metric


def metric(cursor: duckdb.DuckDBPyConnection, metric_id: str) -> Metric:
    """One of them. Raises UnknownMetric."""
    for found in metrics(cursor, [metric_id]):
        return found
    raise UnknownMetric(metric_id, (each.metric_id for each in metrics(cursor)))
