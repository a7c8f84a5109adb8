"""Files that do not count at once: a question to a person holds them, a fault refuses them, and what stood before stands on."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from park import FOLDERS, Park, Run, Sheet, sample

from etl.__main__ import main
from etl.feeds import FEEDS
from etl.staging import Job, Refused
from etl.workers import Outcome

CENTRE = FOLDERS["D08"]
NEW_LIST = f"{CENTRE}/项目库-新.csv"
MANY = [f"GZH-2026-{number:04}" for number in range(1001, 1101)]


def projects_and(*more: str, day: str = "2026年10月31日") -> Sheet:
    """The sample's projects and so many more."""
    table = sample("projects")
    for project in more:
        table = table.plus("GZH-2026-0006", 项目编号=project)
    return table.as_of(day)


def told(home: Park, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """A command's exit code and all it says."""
    capsys.readouterr()
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def listed(home: Park) -> set[str]:
    """The projects of the newest list in force."""
    return {name for (name,) in home.ask("SELECT project_id FROM raw.projects AS p JOIN raw.file AS f USING (file_id) "
                                         "WHERE f.as_of = (SELECT max(as_of) FROM raw.file WHERE feed = 'projects')")}


def live() -> list[str]:
    """The sample's projects that have not ended."""
    return [row["项目编号"] for row in sample("projects").rows if row["项目状态"] in ("在研", "暂停")]


@pytest.mark.parametrize(("more", "lost", "is_held"), [
    (0, 3, False), (0, 4, True),  # of the few of the sample, three may go
    (94, 5, False), (94, 6, True),  # of a hundred, five
])
def test_a_list_that_lost_too_many_live_keys_is_held(home: Park, more: int, lost: int, is_held: bool) -> None:
    assert len(live()) == 6
    decide: Callable[[], Run] = home.refresh if is_held else home.judge
    before = projects_and(*MANY[:more], day="2026年11月1日")
    home.send(f"{CENTRE}/项目库-旧.csv", before)
    decide()
    gone = (MANY[:more] or live())[:lost]
    home.send(NEW_LIST, before.without(*gone).as_of("2026年11月2日"))
    run = decide()
    file = home.last(NEW_LIST)
    if not is_held:
        assert (run.result.refused, file.status) == (0, "placed")
        return
    assert (run.result.refused, file.status) == (1, "held")
    assert f"比上一份少了 {lost} 个编号（上一份在册 {6 + more} 个）：" in run.said
    assert set(file.what.split("：")[1].split(" 等。")[0].split("、")) <= set(gone)
    assert f"python -m etl confirm {file.file_id} --by 姓名" in run.said
    assert run.result.published is None
    assert listed(home) == set(before.ids())


def test_what_had_ended_may_leave_the_list(home: Park) -> None:
    ended = projects_and(*MANY[:20]).as_of("2026年11月1日")
    for project in MANY[:20]:
        ended = ended.but(project, 项目状态="终止")
    home.send(f"{CENTRE}/项目库-旧.csv", ended)
    home.judge()
    home.send(NEW_LIST, sample("projects").as_of("2026年11月2日"))
    assert home.judge().result.refused == 0
    assert home.last(NEW_LIST).status == "placed"


def test_rows_that_are_refused_are_not_lost(home: Park) -> None:
    broken = sample("projects").as_of("2026年11月2日")
    for project in live():
        broken = broken.but(project, **{"技术成熟度(TRL1-9)": "12"})
    home.send(NEW_LIST, broken)
    assert home.judge().result.refused == 0
    assert home.last(NEW_LIST).status == "placed"


def test_a_held_list_counts_when_a_named_person_confirms_it(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    served = home.served()
    kept = sample("projects").without(*live()).as_of("2026年11月2日")
    home.send(NEW_LIST, kept)
    assert home.refresh().result.refused == 1
    assert home.served() == served
    number = home.last(NEW_LIST).file_id
    code, said = told(home, capsys, "status")
    assert code == 0 and f"待确认 · 文件号 {number} · {NEW_LIST}" in said
    assert told(home, capsys, "refresh")[0] == 0, "it was said once; a timer need not fail for ever"
    assert home.served() == served
    with pytest.raises(SystemExit) as refusal:
        main(["confirm", str(number)])
    assert refusal.value.code == 2, "nobody confirms without a name"
    code, said = told(home, capsys, "confirm", str(number), "--by", "王某")
    assert (code, home.served()) == (0, served)
    assert f"{NEW_LIST}，截至 2026-11-02" in said
    assert told(home, capsys, "refresh")[0] == 0
    assert listed(home) == set(kept.ids())
    assert ("confirmed", "王某") in [(act.kind, act.body.get("by")) for act in home.home.landing.acts()]
    code, said = told(home, capsys, "confirm", str(number), "--by", "王某")
    assert code == 2 and "不在待确认之列" in said
    code, said = told(home, capsys, "confirm", "999", "--by", "王某")
    assert code == 2 and "没有文件号 999" in said and str(number) in said


def test_a_complete_list_sent_after_a_held_one_simply_counts(home: Park) -> None:
    home.send(NEW_LIST, sample("projects").without(*live()).as_of("2026年11月2日"))
    home.judge()
    home.send(NEW_LIST, sample("projects").as_of("2026年11月2日"))
    assert home.refresh().result.refused == 0
    assert home.last(NEW_LIST).status == "placed"
    assert listed(home) == set(sample("projects").ids())


def test_a_file_that_does_not_say_its_day_is_held_until_somebody_says_it(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    served = home.served()
    path = f"{CENTRE}/补报.csv"
    home.send(path, sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废").as_of(""))
    run = home.refresh()
    number = home.last(path).file_id
    assert run.result.refused == 1
    assert run.said.splitlines()[0] == path
    assert "没有写明截至日" in run.said and f"python -m etl confirm {number} --as-of 2026-10-31 --by 姓名" in run.said
    assert home.served() == served
    code, said = told(home, capsys, "confirm", str(number), "--by", "王某")
    assert code == 2 and "--as-of" in said
    assert told(home, capsys, "confirm", str(number), "--by", "王某", "--as-of", "2026-11-03")[0] == 0
    assert told(home, capsys, "refresh")[0] == 0
    assert home.last(path).as_of == dt.date(2026, 11, 3)
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1


@pytest.mark.parametrize("name", ["阶段事件-202610.csv", "阶段事件-2026年10月.csv", "阶段事件（2026-10）.csv"])
def test_the_day_may_stand_in_the_file_name(empty: Park, name: str) -> None:
    empty.send(f"{CENTRE}/{name}", sample("stage_events").as_of(""))
    assert empty.judge().result.refused == 0
    assert empty.last(f"{CENTRE}/{name}").as_of == dt.date(2026, 10, 31)


def test_what_the_file_says_outweighs_its_name(empty: Park) -> None:
    empty.send(f"{CENTRE}/阶段事件-202609.csv", sample("stage_events"))
    empty.judge()
    assert empty.last(f"{CENTRE}/阶段事件-202609.csv").as_of == dt.date(2026, 10, 31)


@pytest.mark.parametrize(("received", "day", "status"), [
    (5, "2026年11月5日", "placed"), (5, "2026年11月6日", "held"), (5, "2026年11月30日", "held"), (23, "2026年11月30日", "placed"), (23, "2026年12月31日", "held"),
    (5, "2062年10月31日", "held")])
def test_a_day_in_the_future_is_asked_about_but_for_the_end_of_the_month_in_its_last_days(home: Park, received: int, day: str, status: str) -> None:
    home.send(NEW_LIST, sample("projects").as_of(day))
    run = home.judge(now=dt.datetime(2026, 11, received, 4, tzinfo=dt.UTC))
    assert home.last(NEW_LIST).status == status
    assert ("在将来" in run.said) == (status == "held")


def test_a_heading_near_to_one_that_is_missing_is_asked_about(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    served = home.served()
    home.send(NEW_LIST, sample("projects").renamed("立项文号", "立项文件号").as_of("2026年11月2日"))
    run = home.refresh()
    assert run.result.refused == 1
    assert "列“立项文件号”是否就是“立项文号”？" in run.said
    assert home.served() == served
    number = home.last(NEW_LIST).file_id
    assert told(home, capsys, "confirm", str(number), "--by", "王某")[0] == 0
    assert told(home, capsys, "refresh")[0] == 0
    assert listed(home) == set(sample("projects").ids())


def test_a_heading_near_to_nothing_is_set_aside_and_told(home: Park) -> None:
    home.send(NEW_LIST, sample("projects").renamed("备注", "领导批示").as_of("2026年11月2日"))
    run = home.judge()
    assert run.result.refused == 0
    assert "不认识的列已另置，未使用：领导批示" in run.said
    assert home.last(NEW_LIST).status == "placed"


@pytest.mark.parametrize(("path", "what"), [
    ("某某办/阶段事件.csv", "不知道是谁报送的：文件夹“某某办”不是已知部门"),
    ("阶段事件.csv", "不知道是谁报送的：文件名中没有部门名称"),
    ("财政局/阶段事件.csv", "“阶段事件”由 工信和数据局、科技创新促进中心、各产业园区管理运营主体 报送，此文件来自 财政金融和国有资产监督管理局"),
])
def test_a_file_whose_sender_is_unknown_or_not_asked_is_refused_and_the_others_count(home: Park, path: str, what: str) -> None:
    before = home.values()
    home.send(path, sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-9001", 状态="作废"))
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    run = home.refresh()
    assert run.result.refused == 1
    assert sorted(run.said.splitlines()[:1]) == [path]
    assert all(name in run.said for name in what.replace("、", " ").split())
    assert "请：把文件放进 inbox/<部门名称>/ 下" in run.said
    assert home.last(path).status == "refused"
    assert home.value("g1_poc_small") == before["g1_poc_small"] - 1, "the rest was published"


def test_of_two_hundred_unknown_columns_some_are_named_and_all_counted(home: Park) -> None:
    before = home.value("g1_poc_small")
    more = [f"自定义列{number}" for number in range(200)]
    projects = sample("projects")
    wide = replace(projects, headings=(*projects.headings, *more), rows=tuple({**row, **dict.fromkeys(more, "x")} for row in projects.rows))
    home.send("科技创新促进中心/项目库-很多列.csv", wide)
    run = home.refresh()
    assert "自定义列0、自定义列1、" in run.said and "等 200 列" in run.said and "自定义列199" not in run.said
    assert home.value("g1_poc_small") == before and f"接收 {len(projects.rows)} 行，退回 0 行" in run.said


def test_what_was_refused_under_old_rules_is_looked_at_again_under_new_ones(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    home.send("某某办/阶段事件.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    assert home.judge().result.refused == 1
    assert home.judge().result.refused == 0, "said once"
    rule = home.home.root / "departments.csv"
    rule.write_text("department_id,aliases_zh\nD08,促进中心|某某办\n", encoding="utf-8")
    assert told(home, capsys, "rule", str(rule))[0] == 0
    home.judge()
    file = home.last("某某办/阶段事件.csv")
    assert (file.status, file.department_id) == ("placed", "D08")


def refuse_all(jobs: Sequence[Job], *, done: Callable[[Job, Outcome], None]) -> dict[Job, Outcome]:
    """A reader that takes nothing."""
    return dict.fromkeys(jobs, Refused("新版本读不了。", "另存后重新报送。"))


def test_a_file_in_force_that_another_reader_refuses_is_told_of(home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.refresh.stage_all", refuse_all)
    shutil.rmtree(home.home.staging)
    run = home.judge()
    assert run.result.refused == len(FEEDS)
    assert f"{CENTRE}/阶段事件.csv（此前已计入，现在读不了，不再计入）\n  新版本读不了。\n  请：另存后重新报送。" in run.said


def test_a_list_of_another_period_has_lost_nothing_and_replaces_nothing(home: Park) -> None:
    before = home.ask("SELECT count(*) FROM core.talent_housing")[0][0]
    home.send("D02/人才公寓-八月.csv", sample("talent_housing").only("GY-02").but("GY-02", 期间="2026年8月"))
    assert home.refresh().result.refused == 0
    assert home.last("D02/人才公寓-八月.csv").status == "placed"
    assert home.ask("SELECT count(*) FROM core.talent_housing") == [(before + 1,)]


def test_a_list_that_has_lost_all_of_its_period_is_held(home: Park) -> None:
    home.send("D02/人才公寓-改.csv", sample("talent_housing").only("GY-02").but("GY-02", 房源点编号="GY-09"))
    home.judge()
    held = home.last("D02/人才公寓-改.csv")
    assert (held.status, "少了 2 个编号（上一份在册 2 个）" in held.what) == ("held", True), held.what
