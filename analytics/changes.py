"""What lines said before they were corrected or changed: each later line of a key beside the one before it, column by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import duckdb

from analytics.facts import FACTS, Lines
from analytics.snapshot import SHANGHAI
from warehouse.duties import has
from warehouse.source_line import Source, sources

MOST = 30  # lines that differ from the one before, the newest
KEPT_BACK = ("row_id", "file_id", "manager_id", "longitude_deg", "latitude_deg", "datum")  # numbers of lines; a person's code; what a map shows better
# A later line of the same sender under the same key; {keys} and {cells} are written from the columns of the feed.
CHANGED = """WITH asked AS (
  SELECT DISTINCT {keys}
  FROM raw.{feed} AS r
  WHERE list_contains($rows, r.row_id) OR {own}
),
told AS (
  SELECT r.*, f.as_of, f.department_id, f.sender
  FROM raw.{feed} AS r
  JOIN raw.file AS f ON f.file_id = r.file_id
  JOIN asked AS a ON {same}
  WHERE f.as_of <= $v AND ($departments IS NULL OR list_contains($departments, f.department_id))
),
cells AS (
  SELECT r.row_id, r.as_of, r.department_id, r.sender, concat_ws('|', {keys}) AS key, unnest([{cells}], recursive := true)
  FROM told AS r
),
compared AS (
  SELECT c.*, lag(c.said) OVER earlier AS before, lag(c.row_id) OVER earlier AS before_row_id
  FROM cells AS c
  WINDOW earlier AS (PARTITION BY c.department_id, c.sender, c.key, c.column_no ORDER BY c.as_of, c.row_id)
)
SELECT c.as_of, c.key, c.row_id, c.before_row_id, c.column_no, c.before, c.said
FROM compared AS c
WHERE c.before_row_id IS NOT NULL AND c.said IS DISTINCT FROM c.before
ORDER BY c.as_of DESC, c.row_id DESC, c.column_no
"""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One column in which two lines differ; texts as stored, None for blank. A day is followed by its precision: 2026-03-31 M."""

    column: str
    heading: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A line that says other things than the one before it. `on`: the as-of of its file; `source` and `before`: the two lines."""

    lines: Lines
    key: str
    on: dt.date
    cells: tuple[Cell, ...]
    source: Source
    before: Source

    @property
    def is_correction(self) -> bool:
        """An event told again; of a list, which says how things stand, it is how things went on."""
        return not self.lines.is_list


def changes(cursor: duckdb.DuckDBPyConnection, row_ids: Iterable[int], *, own: tuple[str, str], as_of: dt.date,
            departments: Sequence[str] | None = None) -> tuple[Change, ...]:
    """Of the lines with these numbers, and of those by which the thing itself is listed; the newest first."""
    by_feed = _feeds(cursor, row_ids)
    found: list[tuple[Lines, Mapping[str, Any]]] = []
    for lines in {each.feed: each for each in FACTS}.values():
        is_own = len(lines.key) == 1 and lines.names.get(own[0]) == f"t.{lines.key[0]}"
        if not is_own and lines.feed not in by_feed:
            continue
        headings = _headings(cursor, lines)
        told = cursor.execute(_sql(lines, list(headings), is_own=is_own), {"rows": by_feed.get(lines.feed, []), "v": as_of, "departments": departments}
                              | ({"id": own[1]} if is_own else {})).fetchall()
        columns = list(headings)
        found += [(lines, {"on": on, "key": key, "row_id": row_id, "before_row_id": before_row_id,
                           "cell": Cell(column=columns[number], heading=headings[columns[number]], before=before, after=after)})
                  for on, key, row_id, before_row_id, number, before, after in told]
    grouped = [(lines, list(each)) for (lines, _row), each in ((key, [row for _l, row in group]) for key, group in groupby(
        found, key=lambda pair: (pair[0], pair[1]["row_id"])))]
    newest = sorted(grouped, key=lambda pair: (pair[1][0]["on"], pair[1][0]["row_id"]), reverse=True)[:MOST]
    lines_of = {row_id: replace(line, received_at=line.received_at.astimezone(SHANGHAI))
                for row_id, line in sources(cursor, {cell[name] for _, cells in newest for cell in cells for name in ("row_id", "before_row_id")}).items()}
    return tuple(Change(lines=lines, key=cells[0]["key"], on=cells[0]["on"], cells=tuple(each["cell"] for each in cells), source=lines_of[cells[0]["row_id"]],
                        before=lines_of[cells[0]["before_row_id"]]) for lines, cells in newest)


def refused(cursor: duckdb.DuckDBPyConnection, id_: str, departments: Sequence[str] | None = None) -> int:
    """Lines in which the thing is named that were sent back and are not put right yet: what is missing from its dossier."""
    if not has(cursor, "rejected.open_row"):
        return 0
    [(number,)] = cursor.execute(
        "SELECT count(*) FROM rejected.open_row AS o JOIN rejected.row AS x USING (row_id) WHERE contains(x.cells, $quoted) "
        "AND ($departments IS NULL OR list_contains($departments, o.department_id))", {"quoted": f'"{id_}"', "departments": departments}).fetchall()
    return int(number)


def _feeds(cursor: duckdb.DuckDBPyConnection, row_ids: Iterable[int]) -> Mapping[str, list[int]]:
    """The numbers by the feed whose file they stand in."""
    found: dict[str, list[int]] = {}
    for feed, row_id in cursor.execute("SELECT f.feed, x.row_id FROM (SELECT unnest($rows)::BIGINT AS row_id) AS x JOIN raw.file AS f ON f.file_id = x.row_id >> 36",
                                       {"rows": sorted(set(row_ids))}).fetchall():
        found.setdefault(feed, []).append(row_id)
    return found


def _headings(cursor: duckdb.DuckDBPyConnection, lines: Lines) -> Mapping[str, str]:
    """What departments call the columns that may differ, by column."""
    return {column: heading for column, heading in cursor.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'raw' AND table_name = ? "
        "ORDER BY column_index", [lines.feed]).fetchall() if column not in (*KEPT_BACK, *lines.key) and not column.endswith("_precision")}


def _sql(lines: Lines, columns: Sequence[str], *, is_own: bool) -> str:
    cells = ", ".join(f"{{'column_no': {number}, 'said': {_said(column)}}}" for number, column in enumerate(columns))
    return CHANGED.format(feed=lines.feed, keys=", ".join(f"r.{each}" for each in lines.key), own=f"r.{lines.key[0]} = $id" if is_own else "false",
                          same=" AND ".join(f"a.{each} IS NOT DISTINCT FROM r.{each}" for each in lines.key), cells=cells)


def _said(column: str) -> str:
    return f"r.{column}::VARCHAR || ' ' || coalesce(r.{column.removesuffix('_on')}_precision, 'D')" if column.endswith("_on") else f"r.{column}::VARCHAR"
