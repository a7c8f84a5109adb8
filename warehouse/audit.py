"""The record of who did what: JSON lines, a file a month, each line sealed by the hash of the one before. Only ever appended to; no personal data in it."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

FOLDER = "audit"
FIRST = "0" * 64  # what the first line ever names as the one before
LAST = ".last"  # number and hash of the newest line: where the next one goes on, and how a cut tail is noticed


class Event(StrEnum):
    """What is recorded: 登录、退出、拒绝访问、查看受限数据、导出、报送、签认、发布、换回、口径变更、冻结、送达、任务取消、令牌、确认."""

    LOGIN = "login"
    LOGOUT = "logout"
    REFUSED = "refused"
    VIEWED = "viewed"
    EXPORTED = "exported"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    CERTIFIED = "certified"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    DEFINED = "defined"
    MAPPED = "mapped"
    FROZEN = "frozen"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    KEYS = "keys"
    CONFIRMED = "confirmed"


def record(home: Path, event: Event, *, who: str, **facts: str | int | None) -> None:
    """Append one line, durably. `who`: the opaque subject, never a name; `facts`: codes, counts and hashes, never cells of a file.

    Raises OSError where it cannot be written: what must be recorded must then not be done.
    """
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        number, before = _last(folder)
        at = dt.datetime.now(dt.UTC)
        told = {"seq": number + 1, "at": at.isoformat(timespec="milliseconds"), "event": event.value, "who": who, **facts, "before": before}
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        sealed = hashlib.sha256(text.encode()).hexdigest()
        _append(folder / f"{at:%Y-%m}.jsonl", f'{text[:-1]},"hash":"{sealed}"}}\n')
        (folder / f"{LAST}.new").write_text(json.dumps({"seq": number + 1, "hash": sealed}), encoding="utf-8")
        os.replace(folder / f"{LAST}.new", folder / LAST)


def _append(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time: pages, routes and commands are several processes."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _last(folder: Path) -> tuple[int, str]:
    """Number and hash of the newest line, by the lines themselves: a writer killed between line and note must not fork the chain."""
    newest = max((path for path in folder.glob("[0-9]*.jsonl") if path.stat().st_size), default=None)
    if newest is None:
        return 0, FIRST
    told = json.loads(newest.read_bytes().rstrip(b"\n").rpartition(b"\n")[2])
    return told["seq"], told["hash"]
