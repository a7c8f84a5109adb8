"""A′: an earlier snapshot's data replayed under the rules and the code of a later one, and only what a comparison needs of it kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl

from etl.forecasting import ROOT
from etl.home import Home
from etl.refresh import program_hash
from etl.replay import prime
from etl.report import WrongArgument
from warehouse.lock import writer_lock
from warehouse.publish import NoSnapshot
from warehouse.restated import KEPT, Made, lock_path, made, restated_path, sweep

STATISTIC = {"metric_id": pl.String, "as_of": pl.String, "value": pl.Float64}


class NotEvaluated(Exception):
    """The process that evaluates the statistics did not run to its end."""


def restate(home: Home, snapshot: str, *, to: str | None = None, days: tuple[dt.date, ...] = ()) -> Path | None:
    """Make A′ of a snapshot for comparison with `to`, by default the current one; where it is made already, say where. None: nothing differs but data.

    `days`: further V at which the statistics are wanted. Nothing is published, nothing but the folder of these files is written, and the refresh is not
    kept waiting. Raises UnknownSnapshot, DamagedSnapshot, NoSnapshot, WrongArgument where `to` was made by another program than this one,
    Busy where it is being made, NotEvaluated, and what `prime` raises.
    """
    before, now = _made(home, snapshot), _made(home, to)
    if before.is_like(now):
        return None
    if now.code_hash != program_hash():
        raise WrongArgument(f"快照 {now.snapshot} 是另一版程序做成的，不能按它的程序重放。\n  请：先运行 python -m etl refresh，再与当前一期比较。")
    path = restated_path(home.store, before, now)
    path.parent.mkdir(exist_ok=True)
    with writer_lock(lock_path(path), "python -m etl restate"):
        if not path.exists():
            sweep(home.store)
            with tempfile.TemporaryDirectory(prefix=".making-", dir=path.parent) as folder:
                whole, kept = Path(folder) / f"{before.snapshot}.duckdb", Path(folder) / "kept.duckdb"
                prime(home, data_upto=before.acts_upto, rules_upto=now.acts_upto, path=whole)
                wanted = tuple(dict.fromkeys(day for day in (before.newest_as_of, *days) if day))
                _keep(whole, kept, _statistics(whole, wanted))
                kept.chmod(0o444)
                os.replace(kept, path)
    return path


def _made(home: Home, snapshot: str | None) -> Made:
    if snapshot is None:
        current = home.store.current()
        if current is None:
            raise NoSnapshot
        snapshot = current.snapshot
    with closing(home.store.open(snapshot)) as con:
        return made(con)


def _statistics(whole: Path, days: tuple[dt.date, ...]) -> pl.DataFrame:
    """In a process of its own: this room knows nothing of statistics."""
    told = subprocess.run([sys.executable, "-m", "analytics.statistic_values"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
                          input=json.dumps({"path": str(whole), "days": [day.isoformat() for day in days]}))
    if told.returncode:
        raise NotEvaluated(told.stderr.strip() or f"退出码 {told.returncode}")
    return pl.DataFrame(json.loads(told.stdout), schema=STATISTIC).with_columns(pl.col("as_of").str.to_date())


def _keep(whole: Path, kept: Path, statistics: pl.DataFrame) -> None:
    with duckdb.connect(str(kept)) as con:
        con.execute(f"ATTACH '{str(whole).replace(chr(39), chr(39) * 2)}' AS whole (READ_ONLY)")
        for schema in dict.fromkeys(table.partition(".")[0] for table in KEPT):
            con.execute(f"CREATE SCHEMA {schema}")
        for table in KEPT:
            con.execute(f"CREATE TABLE {table} AS FROM whole.{table}")
        con.register("statistic_frame", statistics.to_arrow())
        con.execute("CREATE TABLE meta.statistic AS FROM statistic_frame")
        con.unregister("statistic_frame")
