"""试算: what would come of a file, said before anything is recorded or published."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from etl import intake, staging
from etl.feeds import FEEDS
from etl.handing_in import HandedIn
from etl.home import Home
from etl.landing import Landing
from etl.register import SentFile
from etl.report import Report, WrongArgument
from etl.returning.told import absent
from etl.staging import Staged
from etl.work.differing import difference
from etl.work.effects import effects
from etl.work.findings import errors, warnings
from etl.work.trial import Trial, tried
from warehouse.jobs.results import Check, Question, Recognised, Refusal
from warehouse.snapshot_file import digest

STATES: dict[str, Literal["accepted", "held", "refused", "repeated"]] = {
    "placed": "accepted", "held": "held", "refused": "refused", "repeated": "repeated"}


@dataclass(kw_only=True)
class Supposed(HandedIn):
    """A file handed in on trial: the question it raises is remembered, and taken to be answered yes."""

    question: Question | None = field(default=None, init=False)

    def settle(self, landing: Landing, moment: dt.datetime) -> None:
        file = self.found(landing)
        if file.status == "held":
            self.question = Question(what=file.what, do=file.do, is_as_of=file.as_of is None)
            self.answered = file.what
        with contextlib.suppress(WrongArgument):  # a day that cannot be: it stays held
            super().settle(landing, moment)


def check(home: Home, given: Supposed, report: Report, folder: Path, *, checks: bool = True) -> Check:
    """Try the file. `folder`: for the trial to work in, not there yet, and gone afterwards. Raises as `tried` does."""
    begun = time.monotonic()
    told: dict[str, Any] = {"name": given.name, "size": given.content.stat().st_size, "sha256": digest(given.content)}
    with tried(home, given, report, folder, checks=checks) as trial:
        file = trial.register.files[given.file_id]
        told |= _told(home, given, trial, trial.register.files[file.repeats or file.file_id], report)
        is_same = file.file_id in trial.before.files  # nothing was received: these bytes from this sender count already
        told["state"] = "repeated" if is_same else "held" if given.question else STATES[file.status]
        told["repeats"] = file.file_id if is_same else file.repeats
    return Check(**told, question=given.question, snapshot=trial.current.snapshot if trial.current else "", broken=trial.broken,
                 seconds=round(time.monotonic() - begun, 2))


def _told(home: Home, given: Supposed, trial: Trial, file: SentFile, report: Report) -> dict[str, Any]:
    if file.status == "refused":
        return {"refusal": _refusal(trial, file)}
    staged = _staged(trial, file)
    if staged is None:
        return {}
    before = home.store.path(trial.current.snapshot) if trial.current else None
    told: dict[str, Any] = {"recognised": _recognised(given, file, staged), "difference": difference(trial.before, trial.staged, file, staged)}
    told["errors"], told["errors_total"] = errors(staged)
    told["warnings"], told["warnings_total"] = warnings(staged, file, trial.path, before)
    if trial.path and before:
        told["effects"], was, now = effects(before, trial.path, staged.feed)
        told |= {"as_of_before": was and was.isoformat(), "as_of_after": now and now.isoformat()}
    report.step("compared", "与现有比较", effects=len(told.get("effects", ())))
    return told


def _refusal(trial: Trial, file: SentFile) -> Refusal:
    """Why, and what the headings would have to mean for the file to be read."""
    act = next(each for each in reversed(trial.landing.acts()) if each.kind == "refused" and each.body["file"] == file.file_id)
    near = act.body.get("near")
    if near is None:
        return Refusal(what=file.what, do=file.do)
    return Refusal(what=file.what, do=file.do, feed=near["feed"], title=FEEDS[near["feed"]].title, missing=tuple(near["missing"]), unknown=tuple(near["unknown"]))


def _staged(trial: Trial, file: SentFile) -> Staged | None:
    """The file as read, whether it counts or is held."""
    if file.file_id in trial.staged:
        return trial.staged[file.file_id]
    job = intake.jobs(trial.home, trial.landing, trial.register, [file])[file.file_id]
    return staging.already(replace(job, staging=trial.home.reading))


def _recognised(given: Supposed, file: SentFile, staged: Staged) -> Recognised:
    feed = FEEDS[staged.feed]
    as_of = file.as_of or staged.as_of or given.as_of
    units = {heading: unit for table in staged.places for heading, unit in table.units.items()}
    there = {heading for table in staged.places for heading in table.columns}
    return Recognised(
        feed=feed.name, title=feed.title, mode=feed.mode, department=file.department_id or given.department, sender=file.sender,
        as_of=as_of.isoformat() if as_of else None, as_of_from="file" if staged.as_of else "given" if as_of else "", rows_read=staged.rows_read,
        sheets=tuple(dict.fromkeys(staged.sheets[table.sheet_no] for table in staged.places)), accepted=staged.accepted, refused=staged.refused,
        set_aside=staged.set_aside, units=tuple(units.items()), unknown=staged.unknown, missing=absent(feed, there))
