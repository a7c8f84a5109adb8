"""The plan line, SPI(t) and ρ against numbers computed elsewhere."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from analytics.earned_schedule import Plan, s_curve, s_curve_reached, sdr, spi, spi_t, trend

PLAN = Plan(start=Decimal(0), target=Decimal(100), base_on=dt.date(2025, 9, 29), deadline_on=dt.date(2027, 12, 31))


def test_the_golden_numbers_of_earned_schedule() -> None:
    elapsed, earned = 12 / 27, 0.39
    assert round(100 * s_curve(elapsed), 2) == 41.70
    ratios = spi(planned=s_curve(elapsed), earned=earned), spi_t(elapsed=elapsed, earned=earned)
    assert [round(each, 3) for each in ratios if each is not None] == [0.935, 0.959]
    assert round(27 * s_curve_reached(earned), 2) == 11.51


def test_the_golden_number_of_the_sdr() -> None:
    assert sdr(done=0.20, elapsed=1 / 2.25) == pytest.approx(0.45)


@pytest.mark.parametrize(("rho", "arrow"), [(-0.01, "↓"), (0.0, "→"), (0.49, "→"), (0.5, "↗"), (0.99, "↗"), (1.0, "↑"), (3.0, "↑")])
def test_the_arrow_of_a_rate(rho: float, arrow: str) -> None:
    assert trend(rho) == arrow


@pytest.mark.parametrize("time", [0.0, 0.001, 0.25, 0.5, 0.9, 1.0])
def test_the_time_at_which_the_plan_has_a_value_is_the_time_it_is_planned_for(time: float) -> None:
    assert s_curve_reached(s_curve(time)) == pytest.approx(time, abs=1e-9)


def test_outside_its_time_the_plan_has_what_it_begins_or_ends_with() -> None:
    assert [PLAN.value(day) for day in (dt.date(2020, 1, 1), PLAN.base_on, PLAN.deadline_on, dt.date(2030, 1, 1))] == [0, 0, 100, 100]
    assert s_curve_reached(-0.2) == pytest.approx(0) and s_curve_reached(1.4) == pytest.approx(1)


def test_before_any_time_is_over_nothing_is_said_of_the_speed() -> None:
    assert (PLAN.spi(Decimal(3), PLAN.base_on), PLAN.spi_t(Decimal(3), PLAN.base_on), PLAN.rho(Decimal(3), PLAN.base_on)) == (None, None, None)


def test_a_stock_at_the_base_date_is_no_progress() -> None:
    plan = Plan(start=Decimal(60), target=Decimal(100), base_on=PLAN.base_on, deadline_on=PLAN.deadline_on)
    day = dt.date(2026, 10, 31)
    assert plan.value(plan.base_on) == 60
    assert plan.rho(Decimal(60), day) == 0 and plan.spi_t(Decimal(60), day) == pytest.approx(0)
    below = plan.rho(Decimal(59), day)
    assert below is not None and trend(below) == "↓"
