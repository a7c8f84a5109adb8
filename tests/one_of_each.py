"""One coherent row of every feed that the goals do not count, as the gate would accept it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

Cells = Mapping[str, object]

ORG = "91350100M000100Y43"  # the example of GB 32100-2015 with the check character it should have had
OCTOBER = dt.date(2026, 10, 31)
MAY: Cells = {"starts_on": dt.date(2026, 5, 1), "starts_precision": "D"}
YEAR: Cells = {"year_from": dt.date(2026, 1, 1), "year_to": dt.date(2026, 12, 31)}
HALF: Cells = {"period_from": dt.date(2026, 1, 1), "period_to": dt.date(2026, 6, 30)}
FURTHER: Mapping[str, Cells] = {  # one row of each other feed, from the first of its departments
    "funds": {"fund_id": "F-1", "fund_name": "基金", "fund_kind": "angel", "manager_org_id": ORG, "committed_cny": 100, "status": "investing"},
    "fund_commitments": {"fund_id": "F-1", "investor_org_id": ORG, "investor_name": "甲", "investor_kind": "private", "committed_cny": 100,
                         "paid_in_cny": 40},
    "fund_cashflows": {"flow_id": "L-1", "fund_id": "F-1", "paid_on": dt.date(2026, 2, 1), "flow_kind": "paid_in", "counterparty_org_id": ORG,
                       "project_id": "P-1", "amount_cny": 40},
    "fund_valuations": {"fund_id": "F-1", "valued_on": dt.date(2026, 6, 30), "valued_precision": "D", "investee_org_id": ORG, "fair_value_cny": 9,
                        "valuation_method": "市场法"},
    "invest_first_deals": {"agreement_id": "A-1", "project_id": "P-1", "org_id": ORG, "signed_on": dt.date(2026, 1, 5), "trigger_terms": "投产",
                           "holder_org_id": ORG, "registered_on": dt.date(2026, 6, 1), "status": "held"},
    "invest_first_flows": {"flow_id": "L-2", "agreement_id": "A-1", "paid_on": dt.date(2026, 2, 1), "flow_kind": "rent", "amount_cny": 60,
                           "area_m2": 10.0, "months": 2.0, "rent_cny_per_m2_month": 3.0, "voucher_no": "1"},
    "loans": {"contract_id": "D-1", "lender_org_id": ORG, "borrower_org_id": ORG, "product": "credit", "disbursed_on": dt.date(2026, 1, 5),
              "due_on": dt.date(2027, 1, 5), "contract_cny": 9, "balance_cny": 9, "risk_grade": "normal", "is_in_pool": True, "bank_share": 0.5,
              "pool_share": 0.5},
    "risk_pool": {"entry_id": "L-3", "occurred_on": dt.date(2026, 3, 1), "entry_kind": "payment", "contract_id": "D-1", "amount_cny": 1},
    "insurances": {**MAY, "policy_no": "B-1", "insurer_org_id": ORG, "insured_org_id": ORG, "risk_kind": "ip", "insured_cny": 9, "premium_cny": 1,
                   "ends_on": dt.date(2027, 5, 1)},
    "fundings": {**YEAR, "item_id": "Z-1", "source": "local", "item_name": "专项", "budget_cny": 9, "stated_on": OCTOBER},
    "platforms": {"platform_id": "T-1", "platform_name": "平台", "platform_kind": "pilot", "lead_org_id": ORG, "space_name": "生物医药", "status": "in_use"},
    "service_cases": {"case_id": "J-1", "service_kind": "legal", "applicant_org_id": ORG, "window_name": "一", "accepted_on": dt.date(2026, 3, 1)},
    "premises": {"unit_id": "K-1", "building_name": "一号楼", "space_name": "核心区", "main_use": "office", "built_m2": 10.0, "lettable_m2": 8.0,
                 "let_m2": 5.0, "status": "in_use"},
    "leases": {**MAY, "lease_id": "Y-1", "unit_id": "K-1", "tenant_org_id": ORG, "area_m2": 5.0, "agreement_id": "A-1"},
    "space_requests": {"request_id": "S-1", "applicant_org_id": ORG, "need_kind": "office", "area_m2": 5.0, "requested_on": dt.date(2026, 3, 1),
                       "unit_id": "K-1"},
    "talent_housing": {**HALF, "site_id": "G-1", "total": 9, "available": 9, "occupied": 9},
    "talents": {**HALF, "talent_class": "expert", "arrivals": 3},
    "tech_managers": {"manager_id": "M-1", "org_id": ORG, "grade": "senior", "engaged_on": dt.date(2026, 1, 5)},
    "tech_contracts": {"contract_no": "H-1", "contract_kind": "licence", "seller_org_id": ORG, "buyer_org_id": ORG, "outcome_id": "C-1",
                       "signed_on": dt.date(2026, 2, 1), "turnover_cny": 9, "manager_id": "M-1"},
    "first_uses": {"product_id": "W-1", "product_kind": "software", "product_name": "软件", "outcome_id": "C-1", "maker_org_id": ORG, "level": "new_area",
                   "user_org_id": ORG, "first_used_on": dt.date(2026, 6, 1)},
    "scenarios": {"scenario_id": "C-1", "scenario_kind": "scenario", "scenario_name": "场景", "org_id": ORG, "published_on": dt.date(2026, 3, 1)},
    "surplus_equity": {"investment_id": "X-1", "org_id": ORG, "project_id": "P-1", "surplus_cny": 9, "equity_cny": 9, "firm_org_id": ORG,
                       "approval_no": "文", "approved_on": dt.date(2026, 3, 1), "is_title_clear": True},
    "leads": {"lead_id": "I-1", "office_name": "上海", "project_name": "线索", "space_name": "生物医药", "found_on": dt.date(2026, 3, 1),
              "project_id": "P-1", "moved_in_on": dt.date(2026, 7, 1), "status": "moved_in"},
    "policies": {"item_id": "R-1", "item_name": "办法", "item_kind": "rule", "clause_id": "C41", "unit_name": "科技局", "step": "issued",
                 "step_on": dt.date(2026, 3, 1), "document_no": "新科〔2025〕2号"},
    "tasks": {"task_id": "N-1", "clause_id": "C05", "content": "任务", "unit_name": "促进中心", "due_on": dt.date(2027, 1, 5), "status": "in_progress"},
    "meetings": {"meeting_id": "Q-1", "met_on": dt.date(2026, 3, 1), "topic": "议题", "resolution_id": "V-1", "resolution": "议定", "unit_name": "专班",
                 "status": "open", "task_id": "N-1"},
    "appraisals": {**HALF, "unit_name": "工信局", "indicator": "中试项目", "weight": 9.0, "score": 9.0},
}
