"""From a number down to the rows that make it, and from a row to the line of the file that said it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.chosen import EVERYTHING, Chosen
from analytics.drill_names import kept_names, names
from analytics.funnel import COUNTED, kept_rows
from analytics.grouped import Grouped, grouped
from analytics.older import readable
from analytics.snapshot import SHANGHAI
from language import named
from warehouse.groups import OnlyGroups
from warehouse.known import has_come
from warehouse.metric import metric
from warehouse.source_line import Source, sources
from warehouse.value import of_parts

DRILL_SQL, COUNTED_SQL = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("drill.sql", "drill_counted.sql"))
WHOLE = """SELECT count(*) AS rows, sum(c.value) FILTER (WHERE c.metric_id IS DISTINCT FROM $base) AS total, sum(c.value) FILTER (WHERE c.metric_id = $base) AS base_total
FROM counted AS c"""
KEPT = "SELECT c.* FROM mart.funnel_row_now AS c WHERE list_contains($metrics, c.metric_id) AND "  # the newest and the oldest alone: how many there are is kept beside
KEPT_WHOLE = """SELECT sum(c.contributions) AS rows, sum(c.contributions)::DECIMAL(20, 6) AS total, NULL AS base_total -- each counts one
FROM mart.funnel_zone_now AS c WHERE list_contains($metrics, c.metric_id) AND """
MOST = 50  # rows put on a page, each with its lines: more make the browser slow; all of them are counted and added up, and go into the export


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """Which of a metric's rows. `org`: the firms of one group, by the group's name or a firm's code; "" what names none; None: all of them.

    `entity`: one fund or agreement, by its number, or the funds of one kind.
    """

    org: str | None = None
    direction: str | None = None
    stage: str | None = None
    category: str | None = None
    entity: str | None = None

    @property
    def parameters(self) -> dict[str, str | None]:
        """As the queries call them."""
        return {"org": self.org, "direction": self.direction, "at_stage": self.stage, "category": self.category, "entity": self.entity}

    @property
    def asked(self) -> dict[str, str]:
        """Those of them that narrow."""
        return {name: value for name, value in self.parameters.items() if value is not None}

    def narrowed(self, select: str) -> str:
        """A SELECT that marks a place for it, of these rows only; what is not asked for costs no look at other tables."""
        return select.replace("true /* narrowed */", " AND ".join(NARROWED[name] for name in self.asked) or "true")


NARROWED = {
    "org": "coalesce((SELECT g.group_name FROM core.organization AS g WHERE g.org_id = c.org_id), c.org_id, '') = $org",
    "direction": "coalesce(c.direction_id, '') = $direction", "at_stage": "coalesce(c.stage_id, '') = $at_stage",
    "category": "coalesce(c.category, '') = $category",
    "entity": "(c.entity_id = $entity OR c.entity_kind = 'fund' AND c.entity_id IN (SELECT f.fund_id FROM core.fund AS f WHERE f.fund_kind = $entity))"}
EVERY = Narrow()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One contributing row. `name` None: not in the register yet; `value` in `unit`; `sources`: the row itself first, received in Shanghai time.

    `metric`: named in the language spoken; of a ratio its numerator or denominator, of a statistic one of its inputs.
    """

    metric: str
    unit: str
    entity_kind: str
    entity_id: str
    name: str | None
    org_name: str | None
    occurred_on: dt.date
    occurred_precision: str
    value: Decimal
    zone: str | None
    stage: str | None
    is_pending: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Drilled:
    """The rows shown, how many there are, and the sum of all of them, of a ratio the quotient of the sums.

    `total` None: it cannot be known, and there are no rows; or, where `is_known`, the ratio's denominator is 0, or it is a statistic.
    `grouped`: of a metric whose rows would be persons, in place of its rows; a `total` that is not said is None.
    """

    rows: tuple[Counted, ...]
    count: int
    total: Decimal | None
    is_known: bool = True
    grouped: Grouped | None = None
    is_statistic: bool = False
    is_ratio: bool = False  # the rows are those of its numerator, then those of its denominator, though only the former may be among the shown


def drill(cursor: duckdb.DuckDBPyConnection, metric_id: str, *, as_of: dt.date, zone_id: str | None = None, since: dt.date | None = None,
          until: dt.date | None = None, narrow: Narrow = EVERY, chosen: Chosen = EVERYTHING, most: int = MOST) -> Drilled:
    """The rows of a metric that count at `as_of`, of a zone, of what happened from `since` to `until`, narrowed further, of the chosen
    projects; the latest first.

    Of a ratio those of its numerator, then those of its denominator; of a statistic those of its inputs, one after the other. Zones and stages are
    named in the language spoken. Raises UnknownMetric, and OnlyGroups where a metric that drills to groups is narrowed by more than zone and category.
    """
    asked = metric(cursor, metric_id)
    if not has_come(cursor, asked, as_of):
        return Drilled(rows=(), count=0, total=None, is_known=False)
    if asked.drill == "groups":
        if (since, until, chosen) != (None, None, EVERYTHING) or replace(narrow, category=None) != EVERY:
            raise OnlyGroups(asked.metric_id)
        found_groups = grouped(cursor, asked, as_of, zone_id, narrow.category)
        return Drilled(rows=(), count=0, total=found_groups.total.value, grouped=found_groups, is_statistic=asked.is_statistic)
    is_whole = asked.metric_id in COUNTED and (since, until) == (None, None) and most <= MOST
    kept = kept_rows(cursor, as_of, chosen, zone_id, **narrow.asked) if is_whole else None
    if kept:
        counted, whole, of_rows = f"{KEPT}{kept[0]}", f"{KEPT_WHOLE}{kept[0]}", kept[1]
    else:
        counted, whole = narrow.narrowed(chosen.narrowed(COUNTED_SQL)), WHOLE
        of_rows = {"base": asked.denominator_id, "v": as_of, "zone": zone_id, "since": since, "until": until, **narrow.asked, **chosen.parameters}
    found = cursor.execute(readable(cursor, DRILL_SQL.replace("/* counted */", counted).replace("/* whole */", whole)), {
        "metrics": asked.made_of, "most": most, **of_rows}).fetchall()
    if not found:
        return Drilled(rows=(), count=0, total=of_parts(asked, [Decimal(0) for _ in asked.made_of]), is_statistic=asked.is_statistic)
    lines = {row_id: replace(line, received_at=line.received_at.astimezone(SHANGHAI))
             for row_id, line in sources(cursor, {row_id for row in found for row_id in (row[-5], *row[-4])}).items()}
    parts = {each: metric(cursor, each) for each in asked.made_of if each != asked.metric_id} | {asked.metric_id: asked}
    known = kept_names(cursor, (row[2] for row in found)) if kept else names(cursor, [row[1:4] for row in found])
    rows = tuple(Counted(
        metric=named(parts[metric_id]), unit=parts[metric_id].unit, entity_kind=kind, entity_id=entity_id, name=known.entity(kind, entity_id, org_id),
        org_name=known.firm(kind, entity_id, org_id), occurred_on=on, occurred_precision=precision, value=value, zone=known.zones.get(zone),
        stage=known.stages.get(stage), is_pending=is_pending, sources=tuple(lines[each] for each in dict.fromkeys((row_id, *sorted(further)))))
        for metric_id, kind, entity_id, org_id, on, precision, value, zone, stage, is_pending, row_id, further, *_whole in found)
    return Drilled(rows=rows, count=found[0][-3], total=of_parts(asked, [each or Decimal(0) for each in found[0][-2:]]), is_statistic=asked.is_statistic,
                   is_ratio=asked.denominator_id is not None)
