"""The result of a self-check: one JSON file for a snapshot, in a folder beside the snapshots, replaced whole."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from warehouse import whole_file
from warehouse.publish import Store

FOLDER = "selfcheck"
VERSION = 1
KEPT_BACK = "kept back"  # stands for a number of a few persons, which is not told
LISTED = 500  # mismatches that are kept; all are counted


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """A number that two ways of reading do not agree on. `what`: value or rows, how many there are; `told`: by way, as text; None where it is not known."""

    metric_id: str
    zone: str | None
    what: str
    told: Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a self-check found. `at`: aware; `cells`: numbers (metric, zone, value or rows) that two ways at least were compared on; `ways`: by way, how
    many of them; `is_all`: whether every number was read in every way; `found`: how many mismatches there were, which may be more than are listed."""

    snapshot: str
    as_of: dt.date
    at: dt.datetime
    seconds: float
    metrics: int
    cells: int
    ways: Mapping[str, int]
    is_all: bool
    mismatches: tuple[Mismatch, ...]
    found: int = -1

    def __post_init__(self) -> None:
        if self.found < 0:
            object.__setattr__(self, "found", len(self.mismatches))

    def as_json(self) -> str:
        """The content of the file."""
        told = asdict(self) | {"version": VERSION, "as_of": self.as_of.isoformat(), "at": self.at.isoformat(timespec="seconds"), "seconds": round(self.seconds, 1),
                               "mismatches": [asdict(each) for each in self.mismatches[:LISTED]]}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def of_json(text: str) -> Checked:
    """Raises ValueError, KeyError, TypeError where it is no such file."""
    told: dict[str, Any] = json.loads(text)
    if told.pop("version") != VERSION:
        raise ValueError("another version")
    return Checked(**told | {"as_of": dt.date.fromisoformat(told["as_of"]), "at": dt.datetime.fromisoformat(told["at"]),
                             "mismatches": tuple(Mismatch(**each) for each in told["mismatches"])})


def keep(store: Store, checked: Checked) -> Path:
    """Put the result in its place, before its snapshot is published or after; results of snapshots that are kept no longer go. Raises OSError on a full
    disk, and the one before stands."""
    path = _path(store, checked.snapshot)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    whole_file.replace(path, checked.as_json())
    listed = {checked.snapshot, *(each.snapshot for each in store.publications())}
    for old in path.parent.glob("*.json"):
        if old.stem not in listed:
            old.unlink(missing_ok=True)
    return path


def result(store: Store, snapshot: str) -> Checked | None:
    """Of a snapshot of the catalogue; None where it was never checked, or the result cannot be read."""
    path = _path(store, snapshot)
    try:
        stat = path.stat()
    except OSError:
        return None
    return _read(path, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _which: int) -> Checked | None:
    try:
        return of_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(store: Store, snapshot: str) -> Path:
    return store.root / FOLDER / f"{snapshot}.json"
