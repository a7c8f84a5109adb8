"""A metric's value at V is the sum of its rows alive at V; here is the one place that says so, and when it cannot be known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

ROWS_SQL = (Path(__file__).parent / "metric_rows.sql").read_text(encoding="utf-8")


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
    """A row of the dictionary. `feeds`: without one of these, the metric cannot be known. `aggregation`: sum, distinct, ratio or statistic."""

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

    @property
    def is_counted(self) -> bool:
        """Whether it is the sum of rows of its own; ratios and statistics are worked out of others'."""
        return self.aggregation in ("sum", "distinct")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A contributing row and the cell it leads back to. `value` in the metric's unit, money in 元; `row` as Excel shows it."""

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
    """A metric read at V in one snapshot. `value` None: it cannot be known, and `rows` is empty."""

    metric: Metric
    as_of: dt.date
    snapshot: str
    value: Decimal | None
    rows: tuple[Row, ...]


def metrics(cursor: duckdb.DuckDBPyConnection) -> tuple[Metric, ...]:
    """The dictionary of this snapshot."""
    rows = cursor.execute("SELECT metric_id, version, name_zh, name_en, unit, status, statement_zh, statement_en, is_zoned, feeds, aggregation "
                          "FROM ref.metric ORDER BY metric_id").fetchall()
    return tuple(Metric(metric_id=m, version=v, name_zh=zh, name_en=en, unit=u, status=s, statement_zh=t, statement_en=t_en, is_zoned=z,
                        feeds=tuple((f or "").split()), aggregation=a) for m, v, zh, en, u, s, t, t_en, z, f, a in rows)


def metric(cursor: duckdb.DuckDBPyConnection, metric_id: str) -> Metric:
    """One of them. Raises UnknownMetric."""
    known = {each.metric_id: each for each in metrics(cursor)}
    if metric_id not in known:
        raise UnknownMetric(metric_id, known)
    return known[metric_id]


@dataclass(frozen=True, kw_only=True)
class Span:
    """From the earliest day anything is known of to the newest file as-of: where V may lie."""

    earliest_on: dt.date
    newest_as_of: dt.date


def span(cursor: duckdb.DuckDBPyConnection) -> Span | None:
    """The span of this snapshot; None where no file has arrived yet."""
    earliest, newest = cursor.execute("SELECT earliest_on, newest_as_of FROM meta.snapshot").fetchall()[0]
    return Span(earliest_on=earliest or newest, newest_as_of=newest) if newest else None  # lists alone tell of no day but their own


def view_date(cursor: duckdb.DuckDBPyConnection, as_of: dt.date | None) -> dt.date:
    """V: the asked date, by default the newest as-of. Raises OutOfRange, NothingReceived."""
    known = span(cursor)
    if known is None:
        raise NothingReceived(_snapshot_id(cursor))
    if as_of is None:
        return known.newest_as_of
    if not known.earliest_on <= as_of <= known.newest_as_of:
        raise OutOfRange(as_of, known.earliest_on, known.newest_as_of)
    return as_of


def known_from(cursor: duckdb.DuckDBPyConnection, asked: Metric) -> dt.date | None:
    """The first day at which a metric is known: by then each feed it needs had something to say. None where one never had."""
    starts: dict[str, dt.date | None] = dict(cursor.execute("SELECT feed, min(covered_from) FROM meta.coverage GROUP BY feed").fetchall())
    days = [starts.get(feed) for feed in asked.feeds]
    known = [day for day in days if day is not None]
    return max(known, default=dt.date.min) if len(known) == len(days) else None


def is_knowable(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date) -> bool:
    """0 or "—": whether a metric is known at V as a sum of its rows, which ratios and statistics never are; once known, it is known for ever."""
    first = known_from(cursor, asked)
    return asked.is_counted and first is not None and first <= as_of


def _snapshot_id(cursor: duckdb.DuckDBPyConnection) -> str:
    return str(cursor.execute("SELECT snapshot_id FROM meta.snapshot").fetchall()[0][0])


def value(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date, zone: str | None = None) -> Decimal | None:
    """The value at V, of one zone or of all; None where it cannot be known. `as_of` within the span."""
    if not is_knowable(cursor, asked, as_of):
        return None
    return Decimal(cursor.execute(
        "SELECT coalesce(sum(value), 0) FROM mart.contribution WHERE metric_id = $metric AND counts_from <= $v "
        "AND (counts_until IS NULL OR counts_until > $v) AND ($zone IS NULL OR zone_id = $zone)",
        {"metric": asked.metric_id, "v": as_of, "zone": zone}).fetchall()[0][0])


def read_metric(cursor: duckdb.DuckDBPyConnection, metric_id: str, *, as_of: dt.date | None = None, zone: str | None = None) -> Reading:
    """A metric with its rows. Raises UnknownMetric, UnknownZone, OutOfRange."""
    asked = metric(cursor, metric_id)
    zones = [row[0] for row in cursor.execute("SELECT zone_id FROM ref.zone").fetchall()]
    if zone is not None and zone not in zones:
        raise UnknownZone(zone, zones)
    day = view_date(cursor, as_of)
    total = value(cursor, asked, day, zone)
    found = [] if total is None else cursor.execute(ROWS_SQL, {"metric": metric_id, "v": day, "zone": zone}).fetchall()
    names = ("entity_kind", "entity_id", "occurred_on", "occurred_precision", "value", "zone", "department", "file", "sha256", "sheet",
             "row", "is_pending", "row_id")
    return Reading(metric=asked, as_of=day, snapshot=_snapshot_id(cursor), value=total,
                   rows=tuple(Row(**dict(zip(names, row, strict=True))) for row in found))
