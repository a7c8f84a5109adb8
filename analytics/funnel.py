"""The funnel at V, counted: what stands in each stage, what has reached it, and how projects went from stage to stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from analytics.chosen import Chosen
from analytics.rate import Rate, proportion
from analytics.stages import Stage, stages
from warehouse.at_day import at_day
from warehouse.duties import has
from warehouse.known import is_knowable, span
from warehouse.metric import metric

STOCK, REACHED, MOVES, TERMINATED, BETWEEN = "funnel_stock", "funnel_reached", "funnel_moves", "funnel_terminated", "funnel_between"
PASSED, FAILED, REGRESSED, OVERDUE = "funnel_gate_passed", "funnel_gate_failed", "funnel_regressed", "funnel_overdue"
COUNTED = (STOCK, REACHED, MOVES, TERMINATED, BETWEEN, PASSED, FAILED, REGRESSED, OVERDUE)
BANDS, WAYS = ("active", "suspended", "stalled"), ("entered", "skipped", "unknown")
IN, OUT = "in", "out"
KEPT = {"zone": "zone_id", "last_zone": "last_zone_id", "first_zone": "first_zone_id"}  # the choices that the marts of the newest day tell apart


@dataclass(frozen=True, kw_only=True)
class Gates:
    """The rates of one stage: gate meetings passed, moves that skipped the next stage, returns by entries, projects returned by projects that reached it."""

    passed: Rate
    skipped: Rate
    rework: Rate
    regressed: Rate


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Counts by stage and category, of the chosen projects in one snapshot. `counts`: rows by metric, stage and category; `projects`: those that
    were returned, by metric and stage."""

    stages: tuple[Stage, ...]
    counts: Mapping[tuple[str, str, str], int]
    projects: Mapping[tuple[str, str], int]

    def count(self, metric_id: str, stage: Stage | None = None, categories: Iterable[str] | None = None) -> int:
        """How many rows, of one stage and some categories or of all."""
        kept = None if categories is None else set(categories)
        return sum(count for (name, stage_id, category), count in self.counts.items()
                   if name == metric_id and (stage is None or stage_id == stage.stage_id) and (kept is None or category in kept))

    @property
    def moves(self) -> Mapping[tuple[str, str], int]:
        """How often projects went from where to where; `IN`: from outside, `OUT`: terminated or withdrawn."""
        found: dict[tuple[str, str], int] = {}
        for (name, _, category), count in self.counts.items():
            if name == MOVES:
                where = category.partition(">")
                found[where[0], where[2]] = found.get((where[0], where[2]), 0) + count
        return found

    def gates(self, stage: Stage) -> Gates:
        """The rates of a stage, each with its counts; a rate over 1 (several returns of one entry) cannot be."""
        order = {each.stage_id: each.stage_order for each in self.stages}
        ahead = {to: count for (start, to), count in self.moves.items() if start == stage.stage_id and order.get(to, -1) > stage.stage_order}
        entries = sum(count for (_, to), count in self.moves.items() if to == stage.stage_id)
        passed, returned = self.count(PASSED, stage), self.count(REGRESSED, stage)
        return Gates(
            passed=proportion(passed, passed + self.count(FAILED, stage)),
            skipped=proportion(sum(count for to, count in ahead.items() if order[to] > stage.stage_order + 1), sum(ahead.values())),
            rework=proportion(min(returned, entries), entries),
            regressed=proportion(min(self.projects.get((REGRESSED, stage.stage_id), 0), self.count(REACHED, stage)), self.count(REACHED, stage)))


def funnel(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, chosen: Chosen, zone: str | None = None) -> Funnel | None:
    """The funnel at V; None where it cannot be known. `zone`: of what happened in that space; `chosen`: of these projects."""
    if not is_knowable(cursor, metric(cursor, STOCK), as_of):
        return None
    counts: dict[tuple[str, str, str], int] = {}
    projects: dict[tuple[str, str], int] = {}
    columns = "metric_id, stage_id, category, contributions, projects"
    for name, stage_id, category, rows, distinct in cursor.execute(*of_day(cursor, "funnel", columns, as_of, chosen, zone)).fetchall():
        counts[name, stage_id, category] = counts.get((name, stage_id, category), 0) + rows
        projects[name, stage_id] = projects.get((name, stage_id), 0) + distinct
    return Funnel(stages=stages(cursor), counts=counts, projects=projects)


def of_day(cursor: duckdb.DuckDBPyConnection, mart: str, columns: str, as_of: dt.date, chosen: Chosen, zone: str | None) -> tuple[str, dict[str, object]]:
    """A SELECT of columns of mart.<mart>_now, where spaces are chosen of mart.<mart>_zone_now, with its parameters; the same on another day, or for other choices,
    is the latter's query."""
    where = {**chosen.in_address, **({"zone": zone} if zone else {})}
    kept = f"mart.{mart}_zone_now" if where else f"mart.{mart}_now"
    if where.keys() <= KEPT.keys() and is_kept(cursor, kept, as_of):
        return f"SELECT {columns} FROM {kept} WHERE {' AND '.join(f'{KEPT[each]} = ${each}' for each in where) or 'true'}", dict(where)
    parameters: dict[str, object] = {"v": as_of, **chosen.parameters}
    made = at_day(f"{mart}_zone_now", chosen=bool(chosen.in_address), zoned=zone is not None)
    return f"SELECT {columns} FROM ({made})", parameters | ({"zone": zone} if zone else {})


def is_kept(cursor: duckdb.DuckDBPyConnection, table: str, as_of: dt.date) -> bool:
    """Whether a mart of the newest day alone answers for this day: an older snapshot may be without it."""
    known = span(cursor)
    return known is not None and as_of == known.newest_as_of and has(cursor, table)


def kept_rows(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, chosen: Chosen, zone: str | None, **narrow: str) -> tuple[str, dict[str, object]] | None:
    """Which rows of mart.funnel_row_now AS c are asked for, with the parameters of that; None where it does not tell these choices apart."""
    columns = KEPT | {"at_stage": "stage_id", "category": "category"}
    where = {**chosen.in_address, **({"zone": zone} if zone else {}), **narrow}
    if not where.keys() <= columns.keys() or not is_kept(cursor, "mart.funnel_row_now", as_of):
        return None
    return " AND ".join(f"coalesce(c.{columns[each]}, '') = ${each}" for each in where) or "true", dict(where)
