"""What changed between two meetings, by hand: each reason with its things, the sentence, and the lines that said so."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from meetings import MOVED_BASE, SINCE, Meetings, held

from analytics.change_bridge import Changes
from analytics.changed_rows import MovedRow, moved
from analytics.changes_said import finding, money, sentence, summary
from analytics.comparing import Point, compare
from language import speaking


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    return held(tmp_path_factory.mktemp("meetings"))


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    """The joint meeting lets the first goal count from later on, and nothing else happens."""
    return held(tmp_path_factory.mktemp("ruled"), MOVED_BASE)


def between(meetings: Meetings, zone: str | None = None, department: str | None = None) -> Changes:
    return compare(meetings.store, Point(snapshot=meetings.first), Point(snapshot=meetings.second), zone=zone, department=department)


def terms(changes: Changes, metric_id: str) -> dict[str, Fraction]:
    return {each.term: each.exact for each in changes.by_metric[metric_id].terms}


def said(changes: Changes, metric_id: str) -> str:
    return sentence(changes.by_metric[metric_id], money(changes))


def row(meetings: Meetings, metric_id: str, term: str) -> MovedRow:
    [found] = moved(meetings.store, Point(snapshot=meetings.first), Point(snapshot=meetings.second), metric_id, term).rows
    return found


def test_a_goal_moves_by_what_happened_what_came_late_and_what_was_withdrawn(meetings: Meetings) -> None:
    changes = between(meetings)
    assert changes.prime == "same"
    assert terms(changes, "g1_poc_small") == {"迟报补录": 1, "更正撤销": -1, "真实新增": 1}
    assert said(changes, "g1_poc_small") == (
        "概念验证及小试项目（期内新增）由 2 项增至 3 项：真实新增 1 项（GZH-4号项目）；迟报补录 1 项（GZH-3号项目）；更正撤销 1 项（GZH-2号项目）。")


def test_a_ratio_moves_by_its_rows_and_exactly(meetings: Meetings) -> None:
    change = between(meetings).by_metric["task_on_time_rate"]
    assert (change.before, change.now) == (Fraction(1, 2), Fraction(2, 3))
    assert sum(each.exact for each in change.terms) == Fraction(1, 6)
    assert "任务按期完成率由 50.0%增至 66.7%：" in sentence(change, money(between(meetings)))


def test_what_is_told_for_the_first_time_is_a_baseline_and_not_late(meetings: Meetings) -> None:
    changes = between(meetings)
    change = changes.by_metric["resolution_made"]
    assert change.standing == "begun" and change.before is None and change.now == 1 and not change.terms
    assert said(changes, "resolution_made").endswith("作为基期，不作比较。")


def test_a_zone_has_its_own_reasons_and_no_metric_without_places(meetings: Meetings) -> None:
    changes = between(meetings, zone="bio")
    assert terms(changes, "g1_poc_small") == {"迟报补录": 1}
    assert "task_due" not in changes.by_metric and not changes.statistics


def test_a_department_has_its_own_reasons(meetings: Meetings) -> None:
    assert terms(between(meetings, department="D08"), "g1_poc_small") == terms(between(meetings), "g1_poc_small")
    assert not terms(between(meetings, department="D04"), "g1_poc_small")


def test_the_way_back_is_the_change_with_the_other_sign(meetings: Meetings) -> None:
    back = compare(meetings.store, Point(snapshot=meetings.second), Point(snapshot=meetings.first))
    assert back.by_metric["g1_poc_small"].total == -1


def test_one_snapshot_on_two_days_has_nothing_but_what_happened(meetings: Meetings) -> None:
    changes = compare(meetings.store, Point(snapshot=meetings.second, as_of=dt.date(2026, 9, 30)), Point(snapshot=meetings.second))
    assert terms(changes, "g1_poc_small") == {"真实新增": 1}
    assert {term.term for each in changes.metrics for term in each.terms} <= {"真实新增", "真实减少"}


def test_until_the_earlier_data_are_replayed_rules_and_reports_are_one_term(ruled: Meetings) -> None:
    changes = between(ruled)
    assert changes.prime == "missing"
    assert terms(changes, "g1_poc_small") == {"待分": -1}, "the project of January is before the new base date"
    assert changes.by_metric["g1_poc_small"].restated is None


def test_the_finding_and_the_summary_name_the_goal(meetings: Meetings) -> None:
    changes = between(meetings)
    assert "概念验证及小试项目（期内新增） 2 项 → 3 项" in finding(changes, money(changes))
    whole = summary(changes, money(changes))
    assert "自 2026-09-30" in whole and "真实新增 1 项；迟报补录 1 项；更正撤销 1 项" in whole
    with speaking("en"):
        changes = between(meetings)
        assert "rose from 2 to 3" in sentence(changes.by_metric["g1_poc_small"], money(changes)).replace(" items", "")


def test_a_withdrawn_row_says_which_line_of_which_file_withdrew_it(meetings: Meetings) -> None:
    found = row(meetings, "g1_poc_small", "更正撤销")
    assert found.fact.name == "GZH-2号项目" and found.value_before == 1 and found.value_now is None
    assert [each.cells for each in found.stands] == [(("项目状态", "在研", "作废"),)]
    assert [line.file for line in found.lines] == ["projects.csv", "stage_events.csv"]


def test_a_late_row_says_who_sent_it_when(meetings: Meetings) -> None:
    found = row(meetings, "g1_poc_small", "迟报补录")
    [line] = found.lines
    assert (found.fact.name, line.file, line.row) == ("GZH-3号项目", "stage_events.csv", 2)
    assert line.received_at.strftime("%Y-%m-%d") == "2026-11-05"


def test_the_rows_of_a_term_add_up_to_it(meetings: Meetings) -> None:
    changes = between(meetings)
    for change in changes.changed:
        for term in (each for each in change.terms if each.count):
            found = moved(meetings.store, Point(snapshot=meetings.first), Point(snapshot=meetings.second), change.metric.metric_id, term.term)
            assert found.count == term.count == len(found.rows)
            if len(change.metric.made_of) == 1:
                assert sum(each.fact.change for each in found.rows) == term.exact == sum(found.totals.values())


def test_nothing_told_is_nothing_changed(tmp_path_factory: pytest.TempPathFactory) -> None:
    quiet = held(tmp_path_factory.mktemp("quiet"), SINCE[:0])
    changes = between(quiet)
    assert not changes.changed and finding(changes, money(changes)) == "与 2026-09-30 相比，没有指标变化"
