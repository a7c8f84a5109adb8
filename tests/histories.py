"""Random histories of what departments tell: lists, events, corrections, retractions, withdrawn files and changed rules, as acts and Parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import strategies as st

from etl.feeds import FEEDS
from etl.gate import typed_columns
from etl.landing import Act
from etl.parsing import typed
from etl.reference import shipped
from etl.sent import TOTALS
from etl.staging import Staged

NOON = dt.datetime(2026, 11, 5, 4, tzinfo=dt.UTC)
AS_OFS = [dt.date(2026, 7, 31), dt.date(2026, 8, 31), dt.date(2026, 9, 30), dt.date(2026, 10, 31)]
PLACE = {"sheet_no": pl.Int16(), "row": pl.Int64()}


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it arrives: typed rows; columns not given are blank."""

    feed: str
    department: str
    as_of: dt.date
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Changed reference rows."""

    table: str
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """The n-th file received so far (modulo their number) is taken out of force."""

    nth: int


Step = File | Rule | Withdrawal


@dataclass(frozen=True, kw_only=True)
class History:
    """Steps, as the register reads them. `upto[i]`: the last act of the first i steps."""

    acts: tuple[Act, ...]
    upto: tuple[int, ...]
    staged: Mapping[int, Staged]


def written(steps: Sequence[Step], folder: Path) -> History:
    """Write the files' Parquet under `folder` and give the acts that tell of them."""
    acts: list[Act] = []
    upto = [0]
    staged: dict[int, Staged] = {}

    def act(kind: str, **body: Any) -> int:
        acts.append(Act(seq=len(acts) + 1, at=NOON + dt.timedelta(minutes=len(acts)), kind=kind, body=body))
        return len(acts)

    for step in steps:
        match step:
            case File():
                number = act("received", name=f"{step.feed}.csv", path=step.feed, sha256=str(len(acts)), mtime_ns=0)
                act("placed", file=number, feed=step.feed, department=step.department, sender="", as_of=step.as_of.isoformat())
                staged[number] = _parquet(step, folder / str(number))
            case Rule():
                act("rule_changed", table=step.table, rows=[dict(row) for row in step.rows])
            case Withdrawal() if staged:
                act("withdrawn", file=list(staged)[step.nth % len(staged)], by="测试")
        upto.append(len(acts))
    return History(acts=tuple(acts), upto=tuple(upto), staged=staged)


def _parquet(file: File, folder: Path) -> Staged:
    feed = FEEDS[file.feed]
    columns = typed_columns(feed)
    rows = [{"sheet_no": 0, "row": number, **row} for number, row in enumerate(file.rows, start=2)]
    keys = {name: columns[name] for column in feed.key() for name in typed(column)}
    frames = {"accepted": pl.DataFrame(rows, schema={**PLACE, **columns}), "refused": pl.DataFrame(schema={**PLACE, **keys, "cells": pl.String}),
              "reasons": pl.DataFrame(schema={**PLACE, "heading": pl.String, "value": pl.String, "reason": pl.String}),
              "set_aside": pl.DataFrame(schema={**PLACE, "reason": pl.String}), "sent": pl.DataFrame(schema={**PLACE, "table_no": pl.Int16}),
              "totals": pl.DataFrame(schema=TOTALS)}
    folder.mkdir()
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return Staged(folder=folder, feed=file.feed, as_of=file.as_of, accepted=len(rows), refused=0, set_aside=0, sheets=("",), reasons=(),
                  unknown=(), warnings=(), question=None, tables=())


ZONES = st.sampled_from(["绿色化工", "生物医药", "新材料产业园", "待定", "区外", "某处"])
ORGS = ["O1", "O2"]
PROJECTS = ["P1", "P2", "P3", "P4"]  # P5 is never listed
DATES = st.sampled_from([dt.date(2025, 8, 31), dt.date(2025, 9, 29), dt.date(2026, 1, 31), dt.date(2026, 6, 30), dt.date(2026, 8, 14),
                         dt.date(2026, 8, 31), dt.date(2026, 9, 30), dt.date(2026, 10, 20)])
MONTHS = [(year, month) for year, last in ((2025, 12), (2026, 10)) for month in range(8 if year == 2025 else 1, last + 1)]


def _files(feed: str, rows: st.SearchStrategy[list[dict[str, Any]]], departments: Sequence[str] = ("D08",)) -> st.SearchStrategy[File]:
    return st.builds(lambda found, department, as_of: File(feed=feed, department=department, as_of=as_of, rows=tuple(found)), rows,
                     st.sampled_from(departments), st.sampled_from(AS_OFS))


def _unlike(row: st.SearchStrategy[dict[str, Any]], *keys: str, at_least: int = 1, at_most: int = 5) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of one file: no key twice, for the gate would refuse both."""
    return st.lists(row, min_size=at_least, max_size=at_most, unique_by=lambda found: tuple(found.get(key) for key in keys))


def _project(project_id: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({
        "project_id": st.just(project_id), "project_name": st.just("某项目"), "lead_org_name": st.just("某单位"),
        "parent_project_id": st.sampled_from([None, None, "P1", "P4"]), "lead_org_id": st.sampled_from([None, *ORGS]), "zone_name": ZONES,
        "approved_on": st.just(dt.date(2025, 1, 1)), "approved_precision": st.just("D"), "approval_no": st.sampled_from([None, "1号"]),
        "status": st.sampled_from(["active", "active", "active", "terminated", "void"])})


PROJECT_LISTS = _files("projects", st.one_of(
    st.tuples(*map(_project, PROJECTS)).map(list), _unlike(st.sampled_from(PROJECTS).flatmap(_project), "project_id")))
ORGANIZATION_LISTS = _files("organizations", _unlike(st.fixed_dictionaries({
    "org_id": st.sampled_from(ORGS), "org_name": st.just("某企业"), "org_kind": st.just("enterprise"), "space_name": st.none() | ZONES}), "org_id"))
EVENTS = _files("stage_events", _unlike(st.fixed_dictionaries({
    "event_id": st.sampled_from([f"E{number}" for number in range(8)]), "project_id": st.sampled_from([*PROJECTS, "P5"]),
    "stage_id": st.sampled_from(["poc", "poc", "small", "pilot", "pilot", "landed"]),
    "event_type": st.sampled_from(["enter", "enter", "enter", "reenter", "pass", "regress", "terminate", "withdraw", "suspend"]),
    "occurred_on": DATES, "occurred_precision": st.just("D"), "space_name": st.none() | ZONES,
    "validity": st.sampled_from([None, None, None, "void"])}), "event_id", at_most=8), ["D08", "D04"])
OUTCOMES = _files("outcomes", _unlike(st.fixed_dictionaries({
    "outcome_id": st.sampled_from(["L1", "L2", "L3"]), "project_id": st.sampled_from(PROJECTS), "outcome_name": st.just("某成果"),
    "right_kind": st.just("patent"), "route": st.sampled_from([None, "licence", "own_use", "own_use"]), "contract_no": st.sampled_from([None, "H1"]),
    "implementer_org_id": st.sampled_from([*ORGS, "O9"]), "space_name": st.none() | ZONES, "landing_proof": st.sampled_from([None, "production"]),
    "validity": st.sampled_from([None, None, "void"]), "landed_on": DATES, "landed_precision": st.just("M"),
    "signed_on": DATES, "signed_precision": st.just("D")}), "outcome_id"), ["D08", "D04"])


@st.composite
def _output(draw: st.DrawFn) -> dict[str, Any]:
    span = draw(st.sampled_from(["month", "month", "year_to_date", "year_to_date", "year"]))
    year, month = draw(st.sampled_from(MONTHS))
    begins = {"month": dt.date(year, month, 1), "year_to_date": dt.date(year, 1, 1), "year": dt.date(2025, 1, 1)}[span]
    ends = dt.date(2025, 12, 31) if span == "year" else dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return {"period_from": begins, "period_to": ends, "span": span, "org_id": draw(st.sampled_from(ORGS)), "report_type": "preliminary",
            "outcome_id": draw(st.sampled_from([None, "L1"])), "calibre": draw(st.sampled_from(["revenue", "industrial_output"])),
            "amount_cny": Decimal(draw(st.integers(0, 10**9))).scaleb(-2), "is_tax_included": draw(st.sampled_from([None, False, True])),
            "attribution_share": draw(st.sampled_from([None, Decimal(1), Decimal("0.333333")]))}


OUTPUTS = _files("output_values", _unlike(_output(), "period_from", "period_to", "span", "org_id", "outcome_id", "calibre", at_most=6), ["D04"])


TASKS = _files("tasks", _unlike(st.fixed_dictionaries({
    "task_id": st.sampled_from(["R1", "R2", "R3", "R4"]), "clause_id": st.sampled_from(["C05", "C25"]), "content": st.just("某任务"), "unit_name": st.just("科技局"),
    "due_on": DATES, "due_precision": st.just("D"), "status": st.sampled_from(["in_progress", "done", "done", "stopped"]), "done_on": st.none() | DATES,
    "done_precision": st.just("D")}), "task_id", at_least=2), ["D12"])  # a ratio: 任务按期完成率


def _row(table: str, key: str) -> dict[str, str]:
    frame = shipped()[table]
    return frame.row(by_predicate=pl.first() == key, named=True)


def _renamed_zone() -> Rule:
    """绿色化工 now means the biomedical zone."""
    chem, bio = _row("zones", "chem"), _row("zones", "bio")
    return Rule(table="zones", rows=({**chem, "aliases_zh": chem["aliases_zh"].replace("绿色化工|", "")},
                                     {**bio, "aliases_zh": bio["aliases_zh"] + "|绿色化工"}))


def _new_base(base_on: str) -> Rule:
    return Rule(table="goals", rows=tuple({"goal_id": goal, "base_on": base_on} for goal in ("g1", "g2", "g3", "g4")))


SECOND_VERSION = Rule(table="metrics", rows=tuple({"metric_id": metric_id, "version": "2"} for metric_id in (
    "g1_poc_small", "g1_poc_only", "g1_small_only", "g1_both", "g1_stage_visits", "g2_pilot", "g3_landed", "g4b_output_cumulative")))
RULES: st.SearchStrategy[list[Step]] = st.sampled_from([
    [_new_base("2025-08-01"), SECOND_VERSION], [_new_base("2026-07-01")], [_renamed_zone()], [_renamed_zone(), _new_base("2025-08-01")],
    [Rule(table="settings", rows=({"setting_id": "vat_rate", "value": "0.09"},))],
    [Rule(table="stages", rows=({"stage_id": "poc", "goal": "g2"},)), SECOND_VERSION]])
TOLD: st.SearchStrategy[Step] = st.one_of(EVENTS, EVENTS, PROJECT_LISTS, ORGANIZATION_LISTS, OUTCOMES, OUTPUTS, TASKS,
                                          st.builds(Withdrawal, nth=st.integers(0, 9)))
BEGINNINGS = st.tuples(PROJECT_LISTS, ORGANIZATION_LISTS, EVENTS, EVENTS, OUTCOMES, OUTPUTS, TASKS).map(list)


def sent_again(file: File) -> File:
    """The same rows once more, in a later file and another order."""
    return replace(file, rows=tuple(reversed(file.rows)))
