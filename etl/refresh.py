"""The pipeline: inbox → landing → staged Parquet → a new snapshot → checks → published. Yesterday's snapshot stays up until then."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import polars as pl

from etl import intake, staging
from etl.checking import Checker
from etl.feeds import FEEDS
from etl.forecasting import Forecaster
from etl.freezing import release
from etl.home import Home
from etl.landing import Act, Landing
from etl.published import record
from etl.reference import in_force, reference_hash
from etl.register import Register, SentFile, replay
from etl.report import Report
from etl.staging import Job, Refused, Staged
from etl.tables import feed_table
from etl.unlisted import tell, unlisted
from etl.workers import stage_all
from warehouse.acts import effective
from warehouse.build import build, code_hash
from warehouse.inputs import FeedTable, Inputs, StagedFile
from warehouse.lock import writer_lock
from warehouse.publish import Publication, StoreError
from warehouse.unit_doubts import UnitDoubt, unit_doubts


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a refresh did. `published` None: nothing new. `refused`: files that were refused or are held since this run."""

    published: Publication | None
    refused: int


class Door(Protocol):
    """By what something comes in: the inbox, or the hand of a named person. `job`: what this door records counts whole or not at all; "" where not.
    `who`: the subject in the sealed record; None: for whom this process acts."""

    @property
    def job(self) -> str: ...
    @property
    def who(self) -> str | None: ...

    def receive(self, landing: Landing, moment: dt.datetime, report: Report) -> int:
        """Record what came. Returns how many things could not be taken."""

    def settle(self, landing: Landing, moment: dt.datetime) -> None:
        """Record what follows when all that came has been judged."""


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """The folder where departments put their files."""

    folder: Path
    job: str = ""
    who: str | None = None

    def receive(self, landing: Landing, moment: dt.datetime, report: Report) -> int:
        return intake.receive(landing, self.folder, moment, report)

    def settle(self, landing: Landing, moment: dt.datetime) -> None:
        pass


def refresh(home: Home, report: Report, *, inbox_folder: Path | None = None, door: Door | None = None, now: dt.datetime | None = None, checks: bool = True,
            wait_s: float = 0) -> Result:
    """Take what lies in the inbox, or what comes by another door, and publish what is new.

    `now`: the clock of the acts (default: the home's); `wait_s`: for another writer to end.
    Raises what the door raises, Busy, InboxUnusable, LandingDamaged, StoreError, CheckFailed,
    SqlFileError, OSError or duckdb.Error on a full disk; in each case the served snapshot stays.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    moment = now or home.now()
    with writer_lock(home.lock, "python -m etl refresh", wait_s=wait_s):
        landing = home.landing
        release(home)
        tidy(home, landing, moment)
        if door is None and inbox_folder is None:
            home.inbox.mkdir(parents=True, exist_ok=True)
        by = door or Inbox(folder=inbox_folder or home.inbox)
        try:
            staged, refused = taken(home, landing, by, moment, report)
            published = _publish(home, landing, staged, moment, report, checks=checks, who=by.who)
        except BaseException:
            if by.job:
                tidy(home, landing, moment)
            raise
        if by.job:
            landing.append("finished", at=moment, job=by.job)
    return Result(published=published, refused=refused)


def tidy(home: Home, landing: Landing, moment: dt.datetime) -> None:
    """Remove what a killed run left, and take back what a job recorded that did not come to its end. The caller holds the lock."""
    landing.sweep()
    staging.sweep(home.staging)
    acts = landing.acts()
    over = {act.body["job"] for act in acts if act.kind in ("finished", "cancelled")}
    last = {act.body["job"]: act.seq for act in acts if act.body.get("job")}
    current = home.store.current() if last.keys() - over else None
    for job in last.keys() - over:
        is_published = current is not None and current.acts_upto >= last[job]
        landing.append("finished" if is_published else "cancelled", at=moment, job=job)


def taken(home: Home, landing: Landing, door: Door, moment: dt.datetime, report: Report) -> tuple[dict[int, Staged], int]:
    """What is in force, by number, after all that comes by the door was judged; and how many things were refused, are held or could not be taken."""
    troubled = door.receive(landing, moment, report)
    troubled += _place(home, landing, moment, report)
    door.settle(landing, moment)
    staged, dropped = _in_force(home, landing, moment, report)
    return staged, troubled + dropped


def _place(home: Home, landing: Landing, moment: dt.datetime, report: Report) -> int:
    """Read the files nobody has judged yet and decide on each. Returns how many new ones were refused or held."""
    desk = intake.Desk(landing, moment)
    files = desk.undecided()
    outcomes = _stage(home, landing, [*desk.register.placed(), *files], report) if files else {}
    troubled = 0
    for file in files:
        act = desk.decide(file, outcomes)
        outcome = outcomes[file.file_id]
        if act.kind in ("refused", "held"):
            if file.status == "new":
                troubled += 1
                report.say(file.path, act.body["what"], act.body["do"])
        elif isinstance(outcome, Staged) and (outcome.refused or outcome.unknown or outcome.warnings):
            intake.tell(report, file, outcome)
    return troubled


def _stage(home: Home, landing: Landing, files: Sequence[SentFile], report: Report) -> dict[int, Staged | Refused]:
    """Stage these files, from the cache where nothing has changed; outcome by file number. Raises OSError on a full disk."""
    jobs = intake.jobs(home, landing, replay(landing.acts()), files)
    outcomes: dict[int, Staged | Refused] = {}
    waiting: list[Job] = []
    for file_id, job in jobs.items():
        if found := staging.already(job) or staging.already(replace(job, staging=home.reading)):
            outcomes[file_id] = found
        else:
            waiting.append(replace(job, staging=home.reading))
            jobs[file_id] = waiting[-1]
    if waiting:
        counter = report.counter("读取", len(waiting))
        read = stage_all(list(dict.fromkeys(waiting)), done=lambda job, outcome: counter.one_more())
        if full := next((each for each in read.values() if isinstance(each, OSError)), None):
            raise full
        outcomes |= {file_id: told for file_id, job in jobs.items() if isinstance(told := read.get(job), Staged | Refused)}
        report.step("read", "读取", files=len(waiting), rows=sum(each.rows_read for each in read.values() if isinstance(each, Staged)))
    return outcomes


def _in_force(home: Home, landing: Landing, moment: dt.datetime, report: Report) -> tuple[dict[int, Staged], int]:
    """The files in force as staged, by number; and how many an older reader took and this one does not, which are refused."""
    desk = intake.Desk(landing, moment)
    placed = desk.register.placed()
    outcomes = _stage(home, landing, placed, report)
    staged = {file_id: outcome for file_id, outcome in outcomes.items() if isinstance(outcome, Staged)}
    dropped = [file for file in placed if file.file_id not in staged]
    for file in dropped:
        act = desk.decide(file, outcomes)
        report.say(f"{file.path}（此前已计入，现在读不了，不再计入）", act.body["what"], act.body["do"])
    return staged, len(dropped)


def _publish(home: Home, landing: Landing, staged: dict[int, Staged], moment: dt.datetime, report: Report, *, checks: bool,
             who: str | None) -> Publication | None:
    acts = landing.acts()
    inputs = inputs_of(acts, replay(acts), staged, clock=home.demo_clock())
    current = home.store.current()
    if current and not _readable(home, current):
        current = None
    if current and current.inputs_hash == inputs.inputs_hash:
        report.step("unchanged", "没有新内容", snapshot=current.snapshot)
        return None

    with contextlib.ExitStack() as stack:
        checker = stack.enter_context(Checker()) if checks else None
        forecaster = stack.enter_context(Forecaster()) if checks else None
        ran = 0

        def make(path: Path) -> None:
            nonlocal ran
            build(path, inputs, base=home.store.path(current.snapshot) if current else None)
            report.step("built", "建表", rows=sum(each.accepted for each in staged.values()))
            if forecaster:
                report.step("forecast", "预测", goals=forecaster.forecast(path))
            if checker:
                ran, failed = checker.check(path)
                report.step("checked", "检查", checks=ran, failed=failed)

        publication = home.store.publish(make, now=moment, acts_upto=inputs.acts_upto, inputs_hash=inputs.inputs_hash)
    if ran:
        record(landing, home.store, publication, moment, who=who)
    report.step("published", "发布", snapshot=publication.snapshot)
    _tell_new(home, current, publication, report)
    return publication


def _tell_new(home: Home, before: Publication | None, now: Publication, report: Report) -> None:
    """Say which columns seem to be in another unit than before, and which projects only events tell of; those that were said already left out."""
    def key(doubt: UnitDoubt) -> tuple[int, str, int]:
        return doubt.file_id, doubt.column, doubt.exponent

    with contextlib.closing(home.store.open(now.snapshot)) as con:
        doubts, projects = unit_doubts(con), unlisted(con)
    told: set[tuple[int, str, int]] = set()
    if (doubts or projects) and before and _readable(home, before):
        with contextlib.closing(home.store.open(before.snapshot)) as con:
            told = set(map(key, unit_doubts(con)))
            projects -= unlisted(con)
    for doubt in doubts:
        if key(doubt) not in told:
            report.say(f"{FEEDS[doubt.feed].title} · {doubt.file}（已计入，单位存疑）", f"{doubt.sentence}。",
                       "核对该列的单位；确是单位错了，改正后把整份文件重新放进同一位置。")
    tell(report, projects)


def _readable(home: Home, publication: Publication) -> bool:
    """Whether the served snapshot is still the file that was published; if not, all is made again from landing."""
    try:
        home.store.verify(publication.snapshot)
    except StoreError:
        return False
    return True


def inputs_of(acts: Sequence[Act], register: Register, staged: dict[int, Staged], *, clock: dt.datetime | None) -> Inputs:
    """All the snapshot is made of, from the acts and the staged files."""
    tables = in_force(register.rules)
    feeds = [feed_table(feed) for feed in FEEDS.values()]
    files = [_staged_file(file, staged[file.file_id], stands) for file, stands in standing(register)]
    rules_hash = reference_hash(tables)
    facts = [[(str(key), str(value)) for key, value in file.row.items()] for file in files]
    parts = json.dumps([facts, rules_hash, program_hash(),
                        sorted((*scope, *meant) for scope, headings in register.headings.items() for meant in headings.items()),
                        [[act.kind, dict(act.body)] for act in effective(acts) if act.kind in ("commented", "certified")]])
    return Inputs(
        feeds=feeds, files=files, reference=tables, acts=_act_frame(acts), acts_upto=acts[-1].seq if acts else 0,
        known_at=acts[-1].at if acts else dt.datetime.fromtimestamp(0, dt.UTC), rules_hash=rules_hash, code_hash=program_hash(),
        inputs_hash=hashlib.sha256(parts.encode()).hexdigest(), is_demo=clock is not None, clock=clock)


def program_hash() -> str:
    """Of all code and libraries that decide what the same files and rules come to: making tables, reading files, the feeds."""
    parts = [code_hash(), staging.reading_hash(), staging.feeds_hash(), [_feed_facts(feed_table(feed)) for feed in FEEDS.values()]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def standing(register: Register) -> list[tuple[SentFile, bool]]:
    """Files in force, and whether each speaks: of a full list, the last received of one (feed, scope, as-of) stands alone.

    Where a period is part of the scope, two files of one as-of may speak of different periods: both stand, and the later tells
    for the periods they share (warehouse/list_version.sql).
    """
    placed = register.placed()
    last = {(file.scope, file.as_of): file.file_id for file in placed}
    alone = {name for name, feed in FEEDS.items() if feed.mode == "full" and not feed.scope_period()}
    return [(file, file.feed not in alone or last[file.scope, file.as_of] == file.file_id) for file in placed]


def _staged_file(file: SentFile, staged: Staged, stands: bool) -> StagedFile:
    return StagedFile(folder=staged.folder, tables=staged.tables if stands else (), row={
        "file_id": file.file_id, "name": file.name, "sha256": file.sha256, "feed": file.feed, "department_id": file.department_id,
        "sender": file.sender, "as_of": file.as_of, "received_at": file.received_at.astimezone(dt.UTC).replace(tzinfo=None),
        "is_standing": stands, "rows_read": staged.rows_read, "accepted": staged.accepted, "refused": staged.refused,
        "set_aside": staged.set_aside, "sheets": list(staged.sheets)})


def _feed_facts(feed: FeedTable) -> list[object]:
    return [feed.name, feed.title, feed.mode, feed.rhythm, feed.dated_by, list(feed.departments), list(feed.columns.items()), list(feed.key),
            feed.is_shared, list(feed.period), asdict(feed.series)]


def _act_frame(acts: Sequence[Act]) -> pl.DataFrame:
    return pl.DataFrame(
        {"seq": [act.seq for act in acts], "recorded_at": [act.at.astimezone(dt.UTC).replace(tzinfo=None) for act in acts],
         "kind": [act.kind for act in acts], "body": [json.dumps(dict(act.body), ensure_ascii=False, sort_keys=True) for act in acts]},
        schema={"seq": pl.Int32, "recorded_at": pl.Datetime("us"), "kind": pl.String, "body": pl.String})
