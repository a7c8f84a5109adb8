"""A metric's value at V is the sum of its rows alive at V; here is the one place that says so, and when it cannot be known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.duties import has
from warehouse.groups import At, Groups, Number, families
from warehouse.small_cells import Said

ROWS_SQL, METRICS_SQL = ((Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8") for name in ("metric_rows", "metrics"))
NO_STATISTICS = "(SELECT '' AS metric_id, '' AS computed_by, '' AS inputs WHERE false)"  # in a snapshot from before they were kept
LISTS = ("feeds", "clauses", "inputs")


class UnknownMetric(Exception):
    """No such metric in the dictionary; `known` are those there are."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        self.asked, self.known = asked, tuple(known)
        super().__init__(f"没有指标“{asked}”。现有：{'、'.join(self.known)}")


class UnknownZone(Exception):
    """No such zone; `known` are those there are."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        self.asked, self.known = asked, tuple(known)
        super().__init__(f"没有空间“{asked}”。现有：{'、'.join(self.known)}")


class NothingReceived(Exception):
    """The snapshot holds no file at all."""

    def __init__(self, snapshot: str) -> None:
        self.snapshot = snapshot
        super().__init__(f"快照 {snapshot} 里还没有任何文件。")


class OutOfRange(Exception):
    """V is before anything is known or after the newest as-of: outside `first` to `last`."""

    def __init__(self, asked: dt.date, first: dt.date, last: dt.date) -> None:
        self.asked, self.first, self.last = asked, first, last
        super().__init__(f"截至日 {asked} 不在可查范围内：{first} 至 {last}。")


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


def metrics(cursor: duckdb.DuckDBPyConnection, metric_id: str | None = None) -> tuple[Metric, ...]:
    """The dictionary of this snapshot, or this metric of it alone."""
    known = METRICS_SQL if has(cursor, "ref.statistic") else METRICS_SQL.replace("ref.statistic", NO_STATISTICS)
    found = []
    for row in cursor.execute(known, {"metric": metric_id}).fetchall():
        cells: dict[str, Any] = dict(zip(Metric.__dataclass_fields__, row, strict=True))
        found.append(Metric(**cells | {name: tuple((cells[name] or "").split()) for name in LISTS}))
    return tuple(found)


def metric(cursor: duckdb.DuckDBPyConnection, metric_id: str) -> Metric:
    """One of them. Raises UnknownMetric."""
    for found in metrics(cursor, metric_id):
        return found
    raise UnknownMetric(metric_id, (each.metric_id for each in metrics(cursor)))


@dataclass(frozen=True, kw_only=True)
class Span:
    """From the earliest day anything is known of to the newest file as-of: where V may lie."""

    earliest_on: dt.date
    newest_as_of: dt.date


def span(cursor: duckdb.DuckDBPyConnection) -> Span | None:
    """The span of this snapshot; None where no file has arrived yet."""
    earliest, newest = cursor.execute("SELECT earliest_on, newest_as_of FROM meta.snapshot").fetchall()[0]
    return Span(earliest_on=earliest or newest, newest_as_of=newest) if newest else None  # lists alone tell of no day but their own


def iso_day(text: str) -> dt.date:
    """2026-10-31, and no other way that ISO 8601 knows. Raises ValueError."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def view_date(cursor: duckdb.DuckDBPyConnection, as_of: dt.date | None) -> dt.date:
    """V: the asked date, by default the newest as-of. Raises OutOfRange, NothingReceived."""
    known = span(cursor)
    if known is None:
        raise NothingReceived(snapshot_id(cursor))
    if as_of is None:
        return known.newest_as_of
    if not known.earliest_on <= as_of <= known.newest_as_of:
        raise OutOfRange(as_of, known.earliest_on, known.newest_as_of)
    return as_of


def known_from(cursor: duckdb.DuckDBPyConnection, asked: Metric) -> dt.date | None:
    """The first day at which a metric is known: by then each feed it needs had something to say. None where one never had."""
    return _known_from(asked, covered_from(cursor))


def covered_from(cursor: duckdb.DuckDBPyConnection) -> dict[str, dt.date | None]:
    """Since when each feed has had something to say."""
    return dict(cursor.execute("SELECT feed, min(covered_from) FROM meta.coverage GROUP BY feed").fetchall())


def known_days(cursor: duckdb.DuckDBPyConnection) -> dict[str, dt.date | None]:
    """`known_from` of every metric of the dictionary, by its id."""
    starts = covered_from(cursor)
    return {each.metric_id: _known_from(each, starts) for each in metrics(cursor)}


def _known_from(asked: Metric, starts: Mapping[str, dt.date | None]) -> dt.date | None:
    days = [starts.get(feed) for feed in asked.feeds]
    known = [day for day in days if day is not None]
    return max(known, default=dt.date.min) if len(known) == len(days) else None


def is_knowable(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date) -> bool:
    """0 or "—": whether a metric is known at V from its rows, which a statistic has none of; once known, it is known for ever."""
    return not asked.is_statistic and has_come(cursor, asked, as_of)


def knowable(cursor: duckdb.DuckDBPyConnection, asked: Iterable[Metric], as_of: dt.date) -> frozenset[str]:
    """Those of them, by id, of which the same holds: what has come is looked up once."""
    starts = covered_from(cursor)
    return frozenset(each.metric_id for each in asked if not each.is_statistic and (first := _known_from(each, starts)) is not None and first <= as_of)


def has_come(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date) -> bool:
    """Whether each feed it needs had something to say by V: its rows, of a statistic those of its inputs, are all there."""
    first = known_from(cursor, asked)
    return first is not None and first <= as_of


def snapshot_id(cursor: duckdb.DuckDBPyConnection) -> str:
    """Of the snapshot that is read."""
    return str(cursor.execute("SELECT snapshot_id FROM meta.snapshot").fetchall()[0][0])


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
