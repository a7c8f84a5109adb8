"""Whatever is sent and whatever breaks: a sentence, an exit code, the served snapshot stays, nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time

import pytest
from nasty_files import WRONG, far_corner
from park import FOLDERS, PROJECT, Park, sample

from etl import workers
from etl.__main__ import main
from etl.home import VARIABLE

CENTRE = FOLDERS["D08"]
GOOD = f"{CENTRE}/更正.csv"
BAD = f"{CENTRE}/坏.xlsx"
UNCHECKED = """
import sys
import etl.refresh
from etl.__main__ import main
from park import Unchecked, read_in_process
etl.refresh.Checker = etl.refresh.Forecaster = Unchecked
with read_in_process():
    sys.exit(main())
"""
Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> tuple[int, str]:
    """A command's exit code and what it complains of."""
    capsys.readouterr()
    code = main(arguments)
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return code, said


def send_good(home: Park) -> None:
    """A file that takes one entry away, so that one can see whether it counts."""
    home.send(GOOD, sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))


def test_files_that_cannot_be_taken_are_refused_and_the_others_count(home: Park, capsys: Captured) -> None:
    before = home.served()
    paths = {case: f"{CENTRE}/坏-{number}.xlsx" for number, case in enumerate(WRONG)}
    for case, path in paths.items():
        home.send(path, WRONG[case][0])
    assert told(capsys, "refresh")[0] == 10
    assert home.served() == before, "nothing new was published"
    for case, path in paths.items():
        content, what, do = WRONG[case]
        file = home.last(path)
        assert (file.status, what in file.what, do in f"请：{file.do}") == ("refused", True, True), (case, file.what, file.do)
        assert home.home.landing.blob(file.sha256).read_bytes() == content, "what was sent is kept"
    send_good(home)
    assert told(capsys, "refresh") == (0, ""), "the senders were told already"
    for path in paths.values():
        home.touch(home.home.inbox / path)
    code, again = told(capsys, "refresh")
    parts = re.split(rf"^({CENTRE}/坏-\d+\.xlsx)", again, flags=re.MULTILINE)[1:]
    said = dict(zip(parts[::2], parts[1::2], strict=True))
    assert (code, set(said)) == (10, set(paths.values())), "who sends it again is told again"
    assert [case for case, path in paths.items() if WRONG[case][1] not in said[path]] == []
    assert home.value("g1_poc_small") == before[1]["g1_poc_small"] - 1


def test_of_a_text_cut_short_the_whole_rows_count_and_the_cut_one_is_refused(home: Park, capsys: Captured) -> None:
    before = home.values()
    content = sample("stage_events").csv()
    at = content.index(b"SJ-0013")
    home.send(GOOD, content[:at + len("SJ-0013,GZH")])
    code, said = told(capsys, "refresh")
    assert code == 0
    assert f"{GOOD}（接收 12 行，退回 1 行）\n  第 16 行 阶段：必填，没有填" in said
    assert home.values() == before, "what the standing file said of the cut row stands"


def test_a_list_cut_short_is_held(home: Park, capsys: Captured) -> None:
    served = home.served()
    content = sample("projects").as_of("2026年11月1日").csv()
    home.send(f"{CENTRE}/项目库-新.csv", content[:content.index(b"GZH-2024-0002")])
    code, said = told(capsys, "refresh")
    assert (code, home.served()) == (10, served)
    assert "比上一份少了 5 个编号（上一份在册 6 个）" in said


def test_a_refusal_says_where_what_and_what_to_do(home: Park, capsys: Captured) -> None:
    home.send(BAD, b"")
    assert told(capsys, "refresh") == (10, f"{BAD}\n  文件是空的（0 字节）。\n  请：重新导出并报送；确无数据请报送只有表头的表（零报告）。\n")


def test_a_file_of_another_feed_is_taken_for_what_it_is(home: Park, capsys: Captured) -> None:
    home.send(f"{CENTRE}/项目库-改.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废"))
    assert told(capsys, "refresh")[0] == 0
    assert home.last(f"{CENTRE}/项目库-改.csv").feed == "stage_events"
    assert home.ask("SELECT count(*) FROM core.project") == [(len(sample("projects").rows),)]


def test_a_report_of_nothing_is_taken(home: Park, capsys: Captured) -> None:
    before = home.values()
    home.send("工信局/阶段事件.csv", sample("stage_events").only())
    assert told(capsys, "refresh")[0] == 0
    assert home.ask("SELECT accepted, last_as_of::VARCHAR FROM meta.coverage WHERE feed = 'stage_events' AND department_id = 'D04'") == [
        (0, "2026-10-31")]
    assert home.values() == before


def test_a_folder_that_bears_the_name_of_a_file_is_told_of(home: Park, capsys: Captured) -> None:
    (home.home.inbox / CENTRE / "十月.xlsx").mkdir()
    send_good(home)
    before = home.value("g1_poc_small")
    assert told(capsys, "refresh") == (10, f"{CENTRE}/十月.xlsx\n  这是一个文件夹，不是文件。\n  请：把里面的文件直接放进部门的文件夹。\n")
    assert home.value("g1_poc_small") == before - 1


def test_what_programs_leave_beside_a_file_is_passed_over(home: Park, capsys: Captured) -> None:
    before = home.home.landing.acts()
    for name in ("~$项目库.xlsx", ".~项目库.xlsx", "._项目库.xlsx", "项目库.xlsx.part", "项目库.xlsx.crdownload", "项目库.tmp"):
        home.send(f"{CENTRE}/{name}", b"\x00")
    assert told(capsys, "refresh") == (0, "")
    assert home.home.landing.acts() == before


def test_a_file_with_one_cell_far_away_is_refused_by_that_cell(home: Park, capfd: Captured) -> None:
    before = home.value("g1_poc_small")
    home.send(BAD, far_corner())
    assert (home.home.inbox / BAD).stat().st_size < 20_000
    send_good(home)
    code, said = told(capfd, "refresh")
    assert code == 10
    assert f"{BAD}\n  工作表“Sheet1”的已用区域有 1048576 行 × 16384 列" in said and "XFD1048576" in said
    assert home.value("g1_poc_small") == before - 1


def test_a_file_that_kills_its_reader_is_refused_and_the_refresh_lives(home: Park, capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    before = home.value("g1_poc_small")
    bad, enough = sample("stage_events").xlsx(), workers.memory_limit
    monkeypatch.setattr("etl.refresh.stage_all", workers.stage_all)
    monkeypatch.setattr(workers, "memory_limit", lambda size: 1 << 20 if size == len(bad) else enough(size))
    home.send(BAD, bad)
    send_good(home)
    code, said = told(capfd, "refresh")
    assert code == 10
    assert re.search(rf"{BAD}\n  (读取|文件内容异常，读取).*\n  请：.*另存|{BAD}\n  读取所需的内存超过上限\n  请：", said) or (
        f"{BAD}\n  工作簿已损坏，内容读不出来。\n  请：" in said)  # it aborts, panics, gives up or reads half
    assert "stack backtrace" not in said and "panicked" not in said
    assert home.value("g1_poc_small") == before - 1


def test_a_file_that_takes_too_long_is_refused(home: Park, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.refresh.stage_all", workers.stage_all)
    monkeypatch.setattr(workers, "time_limit", lambda size: 0.01)
    served = home.served()
    home.send(GOOD, sample("stage_events").only("SJ-0013"))
    code, said = told(capsys, "refresh")
    assert (code, home.served()) == (10, served)
    assert "读取超过 0 秒" in said


def test_a_file_still_being_copied_waits_for_the_next_refresh(home: Park, capsys: Captured) -> None:
    served = home.served()
    content = sample("stage_events").only("SJ-0013").but("SJ-0013", 状态="作废").csv()
    done = threading.Event()

    def copy() -> None:
        with (home.home.inbox / GOOD).open("wb") as target:
            while not done.wait(0.02):
                if target.tell() < len(content) - 20:
                    target.write(content[target.tell():target.tell() + 3])
                    target.flush()
            target.write(content[target.tell():])

    copying = threading.Thread(target=copy)
    copying.start()
    try:
        while not (home.home.inbox / GOOD).exists():
            time.sleep(0.01)
        assert told(capsys, "refresh") == (0, f"{GOOD}\n  仍在写入，本次未收。\n  请：等复制完成后再刷新一次。\n")
    finally:
        done.set()
        copying.join()
    assert home.served() == served
    assert home.register.newest_at(GOOD) is None
    assert told(capsys, "refresh") == (0, "")
    assert home.value("g1_poc_small") == served[1]["g1_poc_small"] - 1


def as_ordinary_user(home: Park, *arguments: str) -> tuple[int, str]:
    """The command by somebody who may not read everything: root loses the right to."""
    command = [sys.executable, "-c", UNCHECKED, *arguments]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root reads everything, and setpriv is not there to prevent it")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    places = os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])
    done = subprocess.run(command, env={**os.environ, VARIABLE: str(home.home.root), "PYTHONPATH": places}, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_an_inbox_that_may_not_be_opened_is_named(home: Park) -> None:
    served = home.served()
    home.home.inbox.chmod(0)
    code, said = as_ordinary_user(home, "refresh")
    home.home.inbox.chmod(0o755)
    assert code == 14
    assert said == f"收件夹 {home.home.inbox} 打不开：Permission denied。\n  请：检查该文件夹是否存在、本程序是否有读取权限。\n"
    assert home.served() == served


def test_an_inbox_that_is_a_file_is_named(home: Park, capsys: Captured) -> None:
    served = home.served()
    shutil.rmtree(home.home.inbox)
    home.home.inbox.write_bytes(b"")
    code, said = told(capsys, "refresh")
    assert (code, home.served()) == (14, served)
    assert str(home.home.inbox) in said and "请：" in said


def test_a_missing_inbox_is_made(home: Park, capsys: Captured) -> None:
    served = home.served()
    shutil.rmtree(home.home.inbox)
    assert told(capsys, "refresh") == (0, "")
    assert home.home.inbox.is_dir()
    assert home.served() == served


def test_a_file_and_a_folder_that_may_not_be_opened_do_not_stop_the_others(home: Park) -> None:
    before = home.value("g1_poc_small")
    home.send("工信局/中试.csv", sample("stage_events").only("SJ-0009"))
    home.send(BAD, sample("stage_events"))
    send_good(home)
    closed, unreadable = home.home.inbox / "工信局", home.home.inbox / BAD
    closed.chmod(0)
    unreadable.chmod(0)
    code, said = as_ordinary_user(home, "refresh")
    closed.chmod(0o755)
    unreadable.chmod(0o644)
    assert code == 10
    assert said == ("工信局\n  打不开，未收。\n  请：检查该文件或文件夹的读取权限后重试。\n"
                    f"{BAD}\n  文件打不开：Permission denied。\n  请：检查文件权限，或关闭正在占用它的程序后重试。\n")
    assert home.value("g1_poc_small") == before - 1
    assert home.refresh().result.refused == 0
    assert home.last("工信局/中试.csv").status == "placed", "it is taken once it can be read"
