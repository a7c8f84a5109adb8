"""Makes the tables of a snapshot: reference rows and staged files in, ref · raw · rejected · core · mart · meta out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from warehouse.sqlfile import SqlFile, SqlFileError, in_order, load

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
FILE_BITS, SHEET_BITS = 36, 28  # row_id = file · 2^36 + sheet · 2^28 + row: unique, stable, ordered as sent

FILE_COLUMNS = {
    "file_id": ("INTEGER", "文件号，即收到它的记事序号"), "name": ("VARCHAR", "文件名，原样"),
    "sha256": ("VARCHAR", "内容指纹"), "feed": ("VARCHAR", "报表"), "department_id": ("VARCHAR", "报送部门"),
    "sender": ("VARCHAR", "报送主体，空为部门本身"), "as_of": ("DATE", "截至日"), "received_at": ("TIMESTAMP", "收到时间（UTC）"),
    "is_standing": ("BOOLEAN", "现行：未被同一范围同一截至日的后到文件取代"), "rows_read": ("INTEGER", "读出的数据行"),
    "accepted": ("INTEGER", "接收行"), "refused": ("INTEGER", "退回行"), "set_aside": ("INTEGER", "另置行"),
    "sheets": ("VARCHAR[]", "各工作表名，依次"),
}
SOURCE_ROW_COLUMNS = {
    "row_id": ("BIGINT", "来源行号，全库唯一"), "file_id": ("INTEGER", "文件号"), "sheet": ("VARCHAR", "工作表"),
    "row": ("INTEGER", "行号，与 Excel 所示一致"), "disposition": ("VARCHAR", "accepted 接收 / refused 退回 / set_aside 另置"),
}
SET_ASIDE_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号"), "reason": ("VARCHAR", "另置原因"),
}
REJECTED_ROW_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号"), "feed": ("VARCHAR", "报表"),
    "cells": ("VARCHAR", "该行各格，JSON，不含个人信息"),
}
REASON_COLUMNS = {
    "row_id": ("BIGINT", "来源行号"), "heading": ("VARCHAR", "部门自己的列名"), "value": ("VARCHAR", "所填内容"),
    "reason": ("VARCHAR", "退回原因"),
}


@dataclass(frozen=True, kw_only=True)
class FeedTable:
    """A feed as the warehouse knows it. `columns`: name → (SQL type, comment)."""

    name: str
    title: str
    mode: str
    rhythm: str
    dated_by: str
    departments: tuple[str, ...]  # expected to send; empty where anybody may
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class StagedFile:
    """One file in force. `folder` holds its Parquet; None where a later file of the same scope and as-of replaced it."""

    row: Mapping[str, object]
    folder: Path | None


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """All a snapshot is made of; the same inputs give equal tables."""

    feeds: Sequence[FeedTable]
    files: Sequence[StagedFile]
    reference: Mapping[str, pl.DataFrame]  # all text, one frame per reference CSV
    acts: pl.DataFrame  # seq, recorded_at, kind, body: the log up to the last act
    acts_upto: int
    known_at: dt.datetime
    inputs_hash: str
    rules_hash: str
    code_hash: str
    is_demo: bool
    clock: dt.datetime | None  # fixed clock of a demonstration


def sql_files() -> list[SqlFile]:
    """Every table that is a SQL file, in building order; contributions are apart."""
    files = [load(path, f"{schema}.{path.stem}") for folder, schema in (("ref", "ref"), ("core", "core"), ("meta", "meta"), ("marts", "mart"))
             for path in sorted((HERE / folder).glob("*.sql"))]
    return in_order(files)


def metric_files() -> list[SqlFile]:
    """The SQL file of every metric; the file's name is the metric's id."""
    return [load(path, f"mart.{path.stem}") for path in sorted((HERE / "marts" / "contribution").glob("*.sql"))]


def build(path: Path, inputs: Inputs, *, threads: int | None = None) -> None:
    """Fill a new snapshot file. Raises duckdb.Error on a full disk, SqlFileError naming a SQL file that breaks its promise."""
    with duckdb.connect(str(path), config={"threads": threads} if threads else {}) as con:
        con.execute("SET preserve_insertion_order = false")
        for schema in ("given", "ref", "raw", "rejected", "core", "mart", "meta"):
            con.execute(f"CREATE SCHEMA {schema}")
        _given(con, inputs)
        _raw(con, inputs)
        con.execute("BEGIN")  # one transaction writes the log once
        for file in sql_files():
            _make(con, file)
        _contributions(con)
        _meta(con, path.stem, inputs)
        con.execute("COMMIT")
        con.execute("DROP SCHEMA given CASCADE")


def check_reference(reference: Mapping[str, pl.DataFrame]) -> str | None:
    """What is wrong with these reference tables, in DuckDB's words; None if the ref schema can be made of them."""
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA given")
        con.execute("CREATE SCHEMA ref")
        try:
            _frames(con, reference)
            for file in sql_files():
                if file.table.startswith("ref."):
                    _make(con, file)
            _metrics_in_dictionary(con)
        except (duckdb.Error, SqlFileError) as problem:
            return str(problem).splitlines()[0]
    return None


def _frames(con: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        con.register("given_frame", frame.to_arrow())
        con.execute(f"CREATE TABLE given.{name} AS FROM given_frame")
        con.unregister("given_frame")


def _given(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """The reference rows and feed facts as they came; dropped when the tables are made."""
    frames = dict(inputs.reference)
    frames["feeds"] = pl.DataFrame(
        {"feed": [f.name for f in inputs.feeds], "title": [f.title for f in inputs.feeds], "mode": [f.mode for f in inputs.feeds],
         "rhythm": [f.rhythm for f in inputs.feeds]})
    frames["expected"] = pl.DataFrame([(f.name, d) for f in inputs.feeds for d in f.departments],
                                      schema={"feed": pl.String, "department_id": pl.String}, orient="row")
    _frames(con, frames)


def _raw(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    _create(con, "raw.file", FILE_COLUMNS, "收到的文件：每个在册文件一行。")
    _create(con, "raw.set_aside", SET_ASIDE_COLUMNS, "另置行：现行文件中重复而内容相同的行。")
    _create(con, "rejected.row", REJECTED_ROW_COLUMNS, "退回行：现行文件中未被接收的每个数据行一行。")
    _create(con, "rejected.reason", REASON_COLUMNS, "退回原因：每行每个原因一行。")
    con.execute("CREATE TABLE given.first_days (feed VARCHAR, department_id VARCHAR, sender VARCHAR, first_on DATE)")
    con.execute("CREATE TABLE given.folders (file_id INTEGER, folder VARCHAR)")
    if inputs.files:
        rows = pl.DataFrame([dict(file.row) for file in inputs.files], infer_schema_length=None)
        con.register("file_frame", rows.to_arrow())
        con.execute("INSERT INTO raw.file BY NAME FROM file_frame")
        con.unregister("file_frame")
        con.executemany("INSERT INTO given.folders VALUES (?, ?)",
                        [(file.row["file_id"], str(file.folder)) for file in inputs.files if file.folder] or [(None, None)])
    for feed in inputs.feeds:
        own = {"row_id": ("BIGINT", "来源行号"), "file_id": ("INTEGER", "文件号")}
        _create(con, f"raw.{feed.name}", {**own, **feed.columns}, f"{feed.title}：现行文件中接收的行，原样。")
        folders = list(dict.fromkeys(file.folder for file in inputs.files if file.folder and file.row["feed"] == feed.name))
        if folders:  # each once: a file that was sent twice is staged once, and joins both its numbers
            _load(con, feed, folders)
    _source_row(con, inputs.feeds)


def _source_row(con: duckdb.DuckDBPyConnection, feeds: Sequence[FeedTable]) -> None:
    """A view, since a row's id holds its file, sheet and row number; that the row is there is what the view adds."""
    kinds = [*((f"raw.{feed.name}", "accepted") for feed in feeds), ("rejected.row", "refused"), ("raw.set_aside", "set_aside")]
    rows = " UNION ALL ".join(f"SELECT row_id, file_id, '{disposition}' AS disposition FROM {table}" for table, disposition in kinds)
    con.execute(
        "CREATE VIEW raw.source_row AS SELECT r.row_id, r.file_id, "
        f"f.sheets[((r.row_id >> {SHEET_BITS}) & {(1 << FILE_BITS - SHEET_BITS) - 1}) + 1] AS sheet, "
        f"(r.row_id & {(1 << SHEET_BITS) - 1})::INTEGER AS row, r.disposition "
        f"FROM ({rows}) AS r JOIN raw.file AS f ON f.file_id = r.file_id")
    _comment(con, "raw.source_row", "来源行：现行文件的每个数据行一行，可回到原件的文件、工作表、行号。",
             {name: comment for name, (_, comment) in SOURCE_ROW_COLUMNS.items()}, kind="VIEW")


def _load(con: duckdb.DuckDBPyConnection, feed: FeedTable, folders: list[Path]) -> None:
    """Copy the staged Parquet of one feed; the folder a row came from tells its file."""
    def scan(kind: str) -> str:
        paths = ", ".join("'" + str(folder / f"{kind}.parquet").replace("'", "''") + "'" for folder in folders)
        return (f"(SELECT s.*, g.file_id, (g.file_id::BIGINT << {FILE_BITS}) + (s.sheet_no::BIGINT << {SHEET_BITS}) + s.row AS row_id "
                f"FROM read_parquet([{paths}], filename = true) AS s JOIN given.folders AS g ON s.filename = g.folder || '/{kind}.parquet')")

    columns = ", ".join(feed.columns)
    con.execute(f"INSERT INTO raw.{feed.name} SELECT row_id, file_id, {columns} FROM {scan('accepted')}")
    con.execute(f"INSERT INTO rejected.row SELECT row_id, file_id, '{feed.name}', cells FROM {scan('refused')}")
    con.execute(f"INSERT INTO rejected.reason SELECT row_id, heading, value, reason FROM {scan('reasons')}")
    con.execute(f"INSERT INTO raw.set_aside SELECT row_id, file_id, reason FROM {scan('set_aside')}")
    con.execute(f"INSERT INTO given.first_days SELECT '{feed.name}', f.department_id, f.sender, min(r.{feed.dated_by}) "
                f"FROM raw.{feed.name} AS r JOIN raw.file AS f USING (file_id) GROUP BY ALL")


def _make(con: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    con.execute(f"CREATE TABLE {file.table} AS {file.select}")
    _enforce_grain(con, file)
    told = _comments(con, [*sorted(file.reads), file.table])
    columns = told.pop(file.table)
    inherited = {name: comment for comments in told.values() for name, comment in comments.items() if comment}
    if missing := [name for name in columns if name not in file.comments and name not in inherited]:
        raise SqlFileError(f"{file.path}：这些列没有说明：{', '.join(missing)}")
    _comment(con, file.table, file.sentence, {name: file.comments.get(name) or inherited[name] for name in columns})


def _enforce_grain(con: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    grain = ", ".join(file.grain)
    twice = con.execute(f"SELECT {grain} FROM {file.table} GROUP BY ALL HAVING count(*) > 1 LIMIT 1").fetchall()
    if twice:
        raise SqlFileError(f"{file.path}：({grain}) 应当唯一，却有重复：{twice[0]}")


def _metrics_in_dictionary(con: duckdb.DuckDBPyConnection) -> dict[str, SqlFile]:
    """The metric files by id. A metric's file and its row of the dictionary must both exist."""
    files = {file.path.stem: file for file in metric_files()}
    known = {row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE aggregation IN ('sum', 'distinct')").fetchall()}
    if files.keys() != known:
        raise SqlFileError(f"指标文件与口径词典不一致：{', '.join(sorted(files.keys() ^ known))}")
    return files


def _contributions(con: duckdb.DuckDBPyConnection) -> None:
    """One INSERT per metric file."""
    ddl = (HERE / "marts" / "contribution.ddl").read_text(encoding="utf-8")
    con.execute(ddl)
    files = _metrics_in_dictionary(con)
    for metric_id, file in files.items():
        con.execute(f"CREATE TEMP TABLE counted AS {file.select}")
        columns = {row[0] for row in con.execute("DESCRIBE counted").fetchall()}
        con.execute(f"INSERT INTO mart.contribution BY NAME SELECT '{metric_id}' AS metric_id, "
                    f"{'* EXCLUDE (source_row_ids)' if 'source_row_ids' in columns else '*'} FROM counted")
        if "source_row_ids" in columns:
            con.execute(f"INSERT INTO mart.contribution_source SELECT '{metric_id}', s.key, s.counts_from, s.further_row_id FROM ("
                        "SELECT c.key, c.counts_from, c.row_id, unnest(c.source_row_ids) AS further_row_id FROM counted AS c) AS s "
                        "WHERE s.further_row_id <> s.row_id")
        con.execute("DROP TABLE counted")
    for table, sentence in (("contribution", "计数行：每个指标由哪些行、自何日到何日构成。"), ("contribution_source", "计数行的其他来源行。")):
        body = ddl.split(f"mart.{table} (")[1].split(");")[0]
        comments = {line.split()[0]: line.partition("-- ")[2].strip() for line in body.splitlines() if " -- " in line}
        _comment(con, f"mart.{table}", sentence, comments)


def _meta(con: duckdb.DuckDBPyConnection, snapshot_id: str, inputs: Inputs) -> None:
    _create(con, "meta.snapshot", {
        "snapshot_id": ("VARCHAR", "快照编号"), "acts_upto": ("INTEGER", "所含最后一件记事"), "known_at": ("TIMESTAMP", "知悉截至时（UTC）"),
        "newest_as_of": ("DATE", "最新截至日，默认的发生截至日"), "earliest_on": ("DATE", "最早可查的发生日"),
        "inputs_hash": ("VARCHAR", "输入指纹"), "rules_hash": ("VARCHAR", "口径与参照表指纹"), "code_hash": ("VARCHAR", "程序指纹"),
        "is_demo": ("BOOLEAN", "演示数据"), "clock": ("TIMESTAMP", "演示的固定时钟（UTC），空为真实时钟")}, "本快照。")
    con.execute(
        "INSERT INTO meta.snapshot SELECT ?, ?, ?, (SELECT max(as_of) FROM raw.file WHERE is_standing), "
        "(SELECT min(c.covered_from) FROM meta.coverage AS c JOIN given.feeds AS f USING (feed) WHERE f.mode = 'events' AND EXISTS ("
        "FROM ref.metric AS m WHERE list_contains(string_split(m.feeds, ' '), f.feed))), ?, ?, ?, ?, ?",
        [snapshot_id, inputs.acts_upto, inputs.known_at, inputs.inputs_hash, inputs.rules_hash, inputs.code_hash, inputs.is_demo, inputs.clock])
    _create(con, "meta.act", {"seq": ("INTEGER", "序号"), "recorded_at": ("TIMESTAMP", "时间（UTC）"), "kind": ("VARCHAR", "种类"),
                              "body": ("VARCHAR", "内容，JSON")}, "记事：文件与规则发生过什么，只增不改。")
    con.register("act_frame", inputs.acts.to_arrow())
    con.execute("INSERT INTO meta.act BY NAME FROM act_frame")
    con.unregister("act_frame")


def _create(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, str]], sentence: str) -> None:
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, (kind, _) in columns.items())})")
    _comment(con, table, sentence, {name: comment for name, (_, comment) in columns.items()})


def _comments(con: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> dict[str, dict[str, str]]:
    """Table → column → comment. All in one query: each looks through the whole catalogue."""
    told: dict[str, dict[str, str]] = {table: {} for table in tables}
    for table, column, comment in con.execute(
            "SELECT schema_name || '.' || table_name AS name, column_name, comment FROM duckdb_columns() WHERE list_contains(?, name) "
            "ORDER BY column_index", [list(tables)]).fetchall():
        told[table][column] = comment
    return told


def _comment(con: duckdb.DuckDBPyConnection, table: str, sentence: str, columns: Mapping[str, str], *, kind: str = "TABLE") -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    con.execute(f"COMMENT ON {kind} {table} IS {quoted(sentence)}")
    for name, comment in columns.items():
        con.execute(f"COMMENT ON COLUMN {table}.{name} IS {quoted(comment)}")


@cache
def code_hash() -> str:
    """Of everything in this room that decides what the tables hold."""
    digest = hashlib.sha256()
    for path in sorted(path for path in HERE.rglob("*") if path.suffix in (".sql", ".ddl") or path.name in ("build.py", "sqlfile.py")):
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()
