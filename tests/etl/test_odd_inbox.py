"""What else lies in an inbox: names from Windows, links, folders written in other ways, titles merged too wide, words that look like markup."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from park import FOLDERS, Park, sample

from etl import inbox
from etl.__main__ import main

CENTRE = FOLDERS["D08"]
Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_file_name_in_gbk_is_read_as_its_sender_wrote_it(empty: Park, capsys: Captured) -> None:
    folder = empty.home.inbox / CENTRE
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "阶段事件.csv".encode("gbk"))).write_bytes(sample("stage_events").csv())
    code, said = told(capsys, "refresh")
    assert code == 0, said
    assert empty.last(f"{CENTRE}/阶段事件.csv").status == "placed"


def test_a_link_is_told_of_and_not_followed(home: Park, capsys: Captured) -> None:
    served = home.served()
    (home.home.inbox / CENTRE / "口令.csv").symlink_to("/etc/passwd")
    (home.home.inbox / CENTRE / "自己.csv").symlink_to("自己.csv")
    code, said = told(capsys, "refresh")
    assert code == 10
    assert said.count("这是一个链接，不是文件，未收。") == 2
    assert home.served() == served
    assert not any(b"root:" in blob.read_bytes() for blob in (home.home.root / "landing" / "blobs").iterdir())


def test_what_is_no_file_is_told_of_and_never_opened(empty: Park, capsys: Captured) -> None:
    folder = empty.home.inbox / CENTRE
    folder.mkdir(parents=True)
    os.mkfifo(folder / "管道.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(folder, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{here}/插座.csv")  # the path itself may be longer than a socket's address
        os.close(here)
    code, said = told(capsys, "refresh")
    assert code == 10
    for name in ("管道", "插座"):
        assert f"{CENTRE}/{name}.csv\n  这不是普通文件（是管道、套接字或设备），没有打开，未收。\n  请：" in said


@pytest.mark.parametrize("becomes", ["a link", "a pipe", "a longer file", "endless"])
def test_a_file_that_is_another_when_it_is_read_is_not_taken(empty: Park, capsys: Captured, monkeypatch: pytest.MonkeyPatch, becomes: str) -> None:
    path = empty.send(f"{CENTRE}/阶段事件.csv", sample("stage_events"))
    look, read = inbox.look, inbox.AtRest.read

    def looked(*arguments: Any) -> inbox.Look:
        seen = look(*arguments)
        if becomes == "a longer file":
            path.write_bytes(path.read_bytes() * 2)
        elif becomes != "endless":
            path.unlink()
            path.symlink_to("/etc/passwd") if becomes == "a link" else os.mkfifo(path)
        return seen

    def growing(self: inbox.AtRest, most: int, /) -> bytes:
        with path.open("ab") as file:
            file.write(b"x" * 1000)
        return read(self, 1000)

    monkeypatch.setattr(inbox, "look", looked)
    if becomes == "endless":
        monkeypatch.setattr(inbox.AtRest, "read", growing)
    _code, said = told(capsys, "refresh")
    assert f"{CENTRE}/阶段事件.csv\n  仍在写入，本次未收。\n  请：" in said
    assert not [act for act in empty.home.landing.acts() if act.kind == "received"]
    assert list((empty.home.root / "landing" / "blobs").iterdir()) == []


def test_a_file_that_cannot_be_read_to_its_end_stops_no_other(empty: Park, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.send(f"{CENTRE}/阶段事件.csv", sample("stage_events"))
    empty.send(f"{CENTRE}/项目库.csv", sample("projects"))
    read = inbox.AtRest.read

    def broken(self: inbox.AtRest, most: int, /) -> bytes:
        if self._found.file.name == "项目库.csv":
            raise inbox.Unreadable("Input/output error")
        return read(self, most)

    monkeypatch.setattr(inbox.AtRest, "read", broken)
    code, said = told(capsys, "refresh")
    assert code == 10 and f"{CENTRE}/项目库.csv\n  文件打不开：Input/output error。" in said
    assert empty.last(f"{CENTRE}/阶段事件.csv").status == "placed"


@pytest.mark.parametrize("sign", ["\n", "\x1b[2J", "\u202e"], ids=["end of line", "clears the screen", "turns the line around"])
def test_the_name_of_a_file_neither_steers_a_terminal_nor_makes_a_line_of_its_own(empty: Park, capsys: Captured, monkeypatch: pytest.MonkeyPatch,
                                                                                  sign: str) -> None:
    monkeypatch.setattr("etl.showing.apart", lambda work, path: work(path))
    for name in (f"阶段{sign}事件.csv", f"说明{sign}.csv"):
        empty.send(f"{CENTRE}/{name}", sample("stage_events") if name.startswith("阶段") else b"x\n")
    _code, refreshed = told(capsys, "refresh")
    _code, listed = told(capsys, "status")
    assert f"说明<{ord(sign[0]):04X}>" in refreshed and f"说明<{ord(sign[0]):04X}>" in listed
    number = empty.last(f"{CENTRE}/阶段{sign}事件.csv").file_id
    _code, inspected = told(capsys, "inspect", str(empty.home.inbox / CENTRE / f"说明{sign}.csv"))
    _code, missing = told(capsys, "confirm", str(number), "--by", "张三")
    _code, taken = told(capsys, "withdraw", str(number), "--by", "张三")
    for said in (inspected, missing, taken):
        assert f"<{ord(sign[0]):04X}>" in said
    for said in (refreshed, listed, inspected, missing, taken):
        assert sign not in said.replace("\n", "") and "说明\n" not in said and "阶段\n" not in said


@pytest.mark.parametrize("folder", ["Ｄ０８", "科技创新促进中心　", "科技创新\u200b促进中心", "d08"])
def test_a_department_is_known_however_its_folder_is_written(empty: Park, folder: str) -> None:
    empty.send(f"{folder}/阶段事件.csv", sample("stage_events"))
    empty.judge()
    assert empty.last(f"{folder}/阶段事件.csv").department_id == "D08"


@pytest.mark.parametrize("merge", [(0, 0, 0, 40), (0, 30, 0, 35), (5, 30, 6, 30)], ids=["wider than the table", "beside it", "down beside it"])
def test_a_merge_beyond_the_last_column_is_no_trouble(empty: Park, merge: tuple[int, int, int, int]) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(sample("stage_events").grid()):
            sheet.write_row(row, 0, cells)
        sheet.merge_range(*merge, "")
        sheet.write(0, 0, "阶段事件登记表 截至2026年10月31日")
    empty.send(f"{CENTRE}/阶段事件.xlsx", made.getvalue())
    empty.judge()
    assert empty.last(f"{CENTRE}/阶段事件.xlsx").status == "placed"


def test_words_that_look_like_markup_are_shown_as_they_are(empty: Park, capsys: Captured) -> None:
    empty.send(f"{CENTRE}/阶段事件.csv", sample("stage_events").plus("SJ-0001", 事件编号="E-[/b]", 项目编号="[/b]:warning:"))
    empty.refresh()
    metrics = [told(capsys, "metric", name) for name in ("g1_poc_small", "g2_pilot", "g1_poc_small_incl_stock", "g1_stage_visits")]
    assert all(code == 0 for code, _ in metrics)


def test_a_confirmed_as_of_must_be_a_day_that_can_be(home: Park, capsys: Captured) -> None:
    grid = "\n".join(",".join(row) for row in sample("stage_events").grid() if not any("截至" in cell or "期间" in cell for cell in row))
    home.send(f"{CENTRE}/事件.csv", grid.encode())
    home.judge()
    held = home.last(f"{CENTRE}/事件.csv")
    assert held.status == "held"
    code, said = told(capsys, "confirm", str(held.file_id), "--by", "张三", "--as-of", "2062-10-31")
    assert (code, "2062-10-31 不在" in said) == (2, True)
    assert [told(capsys, "withdraw", str(held.file_id), "--by", "张三")[0] for _ in range(2)] == [0, 2], "what waits can be taken back, and only once"
