"""A small world of managers, contracts, apartments and talent, written by hand so that every number can be added up on paper.

Twelve managers on the list of January 2026: seven junior, four senior, one not graded; nine belong to a firm in the core, three to a firm in 绿色化工.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from worlds import LAST, Row, World, day, sent, world

CORE_ORG, CHEM_ORG, SELLER, BUYER = "91350100M000100Y43", "9144030071526726XG", "91440300708461136T", "91110000802100433B"
EVERY = ("technology", "industry", "capital", "market", "management")
IN_FORCE = "2026-06-30"


def manager(number: int, grade: str, org: str = CORE_ORG, until: str | None = "2027-12-31", abilities: str = "technology|industry") -> Row:
    """A row of the list of managers."""
    return {"manager_id": f"JL-{number:03d}", "org_id": org, "grade": grade, "certified_until_on": day(until) if until else None,
            "certified_until_precision": "D" if until else None, "abilities": abilities, "engaged_on": day("2026-01-01"), "engaged_precision": "D"}


def contract(number: int, signed: str, managers: str | None, turnover: int = 1_000_000, **more: object) -> Row:
    """A row of the list of contracts, 元."""
    return {"contract_no": f"HT-{number:03d}", "contract_kind": "transfer", "seller_org_id": SELLER, "buyer_org_id": BUYER, "signed_on": day(signed),
            "signed_precision": "D", "turnover_cny": Decimal(turnover), "manager_id": managers,
            "commission_cny": Decimal(turnover) / 20 if managers else None, **more}


def housing(site: str, month: int, occupied: int, waiting: int, applied: int | None, housed: int | None, total: int = 100, available: int = 90) -> Row:
    """A row of the apartments' report of one month of 2026."""
    last = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30}[month]
    return {"site_id": site, "period_from": day(f"2026-{month:02d}-01"), "period_to": day(f"2026-{month:02d}-{last}"), "total": total, "available": available,
            "occupied": occupied, "waiting": waiting, "mean_wait_days": 20.0 if waiting else None, "applied": applied, "housed": housed}


def talents(quarter: int, kind: str, origin: str | None, arrivals: int, zone: str | None = None, year: int = 2026, firms: int | None = None) -> Row:
    """A row of the report of talent brought in."""
    first, last = f"{3 * quarter - 2:02d}", {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}[quarter]
    return {"period_from": day(f"{year}-{first}-01"), "period_to": day(f"{year}-{last}"), "talent_class": kind, "origin": origin, "arrivals": arrivals,
            "zone_id": zone, "firms_founded": firms}


MANAGERS = (
    *(manager(number, "junior") for number in range(1, 6)), manager(6, "junior", CHEM_ORG), manager(7, "junior", CHEM_ORG, abilities="|".join(EVERY)),
    manager(8, "senior", until="2026-07-31"), manager(9, "senior", until="2026-08-31"), manager(10, "senior", until="2026-09-28", abilities="|".join(EVERY)),
    manager(11, "senior", CHEM_ORG, until="2026-05-31", abilities="|".join(EVERY)), manager(12, "ungraded", until=None, abilities="market"))
CONTRACTS = (
    contract(1, "2025-07-01", "JL-001"), contract(2, "2026-02-01", "JL-002、JL-003"), contract(3, "2026-03-01", "JL-004、JL-005、JL-006"),
    contract(4, "2026-04-01", "JL-008"), contract(5, "2026-05-01", None), contract(6, "2024-06-01", "JL-009", 300_000),
    contract(7, "2026-05-02", "JL-010", contract_kind="service"))
HOUSING = (
    housing("A", 1, 80, 10, 4, 2), housing("A", 2, 84, 8, 2, 4), housing("A", 3, 88, 6, 4, 6), housing("A", 4, 90, 7, 5, 4), housing("A", 5, 90, 9, 4, 2),
    housing("B", 5, 20, 0, None, None, 40, 30))
TALENTS = (talents(1, "expert", "in_province", 12, "core"), talents(2, "expert", "in_province", 5, "chem"), talents(2, "expert", "out_of_province", 2, "core"),
           talents(2, "graduate", None, 40), talents(2, "team", "in_province", 4, "core", firms=4), talents(4, "graduate", "in_province", 30, "core", year=2025))


def people_world(folder: Path) -> World:
    """All of it; views may end at the end of 2028."""
    orgs = [{"org_id": code, "org_name": name, "org_kind": "firm", "space_name": space} for code, name, space in (
        (CORE_ORG, "甲", "核心区"), (CHEM_ORG, "乙", "绿色化工"), (SELLER, "丙", None), (BUYER, "丁", None))]
    return world(folder, sent("organizations", *orgs, as_of="2024-01-31"), sent("tech_managers", *MANAGERS, as_of="2026-01-31"),
                 sent("tech_contracts", *CONTRACTS, as_of=LAST.isoformat()), sent("talent_housing", *HOUSING, department="D02", as_of="2026-05-31"),
                 sent("talents", *TALENTS, department="D02", as_of="2026-06-30"))
