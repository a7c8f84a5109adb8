"""The dictionary page: every metric is there, and each says what it means, who decided it and what it is made of today."""

from __future__ import annotations

import pytest
from park import Park
from shown import Run, shown

from analytics.dictionary import entries

PAGE = ("dictionary", "pages.dictionary:dictionary_page")


def test_every_metric_of_the_committees_table_is_listed_with_its_statement(read_only: Park, run: Run) -> None:
    told = read_only.ask("SELECT metric_id, name_zh, statement_zh FROM ref.metric")
    listed = {row[0]: row[-1] for row in shown(run()).table("全部指标")[1:]}
    assert listed == {f"{name}{metric_id}": statement for metric_id, name, statement in told}


def test_the_title_counts_what_is_decided_and_what_is_not(read_only: Park, run: Run) -> None:
    states = dict(read_only.ask("SELECT status, count(*) FROM ref.metric GROUP BY 1"))
    title = shown(run()).title
    assert f"{sum(states.values())} 个指标" in title
    assert all(f"{number} 个{status}" in title for status, number in states.items())


def test_a_metric_says_its_definition_and_its_rows_add_up_to_its_value(read_only: Park, run: Run) -> None:
    page = shown(run(metric="g1_poc_small"))
    statement, decided_by = read_only.ask("SELECT statement_zh, coalesce(decided_by, '待联席会议决定') FROM ref.metric WHERE metric_id = 'g1_poc_small'")[0]
    assert statement in page.text and decided_by in page.text and "C05" in page.text
    value = f"{read_only.value('g1_poc_small'):.0f}"
    zones = page.table("各空间")
    assert zones[-1] == ["合计", value] and str(sum(int(row[1]) for row in zones[1:-1])) == value
    assert f"共 {value} 行，合计 {value} 项" in page.text


def test_a_part_names_its_whole_and_the_whole_its_parts(read_only: Park, run: Run) -> None:
    assert "属于 概念验证及小试项目（期内新增）" in shown(run(metric="g1_both")).text
    assert "分项 其中：仅概念验证" in shown(run(metric="g1_poc_small")).text


def test_a_statistic_names_its_function_and_leads_to_each_of_its_inputs(read_only: Park, run: Run) -> None:
    page = shown(run(metric="funnel_conversion"))
    assert "怎样合成 统计量" in page.text and "analytics.incidence:incidence" in page.text
    inputs = {row[0].rsplit("）", 1)[-1]: row[1] for row in page.table("由这些指标的行算得")[1:]}
    assert len(inputs) == 3
    for metric_id in ("funnel_reached", "funnel_moves", "funnel_terminated"):
        assert f"metric={metric_id}" in page.html
        assert any(name.endswith(metric_id) and said.split()[0] == f"{read_only.value(metric_id):,.0f}" for name, said in inputs.items())
    assert "不是各行之和" in page.text


@pytest.mark.parametrize("asked", ["g9_nothing", "<b>", "g1_poc_small'; DROP TABLE x"])
def test_a_metric_there_is_none_of_is_said_and_the_whole_list_is_shown(read_only: Park, run: Run, asked: str) -> None:
    page = shown(run(metric=asked))
    assert "没有这个指标" in page.text and "个指标：" in page.title


def test_what_a_metric_cannot_be_known_without_is_named_by_its_title(read_only: Park) -> None:
    with read_only.open() as con:
        known = entries(con.cursor())
    assert known["g1_poc_small"].feeds == ("阶段事件",)
    assert set(known["g3_landed"].feeds) == {"科技成果", "主体库"}
