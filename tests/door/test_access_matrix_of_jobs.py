"""Who may do what with a job: every role and nobody, every kind of job, every deed on one; by the functions of the pages and by guessed addresses."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from at_the_door import GROUPS, Server, sealed
from park import Park, Unchecked, sample
from streamlit.testing.v1 import AppTest
from submissions import found, given, job

from analytics.access import VISITOR, Access, Role
from analytics.owing import owing
from etl.report import WrongArgument
from etl.work.kinds import do
from etl.work.report import JobReport
from pages import submit_job, submit_words
from pages.submit_desk import Desk
from warehouse.jobs import asking, folder
from warehouse.jobs.folder import Kind, NotYours, folder_of, jobs, put
from warehouse.jobs.results import Comment, Made, Mapped, Refreshed, Result, Sent
from warehouse.jobs.uploads import Upload, hand_in, kept
from warehouse.submissions import history

ROOT = Path(__file__).parents[2]
SECRET = "机密"  # in whatever is D05's: names of files, cells, comments
PEOPLE = {
    "viewer": Access(subject="s-v", name="委员", role=Role.VIEWER, departments=None),
    "secretary": Access(subject="s-s", name="秘书", role=Role.SECRETARY, departments=None),
    "steward": Access(subject="s-5", name="财政张三", role=Role.STEWARD, departments=frozenset({"D05"})),
    "other": Access(subject="s-8", name="促进李四", role=Role.STEWARD, departments=frozenset({"D08"})),
    "admin": Access(subject="s-0", name="管理员", role=Role.ADMIN, departments=None),
    "visitor": VISITOR,
}
D05, D08 = PEOPLE["steward"], PEOPLE["other"]
OWN, HAND_IN = {"steward", "admin", "visitor"}, {"steward", "other", "admin", "visitor"}
SENT = Sent(file_id=7, state="placed", what=SECRET, do="", snapshot="S")
RESULTS: dict[Kind, Result | None] = {  # None: a check, which is of an upload
    Kind.CHECK: None, Kind.PUBLISH: SENT, Kind.WITHDRAW: SENT, Kind.CONFIRM: SENT, Kind.CERTIFY: SENT, Kind.MAP: Mapped(act=9),
    Kind.REFRESH: Refreshed(snapshot="S", troubled=3, whose=("D05", "D08", ""),
                            said=(f"财政金融局/{SECRET}.csv\n  退回", "促进中心/项目.csv\n  退回", "谁的.csv\n  退回")),
    Kind.RETURNED: Made(name=f"{SECRET}-退回.xlsx", said=SECRET)}


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are asked for and stay in the queue."""
    monkeypatch.setenv("GANZHIHUI_WORKER", "systemd")


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """What D05 has in the home: an upload, and a job of this kind that is over and one that waits."""

    home: Path
    file: Upload

    def check(self) -> str:
        arguments = {"upload": self.file.upload_id, "name": self.file.name, "as_of": None, "replaces": None}
        return job(self.home, Kind.CHECK, arguments, found(self.home, self.file), who=D05)

    def done(self, kind: Kind) -> str:
        if kind is Kind.CHECK:
            return self.check()
        if kind is Kind.REFRESH:
            job_id = put(self.home, kind, {}, D05, "")
            folder.take(self.home, job_id)
            folder.end(folder_of(self.home, job_id), "done", told=RESULTS[kind])
            return job_id
        arguments = {"upload": self.file.upload_id, "name": self.file.name, "file": 7, "comments": [{"text": SECRET}]}
        job_id = job(self.home, kind, arguments, RESULTS[kind], who=D05)
        if kind is Kind.RETURNED:
            (folder_of(self.home, job_id) / folder.MADE).write_bytes(b"PK")
        return job_id

    def waiting(self, kind: Kind) -> str:
        return put(self.home, kind, {}, D05, "") if kind is Kind.REFRESH else put(self.home, kind, {"name": self.file.name}, D05, "D05")


@pytest.fixture
def theirs(home: Path) -> Theirs:
    return Theirs(home=home, file=given(home, f"{SECRET}.xlsx", who=D05))


Asks = Callable[[Theirs, Access], object]
ASKS: dict[str, tuple[Asks, set[str]]] = {  # every way in which pages and commands ask for a job, of what is D05's
    "hand a file in": (lambda it, who: hand_in(it.home, "a.csv", b"x", who, department="D05"), OWN),
    "check": (lambda it, who: asking.ask_check(it.home, it.file.upload_id, who), OWN),
    "check in the place of a file": (lambda it, who: asking.ask_check(it.home, it.file.upload_id, who, replaces=7), OWN),
    "publish": (lambda it, who: asking.ask_publish(it.home, it.check(), who), OWN),
    "publish with a comment": (lambda it, who: asking.ask_publish(it.home, it.check(), who, comments=[Comment(finding_id="w1", what="", text="属实")]), OWN),
    "publish signed": (lambda it, who: asking.ask_publish(it.home, it.check(), who, certify=True, answered=True), OWN),
    "withdraw": (lambda it, who: asking.ask_withdraw(it.home, 7, who, department="D05", reason="错"), OWN),
    "confirm": (lambda it, who: asking.ask_confirm(it.home, 7, who, department="D05"), OWN),
    "certify": (lambda it, who: asking.ask_certify(it.home, 7, "0" * 64, who, department="D05"), OWN),
    "map a heading": (lambda it, who: asking.ask_map(it.home, "funds", {"甲": "乙"}, who, department="D05"), OWN),
    "return an upload": (lambda it, who: asking.ask_returned(it.home, who, department="D05", upload_id=it.file.upload_id), OWN),
    "return a file": (lambda it, who: asking.ask_returned(it.home, who, department="D05", file_id=7), OWN),
    "return a file of nobody knows whom": (lambda it, who: asking.ask_returned(it.home, who, department="", file_id=7), {"admin", "visitor"}),
    "withdraw a file of nobody knows whom": (lambda it, who: asking.ask_withdraw(it.home, 7, who, department=""), {"admin", "visitor"}),
    "take in the inbox": (lambda it, who: asking.ask_refresh(it.home, who), HAND_IN),
}


def refusals(home: Path) -> list[str]:
    """Who was turned away, by the record."""
    lines = [json.loads(line) for path in sorted((home / "audit").glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line["who"] for line in lines if line["event"] == "refused"]


@pytest.mark.parametrize("deed", ASKS)
def test_a_job_is_asked_for_by_who_may_and_anybody_else_is_on_record(theirs: Theirs, deed: str) -> None:
    asks, may = ASKS[deed]
    for role, who in PEOPLE.items():
        if role in may:
            asks(theirs, who)
        else:
            with pytest.raises(NotYours):
                asks(theirs, who)
    assert refusals(theirs.home) == [who.subject for role, who in PEOPLE.items() if role not in may]
    assert {each.who.subject for each in jobs(theirs.home)} <= {PEOPLE[role].subject for role in may | {"steward"}}


@pytest.mark.parametrize("kind", Kind)
def test_what_comes_of_a_job_is_for_its_department_alone(theirs: Theirs, kind: Kind) -> None:
    job_id = theirs.done(kind)
    for role, who in PEOPLE.items():
        if role in (HAND_IN if kind is Kind.REFRESH else OWN):
            told, made = folder.result(theirs.home, job_id, who), folder.made_file(theirs.home, job_id, who)
            assert told is not None and (made is not None) == (kind is Kind.RETURNED)
            assert (SECRET in repr(told)) == (role in OWN and kind is not Kind.MAP)
        else:
            for asks in (folder.result, folder.made_file):
                with pytest.raises(NotYours):
                    asks(theirs.home, job_id, who)


def test_of_what_came_of_the_inbox_everybody_reads_the_own_part(theirs: Theirs) -> None:
    job_id = theirs.done(Kind.REFRESH)
    seen = {role: folder.result(theirs.home, job_id, PEOPLE[role]) for role in HAND_IN}
    assert all(isinstance(each, Refreshed) for each in seen.values())
    assert {role: (each.troubled, each.whose) for role, each in seen.items() if isinstance(each, Refreshed)} == {
        "steward": (1, ("D05",)), "other": (1, ("D08",)), "admin": (3, ("D05", "D08", "")), "visitor": (3, ("D05", "D08", ""))}


@pytest.mark.parametrize("kind", Kind)
def test_a_job_is_stopped_by_who_may_ask_for_it(theirs: Theirs, kind: Kind) -> None:
    may = HAND_IN if kind is Kind.REFRESH else OWN
    for role, who in PEOPLE.items():
        job_id = theirs.waiting(kind)
        if role in may:
            assert folder.cancel(theirs.home, job_id, who).state == "cancelled"
        else:
            with pytest.raises(NotYours):
                folder.cancel(theirs.home, job_id, who)
            assert folder.job(theirs.home, job_id).state == "queued"


@pytest.mark.parametrize("kind", Kind)
def test_by_its_address_a_job_is_watched_by_its_department_alone(theirs: Theirs, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("pages.frame.draw", lambda *parts: said.extend(map(str, parts)))
    for job_id in (theirs.done(kind), theirs.waiting(kind)):
        for role in HAND_IN:  # others do not have the page
            desk = Desk(home=theirs.home, view=None, access=PEOPLE[role], owing=owing(None, dt.date(2026, 11, 5), None), chosen=None)
            assert (submit_job.found(desk, job_id) is not None) == (role in OWN or kind is Kind.REFRESH), role
    assert SECRET not in "".join(said)


@pytest.mark.parametrize("kind", Kind)
def test_others_see_that_a_department_is_at_work_and_no_name_of_a_file(theirs: Theirs, kind: Kind) -> None:
    theirs.done(kind)
    theirs.waiting(kind)
    now = jobs(theirs.home)[0].asked_at
    for role in HAND_IN:
        told = str(submit_words.under_way(jobs(theirs.home), kept(theirs.home), {"D05": "财政金融局", "D08": "促进中心"}, PEOPLE[role].departments, now))
        assert (SECRET in told) == (role in OWN and kind not in (Kind.RETURNED, Kind.REFRESH)), role
        assert (D05.name in told) == (kind is not Kind.RETURNED), "two at once see each other"


def test_the_page_shows_another_department_nothing_of_a_job_whatever_is_in_the_address(theirs: Theirs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.submit.who", lambda: D08)
    page = AppTest.from_string("from pages.submit import submit_page\nsubmit_page()\n", default_timeout=30)
    for name, value in [("job", theirs.done(kind)) for kind in Kind if kind is not Kind.REFRESH] + [("department", "D05"), ("file", "7"), ("replaces", "7")]:
        page.query_params.clear()
        page.query_params[name] = value
        page.run()
        assert [each.message for each in page.exception] == []
        html = "".join(str(each.proto.body) for each in page.get("html"))
        assert SECRET not in html and ("属于别的部门" in html) == (name in ("job", "file")), name


@pytest.mark.parametrize("kind", Kind)
def test_the_address_of_a_returned_workbook_is_guessed_in_vain(server: Server, home: Path, theirs: Theirs, kind: Kind) -> None:
    url = f"/returned/{theirs.done(kind)}"
    held = {role: server.log_in(f"one-{role}", group) for role, group in {**GROUPS, "other": "park-d08"}.items()}
    for role, cookie in held.items():
        link = sealed(server, home, "steward" if role == "other" else role, url, name=f"one-{role}先生")
        answer = server.get(link, cookie)
        right = 403 if role in ("viewer", "secretary") or (role == "other" and kind is not Kind.REFRESH) else 200 if kind is Kind.RETURNED else 404
        assert (answer.status, SECRET.encode() in answer.body) == (right, False), (role, answer.text)
    assert server.get(url).status == 401
    assert server.get(sealed(server, home, "admin", "/returned/queue"), held["admin"]).status == 404, "a name of a folder is no job"


def test_the_worker_does_for_nobody_what_is_another_departments_whatever_the_job_says(issue_home: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs as somebody would write them who knows numbers and names that are not theirs: under the own department, about what is another's."""
    monkeypatch.setattr("etl.work.trial.DataChecker", Unchecked)
    root = issue_home.home.root
    file = next(each for each in history(root) if each.department == "D08")
    issue_home.send("无主.csv", sample("funds").but(sample("funds").ids()[0], 基金名称=SECRET))
    issue_home.send("不知哪里/无主.csv", b"")
    issue_home.refresh()
    unknown = next(each for each in history(root) if each.path == "不知哪里/无主.csv")
    other = hand_in(root, "a.csv", b"x", D08, department="D08")
    own = hand_in(root, "b.csv", b"y", D05, department="D05")
    check = job(root, Kind.CHECK, {"upload": other.upload_id}, found(root, other), who=D08)
    on_file: dict[str, Any] = {"file": file.file_id, "sha256": file.sha256, "reason": "", "as_of": None, "upload": ""}
    forged: list[tuple[Kind, dict[str, Any]]] = [
        (Kind.CHECK, {"upload": other.upload_id, "as_of": None, "replaces": None}), (Kind.PUBLISH, {"upload": other.upload_id, "checked": check}),
        (Kind.CHECK, {"upload": own.upload_id, "as_of": None, "replaces": file.file_id}), (Kind.PUBLISH, {"upload": own.upload_id, "checked": check}),
        (Kind.RETURNED, {"upload": other.upload_id}),
        *((kind, on_file) for kind in (Kind.WITHDRAW, Kind.CONFIRM, Kind.CERTIFY, Kind.RETURNED))]
    before = issue_home.home.landing.acts()
    for department in ("D05", "D08", ""):
        for kind, arguments in [*forged, *((kind, {**told, "file": unknown.file_id}) for kind, told in forged if "file" in told)]:
            asked = folder.job(root, put(root, kind, arguments, D05, department))
            with pytest.raises((NotYours, WrongArgument)) as refused:
                do(issue_home.home, asked, JobReport(folder_of(root, asked.job_id)))
            assert SECRET not in str(refused.value) and "无主" not in str(refused.value)
    assert issue_home.home.landing.acts() == before
