"""What the map can show: metrics by zone at V, so that the zones, outside and unplaced add up to the total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.zones import zones
from warehouse.known import is_knowable
from warehouse.metric import Metric, metrics
from warehouse.value import groups_of, said_value

VALUES_SQL = (Path(__file__).parent / "zone_sql" / "values.sql").read_text(encoding="utf-8")
# Metric ids in the order of the picker; one that a snapshot's dictionary lacks, or that has no zones, is not offered.
OFFERED = (
    "g1_poc_small", "g2_pilot", "funnel_stock",
    "g3_landed", "g3_signed", "g4a_output_12m", "g4b_output_cumulative",
    "exp_government", "premise_occupancy", "premise_vacant_area", "platform_in_use", "platform_workshops", "platform_workshops_occupied",
    "platform_workshop_occupancy")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A metric at V by zone. A value is None where it cannot be known, or is a ratio to nothing. `total`: of all zones, outside and unplaced.

    `counted`: the metric whose rows are listed, of a ratio its numerator.
    """

    metric: Metric
    counted: Metric
    is_ratio: bool
    zones: Mapping[str, Decimal | None]
    total: Decimal | None

    def per(self, areas: Mapping[str, Decimal]) -> Mapping[str, Decimal | None]:
        """For each km², of the zones that have an area."""
        return {zone: value / areas[zone] if value is not None and areas.get(zone) else None for zone, value in self.zones.items()}


def measures(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, offered: Sequence[str] = OFFERED) -> dict[str, Measure]:
    """All that the snapshot's dictionary has of the offered metrics, in their order. Sums and ratios; `as_of` within the span."""
    dictionary = {each.metric_id: each for each in metrics(cursor)}
    made: dict[str, tuple[str, str | None, str | None]] = {
        each: (aggregation, over, under) for each, aggregation, over, under in
        cursor.execute("SELECT metric_id, aggregation, numerator_id, denominator_id FROM ref.metric").fetchall()}
    known = [dictionary[each] for each in offered if each in dictionary and dictionary[each].is_zoned and made[each][0] in ("sum", "ratio")]
    asked = {part for each in known for part in (each.metric_id, *made[each.metric_id][1:]) if part}
    sums: dict[str, dict[str, Decimal]] = {each: {} for each in asked}
    for metric_id, zone, value in cursor.execute(VALUES_SQL, {"metrics": sorted(asked), "v": as_of}).fetchall():
        sums[metric_id][zone] = value
    places = [each.zone_id for each in zones(cursor)]
    persons = [each for each in known if each.drill == "groups"]
    groups = groups_of(cursor, persons, as_of) if persons else None
    found = {}
    for each in known:
        aggregation, over, under = made[each.metric_id]
        is_known = is_knowable(cursor, each, as_of)
        is_ratio = aggregation == "ratio"
        if over and under:
            values = {zone: _ratio(sums[over].get(zone), sums[under].get(zone)) for zone in places}
            total = _ratio(sum(sums[over].values()), sum(sums[under].values()))
        else:
            values = {zone: sums[each.metric_id].get(zone, Decimal(0)) for zone in places}
            total = sum(sums[each.metric_id].values(), Decimal(0))
        if groups and each.drill == "groups":  # small numbers of persons are not said
            values, total = {zone: said_value(groups, each, zone).value for zone in places}, said_value(groups, each).value
        found[each.metric_id] = Measure(
            metric=each, counted=dictionary[over] if is_ratio and over else each, is_ratio=is_ratio,
            zones=values if is_known else dict.fromkeys(places), total=total if is_known else None)
    return found


def _ratio(over: Decimal | int | None, under: Decimal | int | None) -> Decimal | None:
    return Decimal(over or 0) / Decimal(under) if under else None
