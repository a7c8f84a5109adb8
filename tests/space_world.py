"""A small world of buildings, leases, requests, platforms and service cases, written by hand so that every number can be added up on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worlds import Row, World, day, organization, sent, world


def unit(unit_id: str, building: str, space: str, areas: tuple[float, float, float], *, idle: float | None = None, revived: float | None = None,
         status: str = "in_use", function: str | None = None, opened_on: str | None = None) -> Row:
    """A row of the register of premises; `areas`: built, lettable, let."""
    opened = {"opened_on": day(opened_on), "opened_precision": "D"} if opened_on else {}
    return {"unit_id": unit_id, "building_name": building, "space_name": space, "main_use": "office", "built_m2": areas[0], "lettable_m2": areas[1],
            "let_m2": areas[2], "idle_m2": idle, "revived_m2": revived, "status": status, "core_function_id": function, **opened}


def lease(lease_id: str, unit_id: str, area: float, starts_on: str, ends_on: str | None = None, tenant: str = "O1") -> Row:
    """A row of the register of leases."""
    ends = {"ends_on": day(ends_on), "ends_precision": "D"} if ends_on else {}
    return {"lease_id": lease_id, "unit_id": unit_id, "tenant_org_id": tenant, "area_m2": area, "starts_on": day(starts_on), "starts_precision": "D", **ends}


def request(request_id: str, asked_on: str, met_on: str | None = None, *, need: str = "office", org: str = "O1", precision: str = "D") -> Row:
    """A row of the requests for space."""
    met = {"met_on": day(met_on), "met_precision": "D"} if met_on else {}
    return {"request_id": request_id, "applicant_org_id": org, "need_kind": need, "area_m2": 100.0, "requested_on": day(asked_on),
            "requested_precision": precision, **met}


def platform(platform_id: str, kind: str, space: str, status: str, **told: Any) -> Row:
    """A row of the register of platforms."""
    return {"platform_id": platform_id, "platform_name": f"{platform_id}平台", "platform_kind": kind, "space_name": space, "status": status,
            "lead_org_id": "O1", **told}


def case(case_id: str, kind: str, accepted_on: str, closed_on: str | None = None, rated: int | None = None, org: str | None = "O1") -> Row:
    """A row of the service cases."""
    closed = {"closed_on": day(closed_on), "closed_precision": "D"} if closed_on else {}
    return {"case_id": case_id, "service_kind": kind, "applicant_org_id": org, "window_name": "窗口", "accepted_on": day(accepted_on),
            "accepted_precision": "D", "satisfaction": rated, **closed}


def space_world(folder: Path) -> World:
    """Lists of August and October 2026, events up to the end of October."""
    august, october = "2026-08-31", "2026-10-31"
    tower = [unit("U1", "大厦", "核心区", (1000, 800, 600), idle=500, revived=300, function="core-01", opened_on="2025-01-10"),
             unit("U2", "大厦", "核心区", (500, 400, 0), idle=300, function="core-02", opened_on="2025-03-01")]
    return world(
        folder, sent("organizations", organization("O1", "绿色化工"), organization("O2", "核心区")),
        sent("premises", *tower, unit("U3", "会展", "核心区", (2000, 1000, 0), status="under_construction", function="core-06"),
             unit("U4", "厂房", "绿色化工", (300, 200, 200)), department="D09", as_of=august),
        sent("premises", unit("U1", "大厦", "核心区", (1000, 800, 700), idle=100, revived=400, function="core-01", opened_on="2025-01-10"), tower[1],
             unit("U3", "会展", "核心区", (2000, 1000, 0), status="in_use", function="core-06", opened_on="2026-10-12"),
             unit("U4", "厂房", "绿色化工", (300, 200, 200)), department="D09", as_of=october),
        sent("leases", lease("L1", "U1", 600, "2025-06-01", "2026-11-29"), lease("L2", "U4", 200, "2024-01-01", "2027-12-31"),
             lease("L3", "U2", 50, "2026-09-15"), department="D09", as_of=august),
        sent("space_requests", request("R1", "2026-08-01", "2026-08-31"), request("R2", "2026-08-01", "2026-09-01"), request("R3", "2026-09-20", org="O2"),
             request("R4", "2026-10-10"), request("R5", "2026-10-20", "2026-10-25", need="pilot"), request("R6", "2026-08-31", precision="M"),
             department="D09", as_of=october),
        sent("platforms", platform("P1", "pilot", "绿色化工", "in_use", entity_id="B1", level="provincial", open_hours=60.0, total_hours=100.0,
                                   service_income_cny=5000, inside_clients=6, outside_clients=2, pilot_workshops=10, occupied_workshops=7),
             platform("P2", "testing", "绿色化工", "in_use", entity_id="B1", open_hours=50.0, total_hours=100.0, service_income_cny=8000, inside_clients=3,
                      pilot_workshops=10, occupied_workshops=6),
             platform("P3", "incubator", "核心区", "in_use", level="national", field_name="中医药", inside_clients=4, outside_clients=4),
             platform("P4", "accelerator", "核心区", "under_construction", field_name="中医药"),
             platform("P5", "joint_laboratory", "生物医药", "planned"), platform("P6", "consortium", "生物医药", "applied"), as_of="2026-06-30"),
        sent("platforms", platform("P1", "pilot", "绿色化工", "in_use", entity_id="B1", level="provincial", open_hours=80.0, total_hours=100.0,
                                   service_income_cny=9000, inside_clients=6, outside_clients=2, pilot_workshops=10, occupied_workshops=9),
             platform("P3", "incubator", "核心区", "in_use", level="national", field_name="中医药", inside_clients=4, outside_clients=4),
             platform("P4", "accelerator", "核心区", "in_use", field_name="中医药", opened_on=day("2026-09-10"), opened_precision="D"),
             platform("P5", "joint_laboratory", "生物医药", "under_construction"), platform("P6", "consortium", "生物医药", "applied"), as_of="2026-09-30"),
        sent("service_cases", case("C1", "screening", "2026-03-01", "2026-03-11", 5), case("C2", "screening", "2026-04-01", "2026-04-21", 4),
             case("C3", "screening", "2026-10-20"), case("C4", "legal", "2026-05-01", "2026-05-31", 3, org=None),
             case("C5", "legal", "2026-06-01", "2026-06-06"), as_of=october))
