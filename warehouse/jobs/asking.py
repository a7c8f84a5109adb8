"""What can be asked of the worker: one function for each kind of job, and `ask` beneath them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from warehouse.jobs.folder import Job, Kind, Person, check_kind, job, put
from warehouse.jobs.results import Comment
from warehouse.jobs.starting import ensure_worker
from warehouse.jobs.uploads import upload


def ask(home: Path, kind: Kind, arguments: Mapping[str, Any], who: Person, *, department: str = "") -> Job:
    """Put a job into the queue and see that a worker is there. The functions below say which arguments a kind takes. Raises NotYours.

    The worker checks again whether who asked may, by what is written with the job.
    """
    check_kind(home, who, kind, department, f"ask.{kind}")
    job_id = put(home, kind, arguments, who, department)
    ensure_worker(home)
    return job(home, job_id)


def ask_check(home: Path, upload_id: str, who: Person, *, as_of: dt.date | None = None, replaces: int | None = None) -> Job:
    """试算: what would come of this file, nothing being published or recorded. Its result is a `Check`. Raises NotYours, UnknownUpload.

    `as_of`: for a file that does not say; `replaces`: number of a file in force that it stands for.
    """
    given = upload(home, upload_id)
    arguments = {"upload": upload_id, "name": given.name, "as_of": as_of and as_of.isoformat(), "replaces": replaces}
    return ask(home, Kind.CHECK, arguments, who, department=given.department)


def ask_publish(home: Path, checked: str, who: Person, *, comments: Sequence[Comment] = (), certify: bool = False, answered: bool = False) -> Job:
    """报送: hand in what a check job checked, with what was said of its findings, and publish. Its result is a `Sent`. Raises NotYours, UnknownJob,
    UnknownUpload.

    `certify`: signed by who asks, for exactly the bytes that were checked. `answered`: who asks answers yes to the question the check raised; another
    question that arises meanwhile holds the file.
    """
    check = job(home, checked)
    given = upload(home, check.arguments["upload"])
    arguments = {**check.arguments, "checked": checked, "comments": [{"finding_id": each.finding_id, "what": each.what, "text": each.text} for each in comments],
                 "certify": certify, "answered": answered}
    return ask(home, Kind.PUBLISH, arguments, who, department=given.department)


def ask_withdraw(home: Path, file_id: int, who: Person, *, department: str, reason: str = "") -> Job:
    """撤下: take a file out of force and publish; the one before it stands again. Its result is a `Sent`. Raises NotYours."""
    return ask(home, Kind.WITHDRAW, {"file": file_id, "reason": reason}, who, department=department)


def ask_confirm(home: Path, file_id: int, who: Person, *, department: str, as_of: dt.date | None = None) -> Job:
    """确认: let a held file count, and publish. Its result is a `Sent`. Raises NotYours."""
    return ask(home, Kind.CONFIRM, {"file": file_id, "as_of": as_of and as_of.isoformat()}, who, department=department)


def ask_certify(home: Path, file_id: int, sha256: str, who: Person, *, department: str) -> Job:
    """签认: sign a file in force, for exactly these bytes. Its result is a `Sent`. Raises NotYours."""
    return ask(home, Kind.CERTIFY, {"file": file_id, "sha256": sha256}, who, department=department)


def ask_map(home: Path, feed: str, headings: Mapping[str, str | None], who: Person, *, department: str, sender: str = "") -> Job:
    """列名说明: heading → name of the column it stands for, "" for one not to be used, None to take back what was said. Its result is a `Mapped`."""
    return ask(home, Kind.MAP, {"feed": feed, "headings": dict(headings), "sender": sender}, who, department=department)


def ask_refresh(home: Path, who: Person) -> Job:
    """刷新: take what lies in the inbox and publish. Its result is a `Refreshed`. Raises NotYours."""
    return ask(home, Kind.REFRESH, {}, who)


def ask_returned(home: Path, who: Person, *, department: str, upload_id: str = "", file_id: int | None = None) -> Job:
    """退回件: the department's own workbook with what is wrong marked, of an upload or of a file received. Its result is a `Made`. Raises NotYours."""
    return ask(home, Kind.RETURNED, {"upload": upload_id, "file": file_id}, who, department=department)
