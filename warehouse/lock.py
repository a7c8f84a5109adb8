"""The writers' lock: one process at a time changes the data home, and whoever comes second is told who holds it since when."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from warehouse.catalogue import BEIJING

AGAIN_S = 0.1  # between two looks of who waits

_held: set[int] = set()  # descriptors of the locks this process holds


class Busy(Exception):
    """Another process is writing. `holder` says who since when, in Chinese."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"{holder}。\n  请：等它结束后再试。")
        self.holder = holder


@contextmanager
def writer_lock(path: Path, who: str, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the lock file at `path` for the length of the block; raises Busy if someone else does and still does after `wait_s` seconds.

    The kernel frees the lock when the process ends, however it ends. The file stays: deleting it would let two in.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(AGAIN_S)
                continue
            note = os.pread(descriptor, 4096, 0)
            os.close(descriptor)
            raise Busy(_holder(note)) from None
    _held.add(descriptor)
    try:
        since = datetime.now(BEIJING).isoformat(timespec="seconds")
        note = json.dumps({"pid": os.getpid(), "since": since, "who": who}, ensure_ascii=False).encode()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note, 0)
        yield
    finally:
        if descriptor in _held:  # not in a forked child
            _held.remove(descriptor)
            os.ftruncate(descriptor, 0)
            os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock file at `path`. Looking takes a share of it for an instant: who wants the lock waits that long (`wait_s`)."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _holder(note: bytes) -> str:
    """Who wrote the note. It is empty for an instant after the lock is taken."""
    try:
        content = json.loads(note)
        since = datetime.fromisoformat(content["since"]).astimezone(BEIJING)
        return f"{content['who']}（进程 {content['pid']}）从 {since:%Y-%m-%d %H:%M:%S} 起正在更新数据"
    except (ValueError, KeyError, TypeError):
        return "另一个进程正在更新数据"


def _let_go() -> None:
    """A forked child shares its parent's lock and would keep it after the parent was killed."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go)
