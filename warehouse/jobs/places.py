"""The files of a job and where they lie: whole or not there at all, for their owner alone."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from warehouse.jobs.results import Result

State = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]
ASKED, PROGRESS, RESULT, CANCEL, MADE = "asked.json", "progress.jsonl", "result.json", "cancel.json", "made"
NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")  # to the microsecond: jobs are done in the order of their names


class UnknownJob(Exception):
    """There is no such job, or no longer."""

    def __init__(self, job_id: str) -> None:
        super().__init__("没有这项任务，或已过保留期。\n  请：重新提交。")
        self.job_id = job_id


def root(home: Path) -> Path:
    """Where the jobs of a data home lie, and beside them the lock of its worker."""
    return home / "jobs"


def lock_path(home: Path) -> Path:
    return root(home) / ".lock"


def queue(home: Path) -> Path:
    """A folder with an empty file for each waiting job: whoever removes it, worker or canceller, has the job. A systemd path unit looks at it."""
    return root(home) / "queue"


def folder_of(home: Path, job_id: str) -> Path:
    """Raises UnknownJob; a name from outside is never a path."""
    path = root(home) / job_id
    if not NAME.fullmatch(job_id) or not (path / ASKED).is_file():
        raise UnknownJob(job_id)
    return path


def take(home: Path, job_id: str) -> bool:
    """Remove a job from the queue; False where another was first."""
    try:
        (queue(home) / job_id).unlink()
    except FileNotFoundError:
        return False
    return True


def end(path: Path, state: State, *, what: str = "", do: str = "", told: Result | None = None) -> None:
    """Say how the job in this folder ended."""
    write(path / RESULT, {"state": state, "at": dt.datetime.now(dt.UTC).isoformat(), "what": what, "do": do, "result": told and asdict(told)})


def cancelled_by(path: Path) -> str:
    """Who wants this job stopped; "" where nobody does."""
    try:
        return str(json.loads((path / CANCEL).read_text(encoding="utf-8"))["by"])
    except FileNotFoundError:
        return ""


def cancelled_at(path: Path) -> dt.datetime | None:
    """When somebody wanted it stopped; None where nobody does."""
    try:
        return dt.datetime.fromisoformat(json.loads((path / CANCEL).read_text(encoding="utf-8"))["at"])
    except FileNotFoundError:
        return None


def read_result(path: Path) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads((path / RESULT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return told


def write(path: Path, content: Mapping[str, Any]) -> None:
    """A JSON file, whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
    os.replace(name, path)


@contextmanager
def new_folder(parent: Path) -> Iterator[Path]:
    """A folder to fill before it gets its name; gone where it did not."""
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))  # made 0700: for the owner alone
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
