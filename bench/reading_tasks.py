"""Reading one large file, by us and by the bare library underneath; a task of bench.tasks each."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def read_file(path: str) -> dict[str, Any]:
    """Our reader: kind, header, units, totals and notes set apart, every cell a text under its heading."""
    from etl.feeds import FEEDS
    from etl.reading import read

    known = frozenset(heading for feed in FEEDS.values() for heading in feed.by_heading())
    began = time.perf_counter()
    [found] = read(Path(path), known=known).tables
    return {"seconds": time.perf_counter() - began, "rows": found.rows.height}


def calamine(path: str) -> dict[str, Any]:
    """python-calamine alone: the cells of the first sheet as Python values."""
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return {"seconds": time.perf_counter() - began, "rows": len(cells) - AROUND}


def polars_csv(path: str) -> dict[str, Any]:
    """polars.read_csv alone, of a file without a title, a total or another encoding."""
    import polars as pl

    began = time.perf_counter()
    frame = pl.read_csv(path)
    return {"seconds": time.perf_counter() - began, "rows": frame.height}


AROUND = 5  # title, day, headings, total, note
TASKS: dict[str, Callable[..., dict[str, Any]]] = {"read_file": read_file, "calamine": calamine, "polars_csv": polars_csv}
