"""Tables with what every table must have: a sentence, a comment on each column, and the grain it promises."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import polars as pl

from warehouse.sqlfile import SqlFile, SqlFileError

Comments = dict[str, dict[str, str]]  # table → column → comment

def make(con: duckdb.DuckDBPyConnection, file: SqlFile, known: Comments) -> None:
    """Make the table of a SQL file. A column without a comment of its own has that of the table it is read from; `known` learns them."""
    [(rows,)] = con.execute(f"CREATE TABLE {file.table} AS {file.select}").fetchall()
    if rows > 1:
        _enforce_grain(con, file)
    columns = [name for name, *_ in con.execute(f"FROM {file.table} LIMIT 0").description or ()]
    inherited = {name: comment for table in sorted(file.reads) for name, comment in known.get(table, {}).items() if comment}
    if missing := [name for name in columns if name not in file.comments and name not in inherited]:
        raise SqlFileError(f"{file.path}：这些列没有说明：{', '.join(missing)}")
    known[file.table] = {name: file.comments.get(name) or inherited[name] for name in columns}
    comment(con, file.table, file.sentence, known[file.table])


def _enforce_grain(con: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    grain = ", ".join(file.grain)
    twice = con.execute(f"SELECT {grain} FROM {file.table} GROUP BY ALL HAVING count(*) > 1 LIMIT 1").fetchall()
    if twice:
        raise SqlFileError(f"{file.path}：({grain}) 应当唯一，却有重复：{twice[0]}")


def create(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, str]], sentence: str) -> None:
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, (kind, _) in columns.items())})")
    comment(con, table, sentence, {name: comment for name, (_, comment) in columns.items()})


def comments(con: duckdb.DuckDBPyConnection) -> Comments:
    """What is said of the columns of the tables made so far. One query: it looks through the whole catalogue."""
    told: Comments = {}
    for table, column, comment in con.execute("SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() "
                                              "WHERE comment IS NOT NULL").fetchall():
        told.setdefault(table, {})[column] = comment
    return told


def comment(con: duckdb.DuckDBPyConnection, table: str, sentence: str, columns: Mapping[str, str], *, kind: str = "TABLE") -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    con.execute(";".join([f"COMMENT ON {kind} {table} IS {quoted(sentence)}",
                          *(f"COMMENT ON COLUMN {table}.{name} IS {quoted(comment)}" for name, comment in columns.items())]))


def load_frames(con: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        con.register("given_frame", frame.to_arrow())
        con.execute(f"CREATE TABLE given.{name} AS FROM given_frame")
        con.unregister("given_frame")
