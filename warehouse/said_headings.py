"""What senders' own headings were said to mean: by whom, since when, and what was taken back. Read from the acts, so that it is true before the next refresh."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

HEAD = 200  # bytes of an act that hold its number, moment and kind
KNOWN_ACTS = 200_000  # acts remembered as read: one never changes
KINDS = (b'"kind": "mapped"', b'"kind": "rolled_back"')


@dataclass(frozen=True, kw_only=True)
class Said:
    """One heading of one sender's report. `means`: the heading of the report's own column, "" where it is not used; `at`: aware, UTC; `act`: its number; `ended_at`,
    `ended_by`: when and by whom it was taken back or said otherwise, None while it holds."""

    feed: str
    department_id: str
    sender: str
    heading: str
    means: str
    by: str
    at: dt.datetime
    act: int
    ended_by: str | None = None
    ended_at: dt.datetime | None = None

    @property
    def holds(self) -> bool:
        return self.ended_at is None


def said_headings(home: Path) -> tuple[Said, ...]:
    """All that was ever said in a data home, the newest first; what a rollback suspended is left out. Raises OSError, ValueError where an act is broken."""
    folder = home / "landing" / "acts"
    acts = [act for path in (sorted(folder.glob("[0-9]*.json")) if folder.is_dir() else ()) if (act := _read(path))]
    told: dict[tuple[str, str, str, str], list[Said]] = {}
    for act in _counting(acts):
        at = dt.datetime.fromisoformat(act["at"])
        for heading, column in act["headings"].items():
            before = told.setdefault((act["feed"], act["department"], act["sender"], heading), [])
            if before and before[-1].holds:
                before[-1] = replace(before[-1], ended_by=act["by"], ended_at=at)
            if column is not None:
                before.append(Said(feed=act["feed"], department_id=act["department"], sender=act["sender"], heading=heading,
                                   means=act.get("titles", {}).get(column, column), by=act["by"], at=at, act=act["seq"]))
    return tuple(sorted((each for one in told.values() for each in one), key=lambda each: each.act, reverse=True))


def _counting(acts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Acts that count: a rollback brings back those that counted at its target."""
    so_far: list[Mapping[str, Any]] = []
    counting: list[Mapping[str, Any]] = []
    for act in acts:
        so_far.append(act)
        if act["kind"] == "rolled_back":
            counting = _counting(each for each in so_far[:-1] if each["seq"] <= act["acts_upto"])
        else:
            counting.append(act)
    return counting


@lru_cache(maxsize=KNOWN_ACTS)
def _read(path: Path) -> Mapping[str, Any] | None:
    """The act in this file, if it is about headings or takes acts back."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not any(kind in head for kind in KINDS):
            return None
        file.seek(0)
        act: Mapping[str, Any] = json.load(file)
        return act
