"""Where an earlier snapshot's data under today's rules and code are kept, once they were replayed: their contributions and what it takes to read them."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.lock import Busy, writer_lock
from warehouse.publish import Store

KEPT = ("mart.contribution", "mart.contribution_heap", "ref.metric", "meta.coverage", "meta.snapshot")  # of all tables; meta.statistic is added
FOLDER = "restated"


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a snapshot was made of and by: the last act it knows, and the fingerprints of its reference rows and of the program."""

    snapshot: str
    acts_upto: int
    rules_hash: str
    code_hash: str
    newest_as_of: dt.date | None

    def is_like(self, other: Made) -> bool:
        """Whether the same data would count the same in both."""
        return (self.rules_hash, self.code_hash) == (other.rules_hash, other.code_hash)


def made(cursor: duckdb.DuckDBPyConnection) -> Made:
    """Of the snapshot that the cursor is on."""
    [(snapshot, acts_upto, rules_hash, code_hash, newest)] = cursor.execute(
        "SELECT snapshot_id, acts_upto, rules_hash, code_hash, newest_as_of FROM meta.snapshot").fetchall()
    return Made(snapshot=snapshot, acts_upto=acts_upto, rules_hash=rules_hash, code_hash=code_hash, newest_as_of=newest)


def restated_path(store: Store, before: Made, now: Made) -> Path:
    """Where A′ of these two is, or will be: the data of one under the rules and the code of the other."""
    of = hashlib.sha256(f"{now.rules_hash} {now.code_hash}".encode()).hexdigest()[:12]
    return store.root.parent / FOLDER / f"{before.snapshot}-{of}.duckdb"


def lock_path(path: Path) -> Path:
    """The lock of whoever makes it."""
    return path.with_suffix(".lock")


def is_being_made(path: Path) -> bool:
    """Whether a process is at it now."""
    if not lock_path(path).exists():
        return False
    try:
        with writer_lock(lock_path(path), "look"):
            return False
    except Busy:
        return True
    except OSError:  # not ours to lock
        return False


def sweep(store: Store) -> None:
    """Take away what belongs to snapshots that are no longer kept."""
    listed = {each.snapshot for each in store.publications()}
    for path in (store.root.parent / FOLDER).glob("*"):
        if path.name.rpartition("-")[0] not in listed:
            with suppress(OSError):
                path.unlink()
