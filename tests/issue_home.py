"""A small data home with one publication, in which an issue is frozen in a second: without the pack, and no process of its own records the act."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from park import FOLDERS, NOON, Park, Unchecked, read_in_process, sample

from etl.freezing import record
from etl.home import Home
from etl.report import WrongArgument
from exports.freezing import Asked, Done, freeze
from exports.refusals import NotFrozen
from warehouse.errors import StoreError
from warehouse.here import reader
from warehouse.issues import Frozen
from warehouse.lock import Busy

FEEDS = ("projects", "organizations", "stage_events", "outcomes", "output_values", "evidence")
CODES = {WrongArgument: 2, Busy: 13, StoreError: 14}


def small(root: Path) -> Park:
    """What the goals need, published once."""
    park = Park.opened(root)
    for feed in FEEDS:
        park.send(f"{FOLDERS['D04' if feed == 'output_values' else 'D08']}/{feed}.csv", sample(feed))
    with quickly():
        park.refresh()
    return park


@contextlib.contextmanager
def quickly() -> Iterator[None]:
    """Within the block nothing starts a process of its own."""
    def recorded(home: Path, folder: Path) -> None:
        try:
            record(Home(root=home), folder)
        except (WrongArgument, Busy, StoreError) as problem:
            raise NotFrozen(str(problem), next(code for kind, code in CODES.items() if isinstance(problem, kind))) from problem

    with (read_in_process(), patch("etl.refresh.Checker", Unchecked), patch("etl.refresh.Forecaster", Unchecked), patch("exports.freezing._record", recorded),
          patch("exports.freezing.pack", lambda folder, _issue: folder.rmdir())):
        reader.cache_clear()
        yield
        reader.cache_clear()


def asked(issue_id: str = "2026-11", **other: object) -> Asked:
    """The November meeting."""
    return Asked(**{"issue_id": issue_id, "meeting": "LX-2026-06", "by": "专班秘书", **other})  # type: ignore[arg-type]


def frozen(park: Park, issue_id: str = "2026-11", **other: object) -> Frozen:
    """An issue that was not there before."""
    done: Done = freeze(park.home.root, asked(issue_id, **other))
    assert done.is_new
    return done.issue


def told_more(park: Park, number: int = 1, *, now: dt.datetime = NOON) -> str:
    """One more project enters a stage, in a file of its own; the new snapshot."""
    entry = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号=f"SJ-7{number:05}", 项目编号=f"GZH-2097-{number:05}")
    park.send(f"{FOLDERS['D08']}/进入-{number}.csv", entry)
    return park.refresh(now=now).snapshot
