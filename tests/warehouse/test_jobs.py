"""Jobs as data in a folder: who may ask, who sees what, what a page is told of a job in each state, and that an upload's name is no path."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest

from analytics.access import DEEDS, Access, Deed, Role
from warehouse.jobs import asking, uploads
from warehouse.jobs.folder import (
    PROGRESS,
    ROLES,
    Kind,
    NotYours,
    UnknownJob,
    cancel,
    end,
    folder_of,
    job,
    jobs,
    lock_path,
    queue,
    result,
    take,
)
from warehouse.jobs.results import Check, Finding, Recognised, Sent
from warehouse.jobs.uploads import TooLarge, UnknownUpload, hand_in, upload

D05 = Access(subject="s-5", name="财政张三", role=Role.STEWARD, departments=frozenset({"D05"}))
D08 = Access(subject="s-8", name="促进李四", role=Role.STEWARD, departments=frozenset({"D08"}))
ADMIN = Access(subject="s-0", name="管理员", role=Role.ADMIN, departments=None)
VIEWER = Access(subject="s-1", name="委员", role=Role.VIEWER, departments=None)


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is for other tests."""
    monkeypatch.setenv("GANZHIHUI_WORKER", "systemd")


def audited(home: Path) -> list[tuple[str, str]]:
    """Event and subject of every line of the record."""
    lines = [json.loads(line) for path in sorted((home / "audit").glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(line["event"], line["who"]) for line in lines]


@pytest.mark.parametrize("role", Role)
def test_the_roles_that_may_ask_are_those_with_the_deeds_of_departments(role: Role) -> None:
    assert (role in ROLES) == ({Deed.SUBMIT, Deed.CERTIFY, Deed.REFUSED} <= DEEDS[role])


@pytest.mark.parametrize("who", [D05, VIEWER], ids=["another department", "a viewer"])
def test_who_may_not_is_turned_away_before_a_byte_is_kept_and_it_is_on_record(tmp_path: Path, who: Access) -> None:
    with pytest.raises(NotYours):
        hand_in(tmp_path, "项目库.csv", b"x", who, department="D08")
    with pytest.raises(NotYours):
        asking.ask_withdraw(tmp_path, 1, who, department="D08")
    assert not (tmp_path / "submissions").exists()
    assert not (tmp_path / "jobs").exists()
    assert audited(tmp_path) == [("refused", who.subject)] * 2


def test_a_viewer_cannot_start_a_refresh(tmp_path: Path) -> None:
    with pytest.raises(NotYours):
        asking.ask_refresh(tmp_path, VIEWER)
    assert jobs(tmp_path) == ()


@pytest.mark.parametrize(("name", "kept"), [
    ("../../etc/passwd", "passwd"), ("C:\\用户\\项目库.xlsx", "项目库.xlsx"), ("..", "未命名"), ("", "未命名"), ("库\u202exslx.exe", "库xslx.exe"),
    ("长" * 300 + ".xlsx", "长" * 115 + ".xlsx"), ("a\x00b.csv", "ab.csv")])
def test_the_name_of_an_upload_is_words_and_never_a_path(tmp_path: Path, name: str, kept: str) -> None:
    given = hand_in(tmp_path / "home", name, b"x", D08, department="D08")
    assert given.name == kept
    assert given.content.read_bytes() == b"x"
    assert {path.name for path in tmp_path.rglob("*")} <= {"home", "submissions", given.upload_id, "content", "upload.json"}
    assert given.content.stat().st_mode & 0o077 == 0
    assert (tmp_path / "home" / "submissions").stat().st_mode & 0o077 == 0


def test_a_file_above_the_limit_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UPLOAD_BYTES", 1 << 20)
    with pytest.raises(TooLarge, match="至多 1 MB"):
        hand_in(tmp_path, "大.xlsx", b"x" * ((1 << 20) + 1), D08, department="D08")
    assert not list((tmp_path).glob("submissions/*"))


def test_the_limit_is_what_the_server_takes() -> None:
    config = (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {uploads.UPLOAD_BYTES >> 20}\n" in config


@pytest.mark.parametrize("name", ["../jobs", "x" * 32, "0" * 32])
def test_an_upload_or_job_of_a_made_up_name_is_unknown(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownUpload):
        upload(tmp_path, name)
    with pytest.raises(UnknownJob):
        job(tmp_path, name)


def test_everybody_sees_the_jobs_and_their_places_but_only_the_own_results(tmp_path: Path) -> None:
    mine = asking.ask_withdraw(tmp_path, 7, D08, department="D08")
    other = asking.ask_refresh(tmp_path, D05)
    assert [(each.job_id, each.state, each.queue_place, each.who.name) for each in jobs(tmp_path)] == [
        (other.job_id, "queued", 2, "财政张三"), (mine.job_id, "queued", 1, "促进李四")]
    told = Sent(file_id=7, state="withdrawn", what="", do="", snapshot="S")
    assert take(tmp_path, mine.job_id)
    end(folder_of(tmp_path, mine.job_id), "done", what="已撤下。", told=told)
    assert result(tmp_path, mine.job_id, D08) == result(tmp_path, mine.job_id, ADMIN) == told
    with pytest.raises(NotYours):
        result(tmp_path, mine.job_id, D05)
    assert audited(tmp_path) == [("refused", "s-5")]


def test_a_job_that_waits_is_cancelled_at_once_and_nobody_can_take_it_any_more(tmp_path: Path) -> None:
    asked = asking.ask_refresh(tmp_path, D08)
    ended = cancel(tmp_path, asked.job_id, D05)  # of no department: whoever may refresh may stop it
    assert (ended.state, ended.what) == ("cancelled", "财政张三取消了这项任务。")
    assert not take(tmp_path, asked.job_id)
    assert ("cancelled", "s-5") in audited(tmp_path)


def test_the_job_of_another_department_is_not_cancelled(tmp_path: Path) -> None:
    asked = asking.ask_withdraw(tmp_path, 7, D08, department="D08")
    with pytest.raises(NotYours):
        cancel(tmp_path, asked.job_id, D05)
    assert job(tmp_path, asked.job_id).state == "queued"


def test_a_job_whose_worker_is_gone_is_interrupted_and_not_running(tmp_path: Path) -> None:
    asked = asking.ask_refresh(tmp_path, D08)
    assert take(tmp_path, asked.job_id)
    (folder_of(tmp_path, asked.job_id) / PROGRESS).write_text(
        json.dumps({"at": "2026-11-05T00:00:00+00:00", "step": "built", "title": "建表", "share": 0.6}) + '\n{"at": "2026', encoding="utf-8")
    with lock_path(tmp_path).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        running = job(tmp_path, asked.job_id)
        assert (running.state, running.title, running.share) == ("running", "建表", 0.6)
    assert job(tmp_path, asked.job_id).state == "interrupted"


def test_what_comes_of_a_check_is_read_as_it_was_written(tmp_path: Path) -> None:
    told = Check(name="a.csv", sha256="0" * 64, size=1, state="accepted", snapshot="S", seconds=1.5, as_of_after="2026-10-31",
                 errors=(Finding(finding_id="f", kind="refused", what="不对", do="改", sheet="表", row=3, column="B"),),
                 recognised=Recognised(feed="funds", title="基金台账", mode="full", department="D05", sender="", as_of=None, as_of_from="", sheets=("表",),
                                       rows_read=2, accepted=1, refused=1, set_aside=0, units=(("", "万元"),), unknown=()))
    asked = asking.ask(tmp_path, Kind.CHECK, {}, D05, department="D05")
    end(folder_of(tmp_path, asked.job_id), "done", told=told)
    assert result(tmp_path, asked.job_id, D05) == told
    assert [path.name for path in queue(tmp_path).iterdir()] == [asked.job_id]
