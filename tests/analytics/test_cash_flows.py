"""Rates of return against values known from elsewhere, and what must not change them."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.cash_flows import netted, rate, sign_changes

DAY = dt.date(2020, 1, 1)


def flows(*parts: tuple[str, int]) -> list[tuple[dt.date, Decimal]]:
    return [(dt.date.fromisoformat(on), Decimal(amount)) for on, amount in parts]


GOLDEN = flows(("2026-01-15", -1000), ("2026-07-01", -500), ("2027-06-30", 200), ("2027-12-31", 1600))


@pytest.mark.parametrize(("series", "expected"), [
    (GOLDEN, 0.109708),
    # The example of the XIRR function in Microsoft's reference.
    (flows(("2008-01-01", -10000), ("2008-03-01", 2750), ("2008-10-30", 4250), ("2009-02-15", 3250), ("2009-04-01", 2750)), 0.373362535),
    # By hand: (1 + r)^(730/365) = 1.21, and a fall by half over 730 days.
    (flows(("2021-01-01", -100), ("2023-01-01", 121)), 0.1),
    (flows(("2021-01-01", -100), ("2023-01-01", 50)), math.sqrt(0.5) - 1),
    # A perpetual 5 % for three years of 365 days: the price is par.
    (flows(("2021-01-01", -1000), ("2022-01-01", 50), ("2023-01-01", 50), ("2024-01-01", 1050)), 0.05),
])
def test_the_rate_is_the_one_known_from_elsewhere(series: list[tuple[dt.date, Decimal]], expected: float) -> None:
    assert rate(series).value == pytest.approx(expected, abs=5e-7)


def test_a_rate_of_less_than_a_year_is_not_said_and_of_less_than_two_is_indicative() -> None:
    short, indicative, fine = (rate(flows(("2024-01-01", -100), (until, 103))) for until in ("2024-12-30", "2025-12-30", "2025-12-31"))
    assert (short.standing, short.value) == ("short", None)
    assert indicative.standing == "indicative" and indicative.value is not None
    assert fine.standing == "fine"


def test_two_roots_are_both_said_and_neither_is_taken() -> None:
    # −1000 + 2500/(1+r) − 1560/(1+r)² is nothing at 20 % and at 30 %.
    found = rate(flows(("2021-01-01", -1000), ("2022-01-01", 2500), ("2023-01-01", -1560)))
    assert found.standing == "several" and found.value is None and found.changes == 2
    assert found.roots == pytest.approx((0.2, 0.3), abs=1e-9)


def test_a_series_that_changes_its_sign_twice_may_have_no_root() -> None:
    found = rate(flows(("2021-01-01", -1000), ("2022-01-01", 1000), ("2023-01-01", -1000)))
    assert (found.standing, found.roots) == ("several", ())


@pytest.mark.parametrize("series", [
    flows(("2021-01-01", -100)), flows(("2021-01-01", 100), ("2022-01-01", -50)), [],
    flows(("2021-01-01", -100), ("2022-01-01", 2000)), flows(("2021-01-01", -1000), ("2022-01-01", 5))])
def test_where_there_is_no_rate_in_range_none_is_said(series: list[tuple[dt.date, Decimal]]) -> None:
    assert (rate(series).standing, rate(series).value) == ("none", None)


def test_a_conversion_does_not_move_the_rate() -> None:
    converted = [*GOLDEN, *flows(("2027-02-01", 300), ("2027-02-01", -300))]
    assert rate(converted) == rate(GOLDEN)


CALLS = st.lists(st.tuples(st.integers(0, 700), st.integers(1, 10**9)), min_size=1, max_size=6)
BACK = st.lists(st.tuples(st.integers(701, 3000), st.integers(1, 10**9)), min_size=1, max_size=6)


def conventional(calls: list[tuple[int, int]], back: list[tuple[int, int]]) -> list[tuple[dt.date, Decimal]]:
    return [*((DAY + dt.timedelta(days=on), Decimal(-amount).scaleb(-2)) for on, amount in calls),
            *((DAY + dt.timedelta(days=on), Decimal(amount).scaleb(-2)) for on, amount in back)]


@given(CALLS, BACK, st.integers(0, 11), st.decimals("0.01", "0.99", places=2))
def test_splitting_a_flow_in_two_changes_nothing(calls: list[tuple[int, int]], back: list[tuple[int, int]], at: int, part: Decimal) -> None:
    series = conventional(calls, back)
    on, amount = series.pop(at % len(series))
    assert rate([*series, (on, amount * part), (on, amount - amount * part)]) == rate(conventional(calls, back))


@given(CALLS, BACK, st.randoms(use_true_random=False))
def test_permuting_flows_changes_nothing(calls: list[tuple[int, int]], back: list[tuple[int, int]], chance: st.randoms) -> None:  # type: ignore[valid-type]
    series = conventional(calls, back)
    chance.shuffle(series)  # type: ignore[attr-defined]
    assert rate(series) == rate(conventional(calls, back))


@given(CALLS, BACK, st.sampled_from([Decimal(10), Decimal(10_000), Decimal("0.001")]))
def test_scaling_the_unit_of_money_changes_nothing(calls: list[tuple[int, int]], back: list[tuple[int, int]], unit: Decimal) -> None:
    series = conventional(calls, back)
    assert rate([(on, amount * unit) for on, amount in series]) == rate(series)


@given(CALLS, BACK)
def test_the_present_value_at_the_rate_is_nothing(calls: list[tuple[int, int]], back: list[tuple[int, int]]) -> None:
    series = netted(conventional(calls, back))
    found = rate(series)
    if found.value is not None:
        start, largest = series[0][0], max(abs(amount) for _, amount in series)
        worth = sum(float(amount / largest) * (1 + found.value) ** (-(on - start).days / 365) for on, amount in series)
        assert worth == pytest.approx(0, abs=1e-6)


def test_flows_of_a_day_are_one_and_days_of_nothing_are_none() -> None:
    day, other = dt.date(2026, 1, 1), dt.date(2026, 1, 2)
    assert netted([(other, Decimal(5)), (day, Decimal(-3)), (day, Decimal(1)), (other, Decimal(-5))]) == ((day, Decimal(-2)),)
    assert sign_changes([Decimal(-1), Decimal(0), Decimal(1), Decimal(-1)]) == 2
