"""A small park in which every check holds, and copies of its snapshot with one fault planted."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import polars as pl
import pytest
from one_of_each import FURTHER, OCTOBER, ORG, Cells

from etl.feeds import FEEDS
from etl.parsing import typed
from etl.reference import shipped
from etl.sent import TOTALS
from etl.tables import feed_table
from warehouse.build import build
from warehouse.inputs import Inputs, SentTable, StagedFile

with warnings.catch_warnings():  # what it imports in turn is deprecated in places; that is not ours to mend
    warnings.simplefilter("ignore")
    import great_expectations  # noqa: F401

Plant = Callable[[str], Path]

SEPTEMBER = dt.date(2026, 9, 30)
CLOCK = dt.datetime(2026, 11, 5)


def project(number: int, zone: str, parent: int | None = None) -> Cells:
    return {"project_id": f"P-{number}", "parent_project_id": f"P-{parent}" if parent else None, "project_name": f"项目{number}",
            "lead_org_name": "样板公司", "lead_org_id": ORG, "zone_name": zone, "direction_name": "疫苗", "approval_no": f"文〔2025〕{number}号",
            "approved_on": dt.date(2025, 9, 1), "approved_precision": "D", "status": "active", "trl": 6}


def event(number: int, project: int, stage: str, day: dt.date, precision: str = "D") -> Cells:
    return {"event_id": f"E-{number}", "project_id": f"P-{project}", "stage_id": stage, "event_type": "enter", "occurred_on": day,
            "occurred_precision": precision, "evidence_id": "J-1", "validity": "valid"}


def output(span: str, months: tuple[int, int], yuan: int) -> Cells:
    return {"period_from": dt.date(2026, months[0], 1), "period_to": dt.date(2026, months[1], 28 + (months[1] != 2) * 2), "span": span,
            "org_id": ORG, "report_type": "preliminary", "calibre": "revenue", "amount_cny": yuan, "attribution_share": 0.5}


OUTCOME: Cells = {
    "outcome_id": "C-1", "project_id": "P-1", "outcome_name": "成果", "right_kind": "patent", "route": "licence", "contract_no": "H-1",
    "signed_on": dt.date(2026, 2, 1), "signed_precision": "D", "implementer_org_id": ORG, "space_name": "生物医药",
    "landing_proof": "production", "evidence_id": "J-1", "landed_on": dt.date(2026, 5, 1), "landed_precision": "D", "validity": "valid"}
ORGANIZATION: Cells = {"org_id": ORG, "org_name": "样板公司", "org_kind": "enterprise", "space_name": "生物医药", "industry_code": "C2651"}

PARK: tuple[tuple[str, str, dt.date, Sequence[Cells]], ...] = (  # feed, department, as-of, rows; the second project changes its zone
    ("projects", "D08", SEPTEMBER, [project(1, "生物医药"), project(2, "绿色化工"), project(3, "生物医药", parent=1)]),
    ("projects", "D08", OCTOBER, [project(1, "生物医药"), project(2, "核技术应用"), project(3, "生物医药", parent=1)]),
    ("organizations", "D08", OCTOBER, [ORGANIZATION]),
    ("stage_events", "D08", OCTOBER, [
        event(1, 1, "poc", dt.date(2025, 10, 31), "M"), event(2, 1, "small", dt.date(2026, 1, 15)), event(3, 2, "small", dt.date(2026, 3, 1))]),
    ("stage_events", "D04", OCTOBER, [event(1, 2, "pilot", dt.date(2026, 6, 20))]),
    ("stage_events", "D10", OCTOBER, []),
    ("outcomes", "D08", OCTOBER, [OUTCOME]),
    ("outcomes", "D04", OCTOBER, []),
    ("outcomes", "D10", OCTOBER, []),
    ("output_values", "D04", OCTOBER, [
        output("month", (3, 3), 1_000_000), output("month", (1, 2), 2_000_000), output("year_to_date", (1, 3), 3_000_000)]),
    ("evidence", "D08", OCTOBER, [{"evidence_id": "J-1", "document_name": "验收意见", "document_no": "新科〔2025〕2号",
                               "made_on": dt.date(2025, 10, 1), "made_precision": "D"}]),
    *((name, department, OCTOBER, [row] if number == 0 else []) for name, row in FURTHER.items()
      for number, department in enumerate(FEEDS[name].departments)),
    ("risk_pool", "D05", OCTOBER, [  # what the one payment is made of
        {"entry_id": "L-1", "occurred_on": dt.date(2026, 1, 1), "entry_kind": "injection", "amount_cny": 9},
        {"entry_id": "L-2", "occurred_on": dt.date(2026, 2, 1), "entry_kind": "approval", "contract_id": "D-1", "amount_cny": 1}]),
)


def _staged(folder: Path, number: int, feed: str, department: str, as_of: dt.date, rows: Sequence[Cells]) -> StagedFile:
    """The Parquet of one file as staging leaves it: all rows accepted, and one more set aside."""
    folder.mkdir(parents=True)
    place: dict[str, pl.DataType] = {"sheet_no": pl.Int16(), "row": pl.Int64()}
    columns = {name: kind for column in FEEDS[feed].columns for name, kind in typed(column).items()}
    exact = {name: "D" for name in columns if name.endswith("_precision")}  # where a row does not say how exact its days are
    frames = {
        "accepted": pl.DataFrame([{"sheet_no": 0, "row": at, **exact, **cells} for at, cells in enumerate(rows, 2)], schema={**place, **columns}),
        "refused": pl.DataFrame(schema={**place, **{name: kind for column in FEEDS[feed].key() for name, kind in typed(column).items()},
                                        "cells": pl.String()}),
        "reasons": pl.DataFrame(schema={**place, "heading": pl.String(), "value": pl.String(), "reason": pl.String()}),
        "set_aside": pl.DataFrame([{"sheet_no": 0, "row": 9, "reason": "与第 2 行相同"}], schema={**place, "reason": pl.String()}),
        "sent": pl.DataFrame([{"sheet_no": 0, "row": at, "table_no": 0, "c0": "原文"} for at in range(2, 2 + len(rows))],
                             schema={**place, "table_no": pl.Int16(), "c0": pl.String()}),
        "totals": pl.DataFrame([(0, 9, "金额（万元）", 30.0, 30.0, 0.5)], schema=TOTALS, orient="row")}
    for kind, frame in frames.items():
        frame.write_parquet(folder / f"{kind}.parquet")
    name = f"{department}-{feed}-{as_of}.csv"
    return StagedFile(folder=folder, tables=(SentTable(headings=("某列",), left_out=(), unit=None),), row={
        "file_id": number, "name": name, "sha256": hashlib.sha256(name.encode()).hexdigest(), "feed": feed, "department_id": department,
        "sender": "", "as_of": as_of, "received_at": dt.datetime(2026, 11, 1), "is_standing": True, "rows_read": len(rows) + 1,
        "accepted": len(rows), "refused": 0, "set_aside": 1, "sheets": [""]})


def built(path: Path, files: Sequence[StagedFile]) -> Path:
    """A snapshot of these files, made by the real build."""
    acts = pl.DataFrame(schema={"seq": pl.Int32(), "recorded_at": pl.Datetime("us"), "kind": pl.String(), "body": pl.String()})
    build(path, Inputs(
        feeds=[feed_table(feed) for feed in FEEDS.values()], files=files, acts=acts, acts_upto=0, known_at=CLOCK, clock=CLOCK, is_demo=False,
        reference=shipped(),
        inputs_hash="", rules_hash="", code_hash=""))
    return path


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot in which every check holds."""
    folder = tmp_path_factory.mktemp("park")
    files = [_staged(folder / str(number), number, *file) for number, file in enumerate(PARK, 1)]
    return built(folder / "clean.duckdb", files)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot before any file has arrived."""
    return built(tmp_path_factory.mktemp("empty") / "empty.duckdb", [])


@pytest.fixture
def planted(clean: Path, tmp_path: Path) -> Plant:
    """Give it SQL; it gives a copy of the clean snapshot to which that was done."""
    def plant(fault: str) -> Path:
        path = tmp_path / "planted.duckdb"
        shutil.copy(clean, path)
        with duckdb.connect(path) as connection:
            connection.execute(fault)
        return path

    return plant
