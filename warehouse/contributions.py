"""mart.contribution: one SQL file a metric, one INSERT each; what rows would be persons goes into mart.person_contribution, which only groups are told of."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

import duckdb

from warehouse.sqlfile import SqlFile, SqlFileError, load
from warehouse.tables import comment

MARTS = Path(__file__).parent / "marts"
TABLES = ("contribution", "person_contribution", "contribution_source")
MANY_ROWS = 1_000  # far below what DuckDB passes over or reads as one


@cache
def metric_files() -> tuple[SqlFile, ...]:
    """The SQL file of every metric; the file's name is the metric's id. Read once in a process, as the code is."""
    return tuple(load(path, f"mart.{path.stem}") for path in sorted((MARTS / "contribution").glob("*.sql")))


def metrics_in_dictionary(con: duckdb.DuckDBPyConnection) -> dict[str, SqlFile]:
    """The metric files by id. A metric's file and its row of the dictionary must both exist."""
    files = {file.path.stem: file for file in metric_files()}
    known = {row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE aggregation IN ('sum', 'distinct')").fetchall()}
    if files.keys() != known:
        raise SqlFileError(f"指标文件与口径词典不一致：{', '.join(sorted(files.keys() ^ known))}")
    return files


def contributions(con: duckdb.DuckDBPyConnection, kept: Collection[str] = ()) -> None:
    """Count every metric. `kept`: those whose rows are there already."""
    files = metrics_in_dictionary(con)
    if not kept:
        _create(con)
    persons = {row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE drill = 'groups'").fetchall()}
    for metric_id, file in files.items():
        if metric_id not in kept:
            [(rows,)] = con.execute(f"CREATE OR REPLACE TEMP TABLE counted AS {file.select}").fetchall()
            if rows:
                _insert(con, metric_id, rows, is_personal=metric_id in persons)
    con.execute("DROP TABLE IF EXISTS temp.counted")


def retain(con: duckdb.DuckDBPyConnection, kept: Collection[str]) -> None:
    """Leave in the tables the rows of these metrics alone. They are written anew: rows that are deleted would go on taking their place."""
    for table in TABLES:
        con.execute(f"ALTER TABLE mart.{table} RENAME TO {table}_before")
    _create(con)
    for table in TABLES:
        con.execute(f"INSERT INTO mart.{table} FROM mart.{table}_before WHERE list_contains(?, metric_id)", [list(kept)])
        con.execute(f"DROP TABLE mart.{table}_before")


def _create(con: duckdb.DuckDBPyConnection) -> None:
    ddl = (MARTS / "contribution.ddl").read_text(encoding="utf-8")
    con.execute(ddl)
    con.execute("CREATE TABLE mart.person_contribution AS FROM mart.contribution LIMIT 0")
    for table, like, sentence in (("contribution", "contribution", "计数行：每个指标由哪些行、自何日到何日构成。"),
                                  ("person_contribution", "contribution", "只到组的指标的计数行：行是个人，不离开库。"),
                                  ("contribution_source", "contribution_source", "计数行的其他来源行。")):
        body = ddl.split(f"mart.{like} (")[1].split(");")[0]
        comments = {line.split()[0]: line.partition("-- ")[2].strip() for line in body.splitlines() if " -- " in line}
        comment(con, f"mart.{table}", sentence, comments)


def _insert(con: duckdb.DuckDBPyConnection, metric_id: str, rows: int, *, is_personal: bool) -> None:
    """The rows counted for one metric, and the further rows they come from."""
    columns = con.table("temp.counted").columns
    table = "mart.person_contribution" if is_personal else "mart.contribution"
    kept = "* EXCLUDE (source_row_ids)" if "source_row_ids" in columns else "*"
    # What has ended stands apart, so that a look at a day near the end passes over it; of a few rows it passes over none.
    apart = rows > MANY_ROWS and "counts_until" in columns
    for part in ("WHERE counts_until IS NULL", "WHERE counts_until IS NOT NULL") if apart else ("",):
        con.execute(f"INSERT INTO {table} BY NAME SELECT '{metric_id}' AS metric_id, {kept} FROM counted {part}")
    if "source_row_ids" in columns and not is_personal:
        con.execute(f"INSERT INTO mart.contribution_source SELECT '{metric_id}', s.key, s.counts_from, s.further_row_id FROM ("
                    "SELECT c.key, c.counts_from, c.row_id, unnest(c.source_row_ids) AS further_row_id FROM counted AS c) AS s "
                    "WHERE s.further_row_id <> s.row_id")
