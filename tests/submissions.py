"""Jobs as a worker leaves them behind, written by hand: what the page of submissions is shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analytics.access import Access, Role
from warehouse.jobs.folder import Kind, State, end, folder_of, put, take
from warehouse.jobs.results import Check, Difference, Effect, FieldChange, Finding, Recognised, Result, RowChange
from warehouse.jobs.uploads import Upload, hand_in
from warehouse.publish import Store

STEWARD = Access(subject="s8", name="王某", role=Role.STEWARD, departments=frozenset({"D08"}))
OTHER = Access(subject="s5", name="李某", role=Role.STEWARD, departments=frozenset({"D05"}))
TRAP = "[点我](http://evil.test)<img src=x onerror=alert(1)> **粗**"  # as a department may type it
READ = Recognised(feed="stage_events", title="阶段事件", mode="events", department="D08", sender="", as_of="2026-10-31", as_of_from="file", sheets=("十月",),
                  rows_read=12, accepted=9, refused=2, set_aside=1, units=(("经费", "万元"),), unknown=(), missing=("工信确认",))


def given(home: Path, name: str = "十月进展.xlsx", *, who: Access = STEWARD) -> Upload:
    """A file handed in by a steward of one department."""
    [department] = who.departments or {"D08"}
    return hand_in(home, name, b"bytes of it", who, department=department)


def found(home: Path, file: Upload, **other: Any) -> Check:
    """What came of checking it: two cells at fault, a doubt, and one project more."""
    current = Store(home / "warehouse").current()
    told: dict[str, Any] = {
        "name": file.name, "sha256": file.sha256, "size": file.size, "state": "accepted", "snapshot": current.snapshot if current else "", "seconds": 3.5,
        "recognised": READ, "errors": (_fault(4, "D", "发生日期", "2021-13-09"), _fault(7, "F", "说明", TRAP)), "errors_total": 2,
        "warnings": (Finding(finding_id="w1", kind="total", what="合计行填 120，各行之和是 102", do="核对合计行。", sheet="十月", row=13, column="E", value="120"),),
        "warnings_total": 1, "effects": (Effect(metric_id="g1_poc_small", zone=None, before="3", after="4", come=1),
                                         Effect(metric_id="g1_stage_visits", zone=None, before="10", after="12", come=2)),
        "difference": Difference(
            compared_with="九月进展.xlsx", compared_as_of="2026-09-30", new=1, changed=1, gone=1, same=6, new_rows=(RowChange(key="SJ-9001", sheet="十月", row=9),),
            changed_rows=(RowChange(key="SJ-0002", sheet="十月", row=5, fields=(FieldChange(heading="状态", before="有效", after="作废"),)),),
            gone_rows=(RowChange(key="SJ-0003", sheet=None, row=None),))}
    return Check(**told | other)


def job(home: Path, kind: Kind, arguments: Mapping[str, Any], told: Result | None = None, *, state: State = "done", who: Access = STEWARD, what: str = "",
        do: str = "") -> str:
    """A job that is over, or waits (state queued); its id."""
    [department] = who.departments or {"D08"}
    job_id = put(home, kind, arguments, who, department)
    if state != "queued":
        take(home, job_id)
        end(folder_of(home, job_id), state, what=what, do=do, told=told)
    return job_id


def checked(home: Path, *, who: Access = STEWARD, **other: Any) -> str:
    """A check that is done; its id."""
    file = given(home, who=who)
    return job(home, Kind.CHECK, {"upload": file.upload_id, "name": file.name, "as_of": None, "replaces": None}, found(home, file, **other), who=who)


def _fault(row: int, column: str, heading: str, value: str) -> Finding:
    return Finding(finding_id=f"e{row}", kind="refused", what=f"{heading}：填的是“{value}”", do="", sheet="十月", row=row, column=column, heading=heading, value=value)
