"""The history of submissions: every file ever sent, whatever way it came, and what became of it. Made of the acts alone, so that it is the same everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from warehouse.acts import Act, effective, read_acts

Way = Literal["inbox", "web", "cli"]
Status = Literal["new", "placed", "held", "refused", "repeated", "withdrawn", "superseded", "suspended", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment on a finding. `finding_id`: as of `warehouse.jobs.results.Finding`; `finding`: its words."""

    finding_id: str
    finding: str
    text: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Certified:
    """Somebody signed these bytes."""

    by: str
    sha256: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One sending of one file. `file_id`: the number of the act that received it; `at`: aware, UTC; `by`: "" where it came by the inbox.

    `department`, `feed` "" where nobody could tell. `accepted`, `refused`: rows, None where not counted or not read. `status`: superseded (a later file of
    the same scope and as-of stands), suspended (by a rollback), cancelled; `superseded_by`: that later file, or the one that this was withdrawn for;
    `what`, `do`: of held and refused. `withdrawn_by`, `reason`: of withdrawn.
    """

    file_id: int
    at: dt.datetime
    way: Way
    by: str
    name: str
    path: str
    sha256: str
    size: int
    status: Status = "new"
    feed: str = ""
    department: str = ""
    sender: str = ""
    as_of: dt.date | None = None
    accepted: int | None = None
    refused: int | None = None
    what: str = ""
    do: str = ""
    repeats: int | None = None
    supersedes: int | None = None
    superseded_by: int | None = None
    withdrawn_by: str = ""
    reason: str = ""
    confirmed_by: str = ""
    comments: tuple[Said, ...] = ()
    certified: tuple[Certified, ...] = ()


def history(home: Path) -> tuple[Submission, ...]:
    """Every submission as it stands now, newest first; those waiting for the next refresh too. Raises LandingDamaged."""
    return tuple(reversed(submissions(read_acts(home / "landing" / "acts"))))


def said_before(home: Path, feed: str, department: str, sender: str) -> dict[str, str]:
    """What this sender said of a finding when a file of this report was sent before, by the finding's words; the newest. Raises LandingDamaged."""
    told = [each for each in reversed(history(home)) if (each.feed, each.department, each.sender) == (feed, department, sender) and each.status != "cancelled"]
    return {said.finding: said.text for each in told for said in each.comments if said.finding}


def submissions(acts: Iterable[Act]) -> tuple[Submission, ...]:
    """Every submission after these acts, as received."""
    told = tuple(acts)
    found = _told(told)
    counting = _told(effective(told))
    undone = {act.body["job"] for act in told if act.kind == "cancelled"}
    jobs = {act.seq: act.body.get("job") for act in told if act.kind == "received"}
    for number in found.keys() - counting.keys():
        found[number] = replace(found[number], status="cancelled" if jobs[number] in undone else "suspended")
    found |= counting
    _exchanged(told, jobs, found)
    for number, each in found.items():
        if each.status == "placed" and each.supersedes in found and found[each.supersedes].status in ("placed", "superseded"):
            found[each.supersedes] = replace(found[each.supersedes], status="superseded", superseded_by=number)
    return tuple(found.values())


def _exchanged(acts: Iterable[Act], jobs: Mapping[int, str | None], found: dict[int, Submission]) -> None:
    """Let a file that was handed in for another one, and the other, know of each other: one job received the one and withdrew the other."""
    received = {job: number for number, job in jobs.items() if job}
    for act in acts:
        if act.kind == "withdrawn" and (number := received.get(str(act.body.get("job")))) and found[act.body["file"]].status == "withdrawn":
            found[number] = replace(found[number], supersedes=act.body["file"])
            found[act.body["file"]] = replace(found[act.body["file"]], superseded_by=number)


def _told(acts: Iterable[Act]) -> dict[int, Submission]:
    files: dict[int, Submission] = {}
    for act in acts:
        body = act.body
        if act.kind == "received":
            files[act.seq] = Submission(
                file_id=act.seq, at=act.at, way=body.get("way", "inbox"), by=body.get("by", ""), name=body["name"], path=body["path"], sha256=body["sha256"],
                size=body.get("size_bytes", 0), department=body.get("department", ""))
        elif (number := body.get("file")) in files:
            files[number] = _after(files[number], act)
    return files


def _after(file: Submission, act: Act) -> Submission:
    """The submission after an act on it."""
    body = act.body
    match act.kind:
        case "placed" | "held":
            as_of = body["as_of"] and dt.date.fromisoformat(body["as_of"])
            return replace(file, status="placed" if act.kind == "placed" else "held", feed=body["feed"], department=body["department"], sender=body["sender"],
                           as_of=as_of, accepted=body.get("accepted"), refused=body.get("refused"), what=body.get("what", ""), do=body.get("do", ""),
                           supersedes=body.get("supersedes"))
        case "refused":
            return replace(file, status="refused", what=body["what"], do=body["do"])
        case "repeated":
            return replace(file, status="repeated", repeats=body["of"])
        case "confirmed":
            return replace(file, confirmed_by=body["by"])
        case "withdrawn":
            return replace(file, status="withdrawn", withdrawn_by=body["by"], reason=body.get("reason", ""))
        case "commented":
            said = Said(finding_id=body["finding"], finding=body["what"], text=body["text"], by=body["by"], at=act.at)
            return replace(file, comments=(*file.comments, said))
        case "certified":
            return replace(file, certified=(*file.certified, Certified(by=body["by"], sha256=body["sha256"], at=act.at)))
    return file
