"""One zone in full: what the policy says of it, what of that is there, its directions with their projects, and its tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from warehouse.known import is_knowable
from warehouse.metric import metrics

SQL = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "zone_sql").glob("*.sql")}
PROJECTS = ("g1_poc_small", "g2_pilot", "g3_landed")  # counted by direction
ELSEWHERE, NONE = "elsewhere", "none"  # of another zone's direction; of no listed direction, or left blank


@dataclass(frozen=True, kw_only=True)
class Facility:
    """One thing the policy lists. `kind`: anchor, leader or facility; `state`: in_use, under_construction, planned, applied, or None where nobody has told;
    `names`: of what stands for it in the registers."""

    kind: str
    name_zh: str
    name_en: str
    state: str | None
    names: tuple[str, ...]
    opened_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Direction:
    """A direction of the zone, or ELSEWHERE or NONE, which have no names; projects by metric, None where it cannot be known."""

    direction_id: str
    name_zh: str | None
    name_en: str | None
    counts: Mapping[str, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class Task:
    """`is_overdue`: not done, and due before V."""

    task_id: str
    content: str
    unit_zh: str
    unit_en: str
    due_on: dt.date
    status: str
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class ZoneCard:
    """`leaders`: firms of the zone that the list of organizations calls leading. `has_tasks`: the list of tasks has arrived by V."""

    function_zh: str
    function_en: str
    facilities: tuple[Facility, ...]
    leaders: tuple[str, ...]
    directions: tuple[Direction, ...]
    tasks: tuple[Task, ...]
    has_tasks: bool

    def of(self, kind: str) -> tuple[Facility, ...]:
        return tuple(each for each in self.facilities if each.kind == kind)


def zone_card(cursor: duckdb.DuckDBPyConnection, zone_id: str, as_of: dt.date, projects: Sequence[str] = PROJECTS) -> ZoneCard:
    """The card of a zone at V. `projects`: the metrics counted by direction; those that the dictionary lacks are left out."""
    [(function_zh, function_en)] = cursor.execute("SELECT function_zh, function_en FROM ref.zone WHERE zone_id = ?", [zone_id]).fetchall()
    asked = {"zone": zone_id, "v": as_of}
    known = {each.metric_id: is_knowable(cursor, each, as_of) for each in metrics(cursor) if each.metric_id in projects}
    listed = [Facility(kind=kind, name_zh=zh, name_en=en, state=state, names=tuple(names or ()), opened_on=opened_on)
              for _, kind, zh, en, names, state, opened_on in cursor.execute(SQL["facilities"], asked).fetchall()]
    directions = [Direction(direction_id=direction, name_zh=zh, name_en=en, counts={
        each: (counts or {}).get(each, Decimal(0)) if known[each] else None for each in projects if each in known})
        for direction, zh, en, counts in cursor.execute(SQL["directions"], {**asked, "metrics": list(known)}).fetchall()]
    leaders = cursor.execute(
        "SELECT o.org_name FROM core.organization AS o JOIN core.organization_place AS p USING (org_id) WHERE o.is_leading AND p.zone_id = $zone "
        "AND p.valid_from <= $v AND (p.valid_until IS NULL OR p.valid_until > $v) AND (o.moved_out_on IS NULL OR o.moved_out_on > $v) ORDER BY 1", asked).fetchall()
    names = ("task_id", "content", "unit_zh", "unit_en", "due_on", "status", "is_overdue")
    tasks = tuple(Task(**dict(zip(names, row, strict=True))) for row in cursor.execute(SQL["tasks"], asked).fetchall())
    told = cursor.execute("SELECT min(covered_from) <= ? FROM meta.coverage WHERE feed = 'tasks'", [as_of]).fetchall()
    return ZoneCard(function_zh=function_zh, function_en=function_en or function_zh, facilities=tuple(listed), leaders=tuple(name for (name,) in leaders),
                    directions=tuple(directions), tasks=tasks, has_tasks=bool(told[0][0]))
