"""Freezing the issue of a meeting: once, whole or not at all, and for ever what it was."""

from __future__ import annotations

import datetime as dt
import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import polars as pl
import pytest
from issue_home import asked, frozen, told_more
from park import NOON, PROJECT, Park

from exports.freezing import freeze, pack, plan
from exports.refusals import NotFrozen
from exports.verifying import verify
from warehouse.errors import UnknownIssue
from warehouse.issues import Issue, before, issue, issues
from warehouse.lock import writer_lock

KILLED = """
import os, signal
from pathlib import Path
from unittest.mock import patch
from issue_home import asked, quickly
from exports.freezing import freeze
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
with quickly(), patch({where!r}, die):
    freeze(Path({home!r}), asked())
"""


def names(park: Park) -> list[str]:
    """What lies beside the issues and among them."""
    root = park.home.root / "issues"
    return sorted(path.name for path in root.iterdir() if path.name != ".lock") if root.exists() else []


def test_an_issue_pins_snapshot_and_day_and_keeps_every_contribution(issue_home: Park) -> None:
    found = frozen(issue_home)
    snapshot, _values = issue_home.served()
    [(newest,)] = issue_home.ask("SELECT newest_as_of FROM meta.snapshot")
    assert (found.snapshot, found.as_of, found.meeting, found.by, found.name) == (snapshot, newest, "LX-2026-06", "专班秘书", "2026-11r1")
    assert found.is_baseline and found == issue(issue_home.home.root, "2026-11") == issue(issue_home.home.root, "2026-11r1")
    with issue_home.open() as con:
        there = con.sql("FROM mart.contribution ORDER BY metric_id, key, counts_from").pl()
    assert there.height > 50 and pl.read_parquet(found.contributions).equals(there)
    [act] = [each for each in issue_home.home.landing.acts() if each.kind == "frozen"]
    assert {name for name, _size, _hash in act.body["files"]} == {path.relative_to(found.folder).as_posix() for path in found.folder.rglob("*") if path.is_file()}
    assert (checked := verify(found.folder, issue_home.home.root)).is_whole and checked.by_act and checked.metrics > 100


def test_its_snapshot_is_kept_when_all_others_of_its_time_are_gone(issue_home: Park) -> None:
    found = frozen(issue_home)
    second = told_more(issue_home, 1, now=NOON + dt.timedelta(minutes=1))
    for number in range(2, 4):
        told_more(issue_home, number, now=NOON + dt.timedelta(days=400 * number))
    kept = [each.snapshot for each in issue_home.home.store.publications()]
    assert found.snapshot in kept and issue_home.home.store.path(found.snapshot).exists()
    issue_home.home.store.verify(found.snapshot)
    third = issue_home.home.store.publications()[0]
    assert third.label == "专刊 2026-11r1" and second != found.snapshot


def test_frozen_twice_it_is_said_and_nothing_changes(issue_home: Park) -> None:
    first = frozen(issue_home)
    acts, bytes_ = len(issue_home.home.landing.acts()), {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    again = freeze(issue_home.home.root, asked())
    assert (again.is_new, again.issue) == (False, first)
    assert freeze(issue_home.home.root, asked(revise="再来一次")).is_new is False
    assert len(issue_home.home.landing.acts()) == acts and names(issue_home) == ["2026-11r1"]
    assert {path: path.read_bytes() for path in bytes_} == bytes_


def test_another_content_is_a_revision_that_wants_a_reason_and_the_old_one_stays(issue_home: Park) -> None:
    first = frozen(issue_home)
    told_more(issue_home)
    with pytest.raises(NotFrozen, match=r"内容不同：[1-9]\d* 个指标的数不同。请：确要改版，写明理由") as refused:
        freeze(issue_home.home.root, asked())
    assert refused.value.code == 10 and names(issue_home) == ["2026-11r1"]
    assert plan(issue_home.home.root, asked()).moved.keys() >= {"g1_poc_small"}
    second = frozen(issue_home, revise="补报一个项目")
    assert (second.name, second.reason, second.snapshot != first.snapshot) == ("2026-11r2", "补报一个项目", True)
    assert issue(issue_home.home.root, "2026-11") == second and issue(issue_home.home.root, "2026-11r1") == first
    assert all(verify(each.folder, issue_home.home.root).is_whole for each in (first, second))


def test_the_issue_before_is_the_last_revision_of_the_meeting_before(issue_home: Park) -> None:
    frozen(issue_home, "2026-10")
    told_more(issue_home)
    frozen(issue_home, "2026-10", revise="补报")
    assert frozen(issue_home).previous == "2026-10r2"
    assert frozen(issue_home, "2026-11-2").previous == "2026-11r1"
    known = issues(issue_home.home.root)
    assert [each.name for each in known] == ["2026-10r1", "2026-10r2", "2026-11r1", "2026-11-2r1"]
    assert before(known, "2026-10") is None


@pytest.mark.parametrize(("wrong", "said"), [
    ({"issue_id": "2026-13"}, "应为会议的年月"), ({"issue_id": "../2026"}, "应为会议的年月"), ({"meeting": " "}, "会议编号要写明"), ({"by": "某" * 61}, "姓名要写明"),
    ({"as_of": dt.date(2031, 1, 1)}, "不在可查范围内"), ({"snapshot": "20200101T000000000Z-0000"}, "没有快照"), ({"revise": "没有过"}, "还没有冻结过"),
])
def test_what_cannot_be_frozen_is_said_and_leaves_nothing(issue_home: Park, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(NotFrozen, match=said) as refused:
        freeze(issue_home.home.root, asked(**wrong))  # type: ignore[arg-type]
    assert refused.value.code == 2 and names(issue_home) == [] and issues(issue_home.home.root) == ()


def test_an_unknown_issue_is_answered_with_the_nearest(issue_home: Park) -> None:
    with pytest.raises(UnknownIssue, match="还没有冻结过专刊"):
        issue(issue_home.home.root, "2026-12")
    frozen(issue_home)
    with pytest.raises(UnknownIssue, match="相近的：2026-11"):
        issue(issue_home.home.root, "2026-12")


@pytest.mark.parametrize("where", ["exports.freezing.files_of", "exports.freezing.sync", "etl.freezing.files_of", "etl.landing.Landing.append"])
def test_killed_at_any_step_it_leaves_no_half_issue_and_the_next_one_leaves_no_debris(issue_home: Park, where: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED.format(where=where, home=str(issue_home.home.root))], check=False, capture_output=True, text=True, cwd=PROJECT,
                          env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])})
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert issues(issue_home.home.root) == () and names(issue_home) != []
    assert issue_home.refresh().result.published is None
    assert {each.label for each in issue_home.home.store.publications()} == {None}, "no snapshot is kept for an issue that is none"
    assert verify(frozen(issue_home).folder, issue_home.home.root).is_whole
    assert names(issue_home) == ["2026-11r1"]


@pytest.mark.parametrize("room", [500, 6000])
def test_a_full_disk_is_said_and_leaves_nothing(issue_home: Park, room: int) -> None:
    before_it = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before_it[1]))
    try:
        with pytest.raises(NotFrozen, match="请：检查磁盘空间") as refused:
            freeze(issue_home.home.root, asked())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before_it)
    assert refused.value.code == 14 and names(issue_home) == [] and issues(issue_home.home.root) == ()
    assert frozen(issue_home).name == "2026-11r1"


def refusal(park: Park) -> NotFrozen | None:
    """Why it was not frozen; None where it was."""
    try:
        freeze(park.home.root, asked())
    except NotFrozen as problem:
        return problem
    return None


class Full:
    """A disk that is full from one write on: opening a file to write, making a folder, waiting for the disk; renaming fails once, for it takes no room."""

    def __init__(self, number: int) -> None:
        self.left, self.is_reached = number, False

    def before(self, done: Callable[..., Any], *, only: Callable[..., bool] = lambda *_, **__: True, is_once: bool = False) -> Callable[..., Any]:
        def run(*words: Any, **named: Any) -> Any:
            if only(*words, **named):
                self.left -= 1
                if self.left == 0 or (self.left < 0 and not is_once):
                    self.is_reached = True
                    raise OSError(errno.ENOSPC, "No space left on device")
            return done(*words, **named)

        return run


def writes(_path: Path, mode: str = "r", *_: object, **__: object) -> bool:
    return not set(mode).isdisjoint("wxa")


def test_wherever_the_disk_becomes_full_it_is_said_and_nothing_is_left(issue_home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack_of_three(folder: Path, _issue: Issue) -> None:
        for name in ("汇报材料.docx", "数据表.xlsx", "会议材料.zip"):
            (folder / name).write_bytes(name.encode())

    def stored(_cursor: object, folder: Path) -> None:
        folder.mkdir()
        (folder / "mart.contribution.parquet").write_bytes(b"rows")

    for name, instead in (("pack", pack_of_three), ("store", stored), ("values", lambda *_: {"g1": "1"})):
        monkeypatch.setattr(f"exports.freezing.{name}", instead)
    acts, catalogue = len(issue_home.home.landing.acts()), issue_home.home.store.catalogue.read_text()
    for number in range(1, 200):
        full = Full(number)
        with monkeypatch.context() as broken:
            broken.setattr(Path, "open", full.before(Path.open, only=writes))
            broken.setattr(Path, "mkdir", full.before(Path.mkdir))
            broken.setattr("os.replace", full.before(os.replace, is_once=True))
            broken.setattr("os.fsync", full.before(os.fsync))
            said = refusal(issue_home)
        if said is None:
            break
        assert full.is_reached and said.code == 14 and "请：" in str(said)
        assert names(issue_home) == [] and issues(issue_home.home.root) == (), number
        assert len(issue_home.home.landing.acts()) == acts
    else:
        pytest.fail("it was never frozen")
    assert number > 20 and names(issue_home) == ["2026-11r1"] and issue_home.home.store.catalogue.read_text() != catalogue


def test_a_refresh_that_publishes_meanwhile_changes_nothing_of_what_is_frozen(issue_home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, _values = issue_home.served()
    published: list[str] = []

    def meanwhile(_folder: Path, _issue: Issue) -> None:
        published.append(told_more(issue_home, now=NOON + dt.timedelta(minutes=1)))

    monkeypatch.setattr("exports.freezing.pack", meanwhile)
    found = frozen(issue_home)
    assert found.snapshot == snapshot != published[0] == issue_home.served()[0]
    assert verify(found.folder, issue_home.home.root).is_whole


def test_the_pack_of_the_next_issue_tells_what_changed_since_the_one_before(issue_home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    before = issue_home.value("g1_poc_small")
    frozen(issue_home, "2026-10")
    told_more(issue_home, now=NOON + dt.timedelta(minutes=1))
    now = issue_home.value("g1_poc_small")
    assert now == before + 1
    monkeypatch.setattr("exports.freezing.pack", pack)
    folder = frozen(issue_home).folder / "pack"
    text = "".join(each.text for each in docx.Document(str(folder / "汇报材料.docx")).paragraphs)
    assert "与2026-10r1" in text and f"概念验证及小试项目（期内新增）由{before:.0f}项增至{now:.0f}项" in text
    [told] = [row for row in openpyxl.load_workbook(folder / "数据表.xlsx")["变化"].iter_rows(values_only=True) if "g1_poc_small" in row]
    assert {before, now} <= set(told)


def test_a_snapshot_that_is_pruned_meanwhile_is_not_frozen(issue_home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    older, _values = issue_home.served()
    told_more(issue_home, 1, now=NOON + dt.timedelta(minutes=1))
    monkeypatch.setattr("exports.freezing.pack", lambda _folder, _issue: told_more(issue_home, 2, now=NOON + dt.timedelta(days=100)))
    with pytest.raises(NotFrozen, match=f"没有快照“{older}”"):
        freeze(issue_home.home.root, asked(snapshot=older))
    assert names(issue_home) == [] and issues(issue_home.home.root) == ()


@pytest.mark.parametrize("lock", [".lock", "issues/.lock"])
def test_who_is_in_the_way_is_named_and_nothing_is_left(issue_home: Park, monkeypatch: pytest.MonkeyPatch, lock: str) -> None:
    monkeypatch.setattr("etl.freezing.PATIENCE_S", 0.2)
    with writer_lock(issue_home.home.root / lock, "另一个"), pytest.raises(NotFrozen, match="另一个") as refused:
        freeze(issue_home.home.root, asked())
    assert refused.value.code == 13 and names(issue_home) == []


def test_a_folder_whose_act_was_lost_is_put_aside_and_not_destroyed(issue_home: Park) -> None:
    lost = issue_home.home.root / "issues" / "2026-11r1"
    lost.mkdir(parents=True)
    (lost / "SHA256SUMS").write_text("of another freeze", encoding="utf-8")
    frozen(issue_home)
    aside, kept = names(issue_home)
    assert aside.startswith(".orphan-2026-11r1-") and kept == "2026-11r1"
    assert (issue_home.home.root / "issues" / aside / "SHA256SUMS").read_text(encoding="utf-8") == "of another freeze"


def test_the_clock_of_a_real_home_cannot_be_set(issue_home: Park) -> None:
    at = dt.datetime(2026, 10, 22, 0, 30, tzinfo=dt.UTC)
    assert frozen(issue_home, at=at).at == at  # the park is a demonstration
    assert plan(issue_home.home.root, asked("2026-12")).issue.previous == "2026-11r1"
