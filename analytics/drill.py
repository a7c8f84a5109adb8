"""From a number down to the rows that make it, and from a row to the line of the file that said it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.snapshot import SHANGHAI
from warehouse.metric import is_knowable, metric

DRILL_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
SOURCE_SQL = (Path(__file__).parent / "source_line.sql").read_text(encoding="utf-8")
MOST = 100  # rows put on a page; all of them are counted and added up


@dataclass(frozen=True, kw_only=True)
class Source:
    """A line of a file as it was read. `row` as Excel shows it, `received_at` in Shanghai; `cells`: heading and text, blanks left out."""

    file: str
    sheet: str
    row: int
    received_at: dt.datetime
    department: str
    sender: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One contributing row. `name` None: not in the register yet; `value` in the metric's unit; `sources`: the row itself first."""

    entity_kind: str
    entity_id: str
    name: str | None
    org_name: str | None
    occurred_on: dt.date
    occurred_precision: str
    value: Decimal
    zone: str | None
    stage: str | None
    is_pending: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Drilled:
    """The rows shown, how many there are, and the sum of all of them; `total` None: it cannot be known, and there are no rows."""

    rows: tuple[Counted, ...]
    count: int
    total: Decimal | None


def drill(cursor: duckdb.DuckDBPyConnection, metric_id: str, *, as_of: dt.date, zone_id: str | None = None, since: dt.date | None = None,
          until: dt.date | None = None, most: int = MOST) -> Drilled:
    """The rows of a metric that count at `as_of`, of a zone, of what happened from `since` to `until`, the latest first. Raises UnknownMetric."""
    if not is_knowable(cursor, metric(cursor, metric_id), as_of):
        return Drilled(rows=(), count=0, total=None)
    found = cursor.execute(DRILL_SQL, {"metric": metric_id, "v": as_of, "zone": zone_id, "since": since, "until": until, "most": most}).fetchall()
    if not found:
        return Drilled(rows=(), count=0, total=Decimal(0))
    lines = sources(cursor, {row_id for row in found for row_id in (row[-4], *row[-3])})
    names = ("entity_kind", "entity_id", "name", "org_name", "occurred_on", "occurred_precision", "value", "zone", "stage", "is_pending")
    rows = tuple(Counted(**dict(zip(names, row, strict=False)), sources=tuple(lines[each] for each in dict.fromkeys((row[-4], *sorted(row[-3]))))) for row in found)
    return Drilled(rows=rows, count=found[0][-2], total=found[0][-1])


def sources(cursor: duckdb.DuckDBPyConnection, row_ids: Iterable[int]) -> dict[int, Source]:
    """The lines of the files, by row id. Their cells carry the headings of the departments."""
    found = cursor.execute(SOURCE_SQL, {"rows": sorted(row_ids)}).fetchall()
    of_feed: dict[str, list[int]] = defaultdict(list)
    for row_id, feed, *_ in found:
        of_feed[feed].append(row_id)
    cells = {row_id: line for feed, ids in of_feed.items() for row_id, line in _cells(cursor, feed, ids).items()}
    return {row_id: Source(file=file, sheet=sheet, row=row, received_at=received.replace(tzinfo=dt.UTC).astimezone(SHANGHAI),
                           department=department, sender=sender or "", cells=cells.get(row_id, ()))
            for row_id, _, file, sheet, row, received, department, sender in found}


def _cells(cursor: duckdb.DuckDBPyConnection, feed: str, row_ids: list[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """What was read in these lines of a feed, under the headings that the tables of the snapshot keep as comments."""
    columns = cursor.execute("SELECT column_name, comment FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'raw' "
                             "AND table_name = ? AND column_name NOT IN ('row_id', 'file_id') AND column_name NOT LIKE '%\\_precision' ESCAPE '\\' "
                             "ORDER BY column_index", [feed]).fetchall()
    texts = ", ".join(f'"{name}"::VARCHAR' for name, _ in columns)
    rows = cursor.execute(f'SELECT row_id, {texts} FROM raw."{feed}" WHERE list_contains(?, row_id)', [row_ids]).fetchall() if columns else []
    return {row_id: tuple((heading or name, text) for (name, heading), text in zip(columns, line, strict=True) if text) for row_id, *line in rows}
