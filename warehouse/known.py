"""What can be known at V: the days that a snapshot tells of, and since when each metric has the reports that it needs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from warehouse.metric import Metric, metrics


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
    return frozenset(each.metric_id for each in asked if not each.is_statistic and _has_come(each, starts, as_of))


def has_come(cursor: duckdb.DuckDBPyConnection, asked: Metric, as_of: dt.date) -> bool:
    """Whether each feed it needs had something to say by V: its rows, of a statistic those of its inputs, are all there."""
    return _has_come(asked, covered_from(cursor), as_of)


def _has_come(asked: Metric, starts: Mapping[str, dt.date | None], as_of: dt.date) -> bool:
    first = _known_from(asked, starts)
    return first is not None and first <= as_of


def snapshot_id(cursor: duckdb.DuckDBPyConnection) -> str:
    """Of the snapshot that is read."""
    return str(cursor.execute("SELECT snapshot_id FROM meta.snapshot").fetchall()[0][0])
