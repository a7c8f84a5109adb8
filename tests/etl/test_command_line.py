"""The command line: shapes of its JSON, exit codes, and sentences that say where, what and what to do."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from park import FOLDERS, NOON, PROJECT, Park, home_of, sample

from etl.__main__ import main
from etl.checking import CheckBroken, CheckFailed
from etl.feeds import FEEDS
from etl.home import VARIABLE
from warehouse.lock import writer_lock
from warehouse.sqlfile import SqlFileError

CENTRE = FOLDERS["D08"]
Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """A command's exit code, what it prints and what it complains of."""
    capsys.readouterr()
    try:
        code = main(arguments)
    except SystemExit as stop:  # argparse
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


def answered(capsys: Captured, *arguments: str) -> Any:
    """The JSON of a command that succeeds."""
    code, out, _ = told(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_metric_has_exactly_the_promised_shape(read_only: Park, capsys: Captured) -> None:
    found = answered(capsys, "metric", "g2_pilot")
    assert list(found) == ["metric", "version", "value", "unit", "as_of", "snapshot", "rows"]
    assert (found["metric"], found["version"], found["unit"], found["as_of"]) == ("g2_pilot", 1, "项", "2026-10-31")
    assert found["snapshot"] == read_only.served()[0]
    assert found["value"] == len(found["rows"]) == read_only.value("g2_pilot") > 0
    event = next(row for row in found["rows"] if row["entity_id"] == "GZH-2024-0002")
    lines = read_only.home.inbox.joinpath(CENTRE, "阶段事件.csv").read_text(encoding="utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines, start=1) if "SJ-0009" in line)
    sha256 = read_only.last(f"{CENTRE}/阶段事件.csv").sha256
    assert event == {"entity_kind": "project", "entity_id": "GZH-2024-0002", "occurred_on": "2026-06-09", "occurred_precision": "D", "value": 1,
                     "zone": "bio", "department": "D08", "file": "阶段事件.csv", "sha256": sha256, "sheet": "", "row": at}


def test_money_is_a_number_in_yuan(read_only: Park, capsys: Captured) -> None:
    found = answered(capsys, "metric", "g4a_output_12m")
    assert found["unit"] == "元"
    assert isinstance(found["value"], float) and found["value"] == float(read_only.value("g4a_output_12m")) > 1e6
    assert sum(round(100 * row["value"]) for row in found["rows"]) == round(100 * found["value"])


def test_a_metric_that_cannot_be_known_is_null_and_has_no_rows(empty: Park, capsys: Captured) -> None:
    empty.send(f"{CENTRE}/阶段事件.csv", sample("stage_events"))
    empty.refresh()
    found = answered(capsys, "metric", "g3_landed")
    assert (found["value"], found["rows"], found["as_of"]) == (None, [], "2026-10-31")
    assert answered(capsys, "metric", "g2_terminated")["value"] == 0, "what is known to be nothing is zero"
    assert "转化落地科技成果（期内新增）：— 项" in told(capsys, "metric", "g3_landed")[1]


def test_a_home_with_lists_alone_knows_no_goal_yet(empty: Park, capsys: Captured) -> None:
    empty.send(f"{CENTRE}/项目库.csv", sample("projects"))
    empty.refresh()
    for arguments in ((), ("--as-of", "2026-10-31")):
        found = answered(capsys, "metric", "g1_poc_small", *arguments)
        assert (found["value"], found["rows"]) == (None, [])
    assert told(capsys, "metric", "g1_poc_small", "--as-of", "2026-10-30")[0] == 2


def test_the_zones_of_a_metric_add_up_to_it(read_only: Park, capsys: Captured) -> None:
    zones = [zone for (zone,) in read_only.ask("SELECT zone_id FROM ref.zone")]
    parts = [answered(capsys, "metric", "g1_poc_small", "--zone", zone) for zone in zones]
    whole = answered(capsys, "metric", "g1_poc_small")
    assert sum(part["value"] for part in parts) == whole["value"]
    assert all(row["zone"] == zone for zone, part in zip(zones, parts, strict=True) for row in part["rows"])
    assert sorted(row["row"] for part in parts for row in part["rows"]) == sorted(row["row"] for row in whole["rows"])


def test_a_metric_is_read_at_a_date_and_in_a_snapshot(home: Park, capsys: Captured) -> None:
    first, before = home.served()
    assert answered(capsys, "metric", "g1_poc_small", "--as-of", "2025-10-27")["value"] == 0
    assert answered(capsys, "metric", "g1_poc_small", "--as-of", "2025-10-28")["value"] == 1
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    home.refresh(now=NOON + dt.timedelta(hours=1))
    now, then = (answered(capsys, "metric", "g1_poc_small", *which) for which in ((), ("--snapshot", first)))
    assert now["value"] == then["value"] - 1 == before["g1_poc_small"] - 1
    assert (now["snapshot"], then["snapshot"]) == (home.served()[0], first)


def test_the_list_of_metrics_is_the_dictionary(read_only: Park, capsys: Captured) -> None:
    listed = answered(capsys, "metric", "--list")
    assert [each["metric"] for each in listed] == sorted(name for (name,) in read_only.ask("SELECT metric_id FROM ref.metric"))
    assert {each["status"] for each in listed} <= {"已定", "拟定", "未定"}
    code, out, _ = told(capsys, "metric", "--list")
    assert code == 0 and [line.split()[0] for line in out.splitlines()] == [each["metric"] for each in listed]


@pytest.mark.parametrize(("arguments", "named"), [
    (("metric", "g9"), ("没有指标“g9”", "g1_poc_small", "g5_milestones")),
    (("metric",), ("请给出指标", "g1_poc_small")),
    (("metric", "g2_pilot", "--zone", "moon"), ("没有空间“moon”", "chem", "outside", "unplaced")),
    (("metric", "g2_pilot", "--snapshot", "昨天"), ("没有快照“昨天”", "20261105T040000000Z-")),
    (("metric", "g2_pilot", "--snapshot", "../catalogue"), ("没有快照",)),
    (("metric", "g2_pilot", "--as-of", "昨天"), ("“昨天”不是日期；应为 2026-10-31 这样的日期",)),
    (("metric", "g2_pilot", "--as-of", "2026-02-30"), ("“2026-02-30”不是日期",)),
    (("metric", "g2_pilot", "--as-of", "2026-11-01"), ("截至日 2026-11-01 不在可查范围内：", "至 2026-10-31")),
    (("metric", "g2_pilot", "--as-of", "1999-01-01"), ("截至日 1999-01-01 不在可查范围内：2024-03-15 至",)),
    (("refresh", "--inbox", "no/such/folder"), ("no/such/folder 不是文件夹", "请：")),
    (("confirm", "1"), ("--by",)),
    (("withdraw", "77", "--by", "王某"), ("没有文件号 77",)),
    (("publish",), ("refresh", "rollback")),
])
def test_a_wrong_argument_is_answered_with_the_right_ones(
        home: Park, capsys: Captured, arguments: tuple[str, ...], named: tuple[str, ...]) -> None:
    served, acts = home.served(), home.home.landing.acts()
    code, out, err = told(capsys, *arguments)
    assert (code, out) == (2, "")
    assert [text for text in named if text not in err] == []
    assert (home.served(), home.home.landing.acts()) == (served, acts)


def test_status_has_exactly_the_promised_shape(read_only: Park, capsys: Captured) -> None:
    rows = answered(capsys, "status")
    assert all(list(row) == ["feed", "department", "sender", "last_file", "as_of", "accepted", "refused", "due_on", "overdue_days"] for row in rows)
    by_place = {(row["feed"], row["department"], row["sender"]): row for row in rows}
    assert len(by_place) == len(rows)
    assert by_place["stage_events", "D08", ""] == {
        "feed": "stage_events", "department": "D08", "sender": "", "last_file": "阶段事件.csv", "as_of": "2026-10-31",
        "accepted": len(sample("stage_events").rows), "refused": 0, "due_on": "2026-12-10", "overdue_days": 0}
    assert by_place["stage_events", "D10", ""] == {
        "feed": "stage_events", "department": "D10", "sender": "", "last_file": None, "as_of": None, "accepted": None, "refused": None,
        "due_on": None, "overdue_days": 0}, "who should report and never did is listed"
    assert {row["feed"] for row in rows} == set(FEEDS)


def test_all_of_the_status_adds_what_is_to_be_put_right_and_the_files_that_wait(read_only: Park, capsys: Captured) -> None:
    found = answered(capsys, "status", "--all")
    assert list(found) == ["reports", "files"] and found["files"] == []
    rows = found["reports"]
    assert all(list(row) == ["feed", "title", "department", "department_name", "sender", "last_file", "as_of", "due_on", "overdue_days", "arrived_on",
                             "accepted", "refused", "found", "warnings"] for row in rows)
    by_place = {(row["feed"], row["department"], row["sender"]): row for row in rows}
    assert len(by_place) == len(rows)
    sent = by_place["stage_events", "D08", ""]
    assert sent == {
        "feed": "stage_events", "title": "阶段事件", "department": "D08", "department_name": "科技创新促进中心", "sender": "", "last_file": "阶段事件.csv",
        "as_of": "2026-10-31", "due_on": "2026-12-10", "overdue_days": 0, "arrived_on": "2026-11-05", "accepted": len(sample("stage_events").rows),
        "refused": 0, "found": sent["found"], "warnings": []}
    assert sent["found"] == sum(failed for (failed,) in read_only.ask(
        "SELECT failed FROM meta.check_part WHERE feed = 'stage_events' AND department_id = 'D08' AND check_id IN ('counted_with_evidence', 'evidence_catalogued')")) > 0
    missing = by_place["stage_events", "D10", ""]
    assert (missing["last_file"], missing["as_of"], missing["accepted"], missing["refused"], missing["due_on"]) == (None,) * 5, "it is listed all the same"
    assert {row["feed"] for row in rows} == set(FEEDS)


def test_status_groups_by_department_and_names_the_late_first(home: Park, capsys: Captured) -> None:
    home.home.landing.append("withdrawn", at=NOON, file=home.last("D02/人才引进.csv").file_id, by="王某")
    home.send("D02/旧报.csv", sample("talents").as_of("2026年3月31日"))
    home.refresh()
    rows = answered(capsys, "status", "--all")["reports"]
    first = {row["department"]: row for row in reversed(rows)}
    together = [department for department, _ in itertools.groupby(row["department"] for row in rows)]
    assert sorted(together) == sorted(first), "the reports of a department stand together"
    assert rows[0]["department"] == "D02" and rows[0]["overdue_days"] > 100
    assert [first[each]["overdue_days"] for each in together] == sorted((row["overdue_days"] for row in first.values()), reverse=True)


@pytest.mark.parametrize("name", ["D05", "财政局", "财政金融和国有资产监督管理局"])
def test_status_of_one_department_shows_only_its_work(read_only: Park, capsys: Captured, name: str) -> None:
    rows = answered(capsys, "status", "--all", "--department", name)["reports"]
    assert {row["department"] for row in rows} == {"D05"}
    assert {row["feed"] for row in rows} == {feed.name for feed in FEEDS.values() if "D05" in feed.departments}
    assert told(capsys, "status", "--department", name)[1].count("财政金融和国有资产监督管理局") == 1


def test_status_of_no_department_says_which_there_are(read_only: Park, capsys: Captured) -> None:
    code, _, err = told(capsys, "status", "--department", "月球局")
    assert code == 2 and "没有“月球局”这个部门" in err and "D05 财政金融和国有资产监督管理局" in err


def test_status_in_json_names_the_files_that_wait_for_somebody(home: Park, capsys: Captured) -> None:
    home.send(f"{CENTRE}/坏.xlsx", b"not a workbook")
    home.send("D05/基金台账.csv", sample("funds").as_of(""))
    home.refresh()
    files = {each["path"]: each for each in answered(capsys, "status", "--all")["files"]}
    assert (files[f"{CENTRE}/坏.xlsx"]["status"], files[f"{CENTRE}/坏.xlsx"]["department"]) == ("refused", "D08")
    assert (files["D05/基金台账.csv"]["status"], files["D05/基金台账.csv"]["feed"]) == ("held", "funds")
    assert all(each["what"] and each["do"] for each in files.values())
    assert [each["path"] for each in answered(capsys, "status", "--all", "--department", "D05")["files"]] == ["D05/基金台账.csv"]


def test_who_is_late_is_late_by_the_clock_of_the_home(empty: Park, capsys: Captured) -> None:
    for sender, day in (("甲公司", "2026年8月31日"), ("乙公司", "2026年9月30日"), ("丙公司", "2026年9月15日")):
        empty.send(f"D10/{sender}/中试.csv", sample("stage_events").only("SJ-0004").but("SJ-0004", 工信确认="").as_of(day))
    empty.refresh()
    rows = [row for row in answered(capsys, "status", "--all")["reports"] if row["department"] == "D10" and row["feed"] == "stage_events"]
    assert {(row["sender"], row["due_on"], row["overdue_days"]) for row in rows} == {
        ("甲公司", "2026-10-10", 26), ("乙公司", "2026-11-10", 0), ("丙公司", "2026-10-10", 26)}


def test_before_anything_is_published_the_answers_are_empty_or_say_so(empty: Park, capsys: Captured) -> None:
    assert answered(capsys, "status") == []
    assert answered(capsys, "status", "--all") == {"reports": [], "files": []}
    assert answered(capsys, "history") == []
    for arguments in (("metric", "g1_poc_small"), ("rollback",)):
        code, _, err = told(capsys, *arguments)
        assert code == 14 and "还没有发布过数据" in err and "请：" in err


def test_history_lists_the_publications(home: Park, capsys: Captured) -> None:
    first, _ = home.served()
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013"))
    second = home.refresh(now=NOON + dt.timedelta(hours=1)).snapshot
    told(capsys, "rollback")
    rows = answered(capsys, "history")
    assert [(row["snapshot"], row["reason"]) for row in rows] == [(first, "refresh"), (second, "refresh"), (first, "rollback")]
    assert rows[1]["current_from"] == "2026-11-05T05:00:00+00:00"
    assert rows[2]["acts_upto"] == len(home.home.landing.acts())
    assert second in told(capsys, "history")[1]


def test_inspect_says_how_a_file_is_read(read_only: Park, capsys: Captured) -> None:
    path = read_only.home.inbox / CENTRE / "阶段事件.csv"
    found = answered(capsys, "inspect", str(path))
    assert list(found) == ["tables", "file"]
    [table] = found["tables"]
    assert list(table) == ["sheet", "encoding", "header_rows", "columns", "first_data_row", "last_data_row", "data_rows", "total_rows",
                           "section_rows", "footer_rows", "units", "warnings"]
    rows = len(sample("stage_events").rows)
    assert (table["header_rows"], table["first_data_row"], table["last_data_row"], table["data_rows"]) == ([3], 4, 3 + rows, rows)
    assert table["columns"][:3] == ["序号", "事件编号", "项目编号"]
    assert found["file"] == {"kind": "csv", "sha256": read_only.last(f"{CENTRE}/阶段事件.csv").sha256, "bytes": path.stat().st_size}
    code, out, _ = told(capsys, "inspect", str(path))
    assert code == 0 and f"列名在第 3 行，数据 {rows} 行（第 4–{3 + rows} 行）" in out


def test_inspect_of_what_is_no_table_says_what_to_do(read_only: Park, capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"%PDF-1.7 ...")
    code, out, _ = told(capsys, "inspect", str(path), "--json")
    assert code == 10
    assert json.loads(out) == {"refused": {"what": "这是 PDF 文件，不是表格。", "do": "报送原始的 Excel 或 CSV 文件。"}}
    code, out, _ = told(capsys, "inspect", str(path))
    assert code == 10 and out == f"{path}\n  这是 PDF 文件，不是表格。\n  请：报送原始的 Excel 或 CSV 文件。\n"


def test_a_refresh_prints_a_json_line_per_step_and_sentences_apart(home: Park, capsys: Captured) -> None:
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 发生日期="2026-13-09"))
    code, out, err = told(capsys, "refresh")
    assert code == 0
    steps = [json.loads(line) for line in out.splitlines()]
    assert [step["step"] for step in steps] == ["received", "read", "built", "forecast", "checked", "published"]
    assert steps[-1]["snapshot"] == home.served()[0]
    assert err.splitlines() == [f"阶段事件 · {CENTRE}/更正.csv（接收 0 行，退回 1 行）", "  第 4 行 发生日期：应为日期（如 2026-03-31），填的是“2026-13-09”",
                                "  请：改正后把整份文件重新放进同一位置；其余各行已经计入。"]
    assert told(capsys, "refresh")[:2] == (0, json.dumps({"step": "unchanged", "snapshot": home.served()[0]}) + "\n")


def test_on_a_terminal_a_refresh_prints_no_json(home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013"))
    assert main(["refresh"]) == 0
    assert "✓ 发布" in terminal.getvalue() and '"step"' not in terminal.getvalue()


def test_another_inbox_may_be_named(home: Park, capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "U盘" / "D08").mkdir(parents=True)
    (tmp_path / "U盘" / "D08" / "更正.csv").write_bytes(sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废").csv())
    before = home.value("g1_poc_small")
    assert told(capsys, "refresh", "--inbox", str(tmp_path / "U盘"))[0] == 0
    assert home.value("g1_poc_small") == before - 1
    assert (tmp_path / "U盘" / "D08" / "更正.csv").exists(), "files stay where they were put"


def test_a_refused_file_does_not_stop_the_others(home: Park, capsys: Captured) -> None:
    served = home.served()
    home.send(f"{CENTRE}/坏.xlsx", b"PK\x03\x04 no more than this")
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    code, _, err = told(capsys, "refresh")
    assert code == 10
    assert err.splitlines() == [f"{CENTRE}/坏.xlsx", "  工作簿已损坏或没有传完，打不开。", "  请：在 Excel 或 WPS 中打开原文件，确认无误后重新报送。"]
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1
    assert f"已退回 · 文件号 {home.last(f'{CENTRE}/坏.xlsx').file_id} · {CENTRE}/坏.xlsx" in told(capsys, "status")[1]


def test_two_writers_at_once_are_told_who_is_at_work(home: Park, capsys: Captured) -> None:
    served = home.served()
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    rule = home.home.root / "goals.csv"
    rule.write_text("goal_id,target\ng1,120\n", encoding="utf-8")
    with writer_lock(home.home.lock, "python -m etl refresh"):
        for arguments in (("refresh",), ("rollback",), ("rule", str(rule)), ("confirm", "2", "--by", "王某"), ("withdraw", "2", "--by", "王某")):
            code, out, err = told(capsys, *arguments)
            assert (code, out) == (13, "")
            assert f"python -m etl refresh（进程 {os.getpid()}）从 " in err and "正在更新数据" in err and "请：等它结束后再试" in err
        assert told(capsys, "status")[0] == told(capsys, "metric", "g1_poc_small")[0] == 0, "readers need no lock"
    assert home.served() == served
    assert told(capsys, "refresh")[0] == 0
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1


FAILURES = [
    (CheckFailed("  项目编号唯一：查 9 项，不符 1 项：GZH-1。"), 12, "关键检查不过，未发布；先前的数据照常可用。\n  项目编号唯一：查 9 项，不符 1 项：GZH-1。"),
    (CheckBroken("zones_known：检查没有跑成"), 14, "检查没有跑完，未发布；先前的数据照常可用。\nzones_known：检查没有跑成"),
    (SqlFileError("core/project.sql：(project_id) 应当唯一，却有重复"), 11, "建表失败，未发布；先前的数据照常可用。\n  core/project.sql：(project_id) 应当唯一"),
    (OSError(28, "No space left on device"), 14, "磁盘或数据目录不可用：[Errno 28] No space left on device\n  先前的数据照常可用。请：检查磁盘空间与权限后重试。"),
]


def test_failures_before_publishing_leave_what_is_served_and_lose_nothing(home: Park, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    served = home.served()
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    for problem, code, said in FAILURES:
        with monkeypatch.context() as broken:
            broken.setattr("park.Unchecked.check", Mock(side_effect=problem))
            found, _, err = told(capsys, "refresh")
        assert found == code
        assert said in err
        assert home.served() == served
        assert home.debris() == []
    assert told(capsys, "refresh")[0] == 0
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1


def run(home: Park, *arguments: str, pipe: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "etl", *arguments]
    return subprocess.run(["sh", "-c", f'"$@" {pipe}', "sh", *command], cwd=PROJECT, env={**os.environ, VARIABLE: str(home.home.root)},
                          capture_output=True, text=True, check=False)


def test_the_whole_command_reads_in_children_checks_and_publishes(home: Park) -> None:
    served = home.served()
    home.send(f"{home_of('output_values')}/产值-更正.xlsx", sample("output_values").xlsx())
    home.send(f"{CENTRE}/说明.pdf", b"%PDF-1.7")
    done = run(home, "refresh")
    assert done.returncode == 10, done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert [step["step"] for step in steps] == ["received", "read", "built", "forecast", "checked", "published"]
    assert steps[4]["checks"] > 30
    assert done.stderr.splitlines() == [f"{CENTRE}/说明.pdf", "  这是 PDF 文件，不是表格。", "  请：报送原始的 Excel 或 CSV 文件。"]
    assert home.served() == (steps[-1]["snapshot"], served[1])
    assert home.debris() == []


def test_a_reader_of_the_output_may_leave_early(read_only: Park) -> None:
    done = run(read_only, "metric", "g4a_output_12m", "--json", pipe="| head -c 1")
    assert (done.stdout, done.stderr) == ("{", "")


def test_the_help_names_every_command_and_exit_code(capsys: Captured) -> None:
    code, out, _ = told(capsys, "--help")
    assert code == 0
    assert {"demo", "refresh", "status", "history", "rollback", "inspect", "metric", "rule", "confirm", "withdraw"} <= set(re.findall(r"[a-z]+", out))
    assert {"0", "2", "10", "11", "12", "13", "14"} <= set(re.findall(r"\b\d+\b", out))
    assert VARIABLE in out
