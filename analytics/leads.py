"""Leads at V: how many stand at each step, how they go on, and which have not gone on for longer than most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.ageing import LONG
from analytics.categories import Category, categories
from analytics.steps import LEADS, Steps, steps
from analytics.tally import Tally
from analytics.zones import Zone, zones
from language import spoken
from warehouse.duties import has

HERE = Path(__file__).parent
AGEING_SQL, SLOW_SQL, JOINED_SQL = ((HERE / f"{name}.sql").read_text(encoding="utf-8") for name in ("lead_ageing", "slow_leads", "joined_leads"))
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
class Joined:
    """A lead whose project stands in the pipeline. `stage`: where it is on V, "" where it is in none; named in the language spoken."""

    lead_id: str
    name: str
    office: str
    zone_id: str
    moved_in_on: dt.date
    moved_in_precision: str
    joined_on: dt.date
    joined_precision: str
    project_id: str
    project_name: str | None
    stage: str


@dataclass(frozen=True, kw_only=True)
class Leads:
    """All of one view. `offices`: as the departments write them, in the order of their leads; `limits`: days at a step that three quarters stayed below.

    `slow`: how many stand beyond that, by step, zone and office.
    """

    as_of: dt.date
    tally: Tally
    zones: tuple[Zone, ...]
    offices: tuple[str, ...]
    sources: tuple[Category, ...]
    reasons: tuple[Category, ...]
    steps: Steps
    limits: dict[str, float]
    slow: dict[tuple[str, str, str], int]

    def slow_number(self, zone: str | None = None, office: str | None = None, step: str | None = None) -> int:
        """How many leads stand at their step beyond its limit."""
        return sum(number for (at, where, who), number in self.slow.items() if step in (None, at) and zone in (None, where) and office in (None, who))

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
    limits = {each.stage_id: days for each in LEADS if (days := timed.of(each).quantile(LONG)) is not None}
    slow = cursor.execute(SLOW_SQL, {"v": as_of, "limits": _given(limits)}).fetchall() if limits else []
    return Leads(as_of=as_of, tally=tally, zones=zones(cursor), offices=tally.categories("lead_found"), sources=categories(cursor, "lead_source"),
                 reasons=categories(cursor, "lead_lost"), steps=timed,
                 limits=limits, slow={(step, zone, office): number for step, zone, office, number in slow})


def ageing(cursor: duckdb.DuckDBPyConnection, seen: Leads, zone: str | None, office: str | None, *, most: int = 50) -> tuple[Slow, ...]:
    """The leads that stand at their step beyond its limit, the longest first; a step whose third quartile is not reached has none."""
    if not seen.limits:
        return ()
    names = ("lead_id", "name", "office", "step_id", "zone_id", "since", "precision", "days", "limit_days", "intended")
    found = cursor.execute(AGEING_SQL, {"v": seen.as_of, "limits": _given(seen.limits), "zone": zone, "office": office, "most": most}).fetchall()
    return tuple(Slow(**dict(zip(names, row, strict=True))) for row in found)


def joined(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, zone: str | None, office: str | None, *, most: int = 50) -> tuple[Joined, ...]:
    """The leads whose project stands in the pipeline, the latest first."""
    names = ("lead_id", "name", "office", "zone_id", "moved_in_on", "moved_in_precision", "joined_on", "joined_precision", "project_id", "project_name", "stage")
    found = cursor.execute(JOINED_SQL, {"v": as_of, "zone": zone, "office": office, "most": most, "language": spoken()}).fetchall()
    return tuple(Joined(**dict(zip(names, row, strict=True))) for row in found)


def _given(limits: dict[str, float]) -> list[dict[str, object]]:
    return [{"step_id": each, "days": days} for each, days in limits.items()]
