"""A reference row is changed on site by a rule file: an act, so that it can be seen, rebuilt and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from park import FOLDERS, Park, sample

from etl.__main__ import main


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
    ("goals.csv", "goal_id,base_on\ng1,明年\n", "参照表 goals 不成立"),
    ("goals.csv", "goal_id,target\ng1,很多\n", "参照表 goals 不成立"),
    ("goals.csv", "goal_id,base_on\ng1,2026-01-01\ng1,2026-02-01\n", "goal_id 有空白或重复"),
    ("goals.csv", "goal_id,base_on\n,2026-01-01\n", "goal_id 有空白或重复"),
    ("goals.csv", "goal_id,base_on\n", "对不上唯一一张参照表"),
    ("goals.csv", "goal_id,colour\ng1,red\n", "对不上任何一张参照表"),
    ("goals.csv", "", "读不出来"),
    ("缺.csv", None, "读不出来"),
])
def test_a_bad_rule_is_refused_with_a_sentence(home: Park, capsys: pytest.CaptureFixture[str], name: str, text: str | None, what: str) -> None:
    served, acts = home.served(), len(home.home.landing.acts())
    file = rule(home, name, text) if text is not None else home.home.root / name
    assert main(["rule", str(file)]) == 10
    said = capsys.readouterr().err
    assert name in said and what in said and "请：" in said and "Traceback" not in said
    assert len(home.home.landing.acts()) == acts
    assert home.refresh().result.published is None
    assert home.served() == served
