"""A small world of first uses, scenarios, friendly units and leads, written by hand so that every number can be added up on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worlds import Row, World, day, event, organization, project, sent, world

OCTOBER = "2026-10-31"


def dated(**days: str | None) -> dict[str, Any]:
    """Columns of days, each known to the day: found="2026-01-01" is found_on and found_precision."""
    return {key: value for name, text in days.items() if text for key, value in ((f"{name}_on", day(text)), (f"{name}_precision", "D"))}


def lead(lead_id: str, found: str, status: str = "tracked", *, signed: str | None = None, moved_in: str | None = None, lost: str | None = None,
         office: str = "上海驻点", space: str = "绿色化工", **told: Any) -> Row:
    """A row of the register of leads."""
    return {"lead_id": lead_id, "office_name": office, "project_name": f"{lead_id}落地项目", "space_name": space, "status": status,
            **dated(found=found, signed=signed, moved_in=moved_in, lost=lost), **told}


def scenario(scenario_id: str, published: str, taken: str | None = None, landed: str | None = None, *, until: str | None = None, org: str = "O1",
             kind: str = "scenario", **told: Any) -> Row:
    """A row of the register of scenarios and friendly units."""
    return {"scenario_id": scenario_id, "scenario_kind": kind, "scenario_name": f"{scenario_id}场景", "org_id": org,
            **dated(published=published, valid_until=until, taken_up=taken, landed=landed), **told}


def first(product_id: str, kind: str, recognised: str | None, used: str | None = None, *, name: str | None = None, level: str | None = "provincial",
          user: str | None = None, **told: Any) -> Row:
    """A row of the first uses."""
    return {"product_id": product_id, "product_kind": kind, "product_name": name or f"{product_id}产品", "maker_org_id": "O1", "level": level,
            "user_org_id": user, **dated(recognised=recognised, first_used=used), **told}


def adoption_world(folder: Path) -> World:
    """Lists of August and October 2026, events up to the end of October."""
    academy = {**organization("U1", None), "org_kind": "university"}
    september = [lead("L1", "2026-01-01", "moved_in", signed="2026-02-10", moved_in="2026-05-01", project_id="P1", intended_cny=1000, invested_cny=400,
                      source="lead_chain"),
                 lead("L2", "2026-01-01", "moved_in", signed="2026-04-01", moved_in="2026-08-01", org_id="O9", intended_cny=3000, source="lead_chain"),
                 lead("L3", "2026-02-01", "signed", signed="2026-05-12", office="北京驻点", source="lead_fair"),
                 lead("L4", "2026-03-01"), lead("L5", "2026-03-01", "lost", lost="2026-06-09", lost_reason="parted_premises", office="北京驻点"),
                 lead("L6", "2026-04-01", office="北京驻点", space="生物医药"), lead("L7", "2026-05-01", "lost")]
    october = [*september[:5], lead("L6", "2026-04-01", "lost", lost_reason="parted_funding", office="北京驻点", space="生物医药"), lead("L7", "2026-05-01"),
               lead("L8", "2026-10-01", "signed", office="本部")]
    return world(
        folder, sent("organizations", {**organization("O1", "绿色化工"), **dated(moved_in="2026-04-20")}, organization("O2", "核心区"),
                     organization("O3", "区外"), academy),
        sent("projects", project("P1", org="O1"), project("P2", org="O2")),
        sent("stage_events", event("E1", "P1", "rd", "enter", "2026-06-15"), as_of=OCTOBER),
        sent("outcomes", {"outcome_id": "C1", "project_id": "P1", "outcome_name": "成果", "right_kind": "patent"}, as_of=OCTOBER),
        sent("first_uses", first("F1", "equipment", "2026-01-10", "2026-03-01", user="O2", outcome_id="C1", purchase_cny=500),
             first("F2", "equipment", "2026-05-01", "2026-06-01", name="F1产品", user="O3", purchase_cny=200),
             first("F3", "equipment", "2026-02-01", name="F1产品", level="national"),
             first("F4", "software", "2026-04-01", level="new_area"), first("F5", "software", None, level=None),
             first("F6", "chip", "2026-07-01", "2026-05-01", level="municipal", user="U1", purchase_cny=100),
             first("F7", "material", "2026-08-01", "2026-10-01", user="X9"), department="D04", as_of=OCTOBER),
        sent("scenarios", scenario("S1", "2026-01-01", "2026-01-31", "2026-06-30", purchase_cny=900), scenario("S2", "2026-01-01", "2026-03-02"),
             scenario("S3", "2026-02-01", until="2026-05-01"), scenario("S4", "2026-06-01"), scenario("S5", "2026-07-01", "2026-08-20", org="O2"),
             scenario("S6", "2026-08-01", until="2027-07-31"),
             scenario("Y1", "2025-08-01", until="2026-07-31", kind="friendly_unit", org="O1", purchase_cny=50),
             scenario("Y2", "2025-12-01", until="2026-11-30", kind="friendly_unit", org="O2"),
             scenario("Y3", "2025-11-01", until="2026-10-31", kind="friendly_unit", org="O3"),
             scenario("Y4", "2026-01-01", kind="friendly_unit", org="U1"),
             scenario("Y5", "2026-09-01", until="2027-08-31", kind="friendly_unit", org="O1"), department="D01", as_of="2026-09-30"),
        sent("leads", *september, department="D07", sender="驻点", as_of="2026-08-31"),
        sent("leads", *october, department="D07", sender="驻点", as_of=OCTOBER))
