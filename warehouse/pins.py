"""What can be compared: the snapshots that are kept, and the issues of meetings that pinned one of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.issues import issues, newest
from warehouse.publish import Store

ISSUE = re.compile(r"(\d{4}-\d{2}(?:-\d)?)r\d+")  # in the label of a snapshot that an issue pinned: 专刊 2026-11r1


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A state by the name an address gives it: of an issue its id, else of the snapshot. `current_from`: UTC; `as_of` None: the snapshot's newest."""

    name: str
    snapshot: str
    current_from: dt.datetime
    issue: str | None
    as_of: dt.date | None = None


def pins(home: Path) -> tuple[Pin, ...]:
    """Issues and snapshots of a data home, the oldest first; a snapshot that issues pinned goes by their ids too, after its own name.

    Raises DamagedCatalogue, DamagedIssue.
    """
    days = {each.issue_id: each.as_of for each in newest(issues(home))}
    publications = Store(home / "warehouse").publications()
    turns = {each.snapshot: each for each in publications}
    found = []
    for each in sorted(turns.values(), key=lambda turn: turn.current_from):
        found.append(Pin(name=each.snapshot, snapshot=each.snapshot, current_from=each.current_from, issue=None))
        found += [Pin(name=issue, snapshot=each.snapshot, current_from=each.current_from, issue=issue, as_of=days.get(issue))
                  for issue in dict.fromkeys(ISSUE.findall(each.label or ""))]
    return tuple(found)
