"""Stress, rates and coverage, each against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.credit import AMOUNTS, GRADES, losses
from analytics.limits import Limit
from analytics.pool import Claim, consumption, told

Row = tuple[str, int, int, int]


def loans(*rows: Row) -> pl.DataFrame:
    """(grade, bank, guarantor, pool)."""
    return pl.DataFrame([{"risk_grade": grade, "balance_cny": Decimal(bank + guarantor + pool), "bank_cny": Decimal(bank), "guarantor_cny": Decimal(guarantor),
                          "pool_cny": Decimal(pool)} for grade, bank, guarantor, pool in rows],
                        schema={"risk_grade": pl.String, **dict.fromkeys(AMOUNTS, pl.Decimal(20, 2))})


def claim(contract: str, claimed: str | None, approved: str | None, paid: str | None, *, amount: int = 100, recovered: int = 0) -> Claim:
    on = [dt.date.fromisoformat(each) if each else None for each in (claimed, approved, paid)]
    return Claim(contract_id=contract, firm=None, claimed_on=on[0], approved_on=on[1], paid_on=on[2], claimed=Decimal(amount), approved=Decimal(amount),
                 paid=Decimal(amount if paid else 0), recovered=Decimal(recovered))


def test_stress_adds_the_special_mention_loans_and_doubles_what_fails() -> None:
    bad, stress, double = losses(loans(("normal", 100, 50, 50), ("special_mention", 10, 5, 5), ("loss", 4, 3, 3), ("substandard", 1, 0, 1)))
    assert [[int(part) for part in (each.bank, each.guarantor, each.pool)] for each in (bad, stress, double)] == [[5, 3, 4], [15, 8, 9], [30, 16, 18]]


def test_never_more_fails_than_there_is() -> None:
    *_, double = losses(loans(("loss", 4, 3, 3)))
    assert [int(part) for part in (double.bank, double.guarantor, double.pool)] == [4, 3, 3]


@given(st.lists(st.tuples(st.sampled_from(GRADES), *[st.integers(0, 10**9)] * 3), max_size=30))
def test_a_harder_case_never_costs_anybody_less(rows: list[Row]) -> None:
    bad, stress, double = losses(loans(*rows))
    for bearer in ("bank", "guarantor", "pool"):
        assert getattr(bad, bearer) <= getattr(stress, bearer) <= getattr(double, bearer)


@given(st.permutations([("normal", 10, 5, 5), ("loss", 4, 3, 3), ("special_mention", 1, 2, 3), ("doubtful", 7, 0, 0)]))
def test_the_order_of_the_rows_changes_nothing(rows: list[Row]) -> None:
    assert losses(loans(*rows)) == losses(loans(("normal", 10, 5, 5), ("loss", 4, 3, 3), ("special_mention", 1, 2, 3), ("doubtful", 7, 0, 0)))


def test_claims_are_told_by_contract() -> None:
    found = told([claim("1", "2026-03-01", "2026-03-20", "2026-04-10", recovered=30), claim("2", "2026-05-01", None, None),
                  claim("3", "2026-06-01", "2026-06-30", "2026-07-31"), claim("", None, None, "2026-07-31")])
    assert found.approval_rate == Decimal(2) / 3
    assert found.mean_days == Decimal(40 + 60) / 2
    assert (found.unpaid, int(found.paid), int(found.recovered)) == (1, 300, 30)
    assert found.recovery_rate == Decimal("0.1")


def test_without_claims_no_rate_is_made_up() -> None:
    found = told([])
    assert (found.approval_rate, found.recovery_rate, found.mean_days) == (None, None, None)


def test_consumption_is_of_what_was_there_when_the_year_began() -> None:
    moves = {(2025, "injection"): Decimal(300), (2025, "payment"): Decimal(-100), (2026, "injection"): Decimal(500), (2026, "payment"): Decimal(-50)}
    assert consumption(moves, 2026) == Decimal("0.25")
    assert consumption(moves, 2025) is None


@pytest.mark.parametrize(("value", "measured", "state"), [
    (None, 0.5, "unset"), (Decimal("0.1"), None, "unknown"), (Decimal("0.1"), Decimal("0.1"), "within"), (Decimal("0.1"), 0.11, "over")])
def test_a_limit_judges_only_what_was_decided(value: Decimal | None, measured: Decimal | float | None, state: str) -> None:
    limit = Limit(limit_id="x", name_zh="x", name_en="x", value=value, unit="比例", status="拟定", valid_from=None, source=None, comparator=None)
    assert limit.judge(measured) == state
