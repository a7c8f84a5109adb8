"""What each kind of job does, and whether who asked may have it done. The same steps as the command line's, by the same functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from etl import inbox, signing
from etl.feeds import FEEDS
from etl.handing_in import HandedIn
from etl.headings import said
from etl.home import Home
from etl.landing import Landing
from etl.reference import in_force
from etl.refresh import Door, Inbox, refresh
from etl.register import SentFile, replay
from etl.report import Report, WrongArgument
from etl.returning.answer import answer
from etl.returning.source import Source
from etl.signing import Signer
from etl.work.report import JobReport
from etl.work.trying import Supposed, check
from warehouse.jobs.folder import MADE, Job, Kind, check_allowed, check_kind, folder_of, job, read_result
from warehouse.jobs.results import Check, Comment, Made, Mapped, Refreshed, Result, Sent
from warehouse.jobs.uploads import Upload, upload

PATIENCE_S = 900.0  # for another refresh to end
OUTCOMES = {"placed": "已计入", "held": "待确认，暂未计入", "refused": "整份退回，未计入", "repeated": "与现行文件相同，不重复计入", "withdrawn": "已撤下"}
Done = tuple[Result, str]  # and a sentence


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A door by which no file comes, but something that a person does to one."""

    act: Callable[[Landing, dt.datetime], object]
    job: str
    who: str

    def receive(self, landing: Landing, moment: dt.datetime, report: Report) -> int:
        self.act(landing, moment)
        report.step("received", "已记下")
        return 0

    def settle(self, landing: Landing, moment: dt.datetime) -> None:
        pass


def do(home: Home, asked: Job, report: JobReport) -> Done:
    """Do the job. Raises NotYours (and then it is on record), UnknownUpload, UnknownJob, and what a refresh raises."""
    check_kind(home.root, asked.who, asked.kind, asked.department, f"job.{asked.kind}")
    return KINDS[asked.kind](home, asked, report)


def _check(home: Home, asked: Job, report: JobReport) -> Done:
    given = _uploaded(home, asked)
    found = check(home, Supposed(**_handed(asked, given)), report, folder_of(home.root, asked.job_id) / "trial")
    told = {"accepted": "可以签认", "held": "有一个问题要答复", "refused": "整份不能接收", "repeated": "与现行文件相同"}[found.state]
    read = found.recognised
    return found, f"{f'{read.accepted} 行可计入' if read else ''}{f'，{read.refused} 行要改正' if read and read.refused else ''}{'；' if read else ''}{told}。"


def _publish(home: Home, asked: Job, report: JobReport) -> Done:
    """What was checked is what is handed in: the same bytes, with the answer to the question that was raised then."""
    given, checked = _uploaded(home, asked), _checked(home, asked)
    comments = [Comment(**each) for each in asked.arguments["comments"]]
    answered = checked.question.what if asked.arguments["answered"] and checked.question else ""
    door = HandedIn(**_handed(asked, given), sha256=checked.sha256, comments=comments, is_certified=asked.arguments["certify"], answered=answered)
    return _sent(home, door, report, lambda: door.file_id)


def _withdraw(home: Home, asked: Job, report: JobReport) -> Done:
    return _on_file(home, asked, report, partial(signing.withdraw, reason=asked.arguments["reason"]))


def _confirm(home: Home, asked: Job, report: JobReport) -> Done:
    return _on_file(home, asked, report, partial(signing.confirm, as_of=_day(asked)))


def _certify(home: Home, asked: Job, report: JobReport) -> Done:
    return _on_file(home, asked, report, partial(signing.certify, sha256=asked.arguments["sha256"]))


def _refresh(home: Home, asked: Job, report: JobReport) -> Done:
    home.inbox.mkdir(parents=True, exist_ok=True)
    ran = refresh(home, report, door=Inbox(folder=home.inbox, who=asked.who.subject), wait_s=PATIENCE_S)
    known = _departments(home)
    told = Refreshed(snapshot=ran.published.snapshot if ran.published else "", troubled=ran.refused, said=tuple(report.said),
                     whose=tuple(_whose(text.partition("\n")[0], known) for text in report.said))
    return told, "已发布。" if ran.published else "没有新内容。"


def _map(home: Home, asked: Job, _report: JobReport) -> Done:
    arguments = asked.arguments
    who = "/".join(filter(None, (asked.department, arguments["sender"])))
    act = said(home, arguments["feed"], who, arguments["headings"], _signer(asked, job=""), wait_s=PATIENCE_S)
    return Mapped(act=act.seq), f"已记下 {len(arguments['headings'])} 个列名。"


def _returned(home: Home, asked: Job, _report: JobReport) -> Done:
    folder = folder_of(home.root, asked.job_id)
    if asked.arguments["upload"]:
        given = _uploaded(home, asked)
        source = Source(blob=given.content, name=given.name, sha256=given.sha256, sent=None)
    else:
        file = _file(home, asked)
        source = Source(blob=home.landing.blob(file.sha256), name=file.name, sha256=file.sha256, sent=file)
    path, told = answer(home, source, folder)
    path.rename(folder / MADE)
    return Made(name=path.name, said=told), "退回件已写好。"


KINDS: Mapping[Kind, Callable[[Home, Job, JobReport], Done]] = {
    Kind.CHECK: _check, Kind.PUBLISH: _publish, Kind.WITHDRAW: _withdraw, Kind.CONFIRM: _confirm, Kind.CERTIFY: _certify, Kind.REFRESH: _refresh,
    Kind.MAP: _map, Kind.RETURNED: _returned}


def _on_file(home: Home, asked: Job, report: JobReport, act: Callable[[Landing, int, Signer, dt.datetime], object]) -> Done:
    """Do it to the file the job is about, and publish."""
    file, signer = _file(home, asked), _signer(asked)
    deed = Deed(job=asked.job_id, who=signer.subject, act=lambda landing, moment: act(landing, file.file_id, signer, moment))
    return _sent(home, deed, report, lambda: file.file_id)


def _sent(home: Home, door: Door, report: JobReport, number: Callable[[], int]) -> Done:
    """Refresh by this door, and say what became of its file."""
    ran = refresh(home, report, door=door, wait_s=PATIENCE_S)
    file = signing.known(home.landing, number())
    told = Sent(file_id=file.file_id, state=file.status, what=file.what, do=file.do, snapshot=ran.published.snapshot if ran.published else "",
                accepted=file.accepted or 0, refused=file.refused or 0)
    return told, f"{OUTCOMES.get(file.status, file.status)}{'，已发布' if ran.published else ''}。"


def _uploaded(home: Home, asked: Job) -> Upload:
    """The upload, which must be of the department the job is for."""
    given = upload(home.root, asked.arguments["upload"])
    check_allowed(home.root, asked.who, given.department, f"job.{asked.kind}")
    if given.department != asked.department:
        raise WrongArgument(f"上传的文件属于 {given.department}，不是 {asked.department}。\n  请：重新上传。")
    return given


def _handed(asked: Job, given: Upload) -> dict[str, Any]:
    return {"content": given.content, "name": given.name, "department": given.department, "sender": given.sender, "signer": _signer(asked), "way": "web",
            "as_of": _day(asked), "replaces": asked.arguments["replaces"]}


def _checked(home: Home, asked: Job) -> Check:
    """What the check said of this upload. Raises WrongArgument where there is none."""
    before = job(home.root, asked.arguments["checked"])
    ended = read_result(folder_of(home.root, before.job_id))
    if before.kind is not Kind.CHECK or before.arguments["upload"] != asked.arguments["upload"] or not ended or not ended["result"]:
        raise WrongArgument("这个文件还没有试算完，未报送。\n  请：试算之后再报送。")
    return Check.from_json(ended["result"])


def _file(home: Home, asked: Job) -> SentFile:
    """The file a job is about, which must be the department's. Raises NotYours, WrongArgument."""
    file = signing.known(home.landing, asked.arguments["file"])
    department = file.department_id or inbox.department_at(file.path, _departments(home)) or ""
    check_allowed(home.root, asked.who, department, f"job.{asked.kind}")
    if department != asked.department:
        raise WrongArgument(f"文件号 {file.file_id} 属于 {department}，不是 {asked.department}。")
    return file


def _departments(home: Home) -> tuple[inbox.Department, ...]:
    return inbox.departments(in_force(replay(home.landing.acts()).rules)["departments"].iter_rows(named=True))


def _whose(where: str, known: Sequence[inbox.Department]) -> str:
    """The department of a file that a report names, by its path, before which the name of the feed may stand; "" where it cannot be told."""
    path = next((where.removeprefix(f"{feed.title} · ") for feed in FEEDS.values() if where.startswith(f"{feed.title} · ")), where)
    return inbox.department_at(path, known) or ""


def _signer(asked: Job, job: str | None = None) -> Signer:
    return Signer(name=asked.who.name or "本机操作员", subject=asked.who.subject, job=asked.job_id if job is None else job)


def _day(asked: Job) -> dt.date | None:
    text = asked.arguments.get("as_of")
    return dt.date.fromisoformat(text) if text else None
