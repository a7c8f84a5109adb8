"""What senders' own headings were said to mean: by whom, since when, and what was taken back. Read from the acts, so that it is true before the next refresh."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.acts import effective, read_acts


@dataclass(frozen=True, kw_only=True)
class Said:
    """One heading of one sender's report. `means`: the heading of the report's own column, "" where it is not used; `at`: aware, UTC; `act`: its number;
    `ended_at`, `ended_by`: when and by whom it was taken back or said otherwise, None while it holds."""

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
    """All that was ever said in a data home, the newest first; what a rollback suspended is left out. Raises LandingDamaged."""
    told: dict[tuple[str, str, str, str], list[Said]] = {}
    for act in effective(read_acts(home / "landing" / "acts")):
        for heading, column in act.body["headings"].items() if act.kind == "mapped" else ():
            scope = (act.body["feed"], act.body["department"], act.body["sender"])
            before = told.setdefault((*scope, heading), [])
            if before and before[-1].holds:
                before[-1] = replace(before[-1], ended_by=act.body["by"], ended_at=act.at)
            if column is not None:
                before.append(Said(feed=scope[0], department_id=scope[1], sender=scope[2], heading=heading, means=act.body.get("titles", {}).get(column, column),
                                   by=act.body["by"], at=act.at, act=act.seq))
    return tuple(sorted((each for one in told.values() for each in one), key=lambda each: each.act, reverse=True))
