"""A small world in which every kind of thing that has a dossier hangs together with others, written by hand."""

from __future__ import annotations

from pathlib import Path

from worlds import World, day, event, organization, project, sent, world

FIRM, GUARANTOR, BANK = "91620100MA0000001A", "91620100MA0000002B", "91620100MA0000003C"
THINGS = {"project": "GZH-1", "organization": FIRM, "group": "陇源集团", "outcome": "CG-1", "fund": "JJ-1", "platform": "PT-1", "premise": "KJ-1", "deal": "XT-1",
          "loan": "DK-1", "task": "RW-1", "zone": "chem", "department": "D08"}  # one of each kind
NEWEST = day("2026-03-31")


def told_world(folder: Path) -> World:
    """Two lists of everything that is listed, of 28 February and 31 March 2026; the firm was renamed, its event corrected, its loan changed and a lease ended."""
    firm = {**organization(FIRM, founded_on="2020-05-01"), "org_name": "兰州绿源科技有限公司", "group_name": "陇源集团", "origin": "attracted",
            "moved_in_on": day("2024-06-30"), "moved_in_precision": "M"}
    others = [{**organization(GUARANTOR, None), "org_name": "陇上担保公司", "org_kind": "guarantor"}, {**organization(BANK, None), "org_name": "重庆长行银行", "org_kind": "bank"}]
    loan = {"contract_id": "DK-1", "lender_org_id": BANK, "borrower_org_id": FIRM, "guarantor_org_id": GUARANTOR, "product": "credit", "risk_grade": "normal",
            "disbursed_on": day("2025-03-01"), "disbursed_precision": "D", "due_on": day("2027-03-01"), "due_precision": "D", "contract_cny": 5_000_000,
            "balance_cny": 5_000_000}
    leases = [{"lease_id": f"ZY-{number}", "unit_id": "KJ-1", "tenant_org_id": FIRM, "area_m2": 50.0, "starts_on": day("2025-01-01"), "starts_precision": "D",
               "agreement_id": "XT-1"} for number in (1, 2)]
    deal = {"agreement_id": "XT-1", "project_id": "GZH-1", "org_id": FIRM, "holder_org_id": GUARANTOR, "trigger_terms": "投产", "status": "funded",
            "signed_on": day("2025-09-30"), "signed_precision": "Q"}
    platform = {"platform_id": "PT-1", "platform_name": "化工中试平台", "platform_kind": "pilot", "lead_org_id": FIRM, "space_name": "绿色化工", "status": "planned"}
    unit = {"unit_id": "KJ-1", "building_name": "化工楼", "space_name": "绿色化工", "main_use": "office", "built_m2": 100.0, "lettable_m2": 100.0, "let_m2": 100.0,
            "status": "in_use"}
    fund = {"fund_id": "JJ-1", "fund_name": "陇创一号基金", "fund_kind": "angel", "manager_org_id": GUARANTOR, "committed_cny": 90_000_000, "status": "investing"}
    flow = {"flow_id": "LS-1", "fund_id": "JJ-1", "paid_on": day("2025-06-01"), "paid_precision": "D", "flow_kind": "investment", "counterparty_org_id": FIRM,
            "project_id": "GZH-1", "stage_id": "pilot", "amount_cny": 3_000_000, "validity": "valid"}
    outcome = {"outcome_id": "CG-1", "project_id": "GZH-1", "outcome_name": "绿源催化剂", "right_kind": "patent", "route": "licence", "implementer_org_id": FIRM,
               "space_name": "绿色化工", "signed_on": day("2025-10-10"), "signed_precision": "D", "validity": "valid"}
    product = {"product_id": "SS-1", "product_kind": "material", "product_name": "绿源材料", "outcome_id": "CG-1", "maker_org_id": FIRM, "user_org_id": BANK,
               "recognised_on": day("2025-12-31"), "recognised_precision": "Y"}
    task = {"task_id": "RW-1", "clause_id": "C05", "content": "建好中试平台", "unit_name": "促进中心", "due_on": day("2026-12-31"), "due_precision": "D", "status": "in_progress"}
    output = [{"period_from": day(f"2026-0{month}-01"), "period_to": day(f"2026-0{month}-28"), "span": "month", "org_id": FIRM, "report_type": "preliminary",
               "calibre": "revenue", "amount_cny": month * 1_000_000} for month in (1, 2)]
    manager = {"manager_id": "JL-1", "org_id": FIRM, "grade": "senior", "engaged_on": day("2025-01-05"), "engaged_precision": "D"}
    first, last = "2026-02-28", "2026-03-31"
    return world(
        folder,
        sent("organizations", {**firm, "org_name": "兰州老城化学公司"}, *others, as_of=first), sent("organizations", firm, *others, as_of=last),
        sent("projects", {**project("GZH-1", org=FIRM), "project_name": "绿源中试", "trl": 5}, project("GZH-2", parent="GZH-1", org=FIRM), as_of=first),
        sent("projects", {**project("GZH-1", org=FIRM), "project_name": "绿源中试", "trl": 6}, project("GZH-2", parent="GZH-1", org=FIRM), as_of=last),
        sent("stage_events", event("SJ-1", "GZH-1", "poc", "enter", "2025-02-28", precision="M"), event("SJ-2", "GZH-1", "pilot", "enter", "2025-08-08", space="绿色化工"),
             as_of=first),
        sent("stage_events", event("SJ-2", "GZH-1", "pilot", "enter", "2025-08-18", space="绿色化工"), as_of=last),
        sent("loans", loan, department="D05", as_of=first), sent("loans", {**loan, "balance_cny": 4_000_000}, department="D05", as_of=last),
        sent("leases", *leases, department="D10", as_of=first), sent("leases", leases[0], department="D10", as_of=last),
        sent("invest_first_deals", deal, as_of=last), sent("platforms", platform, as_of=last), sent("premises", unit, department="D10", as_of=last),
        sent("funds", fund, department="D05", as_of=last), sent("fund_cashflows", flow, department="D05", as_of=last), sent("outcomes", outcome, as_of=last),
        sent("first_uses", product, department="D04", as_of=last), sent("tasks", task, department="D12", as_of=last),
        sent("output_values", *output, department="D04", as_of=last), sent("tech_managers", manager, as_of=last), covered=False)
