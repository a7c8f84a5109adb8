"""The worker's loop: one job after the other under a lock, until nothing waits. Killed at any instant, it leaves no job running and nothing half counted."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from etl.failing import EXPECTED, told
from etl.home import Home
from etl.refresh import tidy
from etl.work.kinds import PATIENCE_S, do
from etl.work.report import JobReport
from warehouse.jobs import uploads
from warehouse.jobs.folder import AGAIN, INTERRUPTED, NotYours, job
from warehouse.jobs.places import (
    CANCEL,
    NAME,
    PROGRESS,
    RESULT,
    UnknownJob,
    cancelled_by,
    end,
    folder_of,
    lock_path,
    queue,
    root,
    take,
)
from warehouse.jobs.results import Sent
from warehouse.lock import Busy, writer_lock

LINGER_S = 20.0  # who checks a file publishes it next: starting anew would take seconds
OFTEN_S = 0.25  # between two looks
LOOKED_AT_S = 2.0  # whoever looks whether the lock is held has it for an instant
KEPT = timedelta(days=35)  # jobs; what they recorded is in the acts
UNUSED = timedelta(days=7)  # uploads that were never published: they may hold personal data
START_OVER = (sys.executable, "-m", "etl", "work")


def work(home: Home, *, linger_s: float = LINGER_S, start_over: Callable[[], None] | None = None) -> int:
    """Do the jobs that wait, and those asked for within `linger_s` of the last; returns how many. 0 where another worker is at it.

    `start_over`: what a cancelled job ends with; by default this process begins anew, which ends its readers and frees its locks.
    """
    done = 0
    root(home.root).mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        try:
            with writer_lock(lock_path(home.root), "python -m etl work", wait_s=LOOKED_AT_S):
                _settle(home)
                _forget(home)
                until = time.monotonic() + linger_s
                while (job_id := _next(home)) or time.monotonic() < until:
                    if job_id:
                        _do(home, job_id, start_over or _start_over)
                        done += 1
                        until = time.monotonic() + linger_s
                    else:
                        time.sleep(OFTEN_S)
        except Busy:
            return done
        if not _waiting(home):  # nothing came while the lock was let go
            return done


def _waiting(home: Home) -> list[str]:
    return sorted(each.name for each in queue(home.root).glob("[0-9]*"))


def _next(home: Home) -> str | None:
    """The next job, which is ours from now on."""
    return next((each for each in _waiting(home) if take(home.root, each)), None)


def _do(home: Home, job_id: str, start_over: Callable[[], None]) -> None:
    """One job, whatever comes of it."""
    try:
        path = folder_of(home.root, job_id)
    except UnknownJob:
        return
    report = JobReport(path)
    report.line("taken", "开始", 0.0)
    with _watched(path, start_over):
        try:
            result, what = do(home, job(home.root, job_id), report)
        except EXPECTED as problem:
            what, _, advice = told(problem)[0].partition("\n  请：")
            end(path, "failed", what=what, do=advice)
        except (NotYours, UnknownJob, uploads.UnknownUpload) as problem:
            what, _, advice = str(problem).partition("\n  请：")
            end(path, "failed", what=what, do=advice)
        else:
            end(path, "done", what=what, told=result)
            if isinstance(result, Sent) and (upload_id := job(home.root, job_id).arguments.get("upload")):
                uploads.forget(home.root, upload_id)  # landing has it


@contextmanager
def _watched(path: Path, start_over: Callable[[], None]) -> Iterator[None]:
    """Within the block, a job that is cancelled starts the worker over."""
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(OFTEN_S):
            if (path / CANCEL).exists() and not (path / RESULT).exists():
                start_over()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def _start_over() -> None:
    """In the place of this process: its threads end, and with them their readers; its locks are free, its files closed."""
    os.execv(sys.executable, START_OVER)


def _settle(home: Home) -> None:
    """Jobs that a worker left: cancelled, or its process ended. What they recorded is taken back, where it was not published."""
    left = [path for path in root(home.root).iterdir() if NAME.fullmatch(path.name) and (path / PROGRESS).exists() and not (path / RESULT).exists()]
    if not left:
        return
    with writer_lock(home.lock, "python -m etl work", wait_s=PATIENCE_S):
        landing = home.landing
        tidy(home, landing, home.now())
        home.store.sweep()
        kept = {act.body["job"] for act in landing.acts() if act.kind == "finished"}
    for path in left:
        shutil.rmtree(path / "trial", ignore_errors=True)
        by = cancelled_by(path)
        if path.name in kept:
            end(path, "done", what="已经做完并记下" + ("，来不及取消。" if by else "。"))
        elif by:
            end(path, "cancelled", what=f"{by}取消了这项任务；先前的数据照常可用。")
        else:
            end(path, "interrupted", what=INTERRUPTED, do=AGAIN)


def _forget(home: Home) -> None:
    """Remove jobs and uploads past their time, and what was half written."""
    now = time.time()
    for folder, kept in ((root(home.root), KEPT), (home.root / uploads.FOLDER, UNUSED)):
        for path in folder.iterdir() if folder.is_dir() else ():
            is_job = NAME.fullmatch(path.name) or uploads.NAME.fullmatch(path.name) or path.name.startswith(".new-")
            if is_job and now - path.stat().st_mtime > kept.total_seconds():
                shutil.rmtree(path, ignore_errors=True)
