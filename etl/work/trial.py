"""A trial: the pipeline with a door's acts added, into a snapshot that is never published; of landing, staging and warehouse nothing is touched."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.checking import CheckFailed, DataChecker
from etl.home import Home
from etl.landing import Act, Landing, Reads, copied
from etl.refresh import Door, inputs_of, taken
from etl.register import Register, replay
from etl.report import Report
from etl.staging import Staged
from warehouse.build import build
from warehouse.publish import Publication, StoreError


class Tentative(Landing):
    """Landing as it would be: what is kept goes into a folder of the trial, acts stay in memory, and nothing is put on record."""

    def __init__(self, root: Path, folder: Path) -> None:
        super().__init__(root)
        self._folder = folder
        self._real = super().acts()
        self._more: list[Act] = []
        folder.mkdir(parents=True)

    def acts(self) -> tuple[Act, ...]:
        return (*self._real, *self._more)

    def append(self, kind: str, *, at: dt.datetime, who: str | None = None, **body: Any) -> Act:  # noqa: ARG002 -- nothing is put on record
        act = Act(seq=len(self._real) + len(self._more) + 1, at=at.astimezone(dt.UTC), kind=kind, body=json.loads(json.dumps(body)))
        self._more.append(act)
        return act

    def keep(self, sent: Reads) -> tuple[str, int]:
        path = self._folder / ".new"
        with path.open("wb") as kept:
            sha256, size = copied(sent, kept)
        path.replace(self._folder / sha256)
        return sha256, size

    def blob(self, sha256: str) -> Path:
        own = self._folder / sha256
        return own if own.exists() else super().blob(sha256)


@dataclass(frozen=True, kw_only=True)
class TrialHome(Home):
    """A data home of which nothing is written: what is read now is staged in the folder of the trial."""

    folder: Path

    @property
    def reading(self) -> Path:
        return self.folder / "staging"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What would be. `path`: the snapshot, None where nothing new would be published; `broken`: why our own checks would stop it."""

    home: TrialHome
    landing: Landing
    before: Register
    register: Register
    staged: Mapping[int, Staged]
    current: Publication | None
    path: Path | None
    broken: str


@contextmanager
def tried(home: Home, door: Door, report: Report, folder: Path, *, checks: bool = True) -> Iterator[Trial]:
    """The trial, as long as the block lasts; then its folder (which must not be there yet) is removed.

    No lock is held: what a refresh publishes meanwhile is not in it. Raises what the door raises, LandingDamaged, SqlFileError, OSError.
    """
    try:
        landing = Tentative(home.landing.root, folder / "blobs")
        with contextlib.ExitStack() as stack:
            checker = stack.enter_context(DataChecker()) if checks else None
            own = TrialHome(root=home.root, folder=folder)
            staged, _ = taken(own, landing, door, home.now(), report)
            acts = landing.acts()
            inputs = inputs_of(acts, replay(acts), staged, clock=home.demo_clock())
            current = home.store.current()
            path, broken = None, ""
            if current is None or current.inputs_hash != inputs.inputs_hash:
                path = folder / "trial.duckdb"
                build(path, inputs, base=home.store.path(current.snapshot) if current and _is_there(home, current) else None)
                report.step("built", "建表", rows=sum(each.accepted for each in staged.values()))
                if checker:
                    try:
                        ran, failed = checker.check(path)
                        report.step("checked", "检查", checks=ran, failed=failed)
                    except CheckFailed as problem:
                        broken = str(problem)
        yield Trial(home=own, landing=landing, before=replay(home.landing.acts()), register=replay(acts), staged=staged, current=current, path=path, broken=broken)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_there(home: Home, publication: Publication) -> bool:
    try:
        home.store.verify(publication.snapshot)
    except StoreError:
        return False
    return True
