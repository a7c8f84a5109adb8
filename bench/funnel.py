"""The funnel of a large invented park: how long its tables, its estimates and its page take, beside one pass over the events."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from bench.cells import picked
from bench.data import SPACE_SHARES, SPACES
from bench.histories import STAGES, histories

NOON = dt.datetime(2026, 11, 5, 4, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 10, 31)
IDS = ("rd", "poc", "small", "pilot", "landed", "industrial")
# One pass: every event read once and put to its project, as anything that follows a project from event to event must do at least.
ONE_PASS = "SELECT e.project_id, min(e.occurred_on), max(e.occurred_on), count(*), max(e.row_id) FROM core.stage_event AS e GROUP BY e.project_id"
SPELLS = ("core.stage_spell", "core.suspension", "core.termination", "core.stage_visit", "core.current_stage", "core.placed_visit", "core.project_move",
          "core.project_trait", "mart.passage")
PAGE = "\n".join((
    "import time", "from bench.tasks import TAKEN", "from pages.choices import carry", "from pages.funnel import funnel_page", "carry('funnel')",
    "began = time.perf_counter(), time.process_time()", "try:", "    funnel_page()", "finally:",
    "    TAKEN.append((time.perf_counter() - began[0], time.process_time() - began[1]))"))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Seconds by the clock, and of all processors together: where others are at work only the latter compares."""

    wall: float
    cpu: float


def funnel(home: str, rows: int) -> dict[str, Any]:
    """Publish a snapshot of `rows` events, then time its funnel."""
    from analytics.forecast import facts
    from warehouse.build import build, sql_files
    from warehouse.publish import Store

    root = Path(home)
    inputs, projects = _inputs(root / "staged", rows)
    store = Store(root / "warehouse")
    began = time.perf_counter()
    published = store.publish(lambda path: build(path, inputs), now=NOON, acts_upto=4, inputs_hash="0" * 8)
    built = time.perf_counter() - began
    files = {file.table: file for file in sql_files()}
    with duckdb.connect(str(store.path(published.snapshot)), read_only=True) as con:
        one_pass = _median(lambda: con.execute(f"CREATE OR REPLACE TEMP TABLE passed AS {ONE_PASS}"))
        parts = {table: _median(lambda table=table: con.execute(f"CREATE OR REPLACE TEMP TABLE made AS {files[table].select}"), times=1)  # type: ignore[misc]
                 for table in SPELLS}
        copied = _median(lambda: [con.execute(f"CREATE OR REPLACE TEMP TABLE made AS FROM {table}") for table in SPELLS])
        parts["Aalen–Johansen by zone × stage"] = _median(lambda: _zones_by_stages(con))
        parts["what the forecast takes from the snapshot"] = _median(lambda: facts(con, AS_OF))
    return {"seconds": sum(each.cpu for each in parts.values()), "one_pass": asdict(one_pass), "parts": {name: asdict(each) for name, each in parts.items()},
            "copied": asdict(copied), "build": built, "events": rows, "projects": projects, "page": _page(home)}


def _zones_by_stages(con: duckdb.DuckDBPyConnection) -> None:
    """Aalen–Johansen for each zone and stage, of the space in which the stage was entered."""
    from analytics.chosen import EVERYTHING
    from analytics.passages import times
    from analytics.stages import stages

    known = stages(con)
    for (zone,) in con.execute("SELECT zone_id FROM ref.zone").fetchall():
        found = times(con, AS_OF, EVERYTHING, zone)
        for stage in known:
            found.of(stage).advanced(12)


def _page(home: str, runs: int = 5) -> dict[str, dict[str, dict[str, float]]]:
    """The script of each view, with empty caches and again."""
    import sys

    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from pages.beforehand import load_all
    from warehouse.here import reader

    os.environ["GANZHIHUI_DATA"] = home

    def run(**choices: str) -> Taken:
        test = AppTest.from_string(PAGE, default_timeout=120)
        for name, code in choices.items():
            test.query_params[name] = code
        test.run()
        if test.exception:
            raise RuntimeError(test.exception[0].message)
        wall, cpu = sys.modules["bench.tasks"].TAKEN.pop()
        return Taken(wall=wall, cpu=cpu)

    run()
    load_all()  # as serve.py does before its first reader
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, choices in {"stock": {}, "reached": {"view": "reached"}, "conversion": {"view": "conversion"}, "stock of one zone": {"zone": "chem"}}.items():
        cold, cached = [], []
        for _ in range(runs):
            st.cache_data.clear()
            reader.cache_clear()
            cold.append(run(**choices))
            cached.append(run(**choices))
        found[name] = {"cold": asdict(_middle(cold)), "cached": asdict(_middle(cached))}
    return found


def _median(work: Callable[[], object], times: int = 3) -> Taken:
    taken = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append(Taken(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu))
    return _middle(taken)


def _middle(taken: list[Taken]) -> Taken:
    return sorted(taken, key=lambda each: each.cpu)[len(taken) // 2]


def _inputs(folder: Path, rows: int) -> tuple[Any, int]:
    """The staged files of the project list and of all events, as reading leaves them; and how many projects there are."""
    from etl.feeds.stage_events import EVENTS
    from etl.landing import Act
    from etl.refresh import inputs_of
    from etl.register import replay

    rng = np.random.default_rng(20261122)
    told = histories(rng, rows)
    projects = int(told["project"].max() or 0) + 1  # type: ignore[arg-type]
    words = dict(zip(STAGES, IDS, strict=True)) | EVENTS
    events = told.select(
        event_id=pl.format("SJ{}", pl.int_range(pl.len())), project_id=pl.format("GZH-{}", "project"), stage_id=pl.lit(pl.Series(IDS)).gather("stage"),
        event_type=pl.col("event").replace_strict(words), occurred_on="on", occurred_precision=picked(rng, rows, ("D", "M"), (0.97, 0.03)), validity=pl.lit("valid"))
    listed = pl.select(project_id=pl.format("GZH-{}", pl.int_range(projects))).with_columns(
        zone_name=picked(rng, projects, SPACES, SPACE_SHARES),
        project_name=pl.col("project_id"), lead_org_name=pl.lit("某单位"), approved_on=pl.lit(dt.date(2021, 12, 1)), approved_precision=pl.lit("D"),
        status=pl.lit("active"),
        research_class=picked(rng, projects, ("future", "bottleneck", "other")))
    acts, staged = [], {}
    for at, (feed, frame) in enumerate((("projects", listed), ("stage_events", events))):
        number = 2 * at + 1
        acts.append(Act(seq=number, at=NOON, kind="received", body={"name": f"{feed}.csv", "path": feed, "sha256": str(number), "mtime_ns": 0}))
        acts.append(Act(seq=number + 1, at=NOON, kind="placed", body={"file": number, "feed": feed, "department": "D08", "sender": "", "as_of": AS_OF.isoformat()}))
        staged[number] = staged_rows(feed, frame, folder / feed)
    return inputs_of(acts, replay(acts), staged, clock=None), projects


def staged_rows(feed: str, frame: pl.DataFrame, folder: Path) -> Any:
    from etl.feeds import FEEDS
    from etl.gate import typed_columns
    from etl.parsing import typed
    from etl.sent import TOTALS
    from etl.staging import Staged

    place: dict[str, pl.DataType] = {"sheet_no": pl.Int16(), "row": pl.Int64()}
    columns = typed_columns(FEEDS[feed])
    keys = {name: kind for column in FEEDS[feed].key() for name, kind in typed(column).items()}
    accepted = frame.with_columns(sheet_no=pl.lit(0), row=pl.int_range(2, pl.len() + 2)).with_columns(
        pl.lit(None).alias(name) for name in columns if name not in frame.columns).select(pl.col(name).cast(kind) for name, kind in {**place, **columns}.items())
    folder.mkdir(parents=True)
    accepted.write_parquet(folder / "accepted.parquet")
    others: tuple[tuple[str, dict[str, Any]], ...] = (
        ("refused", {**keys, "cells": pl.String}), ("reasons", {"heading": pl.String, "value": pl.String, "reason": pl.String}),
        ("set_aside", {"reason": pl.String}), ("sent", {"table_no": pl.Int16}), ("totals", dict(TOTALS)))
    for name, more in others:
        pl.DataFrame(schema={**place, **more}).write_parquet(folder / f"{name}.parquet")
    return Staged(folder=folder, feed=feed, as_of=AS_OF, accepted=accepted.height, refused=0, set_aside=0, sheets=("",), reasons=(), unknown=(), warnings=(),
                  question=None, tables=())


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"funnel": funnel}
