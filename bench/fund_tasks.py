"""What is measured of 基金敞口's view 基金: one refresh of very many cash flows, and the page over its marts."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TAKEN: list[float] = []  # seconds of the last script runs
SCRIPT = "\n".join((
    "import time", "import streamlit as st", "from bench.fund_tasks import TAKEN", "from pages.funds import funds", "began = time.perf_counter()", "try:", "    funds()",
    "finally:", "    TAKEN.append(time.perf_counter() - began)"))


def funds_page(folder: str, rows: int, runs: int = 9) -> dict[str, Any]:
    """The page's run: `first` in a new process, `cold` with empty caches, `cached` again; and the seconds of the refresh before."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from bench.fund_data import write
    from etl.home import Home
    from etl.refresh import refresh
    from etl.report import Report
    from pages.beforehand import load_all
    from warehouse.here import reader

    home, inbox = Path(folder) / "home", Path(folder) / "inbox"
    write(inbox, rows)
    began = time.perf_counter()
    with Report() as report:
        refresh(Home(root=home), report, inbox_folder=inbox, checks=False, now=dt.datetime(2026, 11, 5, 1, tzinfo=dt.UTC))
    refreshed = time.perf_counter() - began
    os.environ["GANZHIHUI_DATA"] = str(home)

    def run() -> float:
        test = AppTest.from_string(SCRIPT, default_timeout=120)
        test.query_params["view"] = "funds"
        test.run()
        if test.exception:
            raise RuntimeError(test.exception[0].message)
        return float(sys.modules["bench.fund_tasks"].TAKEN.pop())

    first = run()
    load_all()  # as serve.py does before its first reader
    cold, cached = [], []
    for _ in range(runs):
        st.cache_data.clear()
        st.cache_resource.clear()
        reader.cache_clear()
        cold.append(run())
        cached.append(run())
    return {"seconds": statistics.median(cold), "first": first, "cold": statistics.median(cold), "cached": statistics.median(cached), "refresh": refreshed,
            "rows": rows}


TASKS = {"funds_page": funds_page}
