"""Tasks and resolutions as they count: done, due, in time, late and put off, on days counted by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from worlds import LAST, Row, World, day, sent, world

from analytics.tasks import appraisals, tasks, work


def task(task_id: str, due: str, status: str = "in_progress", **more: object) -> Row:
    """A row of the task force's list."""
    return {"task_id": task_id, "clause_id": "C05", "content": f"{task_id}事项", "unit_name": "科技局", "due_on": day(due), "due_precision": "D",
            "status": status, "done_precision": "D" if "done_on" in more else None, **more}


def resolution(resolution_id: str, met: str, due: str | None, status: str = "open", **more: object) -> Row:
    return {"meeting_id": "M1", "met_on": day(met), "met_precision": "D", "topic": "议题", "resolution_id": resolution_id, "resolution": "内容",
            "unit_name": "组织部", "due_on": day(due) if due else None, "due_precision": "D" if due else None, "status": status,
            "closed_precision": "D" if "closed_on" in more else None, "validity": "valid", **more}


def listed(folder: Path, *rows: Row) -> World:
    """A world in which these tasks are on the list of January 2026."""
    return world(folder, sent("tasks", *rows, department="D12", as_of="2026-01-31"), sent("meetings", department="D12", as_of="2026-01-31"),
                 sent("meetings", department="D12", as_of=LAST.isoformat()))


def on(made: World, metric: str, *days: str) -> list[Decimal | None]:
    return [made.value(metric, each) for each in days]


def test_a_task_is_due_from_its_term_and_overdue_from_the_day_after_until_it_is_done(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-03-10", "done", done_on=day("2026-03-20"), evidence_id=None))
    assert on(made, "task_due", "2026-03-09", "2026-03-10") == [0, 1]
    assert on(made, "task_overdue", "2026-03-10", "2026-03-11", "2026-03-19", "2026-03-20") == [0, 1, 1, 0]
    assert on(made, "task_done", "2026-03-19", "2026-03-20") == [0, 1]
    assert on(made, "task_done_on_time", "2026-12-31") == [0]


def test_a_task_done_early_is_in_time_only_once_its_term_has_come(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-06-30", "done", done_on=day("2026-02-20")))
    assert on(made, "task_done", "2026-02-20") == [1]
    assert on(made, "task_done_on_time", "2026-06-29", "2026-06-30") == [0, 1]
    assert on(made, "task_overdue", "2026-07-31") == [0]


def test_a_task_put_off_is_judged_by_its_present_term_and_keeps_the_first(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-09-30", "delayed", original_due_on=day("2026-03-31")))
    assert on(made, "task_extended", "2026-02-28") == [1]
    assert on(made, "task_overdue", "2026-04-30", "2026-10-01") == [0, 1]
    [seen] = tasks(made.con.cursor(), day("2026-04-30"))
    assert (seen.state, seen.due_on, seen.original_due_on) == ("extended", day("2026-09-30"), day("2026-03-31"))
    [late] = tasks(made.con.cursor(), day("2026-10-05"))
    assert (late.state, late.overdue_days, late.original_due_on) == ("overdue", 5, day("2026-03-31"))


def test_a_task_stopped_is_neither_listed_nor_due_nor_late(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-03-10", "stopped"), task("T2", "2026-03-10"))
    assert [made.value(metric, "2026-04-30") for metric in ("task_listed", "task_due", "task_overdue")] == [1, 1, 1]


def test_a_task_marked_done_without_a_day_is_done_from_the_list_that_says_so_and_pending(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-03-10", "done"))
    assert on(made, "task_done", "2026-01-31") == [1]
    assert made.is_pending("task_done", "T1", "2026-02-28")
    assert on(made, "task_overdue", "2026-05-31") == [0]


def test_the_share_in_time_is_of_what_was_due_and_unknown_where_nothing_was(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-03-10", "done", done_on=day("2026-03-01")), task("T2", "2026-03-10"), task("T3", "2026-08-10"))
    assert work(made.con.cursor(), day("2026-02-28"))["D01"].tasks.in_time_share is None
    seen = work(made.con.cursor(), day("2026-04-30"))["D01"].tasks
    assert (seen.listed, seen.due, seen.in_time, seen.overdue, seen.in_time_share) == (3, 2, 1, 1, Decimal("0.5"))


def test_the_numbers_of_the_departments_add_up_to_all_and_one_clause_is_a_part(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-03-10"), task("T2", "2026-03-10", unit_name="组织部", clause_id="C40"),
                  task("T3", "2026-03-10", unit_name="气象局"))
    seen = work(made.con.cursor(), day("2026-04-30"))
    assert {each: numbers.tasks.overdue for each, numbers in seen.items()} == {"": 3, "D01": 1, "D02": 1, "?": 1}
    assert work(made.con.cursor(), day("2026-04-30"), "C40")[""].tasks.listed == 1


def test_a_resolution_without_a_term_is_never_due_and_one_closed_late_was_overdue_till_then(tmp_path: Path) -> None:
    made = world(tmp_path, sent("tasks", department="D12", as_of="2026-01-31"),
                 sent("meetings", resolution("R1", "2026-02-01", None), resolution("R2", "2026-02-01", "2026-03-01", "closed", closed_on=day("2026-03-15")),
                      resolution("R3", "2026-02-01", "2026-03-01", "closed", closed_on=day("2026-02-20")), department="D12", as_of="2026-03-31"))
    assert on(made, "resolution_made", "2026-02-01") == [3]
    assert on(made, "resolution_due", "2026-12-31") == [2]
    assert on(made, "resolution_overdue", "2026-03-02", "2026-03-14", "2026-03-15") == [1, 1, 0]
    assert on(made, "resolution_closed_on_time", "2026-12-31") == [1]


def test_tasks_hang_below_their_parents_and_a_circle_loses_none(tmp_path: Path) -> None:
    made = listed(tmp_path, task("A", "2026-03-10"), task("B", "2026-03-10", parent_task_id="A"), task("C", "2026-03-10", parent_task_id="B"),
                  task("X", "2026-03-10", parent_task_id="Y"), task("Y", "2026-03-10", parent_task_id="X"),
                  task("Z", "2026-03-10", parent_task_id="nobody"))
    assert [(each.task_id, each.depth) for each in tasks(made.con.cursor(), day("2026-02-28"))] == [
        ("A", 0), ("B", 1), ("C", 2), ("Z", 0), ("X", 0), ("Y", 0)]


def test_five_units_have_places_by_their_share_of_the_weight_and_four_have_none(tmp_path: Path) -> None:
    def score(unit: str, weight: float, got: float) -> Row:
        return {"period_from": day("2026-01-01"), "period_to": day("2026-06-30"), "unit_name": unit, "indicator": "指标", "weight": weight, "score": got}

    five = [score("科技局", 100, 90), score("组织部", 50, 45), score("经发局", 100, 70), score("工信局", 100, 99), score("财政局", 0, 0), score("促进中心", 10, 8)]
    (tmp_path / "five").mkdir()
    (tmp_path / "four").mkdir()
    ranked = appraisals(world(tmp_path / "five", sent("appraisals", *five, department="D02", as_of="2026-07-31")).con.cursor(), day("2026-08-31"))
    assert {each.department_id: each.rank for each in ranked} == {"D01": 2, "D02": 2, "D03": 5, "D04": 1, "D05": None, "D08": 4}
    four = appraisals(world(tmp_path / "four", sent("appraisals", *five[:5], department="D02", as_of="2026-07-31")).con.cursor(), day("2026-08-31"))
    assert len(four) == 5 and {each.rank for each in four} == {None}


def test_a_date_of_completion_beside_another_status_neither_ends_the_delay_nor_stops_the_build(tmp_path: Path) -> None:
    made = listed(tmp_path, task("T1", "2026-03-10", done_on=day("2026-03-10")))
    assert on(made, "task_overdue", "2026-03-10", "2026-03-11", "2026-12-31") == [0, 1, 1]
