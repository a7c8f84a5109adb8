"""Jobs as pages see them: who asked for what, how each stands, what came of it for whom it is, and stopping one."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, Protocol

from warehouse.audit import Event, record
from warehouse.jobs.places import (
    ASKED,
    CANCEL,
    MADE,
    NAME,
    PROGRESS,
    RESULT,
    State,
    UnknownJob,
    cancelled_at,
    end,
    folder_of,
    lock_path,
    new_folder,
    queue,
    read_result,
    root,
    take,
    write,
)
from warehouse.jobs.results import RESULTS, Refreshed, Result
from warehouse.jobs.starting import ensure_worker
from warehouse.lock import is_held

__all__ = ["AGAIN", "INTERRUPTED", "MADE", "PROGRESS", "ROLES", "Job", "Kind", "NotYours", "Person", "State", "UnknownJob", "Who", "allowed", "cancel",
           "check_allowed", "check_kind", "end", "folder_of", "job", "jobs", "lock_path", "made_file", "may_see", "put", "queue", "read_result", "result", "take"]

ROLES = frozenset({"steward", "admin"})  # who hands in, withdraws, certifies and reads what was refused; tests/warehouse/test_jobs.py holds it to analytics.access
AT_ONCE_S = 5.0  # between leaving the queue and the first word of the worker a job is not yet given up
SETTLED_S = 60.0  # a worker that starts over says what came of the job it was cancelled in
INTERRUPTED, AGAIN = "处理程序中途停了，这项任务没有做完；先前的数据照常可用。", "再提交一次。"


class Kind(StrEnum):
    """试算、报送、撤下、确认、签认、列名说明、刷新、退回件、填报模板."""

    CHECK = "check"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    CERTIFY = "certify"
    MAP = "map"
    REFRESH = "refresh"
    RETURNED = "returned"


class Person(Protocol):
    """Who asks: `analytics.access.Access` is one."""

    @property
    def subject(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def departments(self) -> frozenset[str] | None: ...


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who asked, as it was when asked. `departments` None: all."""

    subject: str
    name: str
    role: str
    departments: frozenset[str] | None


class NotYours(Exception):
    """Who asks may not do this for that department."""

    def __init__(self, department: str) -> None:
        super().__init__(f"您不能替部门 {department or '（未指明）'} 办理。\n  请：由该部门的数据员办理，或请管理员授权。")
        self.department = department


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job as it stands. Times aware, UTC. `department`: whose it is, "" where of none. `step`: code of the last step that is done; `title`: in words;
    `share`: 0–1 of the work done. `what`, `do`: how it ended, in sentences, and what to do; `queue_place`: 1 is next, 0 where not queued."""

    job_id: str
    kind: Kind
    department: str
    arguments: Mapping[str, Any]
    who: Who
    asked_at: dt.datetime
    state: State
    step: str
    title: str
    share: float
    ended_at: dt.datetime | None = None
    what: str = ""
    do: str = ""
    queue_place: int = 0

    @property
    def is_over(self) -> bool:
        return self.state not in ("queued", "running")


def allowed(who: Person, department: str) -> bool:
    """Whether they may hand in, withdraw, certify and read refused rows for this department; "" of what nobody knows whose it is: for who may all."""
    return who.role in ROLES and (who.departments is None or department in who.departments)


def may_see(who: Person, asked: Job) -> bool:
    """Whether they may see what is asked for in a job and stop it. Taking in what lies in the inbox is everybody's: of its result each sees the own part."""
    return _may(who, asked.kind, asked.department)


def check_allowed(home: Path, who: Person, department: str, what: str) -> None:
    """As `allowed`. Raises NotYours, and then the refusal is on record."""
    if not allowed(who, department):
        _refused(home, who, department, what)


def check_kind(home: Path, who: Person, kind: Kind, department: str, what: str) -> None:
    """As `check_allowed`, for a job of this kind."""
    if not _may(who, kind, department):
        _refused(home, who, department, what)


def _may(who: Person, kind: Kind, department: str) -> bool:
    return who.role in ROLES if kind is Kind.REFRESH and not department else allowed(who, department)


def _refused(home: Path, who: Person, department: str, what: str) -> NoReturn:
    record(home, Event.REFUSED, who=who.subject, what=what, department=department)
    raise NotYours(department)


def put(home: Path, kind: Kind, arguments: Mapping[str, Any], who: Person, department: str) -> str:
    """A new job at the end of the queue; its id."""
    moment = dt.datetime.now(dt.UTC)
    job_id = f"{moment:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
    for folder in (root(home), queue(home)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    asked = {"kind": kind.value, "arguments": dict(arguments), "department": department, "at": moment.isoformat(),
             "who": {"subject": who.subject, "name": who.name, "role": str(who.role),
                     "departments": None if who.departments is None else sorted(who.departments)}}
    with new_folder(root(home)) as beside:
        write(beside / ASKED, asked)
        beside.rename(root(home) / job_id)
    (queue(home) / job_id).touch(mode=0o600)
    return job_id


def job(home: Path, job_id: str) -> Job:
    """One job as it stands; where it waits, a worker is seen to. Raises UnknownJob."""
    path = folder_of(home, job_id)
    try:
        asked = json.loads((path / ASKED).read_text(encoding="utf-8"))
        lines = (path / PROGRESS).read_text(encoding="utf-8").splitlines() if (path / PROGRESS).exists() else []
    except FileNotFoundError:
        raise UnknownJob(job_id) from None
    steps = [json.loads(line) for line in lines if line.endswith("}")]
    ended = read_result(path)
    who = asked["who"]
    told: dict[str, Any] = {
        "job_id": job_id, "kind": Kind(asked["kind"]), "department": asked["department"], "arguments": asked["arguments"],
        "who": Who(**{**who, "departments": None if who["departments"] is None else frozenset(who["departments"])}),
        "asked_at": dt.datetime.fromisoformat(asked["at"]), "step": steps[-1]["step"] if steps else "", "title": steps[-1]["title"] if steps else "",
        "share": max((step["share"] for step in steps), default=0.0)}
    if ended:
        return Job(**told, state=ended["state"], ended_at=dt.datetime.fromisoformat(ended["at"]), what=ended["what"], do=ended["do"])
    waiting = sorted(each.name for each in queue(home).glob("[0-9]*"))
    if job_id in waiting:
        ensure_worker(home)  # the one that was there may have been killed
        return Job(**told, state="queued", queue_place=1 + waiting.index(job_id))
    now = dt.datetime.now(dt.UTC)
    stopped = cancelled_at(path)
    if stopped and (now - stopped).total_seconds() < SETTLED_S:
        return Job(**told | {"title": "正在取消"}, state="running")
    if is_held(lock_path(home)) or (not steps and (now - told["asked_at"]).total_seconds() < AT_ONCE_S):
        return Job(**told, state="running")
    if (path / RESULT).exists():  # it ended while we looked
        return job(home, job_id)
    return Job(**told, state="cancelled" if stopped else "interrupted", what=INTERRUPTED, do=AGAIN)


def jobs(home: Path, *, most: int = 50) -> tuple[Job, ...]:
    """The newest jobs of everybody, newest first. What came of one is for its department alone: see `result`."""
    names = sorted((path.name for path in root(home).glob("[0-9]*") if NAME.fullmatch(path.name)), reverse=True)
    found = []
    for name in names[:most]:
        try:
            found.append(job(home, name))
        except UnknownJob:  # past its time, and swept away as we looked
            continue
    return tuple(found)


def result(home: Path, job_id: str, who: Person) -> Result | None:
    """What came of a job that is done; None where nothing did or it is not yet. Raises UnknownJob, NotYours where it is another department's."""
    asked = job(home, job_id)
    check_kind(home, who, asked.kind, asked.department, f"job.{asked.kind}")
    ended = read_result(folder_of(home, job_id))
    told = RESULTS[asked.kind].from_json(ended["result"]) if ended and ended["result"] is not None else None
    return told.seen_by(who.departments) if isinstance(told, Refreshed) else told


def made_file(home: Path, job_id: str, who: Person) -> Path | None:
    """The file a job wrote (returned workbook, form); its own name is in the result. Raises as `result`."""
    asked = job(home, job_id)
    check_kind(home, who, asked.kind, asked.department, f"job.{asked.kind}")
    path = folder_of(home, job_id) / MADE
    return path if path.is_file() else None


def cancel(home: Path, job_id: str, who: Person) -> Job:
    """Stop a job: at once while it waits, else as soon as the worker sees it. Raises UnknownJob, NotYours."""
    asked = job(home, job_id)
    check_kind(home, who, asked.kind, asked.department, f"cancel.{asked.kind}")
    if asked.is_over:
        return asked
    record(home, Event.CANCELLED, who=who.subject, job=job_id)
    path = folder_of(home, job_id)
    write(path / CANCEL, {"by": who.name or who.subject, "at": dt.datetime.now(dt.UTC).isoformat()})
    if take(home, job_id):
        end(path, "cancelled", what=f"{who.name or '使用者'}取消了这项任务。")
    return job(home, job_id)
