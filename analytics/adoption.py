"""What came into use at V: first-of-kind products, scenarios and friendly units, with the lists of what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

import duckdb

from analytics.categories import Category, categories
from analytics.steps import Steps, steps
from analytics.tally import Tally
from analytics.zones import Zone, zones
from warehouse.duties import has

HERE = Path(__file__).parent
FIRSTS_SQL, OPEN_SQL, UNITS_SQL = ((HERE / f"{name}.sql").read_text(encoding="utf-8") for name in ("firsts", "open_scenarios", "friendly_units"))
FAMILIES = ("first_", "scenario_", "friendly_")
LEVELS = ("national", "provincial", "municipal", "new_area", "unrated")
MOST = 40  # lines of a list
Line = TypeVar("Line")


@dataclass(frozen=True, kw_only=True)
class First:
    """A recognised product. `level`: of LEVELS; `used_on` None: not by V; `outcome_name`, `project_name` None: not on that list. Money in 元."""

    product_id: str
    product_name: str
    category: str
    level: str
    recognised_on: dt.date
    recognised_precision: str
    maker: str
    used_on: dt.date | None
    used_precision: str
    buyer: str | None
    buyer_zone_id: str
    purchase: Decimal | None
    outcome_id: str | None
    outcome_name: str | None
    project_id: str | None
    project_name: str | None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A scenario that is not landed. `is_taken`: taken up; `since`: when it was published or taken up; `until`: its term, None where none is told."""

    scenario_id: str
    name: str
    publisher: str
    zone_id: str
    is_taken: bool
    since: dt.date
    precision: str
    days: int
    until: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A friendly unit. `state`: valid, expiring (within ninety days) or expired; `days`: until the end of its term, negative after it, None without one."""

    scenario_id: str
    name: str
    state: str
    recognised_on: dt.date
    precision: str
    until: dt.date | None
    days: int | None
    purchase: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Listed(Generic[Line]):
    """The first of a list, and how many there are in all."""

    rows: tuple[Line, ...]
    number: int


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """All of one view that does not depend on the zone."""

    as_of: dt.date
    tally: Tally
    zones: tuple[Zone, ...]
    kinds: tuple[Category, ...]
    buyers: tuple[Category, ...]
    steps: Steps


def adoption(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Adoption | None:
    """At V, within the snapshot's span; None of a snapshot from before there were these figures."""
    if not has(cursor, "mart.step"):
        return None
    known = [row[0] for row in cursor.execute("SELECT metric_id FROM ref.metric ORDER BY rowid").fetchall()]
    return Adoption(as_of=as_of, tally=Tally(cursor, [each for each in known if each.startswith(FAMILIES)], as_of), zones=zones(cursor),
                    kinds=categories(cursor, "first_use"), buyers=categories(cursor, "buyer"), steps=steps(cursor, as_of))


def firsts(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, zone: str | None, *, most: int = MOST) -> Listed[First]:
    """Those that wait for their first use before those in use, the longest waiting first."""
    names = ("product_id", "product_name", "category", "level", "recognised_on", "recognised_precision", "maker", "used_on", "used_precision", "buyer",
             "buyer_zone_id", "purchase", "outcome_id", "outcome_name", "project_id", "project_name")
    found = cursor.execute(FIRSTS_SQL, {"v": as_of, "zone": zone, "most": most}).fetchall()
    return Listed(rows=tuple(First(**dict(zip(names, row, strict=False))) for row in found), number=found[0][-1] if found else 0)


def open_scenarios(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, zone: str | None, *, most: int = MOST) -> Listed[Waiting]:
    """Those published and not taken up, then those taken up and not landed; the longest waiting first."""
    names = ("scenario_id", "name", "publisher", "zone_id", "is_taken", "since", "precision", "days", "until")
    found = cursor.execute(OPEN_SQL, {"v": as_of, "zone": zone, "most": most}).fetchall()
    return Listed(rows=tuple(Waiting(**dict(zip(names, row, strict=False))) for row in found), number=found[0][-1] if found else 0)


def friendly_units(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, zone: str | None, *, most: int = MOST) -> Listed[Unit]:
    """Those in force and those expired, the first to end first."""
    names = ("scenario_id", "name", "state", "recognised_on", "precision", "until", "days", "purchase")
    found = cursor.execute(UNITS_SQL, {"v": as_of, "zone": zone, "most": most}).fetchall()
    return Listed(rows=tuple(Unit(**dict(zip(names, row, strict=False))) for row in found), number=found[0][-1] if found else 0)
