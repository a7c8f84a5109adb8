"""The core tables of the departments' feeds: one thing one row, in 元, its places, departments and organizations resolved, its source named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from park import Park
from worlds import Row, day, organization, rule, sent, world

from warehouse.build import HERE

OF_FEEDS = sorted(path.stem for path in (HERE / "core").glob("*.sql") if "FROM given." in path.read_text(encoding="utf-8") and path.stem != "place_name")


def test_every_feed_but_the_goals_own_has_a_core_table(park: Park) -> None:
    rows = dict(park.ask(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM core.{name}" for name in OF_FEEDS)))
    assert len(OF_FEEDS) >= 28
    assert [name for name, count in rows.items() if not count] == []


@pytest.mark.parametrize("name", OF_FEEDS)
def test_each_row_leads_back_to_an_accepted_line(park: Park, name: str) -> None:
    assert park.ask(f"SELECT count(*) FROM core.{name} AS c WHERE NOT EXISTS (FROM raw.source_row AS s WHERE s.row_id = c.row_id "
                    "AND s.disposition = 'accepted')") == [(0,)]


@pytest.mark.parametrize(("asked", "found"), [
    ("SELECT committed_cny FROM core.fund WHERE fund_id = 'JJ-01'", Decimal(300_000_000)),  # 万元 in the heading
    ("SELECT committed_cny FROM core.fund_commitment WHERE investor_name LIKE '%财政'", Decimal(100_000_000)),  # 万元 above the table
    ("SELECT amount_cny FROM core.fund_cashflow WHERE flow_id = 'LS-0002'", Decimal(12_000_000)),  # 元 in a column of its own
    ("SELECT amount_cny FROM core.fund_cashflow WHERE flow_id = 'LS-0003'", Decimal(3_000_000)),  # 万元 in the same column
    ("SELECT commission_cny FROM core.tech_contract WHERE contract_no = 'JSHT-2025-0001'", Decimal(50_000)),  # 元 beside 万元
], ids=["heading", "above", "row in 元", "row in 万元", "column in 元"])
def test_money_is_in_yuan_wherever_its_unit_was_written(park: Park, asked: str, found: Decimal) -> None:
    assert park.ask(asked) == [(found,)]


def test_a_building_a_zone_and_an_unmatched_place(park: Park) -> None:
    assert dict(park.ask("SELECT platform_id, zone_id FROM core.platform")) == {"PT-01": "chem", "PT-02": "bio", "PT-03": "core", "PT-04": "nuclear"}
    assert dict(park.ask("SELECT lead_id, zone_id FROM core.lead"))["XS-003"] == "unplaced"


def test_departments_are_found_by_alias_and_a_stranger_is_none(park: Park, tmp_path: Path) -> None:
    assert dict(park.ask("SELECT task_id, responsible_department_id FROM core.task")) == {"RW-001": "D08", "RW-002": "D04", "RW-003": "D09"}
    made = world(tmp_path, sent("tasks", {"task_id": "N-1", "clause_id": "C05", "content": "x", "unit_name": "气象局", "due_on": day("2027-01-05"),
                                          "status": "in_progress"}, department="D12"))
    assert made.con.execute("SELECT responsible_department_id FROM core.task").fetchall() == [(None,)]
    assert made.con.execute("SELECT count(*) FROM ref.department WHERE name_zh = '气象局'").fetchall() == [(0,)]


def test_an_organization_that_no_list_names_is_to_be_registered(park: Park) -> None:
    assert dict(park.ask("SELECT told_as, is_to_be_registered FROM core.org_reference WHERE told_as IN ('租约 · 承租单位', '基金台账 · 管理人')")) == {
        "租约 · 承租单位": False, "基金台账 · 管理人": True}


def test_rent_turned_into_investment_is_area_by_months_by_price(park: Park) -> None:
    assert park.ask("SELECT assessed_cny FROM core.invest_first_flow WHERE flow_id = 'XL-002'") == [(Decimal(108_000),)]


def test_what_is_marked_void_is_not_there(park: Park) -> None:
    assert park.ask("SELECT count(*) FROM raw.fund_cashflows WHERE validity = 'void'") == [(1,)]
    assert park.ask("SELECT count(*) FROM core.fund_cashflow WHERE flow_id = 'LS-0006'") == [(0,)]


def test_a_void_document_is_no_evidence_and_void_output_takes_its_month_back(tmp_path: Path) -> None:
    month = {"period_from": day("2026-03-01"), "period_to": day("2026-03-31"), "span": "month", "org_id": "A", "report_type": "preliminary",
             "calibre": "revenue", "amount_cny": 100}
    paper = {"evidence_id": "Z-1", "document_name": "x", "document_kind": "x"}
    made = world(tmp_path, sent("evidence", paper), sent("evidence", {**paper, "validity": "void"}, as_of="2026-05-31"),
                 sent("output_values", month, {**month, "org_id": "B"}, department="D04", as_of="2026-03-31"),
                 sent("output_values", {**month, "validity": "void"}, department="D04", as_of="2026-04-30"),
                 sent("output_values", {**month, "org_id": "C", "validity": "void"}, department="D04", as_of="2026-03-31"),
                 sent("output_values", {**month, "org_id": "C", "amount_cny": 7}, department="D04", as_of="2026-04-30"))
    assert made.con.execute("SELECT count(*) FROM core.evidence").fetchall() == [(0,)]
    assert made.con.execute("SELECT org_id, amount_cny::INTEGER FROM core.output_month ORDER BY 1").fetchall() == [("B", 100), ("C", 7)]


def test_a_valuation_ends_with_the_next_one(park: Park) -> None:
    asked = "SELECT valued_on::VARCHAR, valued_until::VARCHAR FROM core.fund_valuation WHERE fund_id = 'JJ-01' ORDER BY valued_on"
    assert park.ask(asked) == [("2025-12-31", "2026-06-30"), ("2026-06-30", "2026-09-30"), ("2026-09-30", None)]


def contract(no: str, managers: str | None) -> Row:
    return {"contract_no": no, "contract_kind": "service", "seller_org_id": "S", "buyer_org_id": "B", "signed_on": day("2026-05-06"), "signed_precision": "D",
            "turnover_cny": 90, "manager_id": managers}


def test_managers_who_brokered_a_contract_together_share_it(tmp_path: Path) -> None:
    managers = sent("tech_managers", *({"manager_id": each, "grade": "junior", "engaged_on": day("2025-01-01"), "engaged_precision": "D"} for each in "ABC"))
    contracts = sent("tech_contracts", contract("1", "A"), contract("2", "B、A"), contract("3", "C；A, B"), contract("4", None), contract("5", "A/B/Z/A"))
    asked = world(tmp_path, managers, contracts).con
    found = asked.execute("SELECT contract_no, string_agg(manager_id || ' ' || weight, ' ' ORDER BY weight DESC, manager_id) FROM core.tech_contract_manager "
                          "GROUP BY 1 ORDER BY 1").fetchall()
    assert found == [("1", "A 1.000000"), ("2", "A 0.500000 B 0.500000"), ("3", "C 0.333334 A 0.333333 B 0.333333"),
                     ("5", "A 0.333334 B 0.333333 Z 0.333333")]
    assert asked.execute("SELECT DISTINCT sum(weight) OVER (PARTITION BY contract_no) FROM core.tech_contract_manager").fetchall() == [(Decimal(1),)]
    assert asked.execute("SELECT contract_no FROM core.tech_contract WHERE NOT is_manager_listed ORDER BY 1").fetchall() == [("4",), ("5",)]


def step(item: str, word: str, on: str, **more: str) -> Row:
    return {"item_id": item, "item_name": "办法", "item_kind": "rule", "unit_name": "科技局", "step": word, "step_on": day(on), "step_precision": "D", **more}


def test_an_item_keeps_every_step_with_its_day(tmp_path: Path) -> None:
    asked = world(tmp_path, sent("policies", step("1", "drafting", "2026-01-05"), step("1", "consultation", "2026-03-01"), as_of="2026-03-31"),
                  sent("policies", step("1", "issued", "2026-06-01"), step("1", "consultation", "2026-03-02"), as_of="2026-06-30")).con
    assert asked.execute("SELECT step, step_on::VARCHAR FROM core.policy_step ORDER BY step_on").fetchall() == [
        ("drafting", "2026-01-05"), ("consultation", "2026-03-02"), ("issued", "2026-06-01")]
    assert asked.execute("SELECT item_id, step FROM core.policy_item").fetchall() == [("1", "issued")]


def test_a_step_taken_back_leaves_the_one_before(tmp_path: Path) -> None:
    asked = world(tmp_path, sent("policies", step("1", "drafting", "2026-01-05"), step("1", "issued", "2026-03-01"), as_of="2026-03-31"),
                  sent("policies", step("1", "issued", "2026-03-01", validity="void"), as_of="2026-06-30")).con
    assert asked.execute("SELECT step FROM core.policy_item").fetchall() == [("drafting",)]


def test_a_state_enterprise_is_found_by_its_code_or_by_its_name_in_the_register(tmp_path: Path) -> None:
    listed = rule("state_enterprises", enterprise_id="GQ02", name_zh="某投资（集团）公司", name_en="x", aliases_zh="某投", org_id="C-9", status="拟定", clause_id="C43",
                  note_zh="")
    asked = world(tmp_path, listed, sent("organizations", *({**organization(code), "org_name": name} for code, name in (
        ("C-1", "科创公司"), ("C-2", "某投资(集团)公司"), ("C-3", "别家公司"))))).con
    assert asked.execute("SELECT org_id, enterprise_id, status FROM core.state_enterprise ORDER BY 1").fetchall() == [
        ("C-1", "GQ01", "未定"), ("C-2", "GQ02", "拟定"), ("C-9", "GQ02", "拟定")]
