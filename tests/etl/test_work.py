"""The worker: a file is tried, published, replaced and withdrawn as asked on a page; nothing is half done, whoever asks, cancels or dies."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest
from park import FOLDERS, PROJECT, Park, Sheet, Unchecked, sample

from analytics.access import Access, Role
from etl.__main__ import main
from etl.checking import CheckFailed
from etl.home import Home
from etl.replay import rebuild
from etl.work.loop import work
from warehouse.jobs import asking, folder
from warehouse.jobs.folder import Job, folder_of, job
from warehouse.jobs.results import Check, Comment, Made, Mapped, Refreshed, Result, Sent
from warehouse.jobs.uploads import hand_in
from warehouse.known import span
from warehouse.metric import metric
from warehouse.snapshot_file import connect
from warehouse.submissions import Submission, history
from warehouse.value import value

LI = Access(subject="s-8", name="李四", role=Role.STEWARD, departments=frozenset({"D08"}))
WANG = Access(subject="s-4", name="王五", role=Role.STEWARD, departments=frozenset({"D04"}))
ENTRY = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-9001", 项目编号="GZH-2097-0001")


@pytest.fixture
def park(issue_home: Park, monkeypatch: pytest.MonkeyPatch) -> Iterator[Park]:
    """A small published home; jobs are done by `done`, in this process."""
    monkeypatch.setenv("GANZHIHUI_WORKER", "systemd")
    with patch("etl.work.trial.DataChecker", Unchecked):
        yield issue_home


def state_of(home: Home) -> dict[str, str]:
    """Every file that counts, by its bytes: landing, staging, the warehouse with its catalogue, the inbox."""
    return {path.relative_to(home.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for name in ("landing", "staging", "warehouse", "inbox", "audit") for path in (home.root / name).rglob("*") if path.is_file()}


def done(park: Park, asked: Job) -> Job:
    """The job when the worker is through with it."""
    work(park.home, linger_s=0)
    return job(park.home.root, asked.job_id)


def told(park: Park, asked: Job, who: Access = LI) -> Result:
    """What comes of a job that ends well."""
    ended = done(park, asked)
    assert ended.state == "done", (ended.what, ended.do)
    found = folder.result(park.home.root, asked.job_id, who)
    assert found
    return found


def tried(park: Park, content: Sheet | bytes, name: str = "新.csv", **more: object) -> tuple[Job, Check]:
    """A file of D08 handed in and tried."""
    given = hand_in(park.home.root, name, content if isinstance(content, bytes) else content.csv(), LI, department="D08")
    asked = asking.ask_check(park.home.root, given.upload_id, LI, **more)  # type: ignore[arg-type]
    found = told(park, asked)
    assert isinstance(found, Check)
    return asked, found


def published(park: Park, checked: Job, **more: object) -> Sent:
    found = told(park, asking.ask_publish(park.home.root, checked.job_id, LI, **more))  # type: ignore[arg-type]
    assert isinstance(found, Sent)
    return found


def submitted(park: Park, file_id: int) -> Submission:
    [found] = [each for each in history(park.home.root) if each.file_id == file_id]
    return found


def values(park: Park) -> dict[tuple[str, str | None], str | None]:
    """Every metric that sums make, of the whole park and by zone, at the newest as-of of what is served."""
    current = park.home.store.current()
    assert current
    with closing(connect(park.home.store.path(current.snapshot), {})) as con:
        known = span(con)
        assert known
        zones = [None, *(zone for (zone,) in con.execute("SELECT zone_id FROM ref.zone").fetchall())]
        ids = [row[0] for row in con.execute("SELECT metric_id FROM ref.metric WHERE drill = 'rows' AND aggregation <> 'statistic'").fetchall()]
        found = {}
        for each in (metric(con, metric_id) for metric_id in ids):
            for zone in zones if each.is_zoned else zones[:1]:
                amount = value(con, each, known.newest_as_of, zone)
                found[each.metric_id, zone] = None if amount is None else str(amount.normalize())
        return found


def test_a_trial_touches_nothing_and_says_exactly_what_publishing_then_does(park: Park) -> None:
    before, standing = state_of(park.home), values(park)
    checked, found = tried(park, ENTRY)
    assert state_of(park.home) == before
    assert sorted(path.name for path in folder_of(park.home.root, checked.job_id).iterdir()) == ["asked.json", "progress.jsonl", "result.json"]
    assert found.recognised
    assert (found.state, found.recognised.title, found.recognised.accepted, found.recognised.as_of) == ("accepted", "阶段事件", 1, "2026-10-31")
    sent = published(park, checked)
    now = values(park)
    assert (sent.state, bool(sent.snapshot)) == ("placed", True)
    foretold = {(each.metric_id, each.zone): each for each in found.effects}
    changed = {at: (standing[at], now[at]) for at in now if standing[at] != now[at]}
    assert changed
    assert changed.items() <= {at: (_plain(each.before), _plain(each.after)) for at, each in foretold.items()}.items()
    assert all(each.come + each.gone + each.changed for at, each in foretold.items() if at not in changed)


def _plain(text: str | None) -> str | None:
    return None if text is None else str(Decimal(text).normalize())


def test_errors_have_their_cells_and_rows_are_held_against_the_record(park: Park) -> None:
    projects = sample("projects").but("GZH-2024-0002", 项目状态="不知道").but("GZH-2024-0001", 承载区="生物医药产业园").without("GZH-2026-0006")
    _, found = tried(park, projects.plus("GZH-2024-0007", 项目编号="GZH-2026-0099"), "项目库.csv")
    [error] = found.errors
    assert (error.row, error.column, error.heading, error.value) == (5, "O", "项目状态", "不知道")
    assert "应为" in error.what
    assert found.difference
    assert found.difference.compared_with == "projects.csv"
    assert [row.key for row in found.difference.new_rows] == ["GZH-2026-0099"]
    assert [row.key for row in found.difference.gone_rows] == ["GZH-2026-0006"], "a key whose row is refused is not gone"
    [changed] = found.difference.changed_rows
    assert [(each.heading, each.before, each.after) for each in changed.fields] == [("承载区", "化工园区", "生物医药产业园")]


def test_a_question_is_answered_with_the_publishing_and_only_that_question(park: Park) -> None:
    few = sample("projects").only("GZH-2024-0001").as_of("2026年11月2日")
    checked, found = tried(park, few, "少.csv")
    assert (found.state, found.question and found.question.is_as_of) == ("held", False)
    assert found.as_of_after == "2026-11-02", "as if it were answered yes"
    assert published(park, checked).state == "held", "nobody has answered"
    checked, _ = tried(park, few.but("GZH-2024-0001", 备注="核对过"), "少.csv")
    sent = published(park, checked, answered=True)
    assert (sent.state, submitted(park, sent.file_id).confirmed_by) == ("placed", "李四")


def test_a_day_given_with_the_file_counts_where_the_file_does_not_say(park: Park) -> None:
    silent = ENTRY.as_of("")
    _, found = tried(park, silent)
    assert (found.state, found.question and found.question.is_as_of) == ("held", True)
    checked, found = tried(park, silent, as_of=dt.date(2026, 10, 31))
    assert (found.state, found.recognised and found.recognised.as_of_from) == ("accepted", "given")
    assert submitted(park, published(park, checked).file_id).as_of == dt.date(2026, 10, 31)


def test_comments_and_the_signature_stand_in_the_history_and_in_the_warehouse(park: Park) -> None:
    checked, found = tried(park, ENTRY)
    sent = published(park, checked, certify=True, comments=[Comment(finding_id="f1", what="单位存疑", text="属实，已核对")])
    one = submitted(park, sent.file_id)
    assert (one.way, one.by, one.department, one.accepted) == ("web", "李四", "D08", 1)
    assert [(each.by, each.sha256) for each in one.certified] == [("李四", found.sha256)]
    assert [(each.finding, each.text) for each in one.comments] == [("单位存疑", "属实，已核对")]
    assert park.ask("SELECT way, handed_in_by, status FROM meta.submission WHERE file_id = ?", sent.file_id) == [("web", "李四", "placed")]
    assert park.ask("SELECT text FROM meta.submission_comment") == [("属实，已核对",)]
    assert park.ask("SELECT certified_by, sha256 FROM meta.certification") == [("李四", found.sha256)]
    events = [json.loads(line) for path in (park.home.root / "audit").glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [each["event"] for each in events if each["who"] == "s-8"] == ["submitted", "certified"]
    assert "李四" not in json.dumps(events, ensure_ascii=False)


def test_bytes_other_than_those_tried_are_not_published(park: Park) -> None:
    checked, _ = tried(park, ENTRY)
    before = state_of(park.home)
    (park.home.root / "submissions" / checked.arguments["upload"] / "content").write_bytes(ENTRY.but("SJ-9001", 阶段="中试").csv())
    ended = done(park, asking.ask_publish(park.home.root, checked.job_id, LI, certify=True))
    assert (ended.state, "与试算时不同" in ended.what) == ("failed", True)
    assert {path: each for path, each in state_of(park.home).items() if not path.startswith("audit")} == {
        path: each for path, each in before.items() if not path.startswith("audit")}


def test_the_worker_asks_again_whether_who_asked_may(park: Park) -> None:
    checked, _ = tried(park, ENTRY)
    asked = asking.ask_publish(park.home.root, checked.job_id, LI)
    path = folder_of(park.home.root, asked.job_id) / "asked.json"
    forged = json.loads(path.read_text(encoding="utf-8"))
    forged["who"] |= {"subject": "s-4", "departments": ["D04"]}
    path.write_text(json.dumps(forged), encoding="utf-8")
    ended = done(park, asked)
    assert (ended.state, "不能替部门 D08" in ended.what) == ("failed", True)
    number = next(each.file_id for each in history(park.home.root) if each.department == "D08")
    stolen = asking.ask_withdraw(park.home.root, number, WANG, department="D04")
    assert done(park, stolen).state == "failed"
    assert submitted(park, number).status == "placed"
    audit = next((park.home.root / "audit").glob("*.jsonl")).read_text(encoding="utf-8")
    assert audit.count('"event":"refused","who":"s-4"') == 2


def test_a_file_is_replaced_and_withdrawn_and_the_history_says_by_whom(park: Park) -> None:
    first = published(park, tried(park, ENTRY)[0])
    wrong = park.ask("SELECT count(*) FROM core.stage_event WHERE project_id = 'GZH-2097-0001'")
    checked, _ = tried(park, ENTRY.but("SJ-9001", 事件编号="SJ-9002"), "改.csv", replaces=first.file_id)
    second = published(park, checked)
    assert wrong == park.ask("SELECT count(*) FROM core.stage_event WHERE project_id = 'GZH-2097-0001'") == [(1,)], "not both"
    assert (submitted(park, first.file_id).status, submitted(park, first.file_id).reason) == ("withdrawn", f"由文件号 {second.file_id} 更换")
    gone = told(park, asking.ask_withdraw(park.home.root, second.file_id, LI, department="D08", reason="重复"))
    assert isinstance(gone, Sent)
    assert (gone.state, bool(gone.snapshot)) == ("withdrawn", True)
    assert park.ask("SELECT count(*) FROM core.stage_event WHERE project_id = 'GZH-2097-0001'") == [(0,)]
    assert (submitted(park, second.file_id).withdrawn_by, submitted(park, second.file_id).reason) == ("李四", "重复")


def test_signing_later_is_for_the_bytes_that_count(park: Park) -> None:
    number = next(each.file_id for each in history(park.home.root) if each.feed == "projects")
    wrong = done(park, asking.ask_certify(park.home.root, number, "0" * 64, LI, department="D08"))
    assert (wrong.state, submitted(park, number).certified) == ("failed", ())
    told(park, asking.ask_certify(park.home.root, number, submitted(park, number).sha256, LI, department="D08"))
    assert park.ask("SELECT file_id, certified_by FROM meta.certification") == [(number, "李四")]


def test_what_does_not_come_to_be_published_does_not_count_later_either(park: Park, tmp_path: Path) -> None:
    served = park.served()
    checked, _ = tried(park, ENTRY)

    class Broken(Unchecked):
        def check(self, _: Path) -> tuple[int, int]:
            raise CheckFailed("  某项不成立")

    with patch("etl.refresh.Checker", Broken):
        ended = done(park, asking.ask_publish(park.home.root, checked.job_id, LI))
    assert (ended.state, "未发布" in ended.what) == ("failed", True)
    assert park.refresh().result.published is None
    assert park.served() == served
    assert [each.status for each in history(park.home.root) if each.way == "web"] == ["cancelled"]
    assert park.debris() == []
    assert published(park, checked).state == "placed", "it may be asked again"
    rebuild(park.home, tmp_path / "again.duckdb")
    with closing(connect(tmp_path / "again.duckdb", {})) as con:
        assert con.execute("SELECT * FROM mart.contribution ORDER BY ALL").fetchall() == park.ask("SELECT * FROM mart.contribution ORDER BY ALL")


def test_the_small_kinds_do_what_they_say(park: Park) -> None:
    renamed = ENTRY.renamed("终止原因", "为何终止")
    mapped = told(park, asking.ask_map(park.home.root, "stage_events", {"为何终止": "终止原因"}, LI, department="D08"))
    assert isinstance(mapped, Mapped)
    assert tried(park, renamed)[1].state == "accepted"
    bad = hand_in(park.home.root, "项目库.csv", sample("projects").but("GZH-2024-0001", 项目状态="不知道").csv(), LI, department="D08")
    asked = asking.ask_returned(park.home.root, LI, department="D08", upload_id=bad.upload_id)
    made = told(park, asked)
    assert isinstance(made, Made)
    path = folder.made_file(park.home.root, asked.job_id, LI)
    assert path
    assert (made.name.endswith(".xlsx"), path.read_bytes()[:2]) == (True, b"PK")
    park.send(f"{FOLDERS['D08']}/收件夹.csv", ENTRY)
    refreshed = told(park, asking.ask_refresh(park.home.root, LI))
    assert isinstance(refreshed, Refreshed)
    assert refreshed.snapshot


def test_folder_page_and_command_line_leave_the_same_record(park: Park, capsys: pytest.CaptureFixture[str]) -> None:
    file = park.home.root.parent / "进入.csv"
    file.write_bytes(ENTRY.csv())
    before = state_of(park.home)
    assert main(["submit", str(file), "--department", "促进中心", "--by", "赵六", "--try"]) == 0
    assert "可以报送" in capsys.readouterr().out
    assert state_of(park.home) == before
    assert main(["submit", str(file), "--department", "D08", "--by", "赵六", "--comment", "补报", "--certify"]) == 0
    published(park, tried(park, ENTRY.but("SJ-9001", 事件编号="SJ-9002"))[0])
    park.send(f"{FOLDERS['D08']}/三.csv", ENTRY.but("SJ-9001", 事件编号="SJ-9003"))
    park.refresh()
    newest = history(park.home.root)[:3]
    assert [(each.way, each.by, each.status, each.department, each.feed, each.accepted, each.refused) for each in newest] == [
        ("inbox", "", "placed", "D08", "stage_events", 1, 0), ("web", "李四", "placed", "D08", "stage_events", 1, 0),
        ("cli", "赵六", "placed", "D08", "stage_events", 1, 0)]
    assert ([each.text for each in newest[2].comments], [each.by for each in newest[2].certified]) == (["补报"], ["赵六"])


@pytest.mark.parametrize("is_killed", [True, False], ids=["killed", "cancelled"])
def test_a_job_stopped_halfway_leaves_nothing_and_the_next_one_is_done(park: Park, is_killed: bool) -> None:
    served, root = park.served(), park.home.root
    checked, _ = tried(park, ENTRY)
    stuck = asking.ask_publish(root, checked.job_id, LI)
    other = asking.ask_returned(root, LI, department="D08", upload_id=checked.arguments["upload"])
    worker = subprocess.Popen([sys.executable, str(PROJECT / "tests" / "etl" / "stuck_worker.py"), str(root), "stuck"], cwd=PROJECT,
                              env={**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'tests'}"}, start_new_session=True)
    until = time.monotonic() + 60
    while job(root, stuck.job_id).step != "read":
        assert time.monotonic() < until
        assert worker.poll() is None
        time.sleep(0.05)
    assert (job(root, stuck.job_id).state, job(root, other.job_id).state) == ("running", "queued")
    if is_killed:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        assert job(root, stuck.job_id).state == "interrupted"
        work(park.home, linger_s=0)
    else:
        folder.cancel(root, stuck.job_id, LI)
        assert worker.wait(timeout=60) == 0, "it started over and did the rest"
    assert job(root, stuck.job_id).state == ("interrupted" if is_killed else "cancelled")
    assert job(root, other.job_id).state == "done"
    assert park.refresh().result.published is None, "nothing of it counts"
    assert park.served() == served
    assert park.debris() == []
    assert [each.status for each in history(root) if each.way == "web"] == ["cancelled"]
    assert published(park, checked).state == "placed"
