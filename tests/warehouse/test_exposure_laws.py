"""What must hold of exposures whatever departments tell: parts add up, nothing exceeds its contract, order and unit change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.build import HERE
from warehouse.sqlfile import load

COVER = load(HERE / "core" / "loan_cover.sql", "core.loan_cover").select
PATHS = load(HERE / "core" / "look_through.sql", "core.look_through").select
Loan = tuple[int, int, bool, int | None, int | None, bool]  # contract, balance (分), has guarantor, shares in per cent, in pool
LOANS = st.lists(st.tuples(st.integers(-5, 10**9), st.integers(-10**6, 10**10), st.booleans(), st.none() | st.integers(-10, 130),
                           st.none() | st.integers(-10, 130), st.booleans()), max_size=25)
HOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Empty tables of the shape the file reads."""
    with duckdb.connect() as con:
        con.execute("""CREATE SCHEMA core; CREATE SCHEMA ref;
            CREATE TABLE ref.setting AS SELECT 'guarantor_state_share' AS setting_id, 0.6::DECIMAL(20, 6) AS value;
            CREATE TABLE ref.guarantor (org_id TEXT, state_share DECIMAL(9, 6));
            CREATE TABLE core.loan_version (contract_id TEXT, borrower_org_id TEXT, lender_org_id TEXT, guarantor_org_id TEXT, product TEXT, risk_grade TEXT,
              is_in_pool BOOLEAN, is_first_loan BOOLEAN, disbursed_on DATE, disbursed_precision TEXT, due_on DATE, contract_cny DECIMAL(20, 2),
              balance_cny DECIMAL(20, 2), guarantor_share DECIMAL(9, 6), pool_share DECIMAL(9, 6), valid_from DATE, valid_until DATE, department_id TEXT,
              sender TEXT, known_at TIMESTAMP, row_id BIGINT, source_row_ids BIGINT[])""")
        yield con


def covers(con: duckdb.DuckDBPyConnection, loans: Sequence[Loan], *, times: int = 1) -> dict[str, tuple[Decimal, ...]]:
    """By contract: amount of the contract, balance, bank, guarantor, pool and the state's part of the guarantor's."""
    con.execute("DELETE FROM core.loan_version")
    for number, (contract, balance, is_guaranteed, guaranteed, pooled, is_in_pool) in loans_numbered(loans):
        con.execute("INSERT INTO core.loan_version BY NAME SELECT ? AS contract_id, ? AS guarantor_org_id, ?::DECIMAL(20, 2) / 100 AS contract_cny, "
                    "?::DECIMAL(20, 2) / 100 AS balance_cny, ?::DECIMAL(9, 6) / 100 AS guarantor_share, ?::DECIMAL(9, 6) / 100 AS pool_share, ? AS is_in_pool",
                    [number, "担保" if is_guaranteed else None, contract * times, balance * times, guaranteed, pooled, is_in_pool])
    return {row[0]: row[1:] for row in con.execute(
        f"SELECT contract_id, contract_cny, balance_cny, bank_cny, guarantor_cny, pool_cny, state_guarantor_cny FROM ({COVER})").fetchall()}


def loans_numbered(loans: Sequence[Loan]) -> list[tuple[str, Loan]]:
    return [(f"DK-{number}", loan) for number, loan in enumerate(loans)]


@given(LOANS)
@HOW
def test_the_parts_of_a_loan_are_its_balance_and_never_more_than_its_contract(con: duckdb.DuckDBPyConnection, loans: list[Loan]) -> None:
    found = covers(con, loans)
    assert len(found) == len(loans)
    for contract, balance, bank, guarantor, pool, state in found.values():
        assert bank + guarantor + pool == balance
        assert 0 <= balance <= max(contract, Decimal(0))
        assert min(bank, guarantor, pool, state) >= 0
        assert state + pool <= balance, "the government never covers more than is owed"


@given(LOANS)
@HOW
def test_an_exposure_of_two_groups_is_the_sum_of_their_exposures(con: duckdb.DuckDBPyConnection, loans: list[Loan]) -> None:
    def total(some: Sequence[Loan]) -> Decimal:
        return sum((row[4] + row[5] for row in covers(con, some).values()), Decimal(0))

    half = len(loans) // 2
    assert total(loans) == total(loans[:half]) + total(loans[half:])


@given(LOANS, st.randoms(use_true_random=False))
@HOW
def test_the_order_of_the_rows_changes_nothing(con: duckdb.DuckDBPyConnection, loans: list[Loan], dice: object) -> None:
    shuffled = list(loans)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(covers(con, loans).values()) == sorted(covers(con, shuffled).values())


@given(LOANS)
@HOW
def test_another_unit_changes_no_amount_but_by_the_unit(con: duckdb.DuckDBPyConnection, loans: list[Loan]) -> None:
    one, thousandfold = covers(con, loans), covers(con, loans, times=1000)
    for contract, parts in one.items():
        assert all(abs(larger - 1000 * part) <= 1000 * Decimal("0.01") for part, larger in zip(parts, thousandfold[contract], strict=True))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(1, 100)), min_size=1, max_size=14))
@HOW
def test_no_fund_is_looked_through_to_more_than_the_whole(tmp_path: Path, edges: list[tuple[int, int, int]]) -> None:
    """Funds 0 to 3 are held by each other and by 4 the treasury, 5 private, 6 a provincial fund; whatever the circles, it ends and adds up to at most one."""
    held = {(fund, investor): weight for fund, investor, weight in edges}
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA core; CREATE TABLE core.fund_stake (fund_id TEXT, investor_org_id TEXT, investor_name TEXT, investor_kind TEXT, "
                    "investor_fund_id TEXT, stake_share DECIMAL(18, 12), valid_from DATE, valid_until DATE, row_id BIGINT)")
        for (fund, investor), weight in held.items():
            whole = sum(other for (each, _), other in held.items() if each == fund)
            kind = {4: "local_treasury", 5: "private", 6: "provincial_fund"}.get(investor, "private")
            con.execute("INSERT INTO core.fund_stake VALUES (?, ?, ?, ?, ?, ?::DECIMAL(18, 12) / ?, DATE '2026-01-01', NULL, 1)",
                        [str(fund), str(investor), str(investor), kind, str(investor) if investor < 4 else None, weight, whole])
        found = con.execute(f"SELECT fund_id, sum(path_share), bool_or(is_public AND is_circle) FROM ({PATHS}) GROUP BY fund_id").fetchall()
        twice = con.execute(f"SELECT path, investor_org_id FROM ({PATHS}) GROUP BY ALL HAVING count(*) > 1").fetchall()
    assert twice == []
    assert all(share <= Decimal("1.000000001") and not both for _, share, both in found)
