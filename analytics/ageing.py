"""Which projects have been in their stage for longer than most, or longer than the rules allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import duckdb

from analytics.chosen import Chosen
from analytics.drill_names import kept_names, names
from analytics.funnel import kept_rows, of_day

AGEING_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
STOCK = """SELECT c.* FROM mart.contribution AS c
WHERE c.metric_id = 'funnel_stock' AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)
  AND ($zone::VARCHAR IS NULL OR c.zone_id = $zone) AND ($at_stage::VARCHAR IS NULL OR c.stage_id = $at_stage) AND true /* chosen c.entity_id */"""
KEPT = "SELECT c.* FROM mart.funnel_row_now AS c WHERE c.metric_id = 'funnel_stock' AND "
MOST = 20  # as many are kept of each group
LONG = 0.75  # of those that entered have left by this age


@dataclass(frozen=True, kw_only=True)
class Limit:
    """From which age in days a stay is long: beyond the time limit of the stage where one is decided, else beyond its third quartile."""

    days: float
    is_decided: bool


@dataclass(frozen=True, kw_only=True)
class Old:
    """A project under way. `name` None: not in the register yet; `band`: active, suspended or stalled."""

    project_id: str
    name: str | None
    org_name: str | None
    stage_id: str
    band: str
    entered_on: dt.date
    entered_precision: str
    age_days: int
    limit_days: float
    zone: str | None


@dataclass(frozen=True, kw_only=True)
class Ageing:
    """The longest first, and how many there are in all."""

    rows: tuple[Old, ...]
    number: int


def limits(cursor: duckdb.DuckDBPyConnection, quartiles: Mapping[str, float | None]) -> dict[str, Limit]:
    """By stage; none where the time limit is undecided (0) and the third quartile is not reached."""
    decided = {name.removeprefix("stage_limit_days_"): float(value) for name, value in cursor.execute(
        "SELECT setting_id, value FROM ref.setting WHERE setting_id LIKE 'stage_limit_days_%' AND value > 0").fetchall()}
    found = {stage: Limit(days=days, is_decided=False) for stage, days in quartiles.items() if days is not None}
    return found | {stage: Limit(days=days, is_decided=True) for stage, days in decided.items()}


def ageing(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, known: Mapping[str, Limit], chosen: Chosen, zone: str | None = None,
           stage: str | None = None, *, most: int = MOST) -> Ageing:
    """The projects under way at V beyond the limit of their stage."""
    entered = cursor.execute(*of_day(cursor, "age", "stage_id, entered_on, projects", as_of, chosen, zone)).fetchall()
    old = sorted((entered_on, number) for at, entered_on, number in entered
                 if at in known and (as_of - entered_on).days > known[at].days and stage in (None, at))
    if not old:
        return Ageing(rows=(), number=0)
    so_far = accumulate(number for _, number in old)
    last_on = next((entered_on for (entered_on, _), number in zip(old, so_far, strict=True) if number >= most), old[-1][0])  # later ones are not looked at
    given = [{"stage_id": stage, "days": limit.days} for stage, limit in known.items()]
    kept = kept_rows(cursor, as_of, chosen, zone, **({"at_stage": stage} if stage else {})) if most <= MOST else None
    stock, of_rows = (f"{KEPT}{kept[0]}", kept[1]) if kept else (chosen.narrowed(STOCK), {"zone": zone, "at_stage": stage, **chosen.parameters})
    found = cursor.execute(AGEING_SQL.replace("/* stock */", stock), {"v": as_of, "limits": given, "last_on": last_on, "most": most, **of_rows}).fetchall()
    known_as = kept_names(cursor, (row[0] for row in found)) if kept else names(cursor, [("project", project, org) for project, org, *_ in found])
    rows = tuple(Old(project_id=project, name=known_as.entity("project", project, org), org_name=known_as.firm("project", project, org), stage_id=at, band=band,
                     entered_on=entered_on, entered_precision=precision, age_days=age, limit_days=limit, zone=known_as.zones.get(place))
                 for project, org, at, band, entered_on, precision, age, limit, place in found)
    return Ageing(rows=rows, number=sum(number for _, number in old))
