"""A million rows behind a number as CSV and as Parquet, beside DuckDB's COPY of the same rows: `python -m bench --export`."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from bench.watch import Measured

NOON = dt.datetime(2026, 11, 5, 4, tzinfo=dt.UTC)
DAY = dt.date(2026, 10, 31)
METRIC, ROWS = "g1_stage_visits", 1_000_000
FEWER = 4  # the memory is measured with a fourth of the rows too: it is constant if it is the same
NAMES = 40_000  # projects, however many rows they have
OTHERS = 4  # as many rows of other metrics, as in a real park
SETTINGS = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet, COMPRESSION zstd"}
FILL = (
    """INSERT INTO raw.file BY NAME SELECT i + 1 AS file_id, 'D08/阶段事件-' || i || '.csv' AS name, sha256('f' || i) AS sha256, 'stage_events' AS feed,
         'D08' AS department_id, TIMESTAMP '2026-10-05 02:00:00' + INTERVAL (i) HOUR AS received_at, [''] AS sheets FROM range(20) AS t (i)""",
    """INSERT INTO core.entity_name BY NAME SELECT 'project' AS entity_kind, printf('GZH-%07d', i) AS entity_id, '（演示）催化剂中试项目' || i AS name_zh
       FROM range($names) AS t (i)""",
    """INSERT INTO core.organization BY NAME SELECT printf('91620100MA%08d', i) AS org_id, '兰州绿源陇创催化剂有限公司' || i AS org_name FROM range(20000) AS t (i)""",
    """INSERT INTO raw.stage_events BY NAME SELECT ((i % 20 + 1) << 36) | (i // 20 + 2) AS row_id, i % 20 + 1 AS file_id FROM range($rows) AS t (i)""",
    """INSERT INTO mart.contribution BY NAME
       SELECT k.metric_id, printf('D08|SJ%08d', r.i) AS key, 'project' AS entity_kind, printf('GZH-%07d', r.i % $names) AS entity_id,
         DATE '2020-01-01' + (r.i * 7919 % 2495)::INTEGER AS occurred_on, CASE WHEN r.i % 9 = 0 THEN 'M' ELSE 'D' END AS occurred_precision,
         DATE '2020-01-01' + (r.i * 7919 % 2495)::INTEGER AS counts_from, 1 AS value, ['chem', 'bio', 'core', 'data', 'equip'][r.i % 5 + 1] AS zone_id,
         'D08' AS department_id, ['rd', 'poc', 'small', 'pilot'][r.i % 4 + 1] AS stage_id, printf('91620100MA%08d', r.i % 20000) AS org_id, r.i % 7 = 0 AS is_pending,
         ((r.i % 20 + 1) << 36) | (r.i // 20 + 2) AS row_id
       FROM range($rows) AS r (i) CROSS JOIN (SELECT $metric AS metric_id UNION ALL SELECT 'other_' || o FROM range($others) AS t (o)) AS k""",
)


def export_home(home: str, rows: int) -> dict[str, Any]:
    """A snapshot in which one metric has so many rows."""
    from etl.refresh import inputs_of
    from etl.register import Register
    from warehouse.build import build
    from warehouse.publish import Store

    began = time.perf_counter()

    def make(path: Path) -> None:
        build(path, inputs_of([], Register(), {}, clock=NOON))
        with duckdb.connect(str(path)) as con:
            con.execute("UPDATE meta.snapshot SET newest_as_of = ?, earliest_on = DATE '2020-01-01'", [DAY])
            con.execute("UPDATE meta.coverage SET covered_from = DATE '2020-01-01'")
            asked = {"rows": rows, "metric": METRIC, "others": OTHERS, "names": NAMES}
            for statement in FILL:
                con.execute(statement, {name: value for name, value in asked.items() if f"${name}" in statement})

    Store(Path(home) / "warehouse").publish(make, now=NOON, acts_upto=0, inputs_hash="abcd")
    return {"seconds": time.perf_counter() - began}


def export_ours(home: str, fmt: str, rows: int) -> dict[str, Any]:
    """The file as the route sends it, from the first query on."""
    from exports.csv_file import csv_chunks
    from exports.parquet_file import parquet_chunks
    from exports.rows import rows_of

    target = Path(home) / f"ours.{fmt}"
    with closing(_opened(home)) as con, target.open("wb") as file:
        began, first = time.perf_counter(), 0.0
        export = rows_of(con, METRIC, DAY)
        for piece in csv_chunks(export) if fmt == "csv" else parquet_chunks(export):
            first = first or time.perf_counter() - began
            file.write(piece)
        seconds = time.perf_counter() - began
        [(cache,)] = con.execute("SELECT coalesce(sum(memory_usage_bytes), 0) FROM duckdb_memory() WHERE tag = 'BASE_TABLE'").fetchall()
    if export.row_count != rows:
        raise RuntimeError(f"{export.row_count} rows")
    return {"seconds": seconds, "first": first, "mb": target.stat().st_size >> 20, "cache_mb": int(cache) >> 20}


def export_copy(home: str, fmt: str, rows: int, threads: int) -> dict[str, Any]:
    """COPY of the same joined and sorted rows: no names in words, no guard, no heading in Chinese."""
    from analytics.chosen import EVERYTHING
    from analytics.drill import EVERY
    from exports.rows import ROWS_SQL
    from warehouse.raw import BITS

    target = Path(home) / f"copy.{fmt}"
    asked = {"metrics": [METRIC], "v": DAY, "zone": None, "since": None, "until": None, "language": "zh",
             **BITS, **EVERY.parameters, **EVERYTHING.parameters}
    [path] = (Path(home) / "warehouse").glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True, config={"threads": threads}) as con:
        began = time.perf_counter()
        con.execute(f"COPY ({ROWS_SQL}) TO '{target}' ({SETTINGS[fmt]})", asked)
        seconds = time.perf_counter() - began
        [(written,)] = con.execute(f"SELECT count(*) FROM read_{fmt}('{target}')").fetchall()
    if written != rows:
        raise RuntimeError(f"{written} rows")
    return {"seconds": seconds, "mb": target.stat().st_size >> 20}


def _opened(home: str) -> duckdb.DuckDBPyConnection:
    from warehouse.publish import Store

    store = Store(Path(home) / "warehouse")
    current = store.current()
    assert current
    return store.open(current.snapshot)


def table(run: Callable[..., Measured], middle: Callable[[list[Measured]], Measured], folder: Path, rows: int, times: int) -> str:
    """What was measured, in Markdown."""
    home, small = folder / "export", folder / "export-small"
    for each, count in ((home, rows), (small, rows // FEWER)):
        run("export_home", home=each, rows=count)
    head = (f"| {rows:,} rows | time | first bytes | of COPY, 1 thread | of COPY, 2 threads | size | memory, of it DuckDB's cache of the snapshot | "
            f"with {rows // FEWER:,} rows |\n|---|---|---|---|---|---|---|---|")
    return "\n".join((head, *_lines(run, middle, home, small, rows, times)))


def _lines(run: Callable[..., Measured], middle: Callable[[list[Measured]], Measured], home: Path, small: Path, rows: int, times: int) -> Iterator[str]:
    for fmt in SETTINGS:
        ours, one, two = (middle([run(task, home=home, fmt=fmt, rows=rows, **more) for _ in range(times)])
                          for task, more in (("export_ours", {}), ("export_copy", {"threads": 1}), ("export_copy", {"threads": 2})))
        fewer = run("export_ours", home=small, fmt=fmt, rows=rows // FEWER)
        yield (f"| {fmt} (aim ≤ 3 ×) | {ours.seconds:.2f} s | {ours.facts['first']:.2f} s | {ours.seconds / one.seconds:.2f} × | {ours.seconds / two.seconds:.2f} × | "
               f"{ours.facts['mb']} MB | {ours.peak_mb} MB, {ours.facts['cache_mb']} MB | {fewer.peak_mb} MB, {fewer.facts['cache_mb']} MB |")


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"export_home": export_home, "export_ours": export_ours, "export_copy": export_copy}
