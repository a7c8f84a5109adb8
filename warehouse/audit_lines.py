"""The lines of the record of who did what, as they lie in their files: sealed, written at the end, and found again."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FIRST = "0" * 64  # what the first line ever names as the one before
NOTE = ".last"  # the newest line and where it ends: where the next one goes on, and how a cut tail is noticed
MONTHS = "[0-9]*.jsonl"


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest line: its number and hash, the file it stands in and where in it it ends, in bytes."""

    seq: int
    hash: str
    file: str
    size: int


START = Head(seq=0, hash=FIRST, file="", size=0)


def note(folder: Path) -> Head | None:
    """The newest line as its writer noted it; None where there is no note or it cannot be read."""
    try:
        return Head(**json.loads((folder / NOTE).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def newest(folder: Path) -> str:
    """The name of the newest file that holds anything."""
    return max((path.name for path in folder.glob(MONTHS) if path.stat().st_size), default="")


def sealed(told: dict[str, Any]) -> str:
    """A line by what it tells, its hash last; without the line's end."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f'{text[:-1]},"hash":"{hashlib.sha256(text.encode()).hexdigest()}"}}'


def opened(line: bytes) -> dict[str, Any] | None:
    """What a line tells, if its seal is whole."""
    with suppress(ValueError):
        told = json.loads(line)
        if isinstance(told, dict) and sealed({name: told[name] for name in told if name != "hash"}).encode() == line:
            return told
    return None


def append(folder: Path, head: Head, event: str, who: str, facts: dict[str, str | int | None]) -> Head:
    """One line after this one; returns it as noted. Raises OSError."""
    at = dt.datetime.now(dt.UTC)
    text = sealed({"seq": head.seq + 1, "at": at.isoformat(timespec="milliseconds"), "event": event, "who": who, **facts, "before": head.hash})
    path = folder / max(f"{at:%Y-%m}.jsonl", head.file)  # a clock that was put back opens no older month
    size = put(path, f"{text}\n".encode())
    written = Head(seq=head.seq + 1, hash=text[-66:-2], file=path.name, size=size)
    put(folder / f"{NOTE}.new", json.dumps(asdict(written)).encode(), fresh=True)
    os.replace(folder / f"{NOTE}.new", folder / NOTE)
    return written


def put(path: Path, content: bytes, *, fresh: bool = False) -> int:
    """Write at the file's end and see it on the disk; returns its size. A disk that takes only a part of it is full."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if fresh else os.O_APPEND), 0o600)
    try:
        size = os.fstat(handle).st_size
        if os.write(handle, content) != len(content):
            with suppress(OSError):  # where only appending is allowed, the next writer sets what was torn apart
                os.ftruncate(handle, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        os.fsync(handle)
        return size + len(content)
    finally:
        os.close(handle)


def last_whole(folder: Path, name: str) -> tuple[Head, int]:
    """The last whole line there is, and where in the newest file what is whole ends."""
    for path in sorted(folder.glob(MONTHS), reverse=True):
        content, end = path.read_bytes(), 0
        last: tuple[Head, int] | None = None
        for line in content.split(b"\n"):
            end += len(line) + 1
            if told := opened(line):
                last = Head(seq=_number(told), hash=str(told["hash"]), file=path.name, size=0), min(end, len(content))
        if last:
            return last[0], last[1] if path.name == name else 0
    return START, 0


def stands(folder: Path, noted: Head) -> bool:
    """Whether the line that the note names is where it says."""
    path = folder / noted.file
    content = path.read_bytes()[:noted.size] if path.is_file() else b""
    told = opened(content.rstrip(b"\n").rpartition(b"\n")[2]) if len(content) == noted.size else None
    return told is not None and told["hash"] == noted.hash


def _number(told: dict[str, Any]) -> int:
    seq = told.get("seq")
    return seq if isinstance(seq, int) else 0


def size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
