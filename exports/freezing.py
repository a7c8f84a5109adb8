"""冻结专刊: what a meeting is to be shown is written beside the issues that stand, and becomes one when the act of it is recorded."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from analytics.comparing import Point
from analytics.snapshot import about
from exports.refusals import NotFrozen, refusing
from exports.stored_values import values
from language import SOURCE, _, counted, speaking
from warehouse.catalogue import Publication, sync
from warehouse.here import DATA_HOME, reader, store_root
from warehouse.issues import (
    ISSUE_ID,
    MANIFEST,
    PACK,
    STATE,
    SUMS,
    VALUES,
    Difference,
    Frozen,
    Issue,
    before,
    differences,
    files_of,
    handed_out,
    issue,
    issues,
    issues_root,
)
from warehouse.known import view_date
from warehouse.lock import writer_lock
from warehouse.publish import Store
from warehouse.stored import store

ROOT = Path(__file__).parents[1]
NEW = ".new-"  # what a folder's name begins with until it is an issue
LONGEST = 60  # characters of a meeting's number and of a name


def pack(folder: Path, issue: Issue) -> None:
    """What the meeting takes along. Raises NotFrozen."""
    from exports.pack.changes import since  # seconds that only freezing needs
    from exports.pack.problem import NotWritten
    from exports.pack.write import write_for

    home = store_root().parent
    earlier = before(issues(home), issue.issue_id)
    changes = None
    if earlier:
        _restated(home, earlier.snapshot, issue.snapshot)
        with speaking(SOURCE):
            changes = since(Store(home / "warehouse"), Point(snapshot=earlier.snapshot, as_of=earlier.as_of, issue=earlier.name),
                            Point(snapshot=issue.snapshot, as_of=issue.as_of, issue=issue.name))
    try:
        write_for(folder, issue, changes)
    except NotWritten as problem:
        raise NotFrozen(str(problem), 14) from problem


def _restated(home: Path, earlier: str, snapshot: str) -> None:
    """The earlier data under today's rules, where these differ; where it cannot be made, the pack says 待分 of what rules and reports moved together."""
    subprocess.run([sys.executable, "-m", "etl", "restate", earlier, "--to", snapshot], cwd=ROOT, env={**os.environ, DATA_HOME: str(home)}, check=False,
                   stdin=subprocess.DEVNULL, capture_output=True)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be frozen. `as_of` None: the newest; `snapshot` None: the current one; `revise`: why there is to be another revision; `at`: of a
    demonstration, whose clock stands still; None: now; `rows_only`: without the pack."""

    issue_id: str
    meeting: str
    by: str
    as_of: dt.date | None = None
    snapshot: str | None = None
    revise: str | None = None
    at: dt.datetime | None = None
    rows_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What freezing would make. `issue`: the next revision; `standing`: the one that is there, `damage` what is not as it was frozen there; `moved`:
    metrics whose values differ between the two, with both values."""

    issue: Issue
    standing: Frozen | None
    damage: tuple[Difference, ...]
    moved: Mapping[str, tuple[str | None, str | None]]

    @property
    def is_same(self) -> bool:
        """Whether the standing one shows the same meeting the same snapshot on the same day."""
        same = self.standing
        return same is not None and (same.meeting, same.as_of, same.snapshot) == (self.issue.meeting, self.issue.as_of, self.issue.snapshot)


@dataclass(frozen=True, kw_only=True)
class Done:
    """The issue that now stands. Not new: it stood already with the same content."""

    issue: Frozen
    is_new: bool


def plan(home: Path, asked: Asked) -> Plan:
    """What `freeze` would do. Raises NotFrozen."""
    with refusing(), reader(home / "warehouse").pin(asked.snapshot) as pinned:
        return _planned(home, asked, pinned.cursor, pinned.publication, values(pinned.cursor, view_date(pinned.cursor, asked.as_of)))


def freeze(home: Path, asked: Asked) -> Done:
    """Freeze an issue, once: the same again is a no-op, another content is a revision and wants a reason. Raises NotFrozen, and leaves nothing then."""
    root = issues_root(home)
    with refusing():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with writer_lock(root / ".lock", "python -m exports freeze"), reader(home / "warehouse").pin(asked.snapshot) as pinned:
            if pinned.fallback_from:
                raise NotFrozen(_("最新一期快照（{snapshot}）打不开，没有冻结。请：告知数据管理员。", snapshot=pinned.fallback_from), 14)
            _sweep(root)
            found = values(pinned.cursor, view_date(pinned.cursor, asked.as_of))
            planned = _planned(home, asked, pinned.cursor, pinned.publication, found)
            if planned.standing and planned.is_same and not (planned.damage and asked.revise):
                return Done(issue=planned.standing, is_new=False)
            _allowed(planned, asked)
            with _new_folder(root) as folder:
                _write(folder, planned.issue, asked, pinned.cursor, pinned.publication, found)
                _record(home, folder)
        return Done(issue=issue(home, planned.issue.name), is_new=True)


def _planned(home: Path, asked: Asked, cursor: duckdb.DuckDBPyConnection, publication: Publication, found: Mapping[str, str | None]) -> Plan:
    if not ISSUE_ID.fullmatch(asked.issue_id):
        raise NotFrozen(_("期号“{asked}”应为会议的年月，如 2026-11；同月再开的，2026-11-2。", asked=asked.issue_id[:LONGEST]), 2)
    for words, text in ((_("会议编号"), asked.meeting), (_("姓名"), asked.by)):
        if not 0 < len(text.strip()) <= LONGEST:
            raise NotFrozen(_("{what}要写明，不超过 {most} 个字。", what=words, most=LONGEST), 2)
    if asked.at is not None and not about(cursor).is_demo:
        raise NotFrozen(_("冻结的时刻只能在演示数据中指定。"), 2)
    known = issues(home)
    standing = max((each for each in known if each.issue_id == asked.issue_id), key=lambda each: each.revision, default=None)
    earlier = before(known, asked.issue_id)
    planned = Issue(issue_id=asked.issue_id, revision=standing.revision + 1 if standing else 1, meeting=asked.meeting.strip(),
                    as_of=view_date(cursor, asked.as_of), snapshot=publication.snapshot, previous=earlier.name if earlier else None)
    if standing is None and asked.revise is not None:
        raise NotFrozen(_("第 {issue} 期还没有冻结过，不能改版。", issue=asked.issue_id), 2)
    then = recorded(standing) if standing else {}
    return Plan(issue=planned, standing=standing, damage=differences(standing.folder, standing.files) if standing else (),
                moved={each: (then.get(each), found.get(each)) for each in sorted(then.keys() | found.keys()) if then.get(each) != found.get(each)})


def recorded(frozen: Frozen) -> dict[str, str | None]:
    """The values of its metrics as they were; none where they cannot be read."""
    try:
        told: dict[str, str | None] = json.loads((frozen.folder / VALUES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def _allowed(planned: Plan, asked: Asked) -> None:
    """Another content is a revision, and only if somebody says why."""
    standing = planned.standing
    if standing is None or (asked.revise and asked.revise.strip()):
        return
    said = (counted("{n} 个指标的数不同", len(planned.moved)) if planned.moved else _("各指标的数相同，会议、截至日或快照不同"))
    raise NotFrozen(_("第 {issue} 期已经冻结（会议 {meeting}，截至 {day}，快照 {snapshot}），与现在要冻结的（会议 {new_meeting}，截至 {new_day}，"
                      "快照 {new_snapshot}）内容不同：{said}。请：确要改版，写明理由（--revise 理由）；原来的一版仍保留。",
                      issue=standing.issue_id, meeting=standing.meeting, day=standing.as_of, snapshot=standing.snapshot, new_meeting=planned.issue.meeting,
                      new_day=planned.issue.as_of, new_snapshot=planned.issue.snapshot, said=said), 10)


def _write(folder: Path, issue: Issue, asked: Asked, cursor: duckdb.DuckDBPyConnection, publication: Publication, found: Mapping[str, str | None]) -> None:
    """Everything into the folder, durably, the manifest last. Raises OSError on a full disk."""
    store(cursor, folder / STATE)
    (folder / VALUES).write_text(json.dumps(dict(found), indent=1) + "\n", encoding="utf-8")
    if not asked.rows_only:
        (folder / PACK).mkdir()
        pack(folder / PACK, issue)
    (folder / SUMS).write_text("".join(f"{each.sha256}  {each.name}\n" for each in handed_out(files_of(folder))), encoding="utf-8")
    [(acts_upto, rules_hash, code_hash, clock)] = cursor.execute("SELECT acts_upto, rules_hash, code_hash, clock FROM meta.snapshot").fetchall()
    written = files_of(folder)
    moment = asked.at or (clock.replace(tzinfo=dt.UTC) if clock else dt.datetime.now(dt.UTC))
    told = {"kind": "ganzhihui-issue", "version": 1, "issue": issue.issue_id, "revision": issue.revision, "meeting": issue.meeting,
            "as_of": issue.as_of.isoformat(), "snapshot": issue.snapshot, "snapshot_sha256": publication.sha256, "previous": issue.previous,
            "is_demo": about(cursor).is_demo, "by": asked.by.strip(), "reason": (asked.revise or "").strip(),
            "frozen_at": moment.astimezone(dt.UTC).isoformat(timespec="seconds"), "acts_upto": acts_upto, "rules_hash": rules_hash, "code_hash": code_hash,
            "files": [asdict(each) for each in handed_out(written)], "kept": [asdict(each) for each in written if each not in handed_out(written)]}
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_dir():
            path.chmod(0o444)
        sync(path)
    sync(folder)


def _record(home: Path, folder: Path) -> None:
    """Acts have one writer, which is a process of its own: pages and exports only read the data home."""
    done = subprocess.run([sys.executable, "-m", "etl", "frozen", str(folder)], cwd=ROOT, env={**os.environ, DATA_HOME: str(home)}, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise NotFrozen(done.stderr.strip() or _("记事没有写成（退出码 {code}）。", code=done.returncode), done.returncode)


@contextmanager
def _new_folder(root: Path) -> Iterator[Path]:
    """A folder that goes unless it was made an issue."""
    folder = Path(tempfile.mkdtemp(prefix=NEW, dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(root: Path) -> None:
    """Remove what a killed freeze left half-written; the lock keeps others out."""
    for path in root.glob(f"{NEW}*"):
        shutil.rmtree(path)

