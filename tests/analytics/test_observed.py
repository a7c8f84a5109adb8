"""What the forecast takes from the facts: each situation is one project of a hand-made world, worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from worlds import Row, Sent, World, day, events, organization, project, sent, world

from analytics.observed import observed, output_seen
from analytics.pipeline import Observed, Stage

BASE, V = day("2025-09-29"), day("2026-03-31")
HISTORY = [  # project, stage, event, day
    ("walks", "poc", "enter", "2025-10-10"), ("walks", "poc", "pass", "2025-11-01"), ("walks", "small", "enter", "2025-12-10"), ("walks", "pilot", "enter", "2026-02-08"),
    ("skips", "poc", "enter", "2025-10-20"), ("skips", "pilot", "enter", "2025-12-19"),
    ("stock", "small", "enter", "2025-06-01"), ("stock", "small", "suspend", "2025-12-01"),
    ("gone_before", "poc", "enter", "2025-02-01"), ("gone_before", "poc", "terminate", "2025-09-01"),
    ("ends", "small", "enter", "2026-01-01"), ("ends", "small", "terminate", "2026-01-31"),
    ("ends_at_once", "poc", "enter", "2026-01-05"), ("ends_at_once", "poc", "withdraw", "2026-01-05"),
    ("back", "poc", "enter", "2025-10-01"), ("back", "poc", "terminate", "2025-11-01"), ("back", "poc", "reenter", "2026-01-01"),
    ("returns", "pilot", "enter", "2025-11-01"), ("returns", "small", "regress", "2026-02-01"), ("returns", "small", "enter", "2026-02-02"),
    ("lands", "pilot", "enter", "2025-10-10"), ("lands", "landed", "enter", "2026-01-10"),
    ("later", "poc", "enter", "2026-04-01"),
]
ROOTS = sorted({row[0] for row in HISTORY})


def outcome(outcome_id: str, project_id: str, landed_on: str) -> Row:
    return {"outcome_id": outcome_id, "project_id": project_id, "outcome_name": "某成果", "right_kind": "patent", "route": "transfer", "contract_no": "H1",
            "implementer_org_id": "F1", "space_name": "绿色化工", "landing_proof": "production", "landed_on": day(landed_on), "landed_precision": "D",
            "validity": "valid", "evidence_id": None}


def told(folder: Path, *more: Sent, history: list[tuple[str, str, str, str]] = HISTORY) -> World:
    return world(folder, sent("projects", *map(project, ROOTS)), sent("organizations", organization("F1")), events(*history), *more)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Observed:
    landed = [outcome("c1", "lands", "2026-01-10"), outcome("c2", "lands", "2026-02-10"), outcome("c3", "straight", "2026-03-01")]
    con = told(tmp_path_factory.mktemp("seen"), sent("outcomes", *landed)).con
    return observed(con.cursor(), V, BASE)


def days(*spans: tuple[str, str]) -> Any:
    """Their days together, in months."""
    return pytest.approx(sum((day(end) - day(start)).days for start, end in spans) / 30.44)


def test_proof_of_concept_is_left_by_entering_a_later_stage_and_by_ending_for_good(seen: Observed) -> None:
    assert seen.stage("poc") == Stage(
        open=1, exits=1, advances={"small": 1, "pilot": 1},
        months=days(("2025-10-10", "2025-12-10"), ("2025-10-20", "2025-12-19"), ("2025-10-01", "2026-03-31")))


def test_a_stay_that_began_before_the_base_date_counts_from_that_day_on(seen: Observed) -> None:
    assert seen.stage("small") == Stage(
        open=1, exits=1, advances={"pilot": 1}, months=days(("2025-12-10", "2026-02-08"), ("2025-09-29", "2026-03-31"), ("2026-01-01", "2026-01-31")))


def test_going_back_leaves_a_project_at_the_furthest_stage_it_entered(seen: Observed) -> None:
    assert seen.stage("pilot") == Stage(
        open=3, exits=0, advances={"landed": 1},
        months=days(("2026-02-08", "2026-03-31"), ("2025-12-19", "2026-03-31"), ("2025-11-01", "2026-03-31"), ("2025-10-10", "2026-01-10")))


def test_arrivals_are_those_of_the_goal_by_whole_month(seen: Observed) -> None:
    assert seen.arrivals == (3, 0, 0, 2, 1, 0)  # from October 2025 on; who goes back from pilot scale to small-scale counts in the goal too
    assert seen.entered == {"poc": 4, "small": 1, "pilot": 2, "landed": 1} and seen.arrived == 5


def test_landed_projects_are_known_by_their_outcomes_too(seen: Observed) -> None:
    assert seen.outcomes == (0, 1, 1)


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    """But within a day, where what was told first happened first."""
    history = [row for row in HISTORY if row[0] != "ends_at_once"]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = observed(told(tmp_path / "one", history=history).con.cursor(), V, BASE)
    assert one.stage("poc").open and observed(told(tmp_path / "two", history=history[::-1]).con.cursor(), V, BASE) == one


def test_a_world_without_projects_shows_nothing(tmp_path: Path) -> None:
    con = world(tmp_path).con
    found = observed(con.cursor(), V, BASE)
    assert found == Observed(months=found.months, arrivals=(0,) * 6) and found.months == pytest.approx(183 / 30.44)
    assert output_seen(con.cursor(), V, BASE).per_month == ()


def value(outcome_id: str | None, end: str, amount: int, *, span: str = "month", share: str | None = "0.5") -> Row:
    last = day(end)
    first = last.replace(day=1) if span == "month" else last.replace(month=1, day=1)
    return {"period_from": first, "period_to": last, "span": span, "org_id": "F1", "outcome_id": outcome_id, "report_type": "preliminary",
            "calibre": "industrial_output", "amount_cny": Decimal(amount), "attribution_share": Decimal(share) if share else None, "is_tax_included": False}


def test_output_goes_on_at_the_mean_of_the_last_three_months_reported(tmp_path: Path) -> None:
    rows = [value("c1", "2025-11-30", 1000), value("c1", "2025-12-31", 200), value("c1", "2026-01-31", 400), value("c1", "2026-02-28", 600),
            value("c2", "2026-03-31", 900, span="year_to_date", share="1"), value("c4", "2026-03-31", 900, share=None)]
    landed = [outcome("c1", "walks", "2025-10-10"), outcome("c5", "skips", "2026-02-10")]
    con = told(tmp_path, sent("output_values", *rows, department="D04"), sent("outcomes", *landed)).con
    seen = output_seen(con.cursor(), V, BASE)
    assert seen.per_month == (200.0, 300.0) and seen.reported_upto == (day("2026-02-28"), V)
    assert seen.landed_on == (dt.date(2026, 2, 10),)
