"""Tables with what every table must have: a sentence, a comment on each column, and the grain it promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from warehouse.sqlfile import SqlFile, SqlFileError


def make(con: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    con.execute(f"CREATE TABLE {file.table} AS {file.select}")
    _enforce_grain(con, file)
    told = comments(con, [*sorted(file.reads), file.table])
    columns = told.pop(file.table)
    inherited = {name: comment for comments in told.values() for name, comment in comments.items() if comment}
    if missing := [name for name in columns if name not in file.comments and name not in inherited]:
        raise SqlFileError(f"{file.path}：这些列没有说明：{', '.join(missing)}")
    comment(con, file.table, file.sentence, {name: file.comments.get(name) or inherited[name] for name in columns})


def _enforce_grain(con: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    grain = ", ".join(file.grain)
    twice = con.execute(f"SELECT {grain} FROM {file.table} GROUP BY ALL HAVING count(*) > 1 LIMIT 1").fetchall()
    if twice:
        raise SqlFileError(f"{file.path}：({grain}) 应当唯一，却有重复：{twice[0]}")


def create(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, str]], sentence: str) -> None:
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, (kind, _) in columns.items())})")
    comment(con, table, sentence, {name: comment for name, (_, comment) in columns.items()})


def comments(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> dict[str, dict[str, str]]:
    """Table → column → comment. All in one query: each looks through the whole catalogue."""
    told: dict[str, dict[str, str]] = {table: {} for table in tables}
    for table, column, comment in con.execute(
            "SELECT schema_name || '.' || table_name AS name, column_name, comment FROM duckdb_columns() WHERE list_contains(?, name) "
            "ORDER BY column_index", [list(tables)]).fetchall():
        told[table][column] = comment
    return told


def comment(con: duckdb.DuckDBPyConnection, table: str, sentence: str, columns: Mapping[str, str], *, kind: str = "TABLE") -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    con.execute(f"COMMENT ON {kind} {table} IS {quoted(sentence)}")
    for name, comment in columns.items():
        con.execute(f"COMMENT ON COLUMN {table}.{name} IS {quoted(comment)}")


def load_frames(con: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        con.register("given_frame", frame.to_arrow())
        con.execute(f"CREATE TABLE given.{name} AS FROM given_frame")
        con.unregister("given_frame")
