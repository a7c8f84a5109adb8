"""Leads at V: how many stand at each step, how they go on, and which have not gone on for longer than most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.ageing import LONG
from analytics.categories import Category, categories
from analytics.stages import Stage
from analytics.steps import LEADS, Steps, steps
from analytics.tally import Tally
from analytics.zones import Zone, zones
from warehouse.duties import has

AGEING_SQL = (Path(__file__).parent / "lead_ageing.sql").read_text(encoding="utf-8")
REACHED = ("lead_found", "lead_signed", "lead_moved_in", "lead_in_pipeline")  # what reached each step, in their order
OPEN = ("lead_open_tracked", "lead_open_signed", "lead_open_moved_in")  # what stands at each step


@dataclass(frozen=True, kw_only=True)
class Slow:
    """A lead that has stood at its step for longer than three quarters did. Money in 元."""

    lead_id: str
    name: str
    office: str
    step_id: str
    zone_id: str
    since: dt.date
    precision: str
    days: int
    limit_days: float
    intended: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Ageing:
    """The longest standing first, and how many there are in all."""

    rows: tuple[Slow, ...]
    number: int


@dataclass(frozen=True, kw_only=True)
class Leads:
    """All of one view. `offices`: as the departments write them, in the order of their leads; `limits`: days at a step that three quarters stayed below."""

    as_of: dt.date
    tally: Tally
    zones: tuple[Zone, ...]
    offices: tuple[str, ...]
    sources: tuple[Category, ...]
    reasons: tuple[Category, ...]
    steps: Steps
    limits: dict[str, float]

    def open(self, zone: str | None = None, office: str | None = None) -> Decimal | None:
        """How many leads are being followed, at whatever step; a lead stands at one step at a time."""
        values = [self.tally.value(each, zone, office) for each in OPEN]
        return None if None in values else sum((each for each in values if each is not None), Decimal(0))


def leads(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Leads | None:
    """At V, within the snapshot's span; None of a snapshot from before there were these figures."""
    if not has(cursor, "mart.step"):
        return None
    known = [row[0] for row in cursor.execute("SELECT metric_id FROM ref.metric ORDER BY rowid").fetchall()]
    tally, timed = Tally(cursor, [each for each in known if each.startswith("lead_")], as_of), steps(cursor, as_of)
    return Leads(as_of=as_of, tally=tally, zones=zones(cursor), offices=tally.categories("lead_found"), sources=categories(cursor, "lead_source"),
                 reasons=categories(cursor, "lead_lost"), steps=timed,
                 limits={each.stage_id: days for each in LEADS if (days := timed.of(each).quantile(LONG)) is not None})


def ageing(cursor: duckdb.DuckDBPyConnection, seen: Leads, zone: str | None, office: str | None, *, step: Stage | None = None, most: int = 20) -> Ageing:
    """The leads that stand at their step beyond its limit; a step whose third quartile is not reached has none."""
    given = [{"step_id": each, "days": days} for each, days in seen.limits.items() if step is None or step.stage_id == each]
    if not given:
        return Ageing(rows=(), number=0)
    names = ("lead_id", "name", "office", "step_id", "zone_id", "since", "precision", "days", "limit_days", "intended")
    found = cursor.execute(AGEING_SQL, {"v": seen.as_of, "limits": given, "zone": zone, "office": office, "most": most}).fetchall()
    return Ageing(rows=tuple(Slow(**dict(zip(names, row, strict=False))) for row in found), number=found[0][-1] if found else 0)
