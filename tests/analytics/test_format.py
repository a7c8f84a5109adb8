"""How numbers and dates are written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from analytics.format import count, day, money_unit, one_decimal


@pytest.mark.parametrize(("value", "said"), [(None, "—"), (0, "0"), (Decimal("0E-6"), "0"), (Decimal("1234.000000"), "1,234"), (Decimal("2.500"), "2.5"),
                                             (Decimal("120.000000"), "120")])
def test_a_count(value: Decimal | int | None, said: str) -> None:
    assert count(value) == said


def test_a_rate_has_one_decimal() -> None:
    assert [one_decimal(each) for each in (None, Decimal("3.85"), Decimal(0))] == ["—", "3.9", "0.0"]


@pytest.mark.parametrize(("precision", "said"), [("D", "2026-03-31"), ("M", "2026年3月"), ("Q", "2026年第1季度"), ("H", "2026年上半年"), ("Y", "2026年")])
def test_a_date_is_said_as_precisely_as_it_is_known(precision: str, said: str) -> None:
    assert day(dt.date(2026, 3, 31), precision) == said
    assert day(None, precision) == "—"


@pytest.mark.parametrize(("on", "quarter"), [((2026, 1, 1), 1), ((2026, 6, 30), 2), ((2026, 7, 1), 3), ((2026, 12, 31), 4)])
def test_a_quarter_is_the_one_the_day_lies_in(on: tuple[int, int, int], quarter: int) -> None:
    assert day(dt.date(*on), "Q") == f"2026年第{quarter}季度"


def test_a_page_says_all_its_money_in_the_unit_of_its_largest_amount() -> None:
    large = money_unit([Decimal(951_189_535), None, Decimal(5)])
    assert (large.unit, large.text(Decimal(951_189_535)), large.text(Decimal(5_000_000)), large.text(Decimal(0)), large.text(None)) == (
        "亿元", "9.51", "0.05", "0", "—")
    small = money_unit([Decimal(99_999_999)])
    assert (small.unit, small.text(Decimal(12_345_678))) == ("万元", "1,234.6")
    assert money_unit([]).unit == "万元"


def test_an_amount_too_small_to_show_is_not_shown_as_nothing() -> None:
    assert money_unit([Decimal(10**9)]).text(Decimal(5)) == "<0.01"
