"""A sender's own heading is explained once, by a named person, and remembered; what was said can be taken back."""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
import pytest
from park import FOLDERS, Park, Sheet, sample

from etl.__main__ import main
from etl.feeds import FEEDS

CENTRE = FOLDERS["D08"]
WRITTEN = "SELECT count(confirmed) FROM (SELECT is_pilot_confirmed AS confirmed FROM raw.stage_events)"


def events(*, heading: str, first: str = "SJ-7001", as_of: str = "2026年10月31日") -> Sheet:
    """Two events under another heading over 工信确认."""
    sheet = sample("stage_events").only("SJ-0004", "SJ-0009").as_of(as_of).renamed("工信确认", heading)
    rows = tuple({**row, "事件编号": f"{first[:-1]}{number}"} for number, row in enumerate(sheet.rows, 1))
    return replace(sheet, rows=rows)


def say(*words: str) -> int:
    return main(["map", "阶段事件", "--sender", CENTRE, "--by", "王某", *words])


def confirmed(home: Park) -> int:
    return int(home.ask(WRITTEN)[0][0])


def test_a_held_file_with_a_near_heading_is_released_by_saying_what_it_is(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    before = confirmed(home)
    path = f"{CENTRE}/十月补报.csv"
    home.send(path, events(heading="工信局确认"))
    assert "python -m etl map stage_events --sender D08" in home.refresh().said
    assert home.last(path).status == "held"
    assert say("工信局确认=工信确认") == 0
    assert "运行 python -m etl refresh 后生效" in capsys.readouterr().out
    home.refresh()
    assert home.last(path).status == "placed"
    assert confirmed(home) == before + 2


def test_what_was_said_holds_for_the_next_file_of_this_sender_and_for_no_other(home: Park) -> None:
    before = confirmed(home)
    say("工信局确认=is_pilot_confirmed")
    home.send(f"{CENTRE}/补报.csv", events(heading="工信局确认"))
    home.send(f"{FOLDERS['D04']}/补报.csv", events(heading="工信局确认", first="SJ-8001"))
    home.refresh()
    assert [home.last(f"{folder}/补报.csv").status for folder in (CENTRE, FOLDERS["D04"])] == ["placed", "held"]
    assert confirmed(home) == before + 2


def test_a_heading_that_carries_nothing_is_no_longer_asked_about(home: Park) -> None:
    before = confirmed(home)
    home.send(f"{CENTRE}/补报.csv", events(heading="工信局确认"))
    home.refresh()
    say("--ignore", "工信局确认")
    run = home.refresh()
    assert home.last(f"{CENTRE}/补报.csv").status == "placed"
    assert "工信局确认" not in run.said
    assert confirmed(home) == before


def test_a_file_refused_for_want_of_a_heading_is_taken_once_it_is_explained(home: Park) -> None:
    path = f"{CENTRE}/补报.csv"
    home.send(path, sample("stage_events").only("SJ-0004").but("SJ-0004", 事件编号="SJ-7001").renamed("事件", "动作描述"))
    home.refresh()
    assert home.last(path).status == "refused"
    say("动作描述=事件")
    home.refresh()
    assert home.last(path).status == "placed"
    assert home.ask("SELECT event_type FROM raw.stage_events WHERE event_id = 'SJ-7001'") == [("enter",)]


def test_files_that_count_already_are_read_again_when_it_is_said_and_when_it_is_taken_back(home: Park) -> None:
    home.send(f"{CENTRE}/补报.csv", events(heading="经办科室意见"))  # far from any heading: set aside, not asked about
    home.refresh()
    before = confirmed(home)
    say("经办科室意见=工信确认")
    home.refresh()
    assert confirmed(home) == before + 2
    say("--forget", "经办科室意见")
    home.refresh()
    assert confirmed(home) == before
    assert [act.kind for act in home.home.landing.acts()].count("mapped") == 2, "both stay on record"


def test_a_personal_column_under_another_name_is_dropped(home: Park) -> None:
    main(["map", "projects", "--sender", "促进中心", "--by", "王某", "科室经办=联系人"])
    rows = sample("projects").renamed("联系人", "科室经办")
    home.send(f"{CENTRE}/项目库-新.csv", rows)
    run = home.refresh()
    assert "科室经办" not in run.said
    assert "赵某甲" not in "".join(str(row) for row in home.ask("SELECT * FROM raw.projects"))


def test_what_is_not_used_is_written_nowhere(home: Park) -> None:
    sheet = events(heading="工信确认")
    more = replace(sheet, headings=(*sheet.headings, "经办人手机"), rows=tuple({**row, "经办人手机": "13912345678"} for row in sheet.rows))
    say("--ignore", "经办人手机")
    home.send(f"{CENTRE}/补报.csv", more)
    assert "经办人手机" not in home.refresh().said
    assert home.last(f"{CENTRE}/补报.csv").status == "placed"
    staged = [pl.read_parquet(path) for path in home.home.staging.rglob("*.parquet")]
    assert len(staged) > len(FEEDS)
    assert not [frame for frame in staged if "13912345678" in str(frame.rows())]
    assert "13912345678" not in str(home.ask("SELECT cells FROM raw.sent_row"))


def test_what_was_said_is_listed(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "stage_events"]) == 0
    assert "还没有说明过列名" in capsys.readouterr().out
    say("工信局确认=工信确认", "--ignore", "领导批示")
    capsys.readouterr()
    main(["map", "stage_events"])
    assert capsys.readouterr().out.splitlines() == ["D08  工信局确认 → 工信确认", "D08  领导批示 → 不用"]
    main(["map", "stage_events", "--json"])
    assert json.loads(capsys.readouterr().out)[0] == {"department": "D08", "sender": "", "heading": "工信局确认", "column": "is_pilot_confirmed"}


@pytest.mark.parametrize(("words", "what"), [
    (["map", "天气", "甲=事件", "--sender", "D08", "--by", "王某"], "没有报表“天气”"),
    (["map", "stage_events", "甲=天气", "--sender", "D08", "--by", "王某"], "应为 文件中的列名=报表的列名"),
    (["map", "stage_events", "事件类型=事件", "--sender", "D08", "--by", "王某"], "报表已经认识"),
    (["map", "stage_events", "甲=事件", "--sender", "D05", "--by", "王某"], "报送，此文件来自"),
    (["map", "stage_events", "甲=事件", "--sender", "气象局", "--by", "王某"], "不是已知部门"),
    (["map", "stage_events", "甲=事件", "--sender", "D08"], "由谁决定"),
    (["map", "stage_events", "--forget", "甲", "--sender", "D08", "--by", "王某"], "没有说明过列“甲”"),
])
def test_a_wrong_word_is_named_and_nothing_is_recorded(empty: Park, capsys: pytest.CaptureFixture[str], words: list[str], what: str) -> None:
    acts = empty.home.landing.acts()
    assert main(words) == 2
    assert what in capsys.readouterr().err
    assert empty.home.landing.acts() == acts
