"""The data home: where everything lies, and what time it is there."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from etl.landing import Landing
from warehouse.publish import Store

VARIABLE = "GANZHIHUI_DATA"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, kw_only=True)
class Home:
    """A data home. `GANZHIHUI_DATA` names it; default ./data."""

    root: Path

    @classmethod
    def here(cls) -> Home:
        """The data home this process works on."""
        return cls(root=Path(os.environ.get(VARIABLE) or "data").absolute())

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def staging(self) -> Path:
        return self.root / "staging"

    @property
    def reading(self) -> Path:
        """Where what is read now is staged."""
        return self.staging

    @property
    def lock(self) -> Path:
        return self.root / ".lock"

    @property
    def landing(self) -> Landing:
        return Landing(self.root / "landing")

    @property
    def store(self) -> Store:
        return Store(self.root / "warehouse")

    def demo_clock(self) -> dt.datetime | None:
        """The fixed clock of a demonstration home; None in a real one."""
        for act in self.landing.acts()[:1]:
            if act.kind == "opened" and act.body.get("clock"):
                return dt.datetime.fromisoformat(act.body["clock"])
        return None

    def now(self) -> dt.datetime:
        """The clock of this home, aware: fixed in a demonstration."""
        return self.demo_clock() or dt.datetime.now(dt.UTC)


def local_day(moment: dt.datetime) -> dt.date:
    """The day in Asia/Shanghai: days are judged there, times are stored in UTC."""
    return moment.astimezone(SHANGHAI).date()
