"""Funds, agreements and public money in one world written by hand: what counts from when until when, and the ratios that follow."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from worlds import OVERLAPPING, Row, World, day, organization, project, sent, world

from analytics.fund_calendar import calendar
from analytics.fund_portfolio import coverage, portfolio, tolerance_used
from analytics.funds import funds, investors, pooled
from analytics.invest_first import invest_first, stake
from analytics.j_curve import j_curve
from analytics.public_money import public_money

END = "2027-12-31"
FUNDS = ("fund_commitment", "fund_paid_in", "fund_unfunded", "fund_nav", "fund_cash", "fund_fair_value", "fund_distributed", "fund_exits")


def flow(flow_id: str, on: str, kind: str, amount: int, other: str = "LP", **more: Any) -> Row:
    return {"flow_id": flow_id, "fund_id": "F", "paid_on": day(on), "flow_kind": kind, "amount_cny": Decimal(amount), "counterparty_org_id": other, **more}


def valuation(on: str, amount: int, investee: str = "A") -> Row:
    return {"fund_id": "F", "valued_on": day(on), "valued_precision": "D", "investee_org_id": investee, "fair_value_cny": Decimal(amount), "valuation_method": "市场法"}


def commitment(investor: str, kind: str, committed: int, paid: int) -> Row:
    return {"fund_id": "F", "investor_org_id": investor, "investor_name": investor, "investor_kind": kind, "committed_cny": Decimal(committed),
            "paid_in_cny": Decimal(paid)}


def paid(flow_id: str, agreement: str, on: str, kind: str, amount: int, **more: Any) -> Row:
    return {"flow_id": flow_id, "agreement_id": agreement, "paid_on": day(on), "flow_kind": kind, "amount_cny": Decimal(amount), "voucher_no": flow_id, **more}


def deal(agreement: str, status: str, **more: Any) -> Row:
    return {"agreement_id": agreement, "project_id": "P", "org_id": "A", "signed_on": day("2026-01-05"), "signed_precision": "D", "trigger_terms": "融资",
            "status": status, **more}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder: Path = tmp_path_factory.mktemp("funds")
    return world(
        folder, sent("organizations", organization("A"), organization("B")), sent("projects", project("P")),
        sent("funds", {"fund_id": "F", "fund_name": "某基金", "fund_kind": "angel", "manager_org_id": "M", "committed_cny": Decimal(2000), "status": "investing",
                       "stages": "small|pilot", "loss_tolerance_share": Decimal("0.5"), "established_on": day("2026-01-01")}, department="D05"),
        sent("fund_commitments", commitment("LP", "local_treasury", 500, 375), commitment("LQ", "private", 1500, 1125), department="D05"),
        sent("fund_cashflows", flow("1", "2026-01-15", "paid_in", 1000, "LQ"), flow("2", "2026-01-15", "investment", 900, "A", stage_id="small", holding_years=5.0),
             flow("3", "2026-02-01", "fee", 20, "M"), flow("4", "2026-07-01", "paid_in", 500), flow("5", "2026-08-01", "investment", 300, "A", stage_id="small"),
             flow("6", "2026-09-01", "investment", 100, "B", stage_id="landed", is_first_institutional=True), flow("7", "2027-06-01", "exit", 40, "B"),
             flow("8", "2027-06-30", "distribution", 200, "LQ"), department="D05"),
        sent("fund_valuations", valuation("2026-06-30", 1000), valuation("2026-12-31", 1580), department="D05"),
        sent("invest_first_deals", deal("X", "converted", triggered_on=day("2026-05-01"), converted_on=day("2026-06-01"), pre_money_cny=Decimal(3000),
                                        original_capital_cny=Decimal(3000), converted_share=Decimal("0.0557"), holder_org_id="H"),
             deal("Y", "triggered", triggered_on=day("2026-03-01"), triggered_precision="D"), deal("Z", "returned"), as_of="2026-12-31"),
        sent("invest_first_flows", paid("1", "X", "2026-02-01", "cash", 200), paid("2", "X", "2026-02-01", "rent", 36), paid("3", "X", "2027-02-01", "exit", 300),
             paid("4", "Y", "2026-01-01", "cash", 100), paid("5", "Z", "2026-02-01", "cash", 100), paid("6", "Z", "2026-10-01", "returned", 60),
             paid("7", "Y", "2026-02-01", "other", 10, is_recycled=True)),
        sent("fundings", {"year_from": day("2026-01-01"), "year_to": day("2026-12-31"), "item_id": "Z1", "source": "local", "item_name": "专项",
                          "budget_cny": Decimal(100), "issued_cny": Decimal(80), "received_cny": Decimal(60), "spent_cny": Decimal(40),
                          "stated_on": day("2026-12-31")}, department="D05", as_of="2026-12-31"))


def test_the_golden_fund_has_the_known_multiples_and_rate(told: World) -> None:
    found = funds(told.con, dt.date(2027, 12, 31))
    assert found.is_known
    [fund] = found.funds
    position = fund.position
    # cash: 1500 − 1300 − 20 + 40 − 200 = 20; fair value 1580: together 1600
    assert [position.cash, position.fair_value, position.nav] == [20, 1580, 1600]
    assert [round(each or 0, 4) for each in (position.dpi, position.rvpi, position.tvpi)] == [Decimal("0.1333"), Decimal("1.0667"), Decimal("1.2000")]
    assert position.net.value == pytest.approx(0.109708, abs=5e-7) and position.net.standing == "indicative"
    assert position.valued_on == dt.date(2026, 12, 31) and position.is_stale
    assert pooled(found.funds, position.as_of).net == position.net


def test_a_holding_is_worth_its_cost_until_valued_and_its_valuation_until_the_next(told: World) -> None:
    days = ("2026-01-15", "2026-06-30", "2026-08-01", "2026-12-30", "2026-12-31", "2027-05-31", "2027-06-01")
    assert told.of("fund_fair_value", "F", *days) == [900, 1000, 1300, 1400, 1680, 1680, 1580]


def test_worth_and_cash_make_the_net_asset_value_and_card_is_drill(told: World) -> None:
    for on in ("2026-01-15", "2026-07-01", "2026-12-31", END):
        assert told.value("fund_nav", on) == (told.value("fund_fair_value", on) or 0) + (told.value("fund_cash", on) or 0)
        assert told.value("fund_unfunded", on) == (told.value("fund_commitment", on) or 0) - (told.value("fund_paid_in", on) or 0)
        position = pooled(funds(told.con, day(on)).funds, day(on))
        assert [position.committed, position.paid_in, position.unfunded, position.nav, position.cash, position.fair_value, position.distributed,
                position.exits] == [told.value(each, on) for each in FUNDS]
    assert told.con.execute(OVERLAPPING).fetchall() == []


@pytest.mark.parametrize(("on", "months"), [("2026-01-10", 0), ("2026-01-20", 1), ("2026-09-15", 9), (END, 24)])
def test_the_j_curve_ends_at_the_day_and_its_worth_is_the_net_flow_with_the_net_asset_value(told: World, on: str, months: int) -> None:
    curve = j_curve(told.con, funds(told.con, day(on)).funds, day(on))
    assert len(curve) == months
    assert [each.worth for each in curve] == [each.net + (told.value("fund_nav", f"{each.ends_on}") or 0) for each in curve]
    assert [each.net for each in curve if each.called or each.paid] == [-1000, -1500, -1300][:{0: 0, 1: 1, 9: 2, 24: 3}[months]]
    assert curve[-1:] == () or curve[-1].ends_on == day(on)


@pytest.mark.parametrize(("on", "most", "precision", "marks"), [
    ("2027-12-31", 4, "D", [("2026-01-05", 100, 0), ("2026-01-20", 50, 0), ("2026-03-10", 0, 30), ("2027-02-01", 10, 0)]),
    ("2027-12-31", 3, "M", [("2026-01-01", 150, 0), ("2026-03-01", 0, 30), ("2027-02-01", 10, 0)]),
    ("2027-12-31", 2, "Y", [("2026-01-01", 150, 30), ("2027-01-01", 10, 0)]),
    ("2026-01-19", 4, "D", [("2026-01-05", 100, 0)]),
    ("2026-03-10", 2, "M", [("2026-01-01", 150, 0), ("2026-03-01", 0, 30)]),
    ("2026-03-09", 1, "M", [("2026-01-01", 150, 0)])])
def test_the_calendar_tells_days_or_where_they_are_too_many_months_or_years(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: str, most: int, precision: str, marks: list[tuple[str, int, int]]) -> None:
    monkeypatch.setattr("analytics.fund_calendar.MOST", most)
    told = world(tmp_path, sent("fund_cashflows", flow("1", "2026-01-05", "paid_in", 100), flow("2", "2026-01-20", "paid_in", 50),
                                flow("3", "2026-03-10", "distribution", 30), flow("4", "2027-02-01", "paid_in", 10), department="D05"))
    seen = calendar(told.con, funds(told.con, day(on)).funds, day(on))
    assert seen.precision == precision
    assert [(f"{each.on}", int(each.called), int(each.paid)) for each in seen.marks] == marks


def test_gross_and_net_are_apart(told: World) -> None:
    [fund] = funds(told.con, dt.date(2027, 12, 31)).funds
    position = fund.position
    assert position.moic == (Decimal(40) + 1580) / 1300
    assert position.gross.value is not None and position.net.value is not None and position.gross.value > position.net.value


def test_investors_are_told_apart_by_kind(told: World) -> None:
    who = investors(funds(told.con, dt.date(2027, 12, 31)).funds)
    assert who.committed == {"local_treasury": 500, "private": 1500} and who.paid == {"local_treasury": 500, "private": 1000}
    assert [who.leverage, who.private_share] == [3, Decimal(1000) / 1500]


def test_coverage_is_by_the_stage_of_the_investment_and_a_planned_stage_without_money_is_a_gap(told: World) -> None:
    found, seen = funds(told.con, dt.date(2027, 12, 31)).funds, portfolio(told.con, dt.date(2027, 12, 31))
    cells = coverage(found, seen, ("small", "pilot", "landed"))
    assert cells["F", "small"].amount == 1200 and cells["F", "small"].deals == 2 and not cells["F", "small"].is_gap
    assert cells["F", "pilot"].is_gap
    assert not cells["F", "landed"].is_planned and cells["F", "landed"].deals == 1
    assert tolerance_used(found[0], seen) == Decimal(60) / 1300 / Decimal("0.5")  # B cost 100 and brought 40; A is still held


def test_the_balance_of_an_agreement_ends_with_its_conversion_and_falls_with_what_comes_back(told: World) -> None:
    assert told.of("deal_outstanding", "X", "2026-02-01", "2026-05-31", "2026-06-01", END) == [236, 236, 0, 0]
    assert told.of("deal_converted", "X", "2026-05-31", "2026-06-01", END) == [0, 236, 236]
    assert told.of("deal_outstanding", "Z", "2026-09-30", "2026-10-01", END) == [100, 40, 40]
    assert told.of("deal_recovered", "X", "2027-01-31", END) == [0, 300]
    assert told.of("deal_reinvested", "Y", END) == [10]


def test_alarms_ring_where_they_should_and_undecided_ones_say_so(told: World) -> None:
    seen = invest_first(told.con, dt.date(2026, 12, 31))
    rings = {each.agreement_id: set(each.alarms) for each in seen.deals}
    assert rings == {"X": set(), "Y": {"suspended", "early"}, "Z": {"closed"}}
    assert seen.unjudged == ("holder", "share")
    assert (seen.triggered, seen.converted) == (2, 1)
    assert told.of("deal_suspended", "Y", END) == [1]


def test_the_stake_of_the_golden_agreement() -> None:
    given = (Decimal(236), Decimal(3000), Decimal(3000))
    assert round(stake(*given, new_money=Decimal(1000)) * 100, 3) == Decimal("5.571")
    assert round(stake(*given, Decimal("0.2"), Decimal(1000)) * 100, 3) == Decimal("6.868")


def test_execution_is_spent_by_allocated_not_by_budget(told: World) -> None:
    [line] = public_money(told.con, dt.date(2026, 12, 31)).lines
    assert line.execution == Decimal("0.5")
    assert told.value("budget_spent", "2026-12-30") is None  # before the list nothing is known, which is not 0
