"""The goal values that the demo park's deliveries tell, counted from its own records and not by the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from etl.demo.model import AS_OF, BASE, Event, Outcome, Output, World
from etl.demo.outputs import TAX

_OUTSIDE = ("outside", "unplaced")


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Goal values at the end of the month that a delivery reports, as known after that delivery. Money in 元."""

    g1: int
    g2: int
    g3: int
    g4_12m: Decimal
    g4_year: Decimal


def counted(world: World, delivery: int) -> Truth:
    """Goals on AS_OF[delivery - 1] as told by the deliveries up to this one."""
    as_of = AS_OF[delivery - 1]
    made = attributed_by_month(world.outputs, delivery)
    last = as_of.year * 12 + as_of.month
    return Truth(
        g1=_new_roots(world, delivery, ("poc", "small")),
        g2=_new_roots(world, delivery, ("pilot",)),
        g3=sum(1 for outcome in known_outcomes(world.outcomes, delivery)
               if is_landed(outcome, world) and outcome.landed_on and BASE <= outcome.landed_on <= as_of),
        g4_12m=sum((value for month, value in made.items() if last - 12 < month <= last), Decimal()),
        g4_year=sum((value for month, value in made.items() if as_of.year * 12 < month <= last), Decimal()),
    )


def known_events(events: Iterable[Event], delivery: int) -> Iterator[Event]:
    """Valid events after the corrections and retractions told so far."""
    told = sorted((event for event in events if 0 < event.told <= delivery), key=lambda event: event.told)
    latest = {(event.sender, event.event_id): event for event in told}
    return (event for event in latest.values() if not event.is_void)


def known_outcomes(outcomes: Iterable[Outcome], delivery: int) -> Iterator[Outcome]:
    """Outcomes put together from their senders' rows: per column the latest that is not blank; voided ones left out."""
    whole: dict[str, Outcome] = {}
    for row in sorted((row for row in outcomes if 0 < row.told <= delivery), key=lambda row: row.told):
        said = {field.name: value for field in fields(row) if (value := getattr(row, field.name)) not in (None, False)}
        whole[row.outcome_id] = replace(whole.get(row.outcome_id, row), **said)
    return (outcome for outcome in whole.values() if not outcome.is_void)


def is_landed(outcome: Outcome, world: World) -> bool:
    """Right, implementer in the park, and proof of landing are all there."""
    has_right = outcome.route == "自行实施" or (outcome.route is not None and outcome.contract_no is not None)
    is_known = outcome.implementer in {org.code for org in world.orgs}
    is_inside = outcome.space is not None and outcome.space not in _OUTSIDE
    return has_right and is_known and is_inside and outcome.proof is not None and outcome.landed_on is not None


def attributed_by_month(outputs: Iterable[Output], delivery: int) -> dict[int, Decimal]:
    """Attributable output in 元 by month (year · 12 + month), tax taken off, 定报 of a year spread over its months."""
    told = sorted((row for row in outputs if 0 < row.told <= delivery), key=lambda row: row.told)
    latest = {(row.org.code, row.outcome_id, row.first, row.last, row.span): row for row in told}
    by_firm: dict[tuple[str, str | None], list[Output]] = {}
    for (code, outcome_id, *_), row in latest.items():
        if row.share is not None:
            by_firm.setdefault((code, outcome_id), []).append(row)
    total: dict[int, Decimal] = {}
    for rows in by_firm.values():
        for month, value in _months(rows).items():
            total[month] = total.get(month, Decimal()) + value
    return total


def _months(rows: list[Output]) -> dict[int, Decimal]:
    """One firm's attributable months in 元."""
    made: dict[int, Decimal] = {}
    before: dict[int, Decimal] = {}  # 累计 so far in a year
    for row in sorted((row for row in rows if row.span != "年度"), key=lambda row: row.last):
        value = row.amount - (before.get(row.first[0], Decimal()) if row.span == "累计" else Decimal())
        before[row.first[0]] = row.amount
        made[row.last[0] * 12 + row.last[1]] = value
    for row in (row for row in rows if row.span == "年度"):
        year = [month for month in made if (month - 1) // 12 == row.first[0]]
        factor = row.amount / sum(made[month] for month in year)
        made.update({month: made[month] * factor for month in year})
    return {month: value * 1000 * (rows[0].share or 0) / (TAX if rows[0].is_taxed else 1) for month, value in made.items()}


def _new_roots(world: World, delivery: int, stages: tuple[str, ...]) -> int:
    """Root projects whose first entry into the stages, not outside the park, lies between the base date and the as-of."""
    projects = {project.project_id: project for project in world.projects}
    first: dict[str, date] = {}
    for event in known_events(world.events, delivery):
        project = projects[event.project_id]
        is_void = project.void_from is not None and project.void_from <= delivery
        is_entry = event.stage in stages and event.kind in ("enter", "reenter") and event.on <= AS_OF[delivery - 1]
        if is_entry and not is_void and (event.space or project.zone_at(delivery)) != "outside":
            root = project.parent_id or project.project_id
            first[root] = min(first.get(root, event.on), event.on)
    return sum(1 for on in first.values() if on >= BASE)
