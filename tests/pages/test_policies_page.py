"""制度与申报: the policy's whole list, begun or not, what was told of it, and the rows behind each figure."""

from __future__ import annotations

import pytest
from park import Park, sample
from shown import Run, shown

PAGE = ("policies", "pages.policies:policies_page")
KINDS = {"rule": "制度", "plan": "规划", "application": "申报", "advocacy": "政策争取"}


def test_every_entry_of_the_list_is_shown_though_nothing_was_reported_of_it(read_only: Park, run: Run) -> None:
    page = shown(run())
    entries = read_only.ask("SELECT name_zh, kind FROM ref.policy_entry")
    assert len(entries) == 22
    for code, kind in KINDS.items():
        names = [name for name, of in entries if of == code]
        table = page.table(f"{kind}：清单 {len(names)} 项")
        assert all(any(row[0].startswith(name) for row in table[1:]) for name in names) and len(table) == len(names) + 1
    assert "政策要求的 22 项制度、规划与申报，已办结 1 项" in page.title and "20 项尚无报送" in page.title


def test_an_entry_says_who_answers_for_it_what_was_told_and_what_comes_next(read_only: Park, run: Run) -> None:
    rows = {row[0][:6]: row for row in shown(run()).table("制度：清单 13 项")}
    issued, drafted = rows["“先投后股”"], rows["科技创新风险"]
    assert "C41" in issued[0] and "由条款推出" in issued[0] and "已办结" in issued[2] and "印发 2026-02-28 新科创〔2026〕6号" in issued[5] and "待佐证" in issued[5]
    assert "财政金融和国有资产监督管理局" in drafted[1] and "征求意见 2026年8月" in drafted[5] and "下一环节：印发" in drafted[5]


def test_what_is_not_on_the_list_stands_apart_and_what_was_taken_back_nowhere(read_only: Park, run: Run) -> None:
    page = shown(run())
    assert [row[0] for row in page.table("清单之外的事项")[1:]] == ["（演示）省级中试平台申报SB-001 C25 "]
    assert "职称评审赋权" not in page.text


def test_a_figure_lists_its_rows_and_offers_them_as_files(read_only: Park, run: Run) -> None:
    page = shown(run(metric="policy_issued"))
    value = int(read_only.value("policy_issued"))
    assert f"已印发的制度和规划：共 {value} 行，合计 {value} 项" in page.text and "先投后股管理办法" in page.text
    assert page.html.count('download=""') == 4  # CSV, XLSX, Parquet, and what the CSV is


def test_a_kind_and_a_state_narrow_the_list(read_only: Park, run: Run) -> None:
    assert "政策要求的 2 项" in shown(run(kind="plan")).title
    page = shown(run(state="done"))
    assert [row[0][:4] for row in page.table("制度：清单 1 项")[1:]] == ["“先投后"]


def test_a_department_sees_its_own_entries_and_is_told_which_figures_are_of_all(read_only: Park, run: Run) -> None:
    page = shown(run(department="D03"))
    [(number,)] = read_only.ask("SELECT count(*) FROM ref.policy_entry WHERE list_contains(string_split(departments, ' '), 'D03')")
    assert f"政策要求的 {number} 项" in page.title and "其余各数仍是全部部门的合计" in page.text
    assert "其余各数" not in shown(run()).text


@pytest.mark.parametrize(("name", "asked"), [("kind", "<b>"), ("state", "late"), ("metric", "g1_poc_small"), ("department", "D99")])
def test_a_choice_there_is_none_of_is_said(read_only: Park, run: Run, name: str, asked: str) -> None:
    page = shown(run(**{name: asked}))
    assert f"网址中的 {name}" in page.text and "政策要求的 22 项" in page.title


def test_a_task_of_the_clause_gives_the_term_and_what_has_no_task_says_so(home: Park, run: Run) -> None:
    more = sample("tasks").plus("RW-003", 任务编号="RW-004", 条款编号="C54", 任务内容="申报先行区", 时限="2026-09-30", 原时限="2026-06-30")
    home.send("推进工作专班/任务-新.csv", more)
    home.refresh()
    [row] = [row for row in shown(run()).table("申报：清单 4 项") if row[0].startswith("全省科创金融")]
    assert "逾期 31 天" in row[2] and "尚无报送" in row[2] and row[3].startswith("2026-09-30") and "2026-06-30 原时限" in row[3] and "RW-004" in row[3]
    [none] = [row for row in shown(run()).table("规划：清单 2 项") if row[0].startswith("新区")]
    assert none[3] == "未定"


def test_before_anything_was_reported_the_list_still_stands(empty: Park, run: Run) -> None:
    empty.send("科技创新促进中心/项目库.csv", sample("projects"))
    empty.refresh()
    page = shown(run())
    assert "已办结 0 项" in page.title and "22 项尚无报送" in page.title
