"""A metric's value at V is the sum of its rows alive at V; here is the one place that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from warehouse.groups import At, Groups, Number, families
from warehouse.known import has_come, is_knowable, snapshot_id, view_date
from warehouse.metric import Metric, metric, metrics
from warehouse.small_cells import Said

ROWS_SQL = Path(__file__).with_name("metric_rows.sql").read_text(encoding="utf-8")


class UnknownZone(Exception):
    """No such zone; `known` are those there are."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        self.asked, self.known = asked, tuple(known)
        super().__init__(f"没有空间“{asked}”。现有：{'、'.join(self.known)}")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A contributing row of a metric and the cell it leads back to. `value` in that metric's unit, money in 元; `row` as Excel shows it."""

    metric_id: str
    entity_kind: str
    entity_id: str
    occurred_on: dt.date
    occurred_precision: str
    value: Decimal
    zone: str
    department: str | None
    file: str
    sha256: str
    sheet: str
    row: int
    is_pending: bool
    row_id: int


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A metric read at V in one snapshot, of a ratio with the rows of both, of a statistic with those of its inputs.

    `value` None: it cannot be known, and `rows` is empty; or the ratio is 0/0, or a statistic, which `analytics` computes.
    Of a metric that drills to groups `rows` is empty, and `groups` has its numbers, small ones unsaid; then `value` None may mean that it is not `said`.
    """

    metric: Metric
    as_of: dt.date
    snapshot: str
    value: Decimal | None
    rows: tuple[Row, ...]
    said: Said = Said.VALUE
    groups: tuple[tuple[At, Number], ...] = ()


def value(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date, zone: str | None = None) -> Decimal | None:
    """The value at V, of one zone or of all; None where it cannot be known, and of a ratio whose denominator is 0. `as_of` within the span.

    None too where so few people stand behind it that it is not said; `said_value` tells these apart.
    """
    if not is_knowable(cursor, asked, as_of):
        return None
    if asked.drill == "groups":
        return said_value(groups_of(cursor, [asked], as_of), asked, zone).value
    return of_parts(asked, [Decimal(cursor.execute(
        "SELECT CASE WHEN (SELECT aggregation FROM ref.metric WHERE metric_id = $metric) = 'distinct' THEN count(DISTINCT entity_id) "
        "ELSE coalesce(sum(value), 0) END FROM mart.contribution WHERE metric_id = $metric AND counts_from <= $v "
        "AND (counts_until IS NULL OR counts_until > $v) AND ($zone IS NULL OR zone_id = $zone)",
        {"metric": each, "v": as_of, "zone": zone}).fetchall()[0][0]) for each in asked.made_of])


def of_parts(asked: Metric, sums: Sequence[Decimal]) -> Decimal | None:
    """A metric's value out of the sums of what it is made of, in that order: the sum, or numerator by denominator; None where that is 0, and of a
    statistic, which sums do not make."""
    if asked.is_statistic:
        return None
    if asked.aggregation != "ratio":
        return sums[0]
    numerator, denominator = sums
    return numerator / denominator if denominator else None


def groups_of(cursor: duckdb.DuckDBPyConnection, asked: Iterable[Metric], as_of: dt.date) -> Groups:
    """The numbers of metrics that drill to groups, and of all that belong to them: what is unsaid of one depends on the others."""
    parts = {part for each in asked for part in each.made_of}
    every = [each for each in metrics(cursor) if each.drill == "groups" and each.aggregation == "sum"]
    wanted = [family for family in families(every) if any(each.metric_id in parts for each in family)]
    return Groups(cursor, [each for family in wanted for each in family], as_of)


def said_value(groups: Groups, asked: Metric, zone: str | None = None, category: str | None = None, year: int | None = None) -> Number:
    """How the number of a metric that drills to groups leaves; a ratio only where both of its parts do. Value None and said: 0/0."""
    found = [groups.number(At(metric_id=each, zone_id=zone, category=category, year=year)) for each in asked.made_of]
    if any(each.value is None for each in found):
        return Number(said=found[0].said if len(found) == 1 else Said.WITHHELD, value=None)
    return Number(said=Said.VALUE, value=of_parts(asked, [each.value or Decimal(0) for each in found]))


def read_metric(cursor: duckdb.DuckDBPyConnection, metric_id: str, *, as_of: dt.date | None = None, zone: str | None = None) -> Reading:
    """A metric with its rows. Raises UnknownMetric, UnknownZone, OutOfRange."""
    asked = metric(cursor, metric_id)
    zones = [row[0] for row in cursor.execute("SELECT zone_id FROM ref.zone").fetchall()]
    if zone is not None and zone not in zones:
        raise UnknownZone(zone, zones)
    day = view_date(cursor, as_of)
    is_known = has_come(cursor, asked, day)
    if asked.drill == "groups":
        groups = groups_of(cursor, [asked], day)
        shown = said_value(groups, asked, zone) if is_known else Number(said=Said.VALUE, value=None)
        return Reading(metric=asked, as_of=day, snapshot=snapshot_id(cursor), value=shown.value, rows=(), said=shown.said, groups=tuple(
            pair for each in asked.made_of for pair in groups.all_of(each).items() if zone in (None, pair[0].zone_id)) if is_known else ())
    total = value(cursor, asked, day, zone)
    found = cursor.execute(ROWS_SQL, {"metrics": asked.made_of, "v": day, "zone": zone}).fetchall() if is_known else []
    names = ("metric_id", "entity_kind", "entity_id", "occurred_on", "occurred_precision", "value", "zone", "department", "file", "sha256", "sheet",
             "row", "is_pending", "row_id")
    return Reading(metric=asked, as_of=day, snapshot=snapshot_id(cursor), value=total,
                   rows=tuple(Row(**dict(zip(names, row, strict=True))) for row in found))
