"""What files say otherwise than before of a line or of a thing: the line that speaks of it now, the file that lists it no more, who withdrew it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import duckdb

from warehouse.duties import has
from warehouse.raw import FILE_BITS

MANY = "|"  # between the codes of a cell that holds several
OWN = 2  # columns of a raw table that are ours: row_id, file_id; the first after them is by what a department knows the thing
FILE = "SELECT f.feed, f.department_id, f.sender, f.received_at FROM raw.file AS f WHERE f.file_id = ?"
NEWER = ("SELECT f.name, f.received_at FROM raw.file AS f WHERE f.feed = ? AND f.department_id IS NOT DISTINCT FROM ? AND f.sender IS NOT DISTINCT FROM ? "
         "AND f.received_at > ? ORDER BY f.as_of DESC, f.received_at DESC LIMIT 1")
COLUMNS = "SELECT column_name, comment FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'raw' AND table_name = ? ORDER BY column_index"
TABLES = ("SELECT table_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'raw' AND column_name = ? "
          "AND table_name IN (SELECT DISTINCT feed FROM raw.file) ORDER BY 1")
WORDS = "SELECT w.column_name, w.code, w.word FROM meta.word AS w WHERE w.feed = ?"
REFERRED = {"project": "project_id", "outcome": "outcome_id", "organization": "org_id"}  # kinds of things of which several reports speak, and by which column

Cell = tuple[str, str, str]  # heading, what it said, what it says; codes in the departments' words
Line = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Stands:
    """What stands now. `how`: changed (the line at `row_id` says something else: `cells`), added (a line that was not there), unlisted (the newer `file`
    lists the thing no more), withdrawn (`by` took the file out of force). `at`: UTC, None where it is not known."""

    how: Literal["changed", "added", "unlisted", "withdrawn"]
    file: str = ""
    at: dt.datetime | None = None
    row_id: int | None = None
    by: str = ""
    cells: tuple[Cell, ...] = ()


def differences(before: duckdb.DuckDBPyConnection, old: int, now: duckdb.DuckDBPyConnection, new: int) -> tuple[Cell, ...]:
    """What two lines of one report say otherwise; nothing where they are of different reports."""
    found = [_line(cursor, row_id) for cursor, row_id in ((before, old), (now, new))]
    (one, _names), (other, names) = found
    return _otherwise(now, new >> FILE_BITS, one, other, names) if one and other and list(one)[OWN] == list(other)[OWN] else ()


def what_stands(before: duckdb.DuckDBPyConnection, now: duckdb.DuckDBPyConnection, row_id: int) -> Stands | None:
    """Of a row of the snapshot `before`, in the snapshot `now`. None: the line stands as it was, or nothing is known of it."""
    file_id = row_id >> FILE_BITS
    found = before.execute(FILE, [file_id]).fetchall()
    if not found:
        return None
    [(feed, department, sender, received_at)] = found
    if not now.execute(FILE, [file_id]).fetchall():
        return _withdrawn(now, file_id)
    line, _old = _line(before, row_id)
    names = _named(now, feed)
    if not line or (key := list(line)[OWN]) not in names:
        return None
    later = _rows(now, f"SELECT r.* FROM raw.{feed} AS r JOIN raw.file AS f USING (file_id) WHERE r.{key} = ? AND f.department_id IS NOT DISTINCT FROM ? "
                       "AND f.sender IS NOT DISTINCT FROM ? ORDER BY f.as_of DESC, f.received_at DESC, r.row_id DESC LIMIT 1", [line[key], department, sender])
    if later:
        cells = _otherwise(now, file_id, line, later[0], names)
        return Stands(how="changed", row_id=_id(later[0]), cells=cells) if cells else None
    newer = now.execute(NEWER, [feed, department, sender, received_at]).fetchall()
    return Stands(how="unlisted", file=newer[0][0], at=newer[0][1]) if newer else None


def told_since(before: duckdb.DuckDBPyConnection, now: duckdb.DuckDBPyConnection, kind: str, entity_id: str) -> tuple[Stands, ...]:
    """What files that `before` does not know say otherwise, or for the first time, of a thing; a line said again as it was is left out."""
    column = REFERRED.get(kind)
    if column is None:
        return ()
    known = [file_id for (file_id,) in before.execute("SELECT file_id FROM raw.file").fetchall()]
    found = []
    for (feed,) in now.execute(TABLES, [column]).fetchall():
        names, old = _named(now, feed), _named(before, feed)
        key = list(names)[OWN]
        for row in _rows(now, f"SELECT r.* FROM raw.{feed} AS r WHERE r.{column} = ? AND NOT list_contains(?, r.file_id) ORDER BY r.row_id", [entity_id, known]):
            said = _rows(before, f"SELECT r.* FROM raw.{feed} AS r JOIN raw.file AS f USING (file_id) WHERE r.{key} = ? AND r.{column} = ? "
                                 "ORDER BY f.as_of DESC, r.row_id DESC LIMIT 1", [row[key], entity_id]) if key in old and column in old else []
            cells = _otherwise(now, _id(row) >> FILE_BITS, said[0], row, names) if said else ()
            if cells or not said:
                found.append(Stands(how="changed" if said else "added", row_id=_id(row), cells=cells))
    return tuple(found)


def _withdrawn(now: duckdb.DuckDBPyConnection, file_id: int) -> Stands:
    acts = [(at, json.loads(body)) for at, body in now.execute("SELECT recorded_at, body FROM meta.act WHERE kind = 'withdrawn' ORDER BY seq DESC").fetchall()]
    act = next(((at, str(body.get("by", ""))) for at, body in acts if body.get("file") == file_id), None)
    return Stands(how="withdrawn", at=act[0], by=act[1]) if act else Stands(how="withdrawn")


def _line(cursor: duckdb.DuckDBPyConnection, row_id: int) -> tuple[Line, dict[str, str | None]]:
    """A row as read and the headings of its columns; nothing where it is not among the accepted rows."""
    feeds = cursor.execute("SELECT f.feed FROM raw.file AS f WHERE f.file_id = ?", [row_id >> FILE_BITS]).fetchall()
    names = _named(cursor, feeds[0][0]) if feeds else {}
    rows = _rows(cursor, f"SELECT * FROM raw.{feeds[0][0]} WHERE row_id = ?", [row_id]) if names else []
    return (rows[0] if rows else {}), names


def _named(cursor: duckdb.DuckDBPyConnection, feed: str) -> dict[str, str | None]:
    """The columns of a report's table with their headings; none where this snapshot has no such table."""
    return dict(cursor.execute(COLUMNS, [feed]).fetchall())


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, parameters: list[object]) -> list[Line]:
    found = cursor.execute(query, parameters)
    names = [name for name, *_ in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _otherwise(now: duckdb.DuckDBPyConnection, file_id: int, old: Line, new: Line, names: Mapping[str, str | None]) -> tuple[Cell, ...]:
    """`file_id`: a file of the report that both are lines of."""
    columns = [name for name in list(new)[OWN:] if name in old and not name.endswith("_precision") and old[name] != new[name]]
    if not columns:
        return ()
    words = _words(now, file_id)
    return tuple((names[name] or name, _text(old[name], words.get(name, {})), _text(new[name], words.get(name, {}))) for name in columns)


def _words(cursor: duckdb.DuckDBPyConnection, file_id: int) -> Mapping[str, Mapping[str, str]]:
    """The words of a report by column and code; none in a snapshot made before they were kept, where codes must do."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if has(cursor, "meta.word"):
        for [feed] in cursor.execute("SELECT f.feed FROM raw.file AS f WHERE f.file_id = ?", [file_id]).fetchall():
            for column, code, word in cursor.execute(WORDS, [feed]).fetchall():
                found[column][code] = word
    return found


def _id(line: Line) -> int:
    return int(str(line["row_id"]))


def _text(value: object, words: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        value = str(value).lower()
    if words:
        return "、".join(words.get(code, code) for code in str(value).split(MANY))
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
