"""What is measured, one task per process: `python -m bench.tasks TASK ARGUMENTS` prints its facts as a line of JSON.

Imports stand inside the tasks: reader processes load this module again, and should load no more than in production.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from bench.changes import TASKS as CHANGES
from bench.exporting import TASKS as EXPORTING
from bench.fund_tasks import TASKS as FUNDS
from bench.funnel import TASKS as FUNNEL
from bench.reading_tasks import TASKS as READING
from bench.search import TASKS as SEARCH

RECEIVED_AT = dt.datetime(2026, 11, 5, 1, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[1]
DASHES, NO_VALUES = ("", "-", "—", "－", "/"), ("无", "暂无", "不适用", "空", "N/A", "null")
TAKEN: list[float] = []  # seconds of the last script runs


def bare(inbox: str, database: str) -> dict[str, Any]:
    """DuckDB alone: every file as it is into a table of a database file."""
    from bench.peers import load_bare

    tables: dict[str, list[Path]] = defaultdict(list)
    for path in _files(inbox):
        tables[f"t{hashlib.sha256(path.stem.partition('-')[0].encode()).hexdigest()[:8]}"].append(path)
    return _timed(lambda: load_bare(tables, Path(database)))


def gate(inbox: str, folder: str, workers: int = 2) -> dict[str, Any]:
    """Reading and gate of all files, from bytes to staged Parquet, in reader processes as in production."""
    from etl.staging import Job, Staged
    from etl.workers import stage_all

    jobs = [Job(blob=path, name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), received_on=RECEIVED_AT.date(),
                staging=Path(folder)) for path in _files(inbox)]
    began = time.perf_counter()
    outcomes = stage_all(jobs, done=lambda job, outcome: None, workers=workers).values()
    seconds = time.perf_counter() - began
    staged = [outcome for outcome in outcomes if isinstance(outcome, Staged)]
    if len(staged) < len(jobs):
        raise RuntimeError(next(str(outcome) for outcome in outcomes if not isinstance(outcome, Staged)))
    return {"seconds": seconds, "accepted": sum(each.accepted for each in staged),
            "refused": sum(each.refused for each in staged)}


def pandas(inbox: str, folder: str, workers: int, parser: Literal["c", "pyarrow"]) -> dict[str, Any]:
    """The same cleaning in pandas."""
    from bench.pandas_cells import Field
    from bench.peers import clean_all
    from etl.contract import Kind
    from etl.feeds import FEEDS

    feeds = [[Field(name=column.name, kind=str(column.kind), headings=column.headings, is_key=column.key, is_required=column.required,
                    words=dict(column.words), unit=column.unit,
                    null_marks=DASHES if column.name.endswith("_name") else DASHES + NO_VALUES, pattern=column.pattern, low=column.low, high=column.high)
              for column in feed.columns if column.kind is not Kind.PERSONAL] for feed in FEEDS.values()]
    files, counts = _files(inbox), (0, 0)

    def run() -> None:
        nonlocal counts
        counts = clean_all(feeds, files, Path(folder), RECEIVED_AT.date().isoformat(), workers=workers, parser=parser)

    return {**_timed(run), "accepted": counts[0], "refused": counts[1]}


def refresh(home: str, inbox: str, checks: bool, days_later: int = 0) -> dict[str, Any]:
    """A whole refresh, and the seconds of its steps; `rest` is deciding, sealing and publishing."""
    from etl import checking, forecasting, intake
    from etl import refresh as pipeline
    from etl.home import Home
    from etl.report import Report

    steps = {name: _clocked(owner, function) for name, owner, function in (
        ("receive", intake, "receive"), ("read", pipeline, "stage_all"), ("build", pipeline, "build"), ("forecast", forecasting.Forecaster, "forecast"),
        ("check", checking.Checker, "check"))}
    with Report() as report:
        facts = _timed(lambda: pipeline.refresh(Home(root=Path(home)), report, inbox_folder=Path(inbox), checks=checks,
                                                now=RECEIVED_AT + dt.timedelta(days=days_later)))
    spent = {name: sum(seconds) for name, seconds in steps.items()}
    published = Home(root=Path(home)).store.publications()
    size = Home(root=Path(home)).store.path(published[-1].snapshot).stat().st_size
    with contextlib.closing(Home(root=Path(home)).store.open(published[-1].snapshot)) as con:
        [(rows, refused)] = con.execute("SELECT sum(rows_read), sum(refused) FROM raw.file").fetchall()
    return {**facts, "steps": {**spent, "rest": facts["seconds"] - sum(spent.values())}, "publications": len(published), "snapshot_mb": size >> 20,
            "rows": int(rows), "refused": int(refused)}


def events_pass(home: str) -> dict[str, Any]:
    """One pass of DuckDB over the stage events."""
    with _snapshot(home) as con:
        con.execute("SELECT count(*) FROM core.stage_event").fetchall()  # the file is open
        return _timed(lambda: con.execute("SELECT stage_id, event_type, count(DISTINCT root_project_id), min(occurred_on), max(occurred_on) "
                                          "FROM core.stage_event GROUP BY ALL").fetchall())


def forecast(home: str, draws: bool) -> dict[str, Any]:
    """What the forecast takes from a snapshot, and with `draws` the forecast of all goals with its limiting transitions."""
    from analytics.forecast import facts
    from analytics.forecast import forecast as made
    from warehouse.known import span

    with _snapshot(home) as con:
        known = span(con)
        if known is None:
            raise RuntimeError("nothing was received")
        taken = _timed(lambda: facts(con, known.newest_as_of))
        told = facts(con, known.newest_as_of)
        return _timed(lambda: made(told)) if draws and told else taken


@contextmanager
def _snapshot(home: str) -> Iterator[Any]:
    from etl.home import Home

    store = Home(root=Path(home)).store
    current = store.current()
    if current is None:
        raise RuntimeError("nothing is published")
    con = store.open(current.snapshot, threads=2)
    try:
        yield con
    finally:
        con.close()


def page(home: str, runs: int = 9, of: str = f"import runpy\nrunpy.run_path({str(ROOT / 'app.py')!r})", asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The script run of a page, the Overview unless told otherwise: `first` in a new process, `cold` with empty caches, `cached` again."""
    import statistics

    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from pages.beforehand import load_all
    from warehouse.here import reader

    os.environ["GANZHIHUI_DATA"] = home

    script = "\n".join((
        "import time", "from bench.tasks import TAKEN", "began = time.perf_counter()", "try:", *(f"    {line}" for line in of.splitlines()),
        "finally:", "    TAKEN.append(time.perf_counter() - began)"))

    def run() -> float:
        test = AppTest.from_string(script, default_timeout=60)
        for name, text in (asked or {}).items():
            test.query_params[name] = text
        test.run()
        if test.exception:
            raise RuntimeError(test.exception[0].message)
        return float(sys.modules["bench.tasks"].TAKEN.pop())  # of the module as the script knows it, not of this one, which is __main__

    first = run()
    load_all()  # as serve.py does before its first reader
    cold, cached = [], []
    for _ in range(runs):
        st.cache_data.clear()
        reader.cache_clear()
        cold.append(run())
        cached.append(run())
    return {"seconds": statistics.median(cold), "first": first, "cold": statistics.median(cold), "cached": statistics.median(cached)}


def browser(home: str, runs: int) -> dict[str, Any]:
    """The goals page in Chromium beside its Dash peer, see bench.browser."""
    from bench.browser import compared

    began = time.perf_counter()
    return {"compared": compared(Path(home), runs), "seconds": time.perf_counter() - began}


def exposures(home: str) -> dict[str, Any]:
    """The views of 基金敞口, see bench.exposures."""
    from bench.exposures import views

    return views(home)


def _files(inbox: str) -> list[Path]:
    return sorted(Path(inbox).rglob("*.csv"))


def _timed(work: Callable[[], object]) -> dict[str, Any]:
    began = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - began}


def _clocked(owner: object, name: str) -> list[float]:
    """Time every call of a function where it is looked up; the list grows."""
    taken: list[float] = []
    function = getattr(owner, name)

    def clocked(*arguments: object, **named: object) -> object:
        began = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            taken.append(time.perf_counter() - began)

    setattr(owner, name, clocked)
    return taken


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"bare": bare, "gate": gate, "pandas": pandas, "refresh": refresh, "page": page, "browser": browser,
                                               "events_pass": events_pass, "forecast": forecast, "exposures": exposures, **READING, **FUNNEL, **FUNDS,
                                               **SEARCH, **CHANGES, **EXPORTING}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))
