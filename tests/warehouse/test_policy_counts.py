"""Rules and applications as they count: begun, issued, accepted, approved, and kept or late by the terms of tasks, on days counted by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from worlds import LAST, Row, World, day, rule, sent, world

from analytics.policies import Policies, done_rate, policies
from etl.landing import Act


def step(item: str, name: str, on: str, *, kind: str = "rule", what: str = "项目准入办法", clause: str | None = "C80", unit: str = "促进中心", **more: object) -> Row:
    """A row of 制度与申报."""
    return {"item_id": item, "item_name": what, "item_kind": kind, "clause_id": clause, "unit_name": unit, "step": name, "step_on": day(on),
            "step_precision": "D", "validity": "valid", **more}


def task(task_id: str, due: str, clause: str = "C80", **more: object) -> Row:
    return {"task_id": task_id, "clause_id": clause, "content": "事项", "unit_name": "促进中心", "due_on": day(due), "due_precision": "D",
            "status": "in_progress", **more}


def told(folder: Path, *steps: Row, tasks: tuple[Row, ...] = (), evidence: tuple[Row, ...] = (), rules: tuple[Act, ...] = ()) -> World:
    """A world that knows these steps and these tasks, and may be read on any day."""
    return world(folder, sent("tasks", *tasks, department="D12", as_of="2026-01-31"), sent("policies", as_of="2024-01-31"), sent("policies", *steps, as_of="2026-12-31"),
                 sent("policies", as_of=LAST.isoformat()), *([sent("evidence", *evidence)] if evidence else []), *rules)


def seen(made: World, on: str) -> Policies:
    found = policies(made.con.cursor(), day(on))
    assert found
    return found


def on(made: World, metric: str, *days: str) -> list[Decimal | None]:
    return [made.value(metric, each) for each in days]


def test_a_rule_is_begun_with_its_first_step_issued_with_its_issue_and_open_between(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "drafting", "2026-01-10"), step("Z1", "issued", "2026-03-05"), step("Z1", "filed", "2026-04-01"))
    assert on(made, "policy_begun", "2026-01-09", "2026-01-10") == [0, 1]
    assert on(made, "policy_open", "2026-01-10", "2026-03-04", "2026-03-05") == [1, 1, 0]
    assert on(made, "policy_issued", "2026-03-04", "2026-03-05", "2026-12-31") == [0, 1, 1]
    assert on(made, "policy_applied", "2026-12-31") == [0]


def test_a_rule_of_which_only_the_filing_was_told_counts_as_issued_from_then(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "filed", "2026-04-01"))
    assert on(made, "policy_issued", "2026-03-31", "2026-04-01") == [0, 1]


def test_an_application_is_accepted_approved_or_declined_and_one_approved_after_all_is_not_declined(tmp_path: Path) -> None:
    def application(item: str, name: str, when: str) -> Row:
        return step(item, name, when, kind="application", what=item, clause="C74")

    made = told(tmp_path, application("S1", "applied", "2026-02-01"), application("S1", "accepted", "2026-03-01"), application("S1", "approved", "2026-06-01"),
                application("S2", "applied", "2026-02-01"), application("S2", "declined", "2026-05-01"),
                application("S3", "declined", "2026-04-01"), application("S3", "approved", "2026-08-01"))
    assert on(made, "policy_applied", "2026-02-01", "2026-12-31") == [2, 3]
    assert on(made, "policy_accepted", "2026-02-28", "2026-03-01", "2026-12-31") == [0, 1, 3]
    assert on(made, "policy_approved", "2026-06-01", "2026-12-31") == [1, 2]
    assert on(made, "policy_declined", "2026-05-01") == [1]
    assert on(made, "policy_open", "2026-04-30", "2026-05-01") == [2, 1]
    assert made.value("policy_acceptance_rate", "2026-03-15") == Decimal(1) / 2


def test_what_is_issued_without_a_catalogued_document_is_pending(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "issued", "2026-03-05", document_no="文1"), step("Z2", "issued", "2026-03-05", document_no="文2"),
                evidence=({"evidence_id": "J1", "document_name": "办法", "document_kind": "文件", "document_no": "文1", "validity": "valid"},))
    assert [made.is_pending("policy_issued", each, "2026-12-31") for each in ("Z1", "Z2")] == [False, True]


def test_an_entry_is_due_by_the_term_of_its_clauses_task_and_overdue_from_the_day_after(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "drafting", "2026-01-10", what="项目准入管理办法"), step("Z1", "issued", "2026-05-20", what="项目准入管理办法"),
                tasks=(task("T1", "2026-04-30", original_due_on=day("2026-02-28"), content="落实项目准入"),))
    assert made.of("policy_due", "rule-access", "2026-04-29", "2026-04-30") == [0, 1]
    assert made.of("policy_overdue", "rule-access", "2026-04-30", "2026-05-01", "2026-05-19", "2026-05-20") == [0, 1, 1, 0]
    assert made.of("policy_on_time", "rule-access", "2026-12-31") == [0]
    [entry] = [each for each in seen(made, "2026-05-10").entries if each.entry_id == "rule-access"]
    assert (entry.state(day("2026-05-10")), entry.days_late(day("2026-05-10")), entry.original_due_on, entry.task_id) == ("overdue", 10, day("2026-02-28"), "T1")
    [done] = [each for each in seen(made, "2026-06-01").entries if each.entry_id == "rule-access"]
    assert (done.state(day("2026-06-01")), done.is_kept, done.days_late(day("2026-06-01"))) == ("done", False, 20)


def test_an_entry_of_which_nothing_was_reported_is_on_the_list_silent_and_then_overdue(tmp_path: Path) -> None:
    made = told(tmp_path, tasks=(task("T1", "2026-04-30", "C54"),))
    assert made.of("policy_overdue", "apply-pioneer", "2026-04-30", "2026-05-01") == [0, 1]
    states = {on_day: next(each.state(day(on_day)) for each in seen(made, on_day).entries if each.entry_id == "apply-pioneer")
              for on_day in ("2026-04-30", "2026-05-01")}
    assert states == {"2026-04-30": "silent", "2026-05-01": "overdue"}
    assert len(seen(made, "2026-05-01").entries) == 22
    assert done_rate(seen(made, "2026-05-01").entries) == 0


def test_a_parent_task_gives_no_term_and_of_several_the_one_that_names_the_entry_does(tmp_path: Path) -> None:
    made = told(tmp_path, tasks=(task("T", "2027-12-31"), task("T-1", "2026-06-30", parent_task_id="T", content="制定项目准入制度"),
                                 task("T-2", "2026-09-30", parent_task_id="T"), task("T-3", "2026-03-31", parent_task_id="T", status="stopped")))
    terms = {each.entry_id: each.task_id for each in seen(made, "2026-04-30").entries if each.clause_id == "C80"}
    assert terms == {"rule-access": "T-1", "rule-funds": "T-2", "rule-managers": "T-2"}


def test_an_item_goes_to_the_entry_its_name_tells_and_an_unknown_one_beyond_the_list(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "drafting", "2026-01-10", what="（演示）科技创新风险补偿金管理细则", clause="C52"),
                step("Z2", "drafting", "2026-01-10", what="食堂管理办法"))
    found = seen(made, "2026-02-01")
    assert {each.entry_id: [item.item_id for item in each.items] for each in found.entries if each.items} == {"rule-pool": ["Z1"]}
    assert [(each.item_id, each.is_clause_known) for each in found.others] == [("Z2", True)]


def test_the_next_step_follows_the_furthest_one_taken(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "consultation", "2026-02-01"), step("Z2", "filed", "2026-02-01"),
                step("Z3", "applied", "2026-02-01", kind="application"), step("Z4", "declined", "2026-02-01", kind="application"))
    found = seen(made, "2026-03-01")
    items = [item for each in found.entries for item in each.items] + list(found.others)
    assert {each.item_id: each.next_step for each in items} == {"Z1": "issued", "Z2": None, "Z3": "accepted", "Z4": None}


def test_a_step_has_a_term_only_once_the_meeting_has_set_the_days(tmp_path: Path) -> None:
    steps = (step("Z9", "drafting", "2026-01-10", what="食堂管理办法"), step("Z9", "consultation", "2026-03-01", what="食堂管理办法"))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert told(tmp_path / "a", *steps).value("policy_due", "2026-12-31") == 0
    decided = rule("settings", setting_id="policy_limit_days_consultation", value="30", unit="天", status="已定", clause_id="C80", note_zh="联席会议")
    made = told(tmp_path / "b", *steps, rules=(decided,))
    assert made.of("policy_due", "Z9", "2026-02-08", "2026-02-09") == [0, 1]
    assert made.of("policy_overdue", "Z9", "2026-02-09", "2026-02-10", "2026-02-28", "2026-03-01") == [0, 1, 1, 0]
    assert made.value("policy_on_time_rate", "2026-12-31") == 0


def test_bad_steps_crash_nothing(tmp_path: Path) -> None:
    made = told(tmp_path, step("Z1", "issued", "2026-01-10"), step("Z1", "drafting", "2026-03-01"), step("Z2", "approved", "2026-01-10"),
                step("Z3", "drafting", "2026-01-10", clause="C99", unit="无此单位"), step("Z4", "drafting", "2026-01-10", clause=None, what="无"))
    found = seen(made, "2026-12-31")
    assert {each.item_id: each.is_clause_known for each in found.others} == {"Z4": False}
    assert made.value("policy_begun", "2026-12-31") == 4


@pytest.mark.parametrize("metric", ["policy_begun", "policy_overdue", "policy_on_time_rate"])
def test_before_the_first_report_nothing_is_known(tmp_path: Path, metric: str) -> None:
    made = world(tmp_path, sent("projects", as_of="2025-01-31"))
    assert made.value(metric, "2025-01-31") is None
