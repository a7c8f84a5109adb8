"""The catalogue of the warehouse: which snapshot was current from when, in one JSON file that is replaced whole or not at all."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

from warehouse.errors import DamagedCatalogue, UnknownSnapshot

BEIJING = timezone(timedelta(hours=8))  # "the last of each day" is what the park's staff call a day
NAME = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{4}(-\d+)?")
EVERYTHING_FOR = timedelta(days=7)
DAILY_FOR = timedelta(days=35)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One snapshot's turn as the current one. After a rollback one snapshot has several turns."""

    snapshot: str
    current_from: datetime  # UTC
    reason: Literal["refresh", "rollback"]
    label: str | None  # of the snapshot, so the same in all its turns; a labelled snapshot is never pruned
    acts_upto: int
    inputs_hash: str
    sha256: str  # of the snapshot file


def read(path: Path) -> tuple[Publication, ...]:
    """All publications, oldest first; none if nothing was ever stored here. Raises DamagedCatalogue."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_publication(entry) for entry in _entries(content))
    except FileNotFoundError:
        # A writer makes the catalogue before the first snapshot: without it these files are someone's, not debris.
        if any(path.parent.glob("*.duckdb")):
            raise DamagedCatalogue(path, "不见了，而旁边还有快照文件") from None
        return ()
    except (ValueError, OSError) as error:
        raise DamagedCatalogue(path, f"读不出（{error}）") from error


def write(path: Path, publications: Sequence[Publication]) -> None:
    """Replace the catalogue: the commit. Interrupted or failing before that, the old one stands. Raises OSError."""
    entries = [{**asdict(each), "current_from": each.current_from.isoformat()} for each in publications]
    new = path.with_name(f"{path.name}.tmp")
    try:
        new.write_text(json.dumps({"version": 1, "publications": entries}, ensure_ascii=False, indent=1), encoding="utf-8")
        if path.exists():
            # Readers tell catalogues apart by their stat: two commits within one tick of the clock must differ too.
            moment = max(time.time_ns(), path.stat().st_mtime_ns + 1)
            os.utime(new, ns=(moment, moment))
        sync(new)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync(path.parent)


def newest_of(publications: Sequence[Publication], snapshot: str) -> Publication:
    """The last turn of a snapshot. Raises UnknownSnapshot."""
    turns = [each for each in publications if each.snapshot == snapshot]
    if not turns:
        raise UnknownSnapshot(snapshot, list(dict.fromkeys(each.snapshot for each in publications)))
    return turns[-1]


def retained(publications: Sequence[Publication], now: datetime) -> tuple[Publication, ...]:
    """Those to keep at `now`: all of 7 days, the last of each day for 35, the last of each month, the labelled, the current."""
    last_of_day: dict[date, int] = {}
    last_of_month: dict[tuple[int, int], int] = {}
    for place, each in enumerate(publications):
        day = each.current_from.astimezone(BEIJING).date()
        last_of_day[day] = last_of_month[day.year, day.month] = place
    kept = set(last_of_month.values())  # the current one is always among them
    kept |= {place for place in last_of_day.values() if now - publications[place].current_from <= DAILY_FOR}
    return tuple(
        each
        for place, each in enumerate(publications)
        if place in kept or each.label is not None or now - each.current_from <= EVERYTHING_FOR
    )


def sync(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _entries(content: object) -> list[object]:
    match content:
        case {"version": 1, "publications": [*entries]}:
            return entries
    raise ValueError("不是本程序写的发布目录")


def _publication(entry: object) -> Publication:
    match entry:
        case {
            "snapshot": str(snapshot), "current_from": str(current_from), "reason": ("refresh" | "rollback") as reason,
            "label": (str() | None) as label, "acts_upto": int(acts_upto), "inputs_hash": str(inputs_hash), "sha256": str(sha256),
        } if NAME.fullmatch(snapshot) and (moment := datetime.fromisoformat(current_from)).tzinfo:  # fmt: skip
            return Publication(
                snapshot=snapshot, current_from=moment.astimezone(UTC), reason=reason, label=label, acts_upto=acts_upto,
                inputs_hash=inputs_hash, sha256=sha256,
            )  # fmt: skip
    raise ValueError(f"认不得的条目 {json.dumps(entry, ensure_ascii=False)}")
