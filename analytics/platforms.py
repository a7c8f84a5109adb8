"""Buildings, platforms and services at V in one snapshot: every figure of the page, and the policy's lists with what is not there yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.categories import Category, categories
from analytics.tally import Tally
from analytics.waiting import Waits
from analytics.zones import Zone, zones
from language import N_
from warehouse.duties import has

HERE = Path(__file__).parent
FUNCTIONS_SQL, FACILITIES_SQL, ENDING_SQL = ((HERE / f"{name}.sql").read_text(encoding="utf-8")
                                             for name in ("core_functions", "planned_facilities", "ending_leases"))
FAMILIES = ("premise_", "lease_", "request_", "platform_", "incubator_", "service_")
LEVELS = ("national", "provincial", "municipal", "new_area", "unrated")
RATES = ("premise_occupancy", "premise_revival_rate", "request_met_30d_rate", "platform_open_rate", "platform_workshop_occupancy", "platform_earning_rate")
FEWEST_RANKED = 5  # zones with a figure, below which none is ranked
MOST = 20  # leases listed that end soon


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of the core. `state`: in_use, under_construction, planned, unconnected (no unit of the register bears it) or unknown (no register)."""

    function_id: str
    name_zh: str
    name_en: str
    state: str
    opened_on: dt.date | None
    precision: str
    built_m2: float | None


@dataclass(frozen=True, kw_only=True)
class Facility:
    """What the policy plans for a zone. `state` as of a function, applied too; `platform_name`: of the register, None: none matches."""

    facility_id: str
    zone_id: str
    name_zh: str
    name_en: str
    state: str
    platform_name: str | None
    opened_on: dt.date | None
    precision: str


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A lease that ends soon. Area in ㎡."""

    lease_id: str
    building_name: str
    unit_id: str
    tenant_name: str
    area_m2: Decimal
    ends_on: dt.date
    zone_id: str


@dataclass(frozen=True, kw_only=True)
class Platforms:
    """All that the page shows of one view. `kinds`: types of platforms, `services`, `needs`: of the committee's tables; `operators`: who reports by zone."""

    as_of: dt.date
    tally: Tally
    zones: tuple[Zone, ...]
    functions: tuple[Function, ...]
    facilities: tuple[Facility, ...]
    kinds: tuple[Category, ...]
    services: tuple[Category, ...]
    needs: tuple[Category, ...]
    request_waits: Waits
    case_waits: Waits
    operators: dict[str, tuple[str, ...]]

    @property
    def listed_kinds(self) -> tuple[Category, ...]:
        """The types that the policy lists."""
        return tuple(each for each in self.kinds if each.clause_id)

    def state_of_kind(self, kind: str, zone: str | None = None) -> str:
        """How far the type has come: in_use, under_construction, planned, unconnected (the register has none) or unknown."""
        if self.tally.value("platform_in_use", zone) is None:
            return "unknown"
        steps = (("platform_in_use", "in_use"), ("platform_building", "under_construction"), ("platform_planned", "planned"))
        return next((state for metric_id, state in steps if self.tally.value(metric_id, zone, kind)), "unconnected")

    def ranks(self, metric_id: str) -> dict[str, int]:
        """The place of each zone with a figure, 1 the highest, equal ones the same; empty where fewer than FEWEST_RANKED have one."""
        known = {each.zone_id: value for each in self.zones if each.kind != "bucket" and (value := self.tally.value(metric_id, each.zone_id)) is not None}
        if len(known) < FEWEST_RANKED:
            return {}
        return {zone: 1 + sum(other > value for other in known.values()) for zone, value in known.items()}

    def share(self, metric_id: str, zone: str) -> Decimal | None:
        """A zone's part of a sum; None where the sum is 0 or cannot be known."""
        whole, part = self.tally.value(metric_id), self.tally.value(metric_id, zone)
        return part / whole if whole and part is not None else None


def platforms(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Platforms | None:
    """At V, within the snapshot's span; None of a snapshot from before there were these figures."""
    if not has(cursor, "core.core_function_state"):
        return None
    known = [row[0] for row in cursor.execute("SELECT metric_id FROM ref.metric ORDER BY rowid").fetchall()]
    tally = Tally(cursor, [each for each in known if each.startswith(FAMILIES)], as_of)
    return Platforms(
        as_of=as_of, tally=tally, zones=zones(cursor), functions=_functions(cursor, tally, as_of), facilities=_facilities(cursor, tally, as_of),
        kinds=categories(cursor, "platform"), services=categories(cursor, "service"), needs=categories(cursor, "request"),
        request_waits=Waits(cursor, "request_received", "request_met", as_of), case_waits=Waits(cursor, "service_cases", "service_closed", as_of),
        operators={zone: tuple(names) for zone, names in cursor.execute(
            "SELECT zone_id, list(DISTINCT reported_by ORDER BY reported_by) FROM mart.contribution WHERE metric_id = 'premise_built_area' "
            "AND reported_by <> '' AND counts_from <= $v AND (counts_until IS NULL OR counts_until > $v) GROUP BY zone_id", {"v": as_of}).fetchall()})


def ending_leases(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, zone: str | None, *, most: int = MOST) -> tuple[Ending, ...]:
    """The next to end within ninety days of V."""
    names = ("lease_id", "building_name", "unit_id", "tenant_name", "area_m2", "ends_on", "zone_id")
    return tuple(Ending(**dict(zip(names, row, strict=True)))
                 for row in cursor.execute(ENDING_SQL, {"v": as_of, "zone": zone, "most": most}).fetchall())


def _functions(cursor: duckdb.DuckDBPyConnection, tally: Tally, as_of: dt.date) -> tuple[Function, ...]:
    nothing = "unknown" if tally.value("premise_core_functions") is None else "unconnected"
    names = ("function_id", "name_zh", "name_en", "state", "opened_on", "precision", "built_m2")
    return tuple(Function(**dict(zip(names, row, strict=True)) | {"state": row[3] or nothing})
                 for row in cursor.execute(FUNCTIONS_SQL, {"v": as_of}).fetchall())


STATED = {N_("拟建"): "planned", N_("在建"): "under_construction", N_("投用"): "in_use", N_("未接入"): "unconnected"}  # as the committee's table has it


def _facilities(cursor: duckdb.DuckDBPyConnection, tally: Tally, as_of: dt.date) -> tuple[Facility, ...]:
    is_known = tally.value("platform_in_use") is not None
    return tuple(
        Facility(facility_id=facility_id, zone_id=zone_id, name_zh=zh, name_en=en, platform_name=platform_name, opened_on=opened_on, precision=precision,
                 state=status or ("unknown" if not is_known and STATED[stated] == "unconnected" else STATED[stated]))
        for facility_id, zone_id, zh, en, stated, status, platform_name, opened_on, precision in cursor.execute(FACILITIES_SQL, {"v": as_of}).fetchall())
