"""The issues of meetings: what each of them pinned, as the acts recorded it, and whether its stored bytes are still those."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from warehouse.errors import DamagedIssue, UnknownIssue
from warehouse.snapshot_file import digest

ISSUE_ID = re.compile(r"[1-9]\d{3}-(0[1-9]|1[0-2])(-[2-9])?", re.ASCII)  # the second meeting of a month is 2026-11-2
MANIFEST, SUMS, STATE, PACK = "manifest.json", "SHA256SUMS", "state", "pack"  # in the folder of an issue: two files and two folders
VALUES = f"{STATE}/values.json"  # every metric as it was; beside the rows, for small numbers of persons are not told outside either
HEAD = 200  # bytes of an act that hold its number, moment and kind
KNOWN_ACTS = 200_000  # acts remembered as read: one never changes


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What a meeting is shown. `as_of`: V; `snapshot`: K; `previous`: the name of the issue before it; None: it is the baseline."""

    issue_id: str
    revision: int
    meeting: str
    as_of: dt.date
    snapshot: str
    previous: str | None

    @property
    def name(self) -> str:
        """2026-11r1: of this revision and no other."""
        return f"{self.issue_id}r{self.revision}"

    @property
    def is_baseline(self) -> bool:
        """Whether there is nothing before it that it could have changed from."""
        return self.previous is None


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file of an issue as it was when frozen. `name`: its path inside the folder of the issue; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Frozen(Issue):
    """An issue as recorded. `at`: aware, UTC; `reason`: of a revision; `acts_upto`, `rules_hash`, `code_hash`: of its snapshot."""

    at: dt.datetime
    by: str
    reason: str
    acts_upto: int
    rules_hash: str
    code_hash: str
    snapshot_sha256: str
    folder: Path
    files: tuple[StoredFile, ...]

    @property
    def contributions(self) -> Path:
        """Where mart.contribution of its snapshot lies, as Parquet; `warehouse.stored` reads it with the tables beside it."""
        return self.folder / STATE / "mart.contribution.parquet"

    @property
    def handed_out(self) -> tuple[StoredFile, ...]:
        """What may leave the data home. The rows stay: some of them are persons, by number (docs/decisions/0035)."""
        return handed_out(self.files)

    def file(self, name: str) -> StoredFile | None:
        """One of its files by its path inside the folder."""
        return next((each for each in self.files if each.name == name), None)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A file that is not as it was frozen."""

    name: str
    what: Literal["altered", "missing", "added"]


def issues_root(home: Path) -> Path:
    """Where the issues of a data home lie."""
    return home / "issues"


def issues(home: Path) -> tuple[Frozen, ...]:
    """All issues of a data home in all their revisions, by issue and then by revision. Raises DamagedIssue naming the act."""
    acts = home / "landing" / "acts"
    bodies = [body for path in (sorted(acts.glob("[0-9]*.json")) if acts.is_dir() else ()) if (body := _frozen(path))]
    found = [_issue(issues_root(home), body) for body in bodies]
    return tuple(sorted(found, key=lambda each: (each.issue_id, each.revision)))


def newest(known: Iterable[Frozen]) -> tuple[Frozen, ...]:
    """The last revision of each issue, by issue."""
    return tuple({each.issue_id: each for each in known}.values())


def issue(home: Path, asked: str) -> Frozen:
    """The issue of this id in its newest revision, or the revision of this name (2026-11r1). Raises UnknownIssue, DamagedIssue."""
    known = issues(home)
    found = {each.issue_id: each for each in known} | {each.name: each for each in known}
    if asked not in found:
        raise UnknownIssue(asked, [each.issue_id for each in newest(known)])
    return found[asked]


def before(known: Iterable[Frozen], issue_id: str) -> Frozen | None:
    """The newest revision of the issue before this one; None: this one is the baseline."""
    earlier = [each for each in known if each.issue_id < issue_id]
    return max(earlier, key=lambda each: (each.issue_id, each.revision), default=None)


def differences(folder: Path, files: Iterable[StoredFile]) -> tuple[Difference, ...]:
    """What in a folder is not as these files say, read whole; none: every byte is. What cannot be read is not as it was."""
    expected = {each.name: each for each in files}
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}
    altered = [name for name, path in there.items() if name in expected and not _is_same(path, expected[name])]
    return tuple(sorted([Difference(name=name, what="altered") for name in altered]
                        + [Difference(name=name, what="missing") for name in expected.keys() - there.keys()]
                        + [Difference(name=name, what="added") for name in there.keys() - expected.keys()], key=lambda each: each.name))


def handed_out(files: Iterable[StoredFile]) -> tuple[StoredFile, ...]:
    """Those that may leave the data home."""
    return tuple(each for each in files if not each.name.startswith(f"{STATE}/"))


def files_of(folder: Path) -> tuple[StoredFile, ...]:
    """Every file below a folder as it is now, by name. Raises OSError."""
    paths = sorted(path for path in folder.rglob("*") if not path.is_dir())
    return tuple(StoredFile(name=path.relative_to(folder).as_posix(), size=path.stat().st_size, sha256=digest(path)) for path in paths)


def _is_same(path: Path, expected: StoredFile) -> bool:
    try:
        return not path.is_symlink() and path.stat().st_size == expected.size and digest(path) == expected.sha256
    except OSError:
        return False


@lru_cache(maxsize=KNOWN_ACTS)
def _frozen(path: Path) -> Mapping[str, Any] | None:
    """The act in this file, if it froze an issue."""
    with path.open("rb") as file:
        if b'"kind": "frozen"' not in file.read(HEAD):
            return None
        file.seek(0)
        try:
            body = json.load(file)
        except ValueError as broken:
            raise DamagedIssue(path, str(broken)) from broken
    return {**body, "path": path}


def _issue(root: Path, body: Mapping[str, Any]) -> Frozen:
    try:
        return Frozen(
            issue_id=body["issue"], revision=body["revision"], meeting=body["meeting"], as_of=dt.date.fromisoformat(body["as_of"]), snapshot=body["snapshot"],
            previous=body["previous"], at=dt.datetime.fromisoformat(body["frozen_at"]), by=body["by"], reason=body["reason"], acts_upto=body["acts_upto"],
            rules_hash=body["rules_hash"], code_hash=body["code_hash"], snapshot_sha256=body["snapshot_sha256"],
            folder=root / f"{body['issue']}r{body['revision']}",
            files=tuple(StoredFile(name=name, size=size, sha256=sha256) for name, size, sha256 in body["files"]))
    except (KeyError, TypeError, ValueError) as broken:
        raise DamagedIssue(body["path"], f"{broken}") from broken
