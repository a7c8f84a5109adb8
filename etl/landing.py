"""Landing: every file as it was sent and every act that happened to it. Append-only, readable by the owner alone."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from warehouse.acts import Act, LandingDamaged, act_name, read_acts
from warehouse.audit import Event, acting, record
from warehouse.catalogue import sync

__all__ = ["Act", "Landing", "LandingDamaged"]

CHUNK = 1 << 20
AUDITED = {"received": Event.SUBMITTED, "confirmed": Event.CONFIRMED, "withdrawn": Event.WITHDRAWN, "certified": Event.CERTIFIED, "mapped": Event.MAPPED,
           "rule_changed": Event.DEFINED, "rolled_back": Event.ROLLED_BACK, "published": Event.PUBLISHED, "frozen": Event.FROZEN}
TOLD = ("file", "sha256", "snapshot", "table", "feed", "department", "issue", "revision", "way")  # of an act to the record: codes, numbers and hashes


class Reads(Protocol):
    """What can be read from, some bytes at a time; none at its end."""

    def read(self, most: int, /) -> bytes: ...


class Landing:
    """The folder `landing/` of a data home, and its only writer. Callers that write hold the refresh lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._blobs, self._acts = root / "blobs", root / "acts"
        self._last: int | None = None  # number of the last act, once it is known: the lock keeps other writers out

    def acts(self) -> tuple[Act, ...]:
        """All acts, oldest first. Raises LandingDamaged naming the file."""
        return read_acts(self._acts)

    def append(self, kind: str, *, at: dt.datetime, who: str | None = None, **body: Any) -> Act:
        """Record an act durably and atomically; returns it with its number. Raises OSError on a full disk.

        What a person answers for is in the sealed record before it is done, whatever way it came. `who`: the subject there; None: for whom this process acts.
        """
        self._make_room()
        last = max((int(path.stem) for path in self._acts.glob("[0-9]*.json")), default=0) if self._last is None else self._last
        seq = last + 1
        act = Act(seq=seq, at=at.astimezone(dt.UTC), kind=kind, body=body)
        if kind in AUDITED:
            record(self.root.parent, AUDITED[kind], who=who or acting(), act=seq, **_facts(body))
        text = json.dumps({"seq": seq, "at": act.at.isoformat(), "kind": kind, **body}, ensure_ascii=False, indent=1)
        with _new_file(self._acts) as path:
            path.write_text(text + "\n", encoding="utf-8")
            _keep(path, self._acts / act_name(seq))
        self._last = seq
        return act

    def keep(self, sent: Reads) -> tuple[str, int]:
        """Copy what is read into blobs/; returns its SHA-256 and size in bytes. Raises what reading raises, and OSError where it cannot be kept."""
        self._make_room()
        with _new_file(self._blobs) as path:
            with path.open("wb") as kept:
                sha256, size = copied(sent, kept)
            if not self.blob(sha256).exists():
                _keep(path, self.blob(sha256))
        return sha256, size

    def blob(self, sha256: str) -> Path:
        """Where the bytes with this hash lie."""
        return self._blobs / sha256

    def sweep(self) -> None:
        """Remove what a killed writer left half-written."""
        for folder in (self._blobs, self._acts):
            for path in folder.glob(".new-*"):
                path.unlink()

    def _make_room(self) -> None:
        for folder in (self.root, self._blobs, self._acts):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def copied(sent: Reads, kept: BinaryIO) -> tuple[str, int]:
    """Copy to its end what is read; returns the SHA-256 and size in bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := sent.read(CHUNK):
        digest.update(chunk)
        kept.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _facts(body: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: value for name in TOLD if isinstance(value := body.get(name), str | int)}


@contextlib.contextmanager
def _new_file(folder: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)  # made 0600: the owner alone
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _keep(path: Path, target: Path) -> None:
    """Give a written file its final name, durably. Where the disk cannot say that the name is safe, it has none: who is told of a failure finds nothing."""
    sync(path)
    os.replace(path, target)
    try:
        sync(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
