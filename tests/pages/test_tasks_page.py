"""任务督办: the tree from clause to owner and term, ratings beside the model, and what is wrong in the list said where it stands."""

from __future__ import annotations

import re

import pytest
from park import Park, sample
from shown import Run, Shown, shown

from analytics.outlook import outlook
from analytics.tasks import FEWEST_RANKED

PAGE = ("tasks", "pages.tasks:tasks_page")
TREE = "任务分解"


def row(page: Shown, task: str) -> list[str]:
    """The line of a task."""
    return next(each for each in page.table(TREE)[1:] if f"{task} " in each[0])


def test_a_task_leads_from_its_clause_to_who_does_it_by_when(read_only: Park, run: Run) -> None:
    done, put_off, open_ = (row(shown(run()), task) for task in ("RW-001", "RW-002", "RW-003"))
    assert "C05" in done[0] and done[1].startswith("科技创新促进中心") and done[2].startswith("2026-06-30") and done[3] == "按期完成"
    assert put_off[2].startswith("2026年12月") and "2026-09-30 原时限" in put_off[2] and put_off[3] == "延期"
    assert "待佐证" not in done[5] and open_[5] == "—"


def test_a_rating_stands_beside_what_the_model_says_and_a_red_one_without_action_says_so(home: Park, run: Run) -> None:
    tasks = sample("tasks")
    home.send("推进工作专班/任务-新.csv", tasks.but("RW-003", 改进措施="").but("RW-002", 条款编号="C10"))
    home.refresh()
    page = shown(run())
    red, other = row(page, "RW-003"), row(page, "RW-002")
    assert red[4].startswith("信心：红资金未到位改进：未填")
    assert other[4].startswith("信心：黄备案流程较长改进：每周调度看该条款的指标")


def test_the_model_is_quoted_where_the_clause_is_a_goals_and_differs_is_said(run: Run, read_only: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.tasks.kept_outlook", outlook)
    rating = row(shown(run()), "RW-002")[4]
    assert re.search("模型：(证据不足|不给概率|很|较|难定)", rating), rating
    assert "模型：" not in row(shown(run()), "RW-001")[4], "what is done needs no forecast"


def test_a_task_whose_clause_does_not_exist_is_shown_with_a_mark(home: Park, run: Run) -> None:
    home.send("推进工作专班/任务-新.csv", sample("tasks").but("RW-003", 条款编号="C99"))
    home.refresh()
    assert "C99" in row(shown(run()), "RW-003")[0] and "条款表里没有这个编号" in shown(run()).html


def test_tasks_in_a_circle_or_below_nothing_are_all_shown_and_marked(home: Park, run: Run) -> None:
    home.send("推进工作专班/任务-新.csv", sample("tasks").but("RW-002", 上级任务编号="RW-003").but("RW-003", 上级任务编号="RW-002").but("RW-001", 上级任务编号="RW-900"))
    home.refresh()
    page = shown(run())
    assert [("上级任务成环" in each[0], "上级任务不在名单" in each[0]) for each in (row(page, "RW-001"), row(page, "RW-002"), row(page, "RW-003"))] == [
        (False, True), (True, False), (True, False)]


def test_a_meeting_item_without_owner_is_told_back_and_the_others_stand(home: Park, run: Run) -> None:
    home.send("推进工作专班/联席会议-新.csv", sample("meetings").but("YD-002", 责任单位=""))
    home.refresh()
    page = shown(run())
    assert "YD-001" in page.text and "YD-003" in page.text
    told = home.ask("SELECT o.key, r.heading, r.reason FROM rejected.open_reason AS r JOIN rejected.open_row AS o USING (row_id) WHERE o.feed = 'meetings'")
    assert told == [("YD-002", "责任单位", "责任单位：必填，没有填")]


def test_reminders_and_completion_of_resolutions_are_shown(read_only: Park, run: Run) -> None:
    rows = {re.search(r"YD-\d+", each[0])[0]: each for each in shown(run()).table("议定事项")[1:]}  # type: ignore[index]
    assert rows["YD-001"][4] == "按期完成2026-05-28" and rows["YD-001"][5] == "1 次"
    assert rows["YD-003"][4].startswith("逾期") and rows["YD-003"][5] == "3 次"


def test_fewer_than_five_units_are_not_ranked(read_only: Park, run: Run) -> None:
    page = shown(run())
    headings, *told = page.table("绩效考评")
    assert len(told) == 3 < FEWEST_RANKED and "位次" not in headings and "不足 5 个单位，不作排名" in page.text
