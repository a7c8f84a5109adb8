"""Who has logged in and not out again: a record for each, in the data home, so that all servers over it know; a cookie without a record opens nothing.

A record is made when the identity provider has said who it is, and its file's time is when that person last did something. Ending a session removes
it: a copy of the cookie, however long its signature holds, is then the cookie of nobody.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse import whole_file

FOLDER = "sessions"
KEY = re.compile(r"[0-9a-f]{64}")
SELDOM = 30  # seconds between two notes that somebody is at work
APART = 300  # seconds by which the clocks of two servers may differ


@dataclass(frozen=True, kw_only=True)
class Session:
    """`key`: hash of the cookie; `subject`: opaque; `values`, `departments`: of the claims that tell role and departments; `at`: of the login, seconds since
    1970. `token`: hash of the token with which the provider can be asked about it, "" where it cannot; `until`: when that token ends, 0 where it does not say;
    `has_claims`: the provider then gives those claims too."""

    key: str
    subject: str
    name: str
    values: tuple[str, ...]
    departments: tuple[str, ...]
    at: float
    token: str = ""
    until: float = 0.0
    has_claims: bool = False


def begin(home: Path, session: Session) -> None:
    """Keep the record of a new session. Raises OSError."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole_file.replace(_path(home, session.key), json.dumps(asdict(session), ensure_ascii=False))


def find(home: Path, key: str, *, idle: dt.timedelta, longest: dt.timedelta) -> Session | None:
    """The session of a cookie, if it has neither ended nor run out."""
    try:
        path = _path(home, key)
        told = json.loads(path.read_text(encoding="utf-8"))
        session = Session(**{**told, "values": tuple(told["values"]), "departments": tuple(told["departments"])})
        seen = path.stat().st_mtime
    except (OSError, ValueError, TypeError, KeyError):  # ended, or not a record: then of nobody
        return None
    now = time.time()
    if session.key != key or now - seen > idle.total_seconds() or not -APART <= now - session.at <= longest.total_seconds():
        return None
    return session


def touch(home: Path, key: str) -> None:
    """Note that somebody is at work; at most every SELDOM seconds, and never for a session that has ended."""
    path = _path(home, key)
    with contextlib.suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime > SELDOM:
            os.utime(path)


def end(home: Path, key: str) -> bool:
    """End a session; returns whether there was one."""
    try:
        _path(home, key).unlink()
    except FileNotFoundError:
        return False
    return True


def end_all(home: Path, subject: str) -> int:
    """End all sessions of a subject; returns how many."""
    return sum(end(home, each.key) for each in sessions(home) if each.subject == subject)


def sessions(home: Path) -> Iterator[Session]:
    """All records, those that have run out included."""
    for path in sorted((home / FOLDER).glob("[0-9a-f]*.json")):
        if session := find(home, path.stem, idle=dt.timedelta.max, longest=dt.timedelta.max):
            yield session


def clear(home: Path, *, idle: dt.timedelta, longest: dt.timedelta) -> None:
    """Remove the records that have run out."""
    for path in (home / FOLDER).glob("[0-9a-f]*.json"):
        if find(home, path.stem, idle=idle, longest=longest) is None:
            path.unlink(missing_ok=True)


def _path(home: Path, key: str) -> Path:
    if not KEY.fullmatch(key):
        raise ValueError("not the key of a session")
    return home / FOLDER / f"{key}.json"
