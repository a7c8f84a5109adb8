"""Burn-ups against plain Python over the same contribution rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from park import Park

from analytics.burnup import Burnup, burnup, month_ends, readings
from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.months import month_end
from warehouse import value as values
from warehouse.value import read_metric

NEWEST = dt.date(2026, 10, 31)
DAYS = (NEWEST, dt.date(2026, 10, 15), dt.date(2026, 3, 31), dt.date(2025, 9, 30))
Stored = list[tuple[str, dt.date, dt.date, dt.date | None, Decimal, str]]


@pytest.fixture
def con(park: Park) -> Iterator[duckdb.DuckDBPyConnection]:
    with park.open() as con:
        yield con


@pytest.fixture
def stored(con: duckdb.DuckDBPyConnection) -> Stored:
    rows = con.execute("SELECT metric_id, occurred_on, counts_from, counts_until, value, zone_id FROM mart.contribution").fetchall()
    assert len(rows) > 50
    return rows


def alive(stored: Stored, metric_id: str, day: dt.date, zone: str | None = None) -> Stored:
    return [row for row in stored if row[0] == metric_id and row[2] <= day and (row[3] is None or day < row[3]) and zone in (None, row[5])]


def card(con: duckdb.DuckDBPyConnection, goal: str, day: dt.date = NEWEST) -> GoalCard:
    return next(each for each in goal_cards(con, day) if each.goal.goal_id == goal)


def every(con: duckdb.DuckDBPyConnection, day: dt.date, zone: str | None = None) -> Iterator[Burnup]:
    for each in goal_cards(con, day):
        for reading in readings(con, each):
            yield burnup(con, each, reading.metric_id, zone)


@pytest.mark.parametrize("zone", [None, "chem", "unplaced"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_point_is_the_sum_of_the_rows_alive_on_its_day(con: duckdb.DuckDBPyConnection, stored: Stored, day: dt.date, zone: str | None) -> None:
    known = 0
    for seen in every(con, day, zone):
        for line in seen.lines:
            assert line.points[-1][0] == day
            for on, value in line.points:
                told = values.value(con, line.metric, on, zone) if on >= dt.date(2025, 9, 29) else None
                assert value == told
                if value is not None:
                    assert value == sum(row[4] for row in alive(stored, line.metric.metric_id, on, zone))
                    known += 1
        assert seen.card.value == seen.lines[0].points[-1][1]
    assert known


@pytest.mark.parametrize("zone", [None, "chem"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_months_and_what_was_before_them_are_the_value(con: duckdb.DuckDBPyConnection, stored: Stored, day: dt.date, zone: str | None) -> None:
    for seen in every(con, day, zone):
        if seen.card.value is None:
            assert seen.before is None and {month.value for month in seen.months} <= {None}
            continue
        rows = alive(stored, seen.card.headline.metric.metric_id, day, zone)
        for month in seen.months:
            assert (month.value or 0) == sum(row[4] for row in rows if month_end(row[1]) == month.ends_on)
        assert sum((month.value or Decimal(0) for month in seen.months), seen.before or Decimal(0)) == seen.card.value


def test_the_zones_are_those_of_the_whole_also_where_one_is_chosen(con: duckdb.DuckDBPyConnection) -> None:
    g1 = card(con, "g1")
    whole, part = burnup(con, g1, "g1_poc_small"), burnup(con, g1, "g1_poc_small", "chem")
    assert whole.card.zones == part.card.zones == g1.zones
    assert part.card.value == g1.zones["chem"]
    assert sum(value for value in whole.card.zones.values() if value) == whole.card.value == 3


def test_only_the_whole_of_a_reading_that_the_target_is_meant_for_is_measured(con: duckdb.DuckDBPyConnection) -> None:
    measured = {seen.card.headline.metric.metric_id: seen.plan is not None for seen in every(con, NEWEST) if seen.is_measured}
    assert measured == {
        "g1_poc_small": True, "g1_poc_small_incl_stock": True, "g2_pilot": True, "g2_pilot_incl_stock": True, "g3_landed": True,
        "g3_landed_incl_stock": True, "g4a_output_12m": False, "g4a_output_year": False, "g4b_output_cumulative": True, "g5_milestones": False}
    in_zone = burnup(con, card(con, "g1"), "g1_poc_small", "chem")
    assert not in_zone.is_measured and in_zone.plan is None and in_zone.planned == () and in_zone.rho is None and in_zone.spi_t is None


def test_the_plan_goes_from_the_base_date_to_the_target_at_the_deadline(con: duckdb.DuckDBPyConnection) -> None:
    seen = burnup(con, card(con, "g1"), "g1_poc_small")
    assert seen.planned[0] == (dt.date(2025, 9, 29), Decimal(0))
    assert seen.planned[-1] == (dt.date(2027, 12, 31), Decimal(100))
    values = [value for _, value in seen.planned]
    assert values == sorted(values) and len(values) == 29
    u = Decimal((NEWEST - dt.date(2025, 9, 29)).days) / Decimal(823)
    assert seen.planned_now == pytest.approx(100 * (3 * u**2 - 2 * u**3))
    assert seen.rho == pytest.approx(0.03 / float(u)) and seen.trend == "→"


def test_the_plan_with_stock_begins_with_the_stock(con: duckdb.DuckDBPyConnection, stored: Stored) -> None:
    seen = burnup(con, card(con, "g1"), "g1_poc_small_incl_stock")
    base = dt.date(2025, 9, 29)
    stock = sum(row[4] for row in alive(stored, "g1_poc_small_incl_stock", base)) - sum(row[4] for row in alive(stored, "g1_poc_small", base))
    assert seen.plan and seen.plan.start == stock == 2
    assert [line.metric.metric_id for line in seen.lines] == ["g1_poc_small_incl_stock", "g1_poc_small"]


def test_output_of_twelve_months_has_the_undecided_cumulative_reading_beside_it(con: duckdb.DuckDBPyConnection) -> None:
    seen = burnup(con, card(con, "g4"), "g4a_output_12m")
    assert [(line.metric.metric_id, line.metric.status) for line in seen.lines] == [("g4a_output_12m", "未定"), ("g4b_output_cumulative", "未定")]


@pytest.mark.parametrize("zone", [None, "chem"])
def test_the_other_readings_stand_beside_the_chosen_one(con: duckdb.DuckDBPyConnection, zone: str | None) -> None:
    others = {each.metric.metric_id: each.value for each in burnup(con, card(con, "g1"), "g1_poc_small", zone).others}
    assert set(others) == {"g1_poc_only", "g1_small_only", "g1_both", "g1_stage_visits", "g1_poc_small_incl_stock", "g1_terminated"}
    assert others == {each: read_metric(con, each, zone=zone).value for each in others}


def test_month_ends_lie_after_the_start_and_end_with_the_end() -> None:
    assert month_ends(dt.date(2025, 9, 29), dt.date(2025, 11, 10)) == (dt.date(2025, 9, 30), dt.date(2025, 10, 31), dt.date(2025, 11, 10))
    assert month_ends(dt.date(2025, 9, 30), dt.date(2025, 10, 31)) == (dt.date(2025, 10, 31),)
    assert month_ends(NEWEST, NEWEST) == ()


def test_what_was_not_yet_told_is_unknown_and_not_nothing(con: duckdb.DuckDBPyConnection) -> None:
    early = [seen for seen in every(con, dt.date(2025, 9, 30)) if seen.card.value is None]
    assert early
    for seen in early:
        assert seen.lines[0].points[-1][1] is None and seen.rho is None and seen.spi_t is None and set(seen.card.zones.values()) == {None}
