"""The page of changes over a large warehouse: how long the bridge of every metric takes beside one pass over the contributions."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

NOON = dt.datetime(2026, 11, 5, 4, tzinfo=dt.UTC)
BEFORE, NOW = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
ONE_PASS = ("SELECT metric_id, sum(value) FROM mart.contribution WHERE counts_from <= $on AND (counts_until IS NULL OR counts_until > $on) "
            "GROUP BY metric_id")
# A fifth of the rows end; of a thousand rows the one state lacks one and the other another, and one has another value.
ROWS = """INSERT INTO mart.contribution BY NAME
WITH known AS (SELECT metric_id, row_number() OVER (ORDER BY metric_id) - 1 AS place FROM ref.metric WHERE aggregation = 'sum')
SELECT k.metric_id, 'XM-' || r.i AS key, 'project' AS entity_kind, 'XM-' || r.i // 3 AS entity_id, r.happened AS occurred_on, 'D' AS occurred_precision,
  r.happened AS counts_from, CASE WHEN r.i % 5 = 0 THEN r.happened + 400 END AS counts_until,
  CASE WHEN $is_now AND r.i % 1009 = 0 THEN 2 ELSE 1 END AS value, ['chem', 'bio', 'core', 'data', 'equip'][r.i % 5 + 1] AS zone_id, 'D08' AS department_id,
  false AS is_pending, r.i AS row_id
FROM (SELECT i, DATE '2020-01-01' + (i * 7919 % 2495)::INTEGER AS happened FROM range($rows) AS t (i)) AS r
JOIN known AS k ON k.place = r.i % (SELECT count(*) FROM known)
WHERE r.i % (CASE WHEN $is_now THEN 991 ELSE 997 END) <> 0"""


def changes(home: str, rows: int) -> dict[str, Any]:
    """Publish two snapshots of `rows` contributions each, then compare them as the page does."""
    from analytics.changed_rows import moved
    from analytics.comparing import Point, compare
    from etl.refresh import inputs_of
    from etl.register import Register
    from warehouse.build import build, sql_files
    from warehouse.publish import Store

    store, inputs = Store(Path(home) / "warehouse"), inputs_of([], Register(), {}, clock=NOON)

    def make(path: Path, day: dt.date) -> None:
        build(path, inputs)
        with duckdb.connect(str(path)) as con:
            con.execute("UPDATE meta.snapshot SET newest_as_of = ?, earliest_on = DATE '2020-01-01'", [day])
            con.execute("UPDATE meta.coverage SET covered_from = DATE '2020-01-01'")
            con.execute(ROWS, {"rows": rows, "is_now": day == NOW})
            con.execute("DELETE FROM mart.contribution_heap")
            con.execute(f"INSERT INTO mart.contribution_heap {next(file.select for file in sql_files() if file.table == 'mart.contribution_heap')}")

    points = []
    for at, day in ((NOON - dt.timedelta(days=30), BEFORE), (NOON, NOW)):
        published = store.publish(lambda path, day=day: make(path, day), now=at, acts_upto=0, inputs_hash=f"{day:%Y%m%d}")  # type: ignore[misc]
        points.append(Point(snapshot=published.snapshot))
    with store.open(points[1].snapshot) as con:
        one_pass = _median(lambda: con.execute(ONE_PASS, {"on": NOW}).fetchall())
    before, now = points
    whole = _median(lambda: compare(store, before, now, has_statistics=False))
    zone = _median(lambda: compare(store, before, now, zone="chem"))
    term = _median(lambda: moved(store, before, now, "g1_poc_small", "真实新增"))
    found = compare(store, before, now)
    return {"seconds": whole, "one_pass": one_pass, "ratio": whole / one_pass, "one_zone": zone, "rows_of_a_term": term, "contributions": rows,
            "changed": len(found.changed), "facts": sum(each.count for change in found.metrics for each in change.terms)}


def _median(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[len(taken) // 2]


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"changes": changes}
