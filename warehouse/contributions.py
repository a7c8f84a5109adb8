"""mart.contribution: one SQL file a metric, one INSERT each; what rows would be persons goes into mart.person_contribution, which only groups are told of."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.sqlfile import SqlFile, SqlFileError, load
from warehouse.tables import comment

MARTS = Path(__file__).parent / "marts"


def metric_files() -> list[SqlFile]:
    """The SQL file of every metric; the file's name is the metric's id."""
    return [load(path, f"mart.{path.stem}") for path in sorted((MARTS / "contribution").glob("*.sql"))]


def metrics_in_dictionary(con: duckdb.DuckDBPyConnection) -> dict[str, SqlFile]:
    """The metric files by id. A metric's file and its row of the dictionary must both exist."""
    files = {file.path.stem: file for file in metric_files()}
    known = {row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE aggregation IN ('sum', 'distinct')").fetchall()}
    if files.keys() != known:
        raise SqlFileError(f"指标文件与口径词典不一致：{', '.join(sorted(files.keys() ^ known))}")
    return files


def contributions(con: duckdb.DuckDBPyConnection) -> None:
    """One INSERT per metric file."""
    ddl = (MARTS / "contribution.ddl").read_text(encoding="utf-8")
    con.execute(ddl)
    con.execute("CREATE TABLE mart.person_contribution AS FROM mart.contribution LIMIT 0")
    files = metrics_in_dictionary(con)
    persons = {row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE drill = 'groups'").fetchall()}
    for metric_id, file in files.items():
        con.execute(f"CREATE TEMP TABLE counted AS {file.select}")
        columns = {row[0] for row in con.execute("DESCRIBE counted").fetchall()}
        table = "mart.person_contribution" if metric_id in persons else "mart.contribution"
        kept = "* EXCLUDE (source_row_ids)" if "source_row_ids" in columns else "*"
        # What has ended stands apart, so that a look at a day near the end passes over it.
        for part in ("WHERE counts_until IS NULL", "WHERE counts_until IS NOT NULL") if "counts_until" in columns else ("",):
            con.execute(f"INSERT INTO {table} BY NAME SELECT '{metric_id}' AS metric_id, {kept} FROM counted {part}")
        if "source_row_ids" in columns and metric_id not in persons:
            con.execute(f"INSERT INTO mart.contribution_source SELECT '{metric_id}', s.key, s.counts_from, s.further_row_id FROM ("
                        "SELECT c.key, c.counts_from, c.row_id, unnest(c.source_row_ids) AS further_row_id FROM counted AS c) AS s "
                        "WHERE s.further_row_id <> s.row_id")
        con.execute("DROP TABLE counted")
    for table, like, sentence in (("contribution", "contribution", "计数行：每个指标由哪些行、自何日到何日构成。"),
                                  ("person_contribution", "contribution", "只到组的指标的计数行：行是个人，不离开库。"),
                                  ("contribution_source", "contribution_source", "计数行的其他来源行。")):
        body = ddl.split(f"mart.{like} (")[1].split(");")[0]
        comments = {line.split()[0]: line.partition("-- ")[2].strip() for line in body.splitlines() if " -- " in line}
        comment(con, f"mart.{table}", sentence, comments)
