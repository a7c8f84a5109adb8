"""How projects go through the stages: each situation is one project of one hand-made world; what must come out is worked out by hand from the rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from worlds import LAST, World, day, event, events, project, rule, sent, world

HISTORY = [  # project, stage, event, day
    ("plain", "poc", "enter", "2026-01-10"), ("plain", "poc", "pass", "2026-03-01"), ("plain", "small", "enter", "2026-03-15"),
    ("plain", "small", "fail", "2026-06-01"),
    ("straight", "poc", "enter", "2026-01-10"), ("straight", "small", "enter", "2026-02-10"),
    ("skips", "poc", "enter", "2026-01-10"), ("skips", "pilot", "enter", "2026-05-10"),
    ("late_only", "pilot", "enter", "2026-02-01"),
    ("paused", "poc", "enter", "2026-01-10"), ("paused", "poc", "suspend", "2026-02-10"), ("paused", "poc", "resume", "2026-03-12"),
    ("paused", "poc", "suspend", "2026-04-01"),
    ("back", "poc", "enter", "2026-01-01"), ("back", "pilot", "enter", "2026-03-01"), ("back", "pilot", "regress", "2026-04-01"),
    ("back", "poc", "reenter", "2026-04-05"), ("back", "pilot", "reenter", "2026-06-01"),
    ("ended", "poc", "enter", "2026-01-10"), ("ended", "poc", "terminate", "2026-03-10"),
    ("ended_at_once", "poc", "enter", "2026-01-10"), ("ended_at_once", "poc", "terminate", "2026-01-10"),
    ("withdrawn", "small", "enter", "2026-01-10"), ("withdrawn", "small", "withdraw", "2026-02-10"),
    ("revived", "small", "enter", "2026-01-10"), ("revived", "small", "terminate", "2026-03-10"), ("revived", "small", "reenter", "2026-05-10"),
    ("twice_told", "poc", "enter", "2026-01-10"), ("twice_told", "poc", "enter", "2026-01-10"), ("twice_told", "poc", "pass", "2026-03-01"),
    ("disordered", "pilot", "enter", "2026-01-10"), ("disordered", "poc", "enter", "2026-03-10"),
    ("phase1", "poc", "enter", "2026-01-10"), ("phase2", "pilot", "enter", "2026-02-10"), ("phase2", "pilot", "pass", "2026-05-10"),
    ("passed_first", "poc", "pass", "2026-01-10"), ("finished", "industrial", "enter", "2026-01-10"), ("finished", "industrial", "pass", "2026-05-10"),
    ("future", "poc", "enter", "2026-01-10"), ("future", "small", "enter", "2028-06-01"),
]
PARENTS = {"phase1": "phases", "phase2": "phases"}
MONTH = [event("M1", "month", "poc", "enter", "2026-01-31", precision="M"), event("M2", "month", "small", "enter", "2026-03-31", precision="M"),
         event("Y1", "year", "poc", "enter", "2025-12-31", precision="Y")]
V = "2026-08-31"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> World:
    names = sorted({row[0] for row in HISTORY} | {"month", "year", *PARENTS.values()})
    listed = [{**project(name, parent=PARENTS.get(name)), "approved_on": day("2026-02-20") if name == "late_only" else day("2024-01-10")} for name in names]
    return world(tmp_path_factory.mktemp("visits"), sent("projects", *listed), events(*HISTORY), sent("stage_events", *MONTH))


def visits(cases: World, name: str, *columns: str) -> list[tuple[Any, ...]]:
    return cases.con.execute(f"SELECT {', '.join(columns)} FROM core.stage_visit WHERE root_project_id = ? ORDER BY entered_on, stage_order", [name]).fetchall()


def alive(cases: World, metric: str, name: str, on: str = V) -> list[tuple[str, str]]:
    """Stage and category of the rows of a project that count on a day."""
    return cases.con.execute(
        "SELECT stage_id, coalesce(category, '') FROM mart.contribution WHERE metric_id = ? AND entity_id = ? AND counts_from <= ? "
        "AND (counts_until IS NULL OR counts_until > ?) ORDER BY ALL", [metric, name, day(on), day(on)]).fetchall()


def test_a_visit_says_when_it_was_entered_and_left_and_how(cases: World) -> None:
    assert visits(cases, "plain", "stage_id", "visit_no", "entered_on", "left_on", "outcome", "advanced_on", "advanced_stage_id") == [
        ("poc", 1, day("2026-01-10"), day("2026-03-01"), "pass", day("2026-03-15"), "small"), ("small", 1, day("2026-03-15"), None, None, None, None)]
    assert visits(cases, "straight", "stage_id", "left_on", "outcome") == [("poc", day("2026-02-10"), "advance"), ("small", None, None)]
    assert visits(cases, "withdrawn", "outcome", "quit_on") == [("withdraw", day("2026-02-10"))]


def test_a_failed_review_ends_nothing_and_counts_as_one(cases: World) -> None:
    assert visits(cases, "plain", "left_on")[1] == (None,)
    assert alive(cases, "funnel_gate_failed", "plain") == [("small", "")]
    assert alive(cases, "funnel_gate_passed", "plain") == [("poc", "")]


def test_a_project_that_passed_and_entered_nothing_yet_is_between_stages_and_in_no_stock(cases: World) -> None:
    assert alive(cases, "funnel_stock", "plain", "2026-03-10") == []
    assert alive(cases, "funnel_between", "plain", "2026-03-10") == [("poc", "pass")]
    assert alive(cases, "funnel_between", "plain", "2026-03-15") == []
    assert alive(cases, "funnel_stock", "plain", "2026-03-15") == [("small", "active")]
    assert alive(cases, "funnel_between", "finished") == []


def test_a_skipped_stage_still_counts_as_reached_and_says_that_it_was_skipped(cases: World) -> None:
    assert alive(cases, "funnel_reached", "skips", "2026-05-09") == [("poc", "entered"), ("rd", "unknown")]
    assert alive(cases, "funnel_reached", "skips", "2026-05-10") == [("pilot", "entered"), ("poc", "entered"), ("rd", "unknown"), ("small", "skipped")]
    assert ("poc", "poc>pilot") in alive(cases, "funnel_moves", "skips")


def test_a_project_with_only_a_later_stage_has_reached_the_earlier_ones_at_unknown_dates(cases: World) -> None:
    assert alive(cases, "funnel_reached", "late_only") == [("pilot", "entered"), ("poc", "unknown"), ("rd", "unknown"), ("small", "unknown")]
    assert alive(cases, "funnel_moves", "late_only") == [("pilot", "in>pilot")]
    assert cases.con.execute("SELECT stage_id, observed_days FROM mart.passage WHERE root_project_id = 'late_only'").fetchall() == [("pilot", 19)]


def test_suspended_time_is_a_band_of_the_stock_and_more_than_180_days_is_stalled(cases: World) -> None:
    days = ("2026-02-09", "2026-02-10", "2026-03-11", "2026-03-12", "2026-04-01", "2026-09-28", "2026-09-29")
    bands = ("active", "suspended", "suspended", "active", "suspended", "suspended", "stalled")
    assert [alive(cases, "funnel_stock", "paused", on) for on in days] == [[("poc", band)] for band in bands]
    assert visits(cases, "paused", "left_on", "suspended_days") == [(None, 30)]


def test_going_back_moves_the_stock_and_takes_nothing_from_what_was_reached(cases: World) -> None:
    assert [alive(cases, "funnel_stock", "back", on) for on in ("2026-03-31", "2026-04-02", "2026-04-05", "2026-06-01")] == [
        [("pilot", "active")], [], [("poc", "active")], [("pilot", "active")]]
    assert alive(cases, "funnel_between", "back", "2026-04-02") == [("pilot", "regress")]
    assert ("pilot", "entered") in alive(cases, "funnel_reached", "back", "2026-04-05")
    assert alive(cases, "funnel_regressed", "back") == [("pilot", "")]
    assert visits(cases, "back", "stage_id", "visit_no") == [("poc", 1), ("pilot", 1), ("poc", 2), ("pilot", 2)]
    assert sorted(move for _, move in alive(cases, "funnel_moves", "back")) == ["in>poc", "pilot>poc", "poc>pilot", "poc>pilot"]


def test_an_ended_project_leaves_the_stock_stays_reached_and_comes_back_when_it_enters_again(cases: World) -> None:
    assert alive(cases, "funnel_stock", "ended") == []
    assert alive(cases, "funnel_terminated", "ended") == [("poc", "unstated")]
    assert alive(cases, "funnel_reached", "ended") == [("poc", "entered"), ("rd", "unknown")]
    assert [alive(cases, "funnel_terminated", "revived", on) for on in ("2026-03-10", "2026-05-10")] == [[("small", "unstated")], []]
    assert alive(cases, "funnel_stock", "revived") == [("small", "active")]
    assert ("small", "out>small") in alive(cases, "funnel_moves", "revived")


def test_what_is_ended_on_its_first_day_took_no_days_and_was_never_in_stock(cases: World) -> None:
    assert cases.con.execute("SELECT quit_days, is_timed FROM mart.passage WHERE root_project_id = 'ended_at_once'").fetchall() == [(0, True)]
    assert alive(cases, "funnel_stock", "ended_at_once", "2026-01-10") == []
    assert alive(cases, "funnel_terminated", "ended_at_once", "2026-01-10") == [("poc", "unstated")]


def test_an_entry_told_twice_is_one_visit(cases: World) -> None:
    assert visits(cases, "twice_told", "visit_no", "entered_on", "left_on", "outcome") == [(1, day("2026-01-10"), day("2026-03-01"), "pass")]
    assert alive(cases, "funnel_moves", "twice_told") == [("poc", "in>poc")]


def test_entries_out_of_order_are_both_kept_and_not_timed(cases: World) -> None:
    assert cases.con.execute("SELECT stage_id, is_timed, advanced_on FROM mart.passage WHERE root_project_id = 'disordered' ORDER BY 1").fetchall() == [
        ("pilot", True, None), ("poc", False, None)]
    assert alive(cases, "funnel_reached", "disordered") == [("pilot", "entered"), ("poc", "entered"), ("rd", "unknown"), ("small", "unknown")]


def test_of_several_parts_the_furthest_stage_is_where_the_project_stands(cases: World) -> None:
    assert [alive(cases, "funnel_stock", "phases", on) for on in ("2026-02-09", "2026-02-10", "2026-05-10")] == [
        [("poc", "active")], [("pilot", "active")], [("poc", "active")]]
    assert alive(cases, "funnel_stock", "phase1") == alive(cases, "funnel_stock", "phase2") == []


def test_an_event_without_an_entry_makes_no_visit(cases: World) -> None:
    assert visits(cases, "passed_first", "stage_id") == []
    assert alive(cases, "funnel_stock", "passed_first") == []


def test_what_happens_after_the_day_is_not_there_yet(cases: World) -> None:
    assert alive(cases, "funnel_stock", "future") == [("poc", "active")]
    assert alive(cases, "funnel_stock", "future", "2028-06-01") == [("small", "active")]
    assert ("small", "entered") not in alive(cases, "funnel_reached", "future")


def test_a_month_counts_from_its_end_and_is_timed_from_its_middle_and_a_year_is_not_timed(cases: World) -> None:
    timed = cases.con.execute("SELECT stage_id, entered_on, entered_at, advanced_days FROM mart.passage WHERE root_project_id = 'month' ORDER BY entered_on").fetchall()
    assert timed == [
        ("poc", day("2026-01-31"), day("2026-01-16"), 59), ("small", day("2026-03-31"), day("2026-03-16"), None)]
    assert cases.con.execute("SELECT is_timed FROM mart.passage WHERE root_project_id = 'year'").fetchall() == [(False,)]
    assert alive(cases, "funnel_stock", "year") == [("poc", "active")]


@pytest.mark.parametrize("on", ["2026-01-10", "2026-03-10", "2026-04-02", V, LAST.isoformat()])
def test_the_stock_is_every_open_project_once_and_reached_never_rises_from_stage_to_stage(cases: World, on: str) -> None:
    open_roots = cases.con.execute("SELECT count(DISTINCT root_project_id) FROM core.stage_spell WHERE entered_on <= $v AND (left_on IS NULL OR left_on > $v)",
                                   {"v": day(on)}).fetchall()[0][0]
    assert cases.value("funnel_stock", on) == open_roots > 0
    reached = [count for _, count in cases.con.execute(
        "SELECT s.stage_order, count(c.key) FROM ref.stage AS s LEFT JOIN mart.contribution AS c ON c.stage_id = s.stage_id AND c.metric_id = 'funnel_reached' "
        "AND c.counts_from <= $v GROUP BY ALL ORDER BY 1", {"v": day(on)}).fetchall()]
    assert reached == sorted(reached, reverse=True)


def test_nothing_is_overdue_until_a_limit_is_decided_and_then_from_the_day_after_it(tmp_path: Any, cases: World) -> None:
    assert cases.value("funnel_overdue", V) == 0
    decided = world(tmp_path, sent("projects", project("plain")), events(("plain", "poc", "enter", "2026-01-10")),
                    rule("settings", setting_id="stage_limit_days_poc", value="90", unit="天", status="已定", clause_id="C05", note_zh="联席会议"))
    assert [decided.value("funnel_overdue", on) for on in ("2026-04-10", "2026-04-11")] == [0, 1]
    assert dt.date(2026, 4, 10) - dt.date(2026, 1, 10) == dt.timedelta(days=90)
