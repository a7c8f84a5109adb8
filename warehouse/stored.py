"""The tables of a snapshot that an issue keeps as Parquet: enough to read every metric again, on any day, when the snapshot itself is gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from warehouse.duties import has
from warehouse.sqlfile import load

# Sorted by what makes a row, so that the same state is the same bytes.
TABLES = {
    "mart.contribution": "metric_id, key, counts_from", "mart.person_contribution": "metric_id, key, counts_from", "ref.metric": "metric_id",
    "ref.statistic": "metric_id", "ref.goal": "goal_id", "ref.zone": "rowid", "meta.coverage": "ALL",
    "meta.snapshot": "ALL", "meta.forecast_run": "ALL", "meta.forecast": "goal_id", "meta.forecast_path": "goal_id, \"on\"",
}
TOTAL = Path(__file__).parent / "marts" / "contribution_total.sql"
BATCH = 100_000  # rows in memory at a time


def store(cursor: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the tables of a snapshot into a new folder, those that it has. Raises OSError on a full disk, duckdb.Error."""
    folder.mkdir()
    for table, order in TABLES.items():
        if has(cursor, table):
            batches = cursor.sql(f"FROM {table} ORDER BY {order}").to_arrow_reader(BATCH)
            with pq.ParquetWriter(folder / f"{table}.parquet", batches.schema, compression="zstd") as file:
                for batch in batches:
                    file.write_batch(batch)


@contextmanager
def stored(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which the stored tables have the names they had, for whatever reads a metric. Raises duckdb.Error where one cannot be read."""
    with duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1}) as con:
        for path in sorted(folder.glob("*.parquet")):
            schema, _dot, table = path.stem.partition(".")
            if path.stem in TABLES:
                con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
                name = str(path).replace("'", "''")
                kind = "VIEW" if path.stem == "mart.contribution" else "TABLE"  # of lists the order counts, which a table keeps
                con.execute(f"CREATE {kind} {schema}.{table} AS FROM read_parquet('{name}')")
        if (folder / "mart.contribution.parquet").exists():
            con.execute(f"CREATE VIEW mart.contribution_total AS {load(TOTAL, 'mart.contribution_total').select}")
        yield con
