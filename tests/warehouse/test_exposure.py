"""政府敞口 in hand-made worlds: each layer from what departments tell, split once, never more than the contract."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from worlds import Row, Sent, World, day, organization, rule, sent, world

from etl.landing import Act

LISTED, LATER = "2026-08-31", "2026-09-30"
FIRM, OTHER, GUARANTOR, BANK = "企业甲", "企业乙", "担保丙", "银行丁"
LAYERS = ("exp_direct", "exp_fund_cost", "exp_invest_first", "exp_guarantee", "exp_pool")


def loan(contract: str = "DK-1", *, borrower: str = FIRM, balance: float = 100, amount: float = 200, shares: tuple[float | None, ...] = (0.2, 0.4, 0.4),
         guarantor: str | None = GUARANTOR, grade: str = "normal", pooled: bool = True, product: str = "credit") -> Row:
    bank, guaranteed, pool = (None if share is None else Decimal(str(share)) for share in shares)
    return {"contract_id": contract, "lender_org_id": BANK, "borrower_org_id": borrower, "product": product, "guarantor_org_id": guarantor,
            "bank_share": bank, "guarantor_share": guaranteed, "pool_share": pool, "disbursed_on": day("2026-01-10"), "disbursed_precision": "D",
            "due_on": day("2028-01-10"), "due_precision": "D", "contract_cny": Decimal(str(amount)), "balance_cny": Decimal(str(balance)),
            "risk_grade": grade, "is_first_loan": True, "is_in_pool": pooled}


def loans(*rows: Row, as_of: str = LISTED) -> Sent:
    return sent("loans", *rows, department="D05", as_of=as_of)


def stake(fund: str, investor: str, kind: str, paid: int, *, name: str | None = None) -> Row:
    return {"fund_id": fund, "investor_org_id": investor, "investor_name": name or investor, "investor_kind": kind,
            "committed_cny": Decimal(paid * 2), "paid_in_cny": Decimal(paid)}


def fund(fund_id: str, name: str) -> Row:
    return {"fund_id": fund_id, "fund_name": name, "fund_kind": "angel", "manager_org_id": "管理人", "committed_cny": Decimal(1000), "status": "investing"}


def flow(number: str, fund_id: str, kind: str, on: str, amount: int, firm: str | None = FIRM, *, holding: str | None = None) -> Row:
    return {"flow_id": number, "fund_id": fund_id, "paid_on": day(on), "paid_precision": "D", "flow_kind": kind, "counterparty_org_id": firm,
            "amount_cny": Decimal(amount), "stage_id": "pilot", "holding_share": None if holding is None else Decimal(holding), "validity": "valid"}


def valuation(fund_id: str, on: str, value: int, firm: str = FIRM) -> Row:
    return {"fund_id": fund_id, "valued_on": day(on), "valued_precision": "D", "investee_org_id": firm, "fair_value_cny": Decimal(value),
            "valuation_method": "近期融资价", "validity": "valid"}


def deal(agreement: str = "XT-1", *, converted: str | None = None, status: str = "funded") -> Row:
    return {"agreement_id": agreement, "project_id": "P", "org_id": FIRM, "signed_on": day("2026-01-05"), "signed_precision": "D", "trigger_terms": "融资",
            "converted_on": day(converted) if converted else None, "converted_precision": "D" if converted else None, "status": status}


def put(number: str, kind: str, on: str, amount: int, agreement: str = "XT-1") -> Row:
    return {"flow_id": number, "agreement_id": agreement, "paid_on": day(on), "paid_precision": "D", "flow_kind": kind, "amount_cny": Decimal(amount),
            "voucher_no": number, "validity": "valid"}


# Empty reports, so that what is not told is 0 and no gap.
QUIET = tuple(sent(feed, department=department, as_of=as_of) for as_of in ("2024-01-31", "2028-12-31")
              for feed, department in (("fund_cashflows", "D05"), ("invest_first_flows", "D08"), ("fund_valuations", "D05")))
FIRMS = sent("organizations", organization(FIRM), organization(OTHER, "生物医药"))
BLANK = ("loans", "fund_commitments", "funds")


def made(folder: Path, *told: Sent | Act) -> World:
    given = {each.feed for each in told if isinstance(each, Sent)}
    return world(folder, *told, began=(FIRMS, *QUIET, *(sent(feed, department="D05") for feed in BLANK if feed not in given)))


def test_a_loan_is_split_once_among_bank_guarantor_and_pool(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan(balance=100)))
    parts = [seen.value(metric, LISTED) for metric in ("exp_bank", "exp_guarantee", "exp_pool")]
    assert parts == [20, 40, 40]
    assert seen.value("loan_balance", LISTED) == 100
    assert seen.value("exp_government", LISTED) == 80


def test_a_cover_that_names_no_guarantor_is_borne_by_the_bank(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan(guarantor=None)))
    assert [seen.value(metric, LISTED) for metric in ("exp_bank", "exp_guarantee", "exp_pool")] == [60, 0, 40]


def test_a_balance_above_the_contract_counts_up_to_the_contract(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan(balance=900, amount=200)))
    assert seen.value("loan_balance", LISTED) == 200
    assert seen.value("exp_government", LISTED) == 160


def test_a_negative_balance_takes_nothing_off_the_total(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan("DK-1", balance=100), loan("DK-2", balance=-70)))
    assert seen.value("exp_government", LISTED) == 80


def test_shares_of_more_than_the_whole_never_cover_more_than_the_balance(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan(shares=(0.2, 0.7, 0.6))))
    assert [seen.value(metric, LISTED) for metric in ("exp_bank", "exp_guarantee", "exp_pool")] == [0, 70, 30]


def test_a_guarantor_that_is_half_state_owned_adds_half(tmp_path: Path) -> None:
    known = rule("guarantors", org_id=GUARANTOR, name_zh="担保", state_share="0.5", valid_from="2026-01-01", source="2025 年年报", status="拟定")
    assert made(tmp_path, loans(loan()), known).value("exp_guarantee", LISTED) == 20


def test_a_contract_off_the_next_list_is_no_exposure_any_more(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan("DK-1"), loan("DK-2")), loans(loan("DK-1"), as_of=LATER))
    assert [seen.value("loan_balance", on) for on in (LISTED, LATER)] == [200, 100]


def test_a_firm_nobody_registered_counts_as_unplaced(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan(borrower="无人登记")))
    assert seen.value("exp_government", LISTED, "unplaced") == 80
    assert seen.value("exp_government", LISTED) == 80


def test_what_a_fund_holds_counts_by_the_share_of_the_state_in_it(tmp_path: Path) -> None:
    seen = made(tmp_path, sent("funds", fund("F1", "一号"), department="D05", as_of=LISTED), sent("fund_commitments", stake("F1", "财政", "local_treasury", 30),
                stake("F1", "国企", "state_enterprise", 20), stake("F1", "社会", "private", 50), department="D05"),
                sent("fund_cashflows", flow("1", "F1", "investment", "2026-05-06", 400), department="D05", as_of=LISTED),
                sent("fund_valuations", valuation("F1", "2026-06-30", 600), department="D05", as_of=LISTED))
    assert [seen.value("exp_fund_cost", on) for on in ("2026-05-05", "2026-05-06", LISTED)] == [0, 200, 200]
    assert [seen.value("exp_fund_fair", on) for on in ("2026-05-06", LISTED)] == [200, 300]


def test_a_fund_of_funds_passes_on_only_the_state_s_part_of_its_part(tmp_path: Path) -> None:
    seen = made(tmp_path, sent("funds", fund("F1", "子基金"), fund("F2", "母基金"), department="D05", as_of=LISTED),
                sent("fund_commitments", stake("F1", "母基金代码", "provincial_fund", 40, name="母基金"), stake("F1", "社会", "private", 60),
                     stake("F2", "财政", "local_treasury", 75), stake("F2", "社会", "private", 25), department="D05", as_of=LISTED),
                sent("fund_cashflows", flow("1", "F1", "investment", "2026-05-06", 1000), flow("2", "F2", "investment", "2026-04-01", 4000, "子基金代码"),
                     department="D05", as_of=LISTED))
    paths = seen.con.execute("SELECT path, path_share FROM core.look_through WHERE fund_id = 'F1' AND is_public").fetchall()
    assert paths == [("F1 > F2", Decimal("0.3"))]
    assert seen.of("exp_fund_cost", "F1/企业甲", LISTED) == [300]


def test_funds_that_hold_each_other_are_cut_and_said(tmp_path: Path) -> None:
    seen = made(tmp_path, sent("funds", fund("F1", "甲基金"), fund("F2", "乙基金"), department="D05", as_of=LISTED),
                sent("fund_commitments", stake("F1", "乙", "private", 50, name="乙基金"), stake("F1", "财政", "local_treasury", 50),
                     stake("F2", "甲", "private", 100, name="甲基金"), department="D05", as_of=LISTED),
                sent("fund_cashflows", flow("1", "F1", "investment", "2026-05-06", 1000), department="D05", as_of=LISTED))
    assert seen.value("exp_fund_cost", LISTED) == 500
    [[share]] = seen.con.execute("SELECT looked_through_share FROM core.fund_public_share WHERE fund_id = 'F1'").fetchall()
    assert share == Decimal("0.5")
    assert seen.con.execute("SELECT count(*) FROM core.look_through WHERE is_circle").fetchall() == [(2,)]


@pytest.mark.parametrize(("holding", "left"), [(None, 0), ("0.05", 350)])
def test_an_exit_ends_a_position_unless_it_says_what_is_still_held(tmp_path: Path, holding: str | None, left: int) -> None:
    seen = made(tmp_path, sent("funds", fund("F1", "一号"), department="D05", as_of=LISTED),
                sent("fund_commitments", stake("F1", "财政", "local_treasury", 10), department="D05"),
                sent("fund_cashflows", flow("1", "F1", "investment", "2026-03-02", 400), flow("2", "F1", "exit", "2026-07-06", 50, holding=holding),
                     department="D05", as_of=LISTED))
    assert [seen.value("exp_fund_cost", on) for on in ("2026-07-05", LISTED)] == [400, left]


def test_money_put_in_first_becomes_equity_on_the_day_of_conversion(tmp_path: Path) -> None:
    seen = made(tmp_path, sent("invest_first_deals", deal(converted="2026-06-01", status="held"), as_of=LISTED),
                sent("invest_first_flows", put("1", "cash", "2026-02-01", 200), put("2", "rent", "2026-03-01", 36), as_of=LISTED))
    days = ("2026-02-28", "2026-05-31", "2026-06-01")
    assert [seen.value("exp_invest_first", on) for on in days] == [200, 236, 0]
    assert [seen.value("exp_direct", on) for on in days] == [0, 0, 236]


def test_an_agreement_that_was_settled_is_no_exposure_from_its_last_money_on(tmp_path: Path) -> None:
    seen = made(tmp_path, sent("invest_first_deals", deal(status="returned"), as_of=LISTED),
                sent("invest_first_flows", put("1", "cash", "2026-02-01", 100), put("2", "returned", "2026-05-01", 60), as_of=LISTED))
    assert [seen.value("exp_invest_first", on) for on in ("2026-04-30", "2026-05-01", LISTED)] == [100, 0, 0]


def test_more_back_than_put_in_never_goes_below_nothing(tmp_path: Path) -> None:
    seen = made(tmp_path, sent("invest_first_deals", deal(), as_of=LISTED),
                sent("invest_first_flows", put("1", "cash", "2026-02-01", 100), put("2", "exit", "2026-05-01", 160), put("3", "cash", "2026-06-01", 30), as_of=LISTED))
    assert [seen.value("exp_invest_first", on) for on in ("2026-05-01", "2026-06-01")] == [0, 30]


def test_the_total_is_the_sum_of_the_five_layers_in_every_zone(tmp_path: Path) -> None:
    seen = made(tmp_path, loans(loan("DK-1"), loan("DK-2", borrower=OTHER)), sent("invest_first_deals", deal(), as_of=LISTED),
                sent("invest_first_flows", put("1", "cash", "2026-02-01", 100), as_of=LISTED))
    for zone in (None, "chem", "bio", "unplaced"):
        assert seen.value("exp_government", LISTED, zone) == sum(seen.value(layer, LISTED, zone) or 0 for layer in LAYERS)
    assert seen.value("exp_government", LISTED, "chem") == 180
