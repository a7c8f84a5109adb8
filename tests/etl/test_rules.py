"""A reference row is changed on site by a rule file: an act, so that it can be seen, rebuilt and taken back."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from park import FOLDERS, Park, sample

from etl.__main__ import main
from etl.feeds import FEEDS
from etl.geometry.shapes import GEOMETRY
from etl.reference import shipped
from warehouse.build import check_reference
from warehouse.reference_rules import RULES


def rule(home: Park, name: str, text: str) -> Path:
    path = home.home.root / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_changed_base_date_changes_the_metric_after_the_next_refresh(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    before = home.served()
    assert main(["rule", str(rule(home, "goals.csv", "goal_id,base_on\ng1,2026-01-01\n"))]) == 0
    assert "参照表 goals 改 1 行" in capsys.readouterr().out
    assert home.served() == before, "nothing is published before a refresh"
    home.refresh()
    entered = "SELECT count(*) FROM core.stage_entry WHERE stage_id IN ('poc', 'small') GROUP BY root_project_id HAVING min(occurred_on) >= '2026-01-01'"
    assert home.value("g1_poc_small") == len(home.ask(entered)) < before[1]["g1_poc_small"]
    assert home.ask("SELECT goal_id, base_on::VARCHAR, target FROM ref.goal WHERE goal_id IN ('g1', 'g2') ORDER BY 1") == [
        ("g1", "2026-01-01", 100), ("g2", "2025-09-29", 30)], "the row's other columns and the other rows stand"
    assert home.values()["g2_pilot"] == before[1]["g2_pilot"]
    changed = home.ask("SELECT a.rules_hash <> ? FROM meta.snapshot AS a", home.ask("SELECT rules_hash FROM meta.snapshot", snapshot=before[0])[0][0])
    assert changed == [(True,)]


def test_a_row_that_is_new_is_told_apart_from_one_that_is_changed(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    path = empty.home.root / "directions.csv"
    shipped()["directions"].head(1).write_csv(path)
    assert main(["rule", str(path)]) == 0
    assert "参照表 directions 改 1 行（记事" in capsys.readouterr().out
    key = shipped()["directions"].columns[0]
    shipped()["directions"].head(1).with_columns(pl.lit("chem-91").alias(key), name_zh=pl.lit("新方向"), name_en=pl.lit("New")).write_csv(path)
    assert main(["rule", str(path)]) == 0
    assert "参照表 directions 改 0 行，新增 1 行：chem-91（记事" in capsys.readouterr().out


def test_a_new_alias_of_a_zone_places_what_was_unplaced(home: Park) -> None:
    home.send(f"{FOLDERS['D08']}/补报.csv", sample("stage_events").only("SJ-0013").but(
        "SJ-0013", 事件编号="SJ-9001", 项目编号="GZH-2099-0001", 所在空间="云谷大厦"))
    home.refresh()
    assert home.value("g1_poc_small", zone="unplaced") == 1
    data = home.value("g1_poc_small", zone="data")
    (aliases,) = home.ask("SELECT string_agg(alias, '|') FROM ref.zone_alias WHERE zone_id = 'data'")[0]
    main(["rule", str(rule(home, "zones.csv", f"zone_id,aliases_zh\ndata,{aliases}|云谷大厦\n"))])
    run = home.refresh()
    assert "read" not in run.steps, "no file is read again for it"
    assert home.value("g1_poc_small", zone="unplaced") == 0
    assert home.value("g1_poc_small", zone="data") == data + 1


def test_a_second_rule_on_a_row_builds_on_the_first(home: Park) -> None:
    main(["rule", str(rule(home, "goals.csv", "goal_id,base_on\ng1,2026-01-01\n"))])
    main(["rule", str(rule(home, "goals.csv", "goal_id,target\ng1,120\n"))])
    home.refresh()
    assert home.ask("SELECT base_on::VARCHAR, target FROM ref.goal WHERE goal_id = 'g1'") == [("2026-01-01", 120)]


def test_the_same_rule_once_more_makes_no_snapshot(home: Park) -> None:
    file = rule(home, "goals.csv", "goal_id,base_on\ng1,2026-01-01\n")
    main(["rule", str(file)])
    home.refresh()
    main(["rule", str(file)])
    assert home.refresh().result.published is None


@pytest.mark.parametrize(("name", "text", "what"), [
    ("goals.csv", "goal_id,base_on\ng1,明年\n", "goals：基准日应为 2000 至 2099 年间的日期（g1）"),
    ("goals.csv", "goal_id,target\ng1,很多\n", "goals：目标值应为正数（g1）"),
    ("goals.csv", "goal_id,base_on\ng1,2026-01-01\ng1,2026-02-01\n", "goal_id 有空白或重复"),
    ("goals.csv", "goal_id,base_on\n,2026-01-01\n", "goal_id 有空白或重复"),
    ("goals.csv", "goal_id,base_on\n", "对不上唯一一张参照表"),
    ("goals.csv", "goal_id,colour\ng1,red\n", "对不上任何一张参照表"),
    ("goals.csv", "", "读不出来"),
])
def test_a_bad_rule_is_refused_with_a_sentence(home: Park, capsys: pytest.CaptureFixture[str], name: str, text: str, what: str) -> None:
    served, acts = home.served(), len(home.home.landing.acts())
    assert main(["rule", str(rule(home, name, text))]) == 10
    said = capsys.readouterr().err
    assert name in said and what in said and "请：" in said and "Traceback" not in said
    assert len(home.home.landing.acts()) == acts
    assert home.refresh().result.published is None
    assert home.served() == served


HOSTILE = [  # table, what the rule file says, what must hold, the row that is named
    ("goals", "goal_id,target\ng1,\n", "目标值应为正数", "g1"),
    ("goals", "goal_id,target\ng1,0\n", "目标值应为正数", "g1"),
    ("goals", "goal_id,target\ng1,-100\n", "目标值应为正数", "g1"),
    ("goals", "goal_id,target\ng1,0.0000001\n", "目标值应为正数", "g1"),
    ("goals", "goal_id,target\ng1,nan\n", "目标值应为正数", "g1"),
    ("goals", "goal_id,base_on\ng2,\n", "基准日应为", "g2"),
    ("goals", "goal_id,base_on\ng2,-infinity\n", "基准日应为", "g2"),
    ("goals", "goal_id,deadline_on\ng2,\n", "截止日应为", "g2"),
    ("goals", "goal_id,deadline_on\ng2,20271-12-31\n", "截止日应为", "g2"),
    ("goals", "goal_id,base_on\ng3,2028-01-01\n", "基准日不得晚于截止日", "g3"),
    ("goals", "goal_id,metric_id\ng3,g9\n", "衡量它的指标应在参照表 metrics 中", "g3"),
    ("goals", "goal_id,metric_id\ng3,\n", "衡量它的指标应在参照表 metrics 中", "g3"),
    ("goals", "goal_id,name_zh\ng3,  　\n", "目标名称不得空白", "g3"),
    ("goals", "goal_id,status\ng3,定了\n", "口径状态应为", "g3"),
    ("goals", "goal_id,target\ng6,5\n", "目标名称不得空白", "g6"),
    ("goals", "goal_id,target,base_on\ng1,0,2025-09-29\ng4,-1,2025-09-29\n", "目标值应为正数", "g1、g4"),
    ("zones", "zone_id,name_zh\nchem,\n", "空间名称不得空白", "chem"),
    ("zones", "zone_id,kind\nchem,park\n", "空间种类应为", "chem"),
    ("zones", "zone_id,kind\nchem,\n", "空间种类应为", "chem"),
    ("zones", "zone_id,kind\noutside,carrier\n", "应有对账口径 outside 与 unplaced", "outside"),
    ("zones", "zone_id,kind\nunplaced,core\n", "应有对账口径 outside 与 unplaced", "unplaced"),
    ("zones", "zone_id,aliases_zh\nbio,生物医药|绿色化工\n", "一个名称或别名只能属于一个空间", "绿色化工：bio、chem"),
    ("zones", "zone_id,aliases_zh\nbio,核心区(产业孵化大厦)\n", "一个名称或别名只能属于一个空间", "核心区(产业孵化大厦)：bio、core"),
    ("departments", "department_id,name_zh\nD01,\n", "部门名称不得空白", "D01"),
    ("departments", "department_id,aliases_zh\nD01,科技|工信局\n", "一个名称或别名只能属于一个部门", "工信局：D01、D04"),
    ("departments", "department_id,aliases_zh\nD01,组织部\n", "一个名称或别名只能属于一个部门", "组织部：D01、D02"),
    ("directions", "direction_id,zone_id\nbio-01,moon\n", "所属空间应在参照表 zones 中", "bio-01"),
    ("directions", "direction_id,zone_id\nbio-01,\n", "所属空间应在参照表 zones 中", "bio-01"),
    ("directions", "direction_id,name_zh\nbio-01,\n", "方向名称不得空白", "bio-01"),
    ("directions", "direction_id,name_zh\nbio-01,疫苗\n", "方向名称不得重复", "疫苗：bio-01、bio-03"),
    ("core_functions", "core_function_id,name_zh\ncore-02,\n", "功能名称不得空白", "core-02"),
    ("zone_facilities", "facility_id,name_zh\nchem-facility-01,\n", "名称不得空白", "chem-facility-01"),
    ("zone_facilities", "facility_id,zone_id\nchem-facility-01,北区\n", "所属空间应在参照表 zones 中", "chem-facility-01"),
    ("zone_facilities", "facility_id,kind\nchem-facility-01,平台\n", "种类应为 anchor、leader、facility 之一", "chem-facility-01"),
    ("zone_facilities", "facility_id,status\nchem-facility-01,快了\n", "状态应为 拟建、在建、投用、未接入 之一", "chem-facility-01"),
    ("zone_facilities", "facility_id,clause_id\nchem-facility-01,C99\n", "依据条款应在参照表 clauses 中", "chem-facility-01"),
    ("stages", "stage_id,stage_order\npoc,\n", "顺序应为", "poc"),
    ("stages", "stage_id,stage_order\npoc,1.5\n", "顺序应为", "poc"),
    ("stages", "stage_id,stage_order\npoc,2\n", "顺序不得重复", "2：poc、small"),
    ("stages", "stage_id,stage_order\npoc,02\n", "顺序不得重复", "2：poc、small"),
    ("stages", "stage_id,trl_low\npoc,10\n", "技术成熟度低值应为 1 至 9 的整数", "poc"),
    ("stages", "stage_id,trl_high\npoc,\n", "技术成熟度高值应为", "poc"),
    ("stages", "stage_id,name_zh\npoc,\n", "阶段名称不得空白", "poc"),
    ("stages", "stage_id,goal\npoc,g9\n", "对应目标应在参照表 goals 中", "poc"),
    ("metrics", "metric_id,aggregation\ng2_pilot,summe\n", "算法应为", "g2_pilot"),
    ("metrics", "metric_id,time_kind\ng2_pilot,ever\n", "时间口径应为", "g2_pilot"),
    ("metrics", "metric_id,status\ng2_pilot,\n", "口径状态应为", "g2_pilot"),
    ("metrics", "metric_id,drill\ng2_pilot,cells\n", "下钻应为", "g2_pilot"),
    ("metrics", "metric_id,is_zoned\ng2_pilot,\n", "是否分空间应为", "g2_pilot"),
    ("metrics", "metric_id,version\ng2_pilot,0\n", "口径版本应为", "g2_pilot"),
    ("metrics", "metric_id,valid_from\ng2_pilot,明年\n", "本版自何日起应为", "g2_pilot"),
    ("metrics", "metric_id,name_zh\ng2_pilot,\n", "指标名称不得空白", "g2_pilot"),
    ("metrics", "metric_id,feeds\ng2_pilot,stage_events stars\n", "所需报表应为已有的报表", "g2_pilot"),
    ("metrics", "metric_id,feeds\ng2_pilot,\n", "所需报表应为已有的报表", "g2_pilot"),
    ("metrics", "metric_id,owner_department_id\ng2_pilot,D99\n", "归口部门应在参照表 departments 中", "g2_pilot"),
    ("metrics", "metric_id,owner_department_id\ng2_pilot,\n", "归口部门应在参照表 departments 中", "g2_pilot"),
    ("metrics", "metric_id,part_of\ng2_pilot,g9\n", "所属指标应在参照表 metrics 中", "g2_pilot"),
    ("metrics", "metric_id,part_of\ng2_pilot,g2_pilot\n", "指标不得是自己的分项", "g2_pilot"),
    ("metrics", "metric_id,denominator_id\ng2_pilot,g9\n", "分母应在参照表 metrics 中", "g2_pilot"),
    ("due_days", "rhythm,months\nmonthly,2\n", "每期月数应为 1、3、6、12 之一", "monthly"),
    ("due_days", "rhythm,months\nmonthly,\n", "每期月数应为", "monthly"),
    ("due_days", "rhythm,due_day\nmonthly,0\n", "到期日应为 1 至 31 的整数", "monthly"),
    ("due_days", "rhythm,due_day\nmonthly,32\n", "到期日应为", "monthly"),
    ("due_days", "rhythm,due_day\nmonthly,9.5\n", "到期日应为", "monthly"),
    ("settings", "setting_id,value\nvat_rate,\n", "取值应为数字", "vat_rate"),
    ("settings", "setting_id,value\nvat_rate,1\n", "税率应不小于 0、小于 1", "vat_rate"),
    ("settings", "setting_id,value\nvat_rate,13\n", "税率应", "vat_rate"),
    ("settings", "setting_id,value\nvat_rate,-0.13\n", "税率应", "vat_rate"),
    ("settings", "setting_id,value,status\ncore_functions,2.5,拟定\n", "核心区功能数应为不小于 0 的整数", "core_functions"),
    ("settings", "setting_id,value,status\ncore_functions,-1,拟定\n", "核心区功能数应为", "core_functions"),
    ("state_enterprises", "enterprise_id,name_zh\nGQ01,\n", "企业名称不得空白", "GQ01"),
    ("state_enterprises", "enterprise_id,status\nGQ01,待定\n", "口径状态应为", "GQ01"),
    ("state_enterprises", "enterprise_id,name_zh,aliases_zh,status\nGQ02,某投资公司,科创公司,拟定\n", "一个名称、别名或信用代码只能属于一家企业", "科创公司：GQ01、GQ02"),
]


@pytest.mark.parametrize(("table", "text", "must", "row"), HOSTILE, ids=[f"{table}-{text.splitlines()[1]}" for table, text, _, _ in HOSTILE])
def test_a_row_that_would_publish_nonsense_is_refused_and_named(
        empty: Park, capsys: pytest.CaptureFixture[str], table: str, text: str, must: str, row: str) -> None:
    acts = empty.home.landing.acts()
    assert main(["rule", str(rule(empty, f"{table}.csv", text))]) == 10
    said = capsys.readouterr().err
    assert f"{table}.csv 用上之后，参照表不成立：{table}：{must}" in said and f"（{row}）" in said
    assert "请：" in said and "Traceback" not in said
    assert empty.home.landing.acts() == acts


def test_the_shipped_tables_keep_every_rule() -> None:
    assert check_reference(shipped(), FEEDS) is None
    assert {each.table for each in RULES} == shipped().keys() - {"clauses", *GEOMETRY}  # shapes have rules of their own


def test_a_bucket_that_is_missing_is_named() -> None:
    tables = shipped()
    tables["zones"] = tables["zones"].filter(pl.col("zone_id") != "unplaced")
    assert check_reference(tables, FEEDS) == "zones：应有对账口径 outside 与 unplaced，种类为 bucket（unplaced）"


def test_a_blank_cell_is_blank_and_a_column_left_out_stays(home: Park) -> None:
    assert main(["rule", str(rule(home, "metrics.csv", "metric_id,part_of\n g2_terminated ,\n"))]) == 0
    home.refresh()
    assert home.ask("SELECT part_of, name_zh FROM ref.metric WHERE metric_id = 'g2_terminated'") == [(None, "其中已终止")]


@pytest.mark.parametrize("kind", ["nothing", "folder", "pipe", "long"])
def test_a_path_that_is_no_file_is_a_wrong_argument(empty: Park, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    path = empty.home.root / ("长" * 200 if kind == "long" else "goals.csv")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    acts = empty.home.landing.acts()
    assert main(["rule", str(path)]) == 2
    said = capsys.readouterr().err
    assert f"{path} 不是文件" in said and "请：" in said
    assert empty.home.landing.acts() == acts
