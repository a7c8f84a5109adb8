"""Tokens of other systems: random, known to nobody but who was given them. Kept here are their hashes, read again as soon as the file has changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
import stat
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from analytics.access import Access, Role
from analytics.snapshot import SHANGHAI
from language import _
from warehouse import whole_file
from warehouse.audit import Event, record
from warehouse.errors import StoreError
from warehouse.lock import writer_lock

FILE, LOCK = "keys.json", ".keys.lock"
MARK = "gzh"  # what every token begins with, so that one that has leaked can be found by searching
BYTES = 32  # of randomness in a token: too many to be guessed, so that one plain SHA-256 is enough and a slow hash would only be slow
ROLES = (Role.VIEWER, Role.SECRETARY)  # nobody hands in, certifies or rules through the door
PATIENCE_S = 5


class UnusableKeys(StoreError):
    """keys.json cannot be read, or others than its owner could write it."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """What is kept of a token. `sha256`: of the whole token; `until`: the last day, in Shanghai, on which it opens anything; None: no end."""

    key_id: str
    name: str
    role: Role
    sha256: str
    created_at: dt.datetime
    until: dt.date | None = None
    revoked_at: dt.datetime | None = None

    @property
    def access(self) -> Access:
        """What may be done with it."""
        return Access(subject=f"key:{self.key_id}", name=self.name, role=self.role, departments=None)

    def has_ended(self, now: dt.datetime) -> bool:
        return self.revoked_at is not None or (self.until is not None and now.astimezone(SHANGHAI).date() > self.until)


def keys(home: Path) -> tuple[Key, ...]:
    """All that were ever given out, oldest first; none where there is no file. Raises UnusableKeys."""
    path = home / FILE
    try:
        seen = path.stat()
    except FileNotFoundError:
        return ()
    if seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UnusableKeys(_("{path}\n  令牌文件别人也能改写。\n  请：chmod 600，并用 python -m exports tokens list 核对其中的令牌。", path=path))
    return _read(path, (seen.st_ino, seen.st_mtime_ns, seen.st_size))


def holder(home: Path, token: str) -> Key | None:
    """The key whose very token this is, ended or not; None: it is nobody's. Raises UnusableKeys."""
    found = hashlib.sha256(token.encode()).hexdigest()
    return next((each for each in keys(home) if hmac.compare_digest(each.sha256, found)), None)


def new(home: Path, name: str, role: Role, *, until: dt.date | None, by: str, now: dt.datetime) -> tuple[Key, str]:
    """A new key, and its token, which is told this once. Raises UnusableKeys, Busy, OSError."""
    with writer_lock(home / LOCK, "python -m exports tokens", wait_s=PATIENCE_S):
        known = keys(home)
        taken = {each.key_id for each in known}
        key_id = next(each for each in iter(lambda: secrets.token_hex(4), "") if each not in taken)
        token = f"{MARK}_{key_id}_{secrets.token_hex(BYTES)}"
        key = Key(key_id=key_id, name=name, role=role, sha256=hashlib.sha256(token.encode()).hexdigest(), created_at=now, until=until)
        record(home, Event.KEYS, who=by, key=key_id, done="new", role=role, until=until.isoformat() if until else None)
        _write(home / FILE, (*known, key))
    return key, token


def revoke(home: Path, key_id: str, *, by: str, now: dt.datetime) -> Key | None:
    """The key, ended for good; None where there is none of this id. Raises UnusableKeys, Busy, OSError."""
    with writer_lock(home / LOCK, "python -m exports tokens", wait_s=PATIENCE_S):
        known = keys(home)
        found = next((each for each in known if each.key_id == key_id), None)
        if found is None or found.revoked_at:
            return found
        ended = replace(found, revoked_at=now)
        record(home, Event.KEYS, who=by, key=key_id, done="revoked")
        _write(home / FILE, tuple(ended if each is found else each for each in known))
    return ended


@lru_cache(maxsize=4)
def _read(path: Path, seen: tuple[int, int, int]) -> tuple[Key, ...]:  # noqa: ARG001 - decides whether it is still so
    try:
        return tuple(Key(**{
            **each, "role": Role(each["role"]), "created_at": dt.datetime.fromisoformat(each["created_at"]),
            "until": dt.date.fromisoformat(each["until"]) if each["until"] else None,
            "revoked_at": dt.datetime.fromisoformat(each["revoked_at"]) if each["revoked_at"] else None,
        }) for each in json.loads(path.read_bytes())["keys"])
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise UnusableKeys(_("{path}\n  令牌文件读不出（{broken}）。\n  请：用备份恢复；没有备份时把它改名留存，重新发放令牌。", path=path, broken=broken)) from broken


def _write(path: Path, known: tuple[Key, ...]) -> None:
    """Replaced whole or not at all, and never readable by anybody else."""
    whole_file.replace(path, json.dumps({"version": 1, "keys": [asdict(each) for each in known]}, ensure_ascii=False, indent=1, default=str))
