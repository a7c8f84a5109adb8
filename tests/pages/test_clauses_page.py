"""The page of the clauses: all 87, each with a number, a task, or the words that say why there is neither."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
from park import Park, sample
from shown import Run, Shown, shown

from analytics.clauses import clauses
from analytics.dictionary import entries
from pages.clause_words import PAGES
from warehouse.known import view_date

PAGE = ("clauses", "pages.clauses:clauses_page")


def article(page: Shown, clause_id: str) -> Shown:
    """What the page says of one clause."""
    return Shown(html=next(each for each in re.findall(r"<article.*?</article>", page.html) if f'id="{clause_id}"' in each))


def test_all_clauses_are_there_in_the_words_of_the_policy(read_only: Park, run: Run) -> None:
    page = shown(run())
    told = read_only.ask("SELECT clause_id, text_zh FROM ref.clause")
    assert len(told) == 87
    assert all(re.sub(r"\s+", " ", text) in article(page, clause_id).text for clause_id, text in told)


def test_every_clause_has_a_metric_or_a_task_or_says_what_is_missing(read_only: Park, run: Run) -> None:
    page = shown(run())
    with read_only.open() as con:
        known = clauses(con.cursor(), view_date(con.cursor(), None))
    for each in known:
        said = article(page, each.clause_id).text
        assert {"measured": " 指标 ", "tasked": " 任务 ", "unconnected": " 未接入 "}[each.state] in said, each.clause_id
        assert ("未接入指标：" in said) == (each.state != "measured") and each.reason in said, each.clause_id


def test_each_of_the_87_clauses_has_a_metric_or_the_reason_why_there_is_none_whatever_is_tasked(read_only: Park) -> None:
    with read_only.open() as con:
        known = clauses(con.cursor(), view_date(con.cursor(), None))
    assert [each.clause_id for each in known] == [f"C{number:02d}" for number in range(1, 88)]
    assert [each.clause_id for each in known if not each.metric_ids and not each.reason] == []
    assert all(each.department_ids for each in known)


def test_a_snapshot_from_before_there_were_reasons_is_shown_without_them(read_only: Park, tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    with read_only.open() as con:
        [(path,)] = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = current_database()").fetchall()
    shutil.copyfile(path, old)
    old.chmod(0o644)
    with duckdb.connect(str(old)) as con:
        con.execute("ALTER TABLE ref.clause DROP COLUMN reason_zh; ALTER TABLE ref.clause DROP COLUMN reason_en; DROP TABLE ref.statistic")
        known = clauses(con.cursor(), view_date(con.cursor(), None))
        assert entries(con.cursor())["fund_tvpi"].metric.inputs == ()
    assert len(known) == 87 and {each.reason for each in known} == {""}


def test_the_title_counts_the_clauses_of_each_state(read_only: Park, run: Run) -> None:
    with read_only.open() as con:
        known = clauses(con.cursor(), view_date(con.cursor(), None))
    title = shown(run()).title
    for state, name in (("measured", "有指标"), ("tasked", "只有任务"), ("unconnected", "未接入")):
        number = sum(each.state == state for each in known)
        assert f"{number} 条{name}" in title if number else name not in title


def test_a_clause_of_a_goal_names_its_metrics_and_who_the_policy_says_answers_for_it(read_only: Park, run: Run) -> None:
    said = article(shown(run(clause="C05")), "C05").text
    assert "概念验证及小试项目（期内新增）" in said and "原文明确" in said and "组织部" in said


def test_a_department_sees_its_own_clauses_alone(read_only: Park, run: Run) -> None:
    page = shown(run(department="D11"))
    told = {clause_id for clause_id, ids in read_only.ask("SELECT clause_id, departments FROM ref.clause") if "D11" in ids.split()}
    assert told and set(re.findall(r'<article id="(C\d\d)"', page.html)) == told


def test_a_task_past_its_term_is_counted_as_overdue_and_one_done_is_not(home: Park) -> None:
    tasks = sample("tasks")
    late = {"条款编号": "C02", "时限": "2026-03-31"}
    changed = tasks.but("RW-002", 状态="推进中", 完成日期="", **late).but("RW-001", 状态="已完成", 完成日期="2026-04-20", **late)
    home.send("推进工作专班/任务-新.csv", changed)
    home.refresh()
    with home.open() as con:
        [clause] = [each for each in clauses(con.cursor(), view_date(con.cursor(), None)) if each.clause_id == "C02"]
    assert (clause.tasks, clause.done, clause.overdue) == (2, 1, 1)


def test_pages_that_clauses_name_have_their_names(read_only: Park) -> None:
    told = {page.strip("/") for (pages,) in read_only.ask("SELECT pages FROM ref.clause") for page in pages.split()}
    assert told <= set(PAGES)


def test_metrics_of_the_dictionary_name_clauses_there_are(read_only: Park) -> None:
    told = {clause_id for (clause_id,) in read_only.ask("SELECT clause_id FROM ref.clause")}
    with read_only.open() as con:
        assert {clause for each in entries(con.cursor()).values() for clause in each.clauses} <= told
