"""Two meetings of a small park written by hand: what was known at the first, and what departments told, corrected and withdrew until the second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from histories import NOON, File, Rule, Step, written

from etl.refresh import inputs_of
from etl.replay import register_of
from warehouse.build import build
from warehouse.publish import Store

FIRST, SECOND = dt.date(2026, 9, 30), dt.date(2026, 10, 31)


def project(project_id: str, status: str = "active", zone: str = "绿色化工") -> dict[str, Any]:
    return {"project_id": project_id, "project_name": f"{project_id}号项目", "lead_org_name": "某单位", "zone_name": zone, "approved_on": dt.date(2025, 1, 1),
            "approved_precision": "D", "approval_no": "1号", "status": status}


def entry(event_id: str, project_id: str, on: dt.date, stage: str = "poc") -> dict[str, Any]:
    return {"event_id": event_id, "project_id": project_id, "stage_id": stage, "event_type": "enter", "occurred_on": on, "occurred_precision": "D"}


def task(task_id: str, due: dt.date, done: dt.date | None) -> dict[str, Any]:
    return {"task_id": task_id, "clause_id": "C05", "content": "某任务", "unit_name": "科技局", "due_on": due, "due_precision": "D",
            "status": "done" if done else "in_progress", "done_on": done, "done_precision": "D" if done else None}


def told(feed: str, as_of: dt.date, *rows: dict[str, Any], department: str = "D08") -> File:
    return File(feed=feed, department=department, as_of=as_of, rows=rows)


ONE, TWO, THREE, FOUR = (f"GZH-{number}" for number in (1, 2, 3, 4))
JANUARY, JUNE, AUGUST, OCTOBER = dt.date(2026, 1, 15), dt.date(2026, 6, 15), dt.date(2026, 8, 15), dt.date(2026, 10, 15)
BEFORE: tuple[Step, ...] = (
    told("projects", FIRST, project(ONE), project(TWO), project(THREE, zone="生物医药"), project(FOUR)), told("organizations", FIRST),
    told("outcomes", FIRST), told("output_values", FIRST, department="D04"),
    told("stage_events", FIRST, entry("E1", ONE, JANUARY), entry("E2", TWO, JUNE)),
    told("tasks", FIRST, task("R1", JUNE, JUNE), task("R2", AUGUST, None), department="D12"))
SINCE: tuple[Step, ...] = (  # the second project is void, the third was told late, the fourth is new, and resolutions are told of for the first time
    told("projects", SECOND, project(ONE), project(TWO, "void"), project(THREE, zone="生物医药"), project(FOUR)),
    told("stage_events", SECOND, entry("E3", THREE, AUGUST), entry("E4", FOUR, OCTOBER)),
    told("tasks", SECOND, task("R1", JUNE, JUNE), task("R2", AUGUST, None), task("R3", OCTOBER, OCTOBER), department="D12"),
    told("meetings", SECOND, {"meeting_id": "M1", "met_on": JUNE, "met_precision": "D", "topic": "议题", "resolution_id": "Y1", "resolution": "内容",
                              "unit_name": "组织部", "due_on": AUGUST, "due_precision": "D", "status": "open", "validity": "valid"}, department="D12"))
MOVED_BASE: tuple[Step, ...] = (Rule(table="goals", rows=({"goal_id": "g1", "base_on": "2026-03-01"},)),)


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """The store with both snapshots published."""

    store: Store
    first: str
    second: str


def held(home: Path, since: Sequence[Step] = SINCE) -> Meetings:
    """Publish what was known at the first meeting, and then all."""
    (home / "steps").mkdir(parents=True)
    history = written([*BEFORE, *since], home / "steps")
    store, published = Store(home / "warehouse"), []
    for upto, at in ((history.upto[len(BEFORE)], NOON - dt.timedelta(days=30)), (history.upto[-1], NOON)):
        register = register_of(history.acts, data_upto=upto, rules_upto=upto)
        inputs = inputs_of(history.acts[:upto], register, dict(history.staged), clock=NOON)
        published.append(store.publish(lambda path, inputs=inputs: build(path, inputs, threads=1), now=at, acts_upto=upto,  # type: ignore[misc]
                                       inputs_hash=inputs.inputs_hash))
    return Meetings(store=store, first=published[0].snapshot, second=published[1].snapshot)
