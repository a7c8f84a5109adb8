"""The course of a goal against plain Python over the same contribution rows, and against the one function that reads a metric."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from park import Park, sample

from analytics.course import MOST_POINTS, Course, courses
from analytics.goals import goal_cards
from warehouse.value import read_metric

NEWEST = dt.date(2026, 10, 31)


def drawn(park: Park, day: dt.date = NEWEST) -> dict[str, Course]:
    with park.open() as con:
        return courses(con, goal_cards(con, day))


@pytest.mark.parametrize("day", [NEWEST, dt.date(2026, 10, 15), dt.date(2026, 3, 1)], ids=str)
def test_every_point_is_the_sum_of_the_rows_alive_on_its_day(park: Park, day: dt.date) -> None:
    stored = park.ask("SELECT metric_id, counts_from, counts_until, value FROM mart.contribution")
    counted = 0
    with park.open() as con:
        for course in drawn(park, day).values():
            for point in course.points:
                alive = [value for metric_id, begins, ends, value in stored
                         if metric_id == course.metric.metric_id and begins <= point.on and (ends is None or point.on < ends)]
                if read_metric(con, course.metric.metric_id, as_of=point.on).value is None:
                    assert point.value is None
                else:
                    assert point.value == sum(alive)
                    counted += len(alive)
    assert counted > 20


def test_it_ends_at_v_with_the_value_of_the_card(park: Park) -> None:
    day = dt.date(2026, 10, 15)
    with park.open() as con:
        values = {card.goal.goal_id: card.value for card in goal_cards(con, day)}
    for goal_id, course in drawn(park, day).items():
        assert (course.points[-1].on, course.points[-1].value) == (day, values[goal_id])


def test_it_has_the_month_ends_since_the_base_date(park: Park) -> None:
    days = [point.on for point in drawn(park)["g1"].points]
    assert days[:3] == [dt.date(2025, 9, 30), dt.date(2025, 10, 31), dt.date(2025, 11, 30)]
    assert len(days) == 14 and days[-1] == NEWEST


def test_a_row_no_longer_counts_on_the_day_it_ends(home: Park) -> None:
    home.send("工信和数据局/产值.csv", sample("output_values").as_of("2027年1月31日"))
    home.refresh(now=dt.datetime(2027, 2, 5, 4, tzinfo=dt.UTC))
    points = {point.on: point.value for point in drawn(home, dt.date(2027, 1, 31))["g4"].points}
    ended = Decimal(2_310_300 + 5_040_000)  # told for 2025, so of December 2025: ends on 2026-12-31
    before, after = points[dt.date(2026, 11, 30)], points[dt.date(2026, 12, 31)]
    assert before is not None and after is not None
    assert before - after == ended


def test_a_calendar_year_is_drawn_as_the_twelve_months_before_each_day(home: Park) -> None:
    home.send("工信和数据局/产值.csv", sample("output_values").as_of("2027年1月31日"))
    home.refresh(now=dt.datetime(2027, 2, 5, 4, tzinfo=dt.UTC))
    with home.open() as con:
        [headline] = [card.headline.metric.metric_id for card in goal_cards(con, dt.date(2027, 1, 31)) if card.goal.goal_id == "g4"]
    assert headline == "g4a_output_year"
    assert drawn(home, dt.date(2027, 1, 31))["g4"].metric.metric_id == "g4a_output_12m"


def test_milestones_are_not_drawn(park: Park) -> None:
    assert set(drawn(park)) == {"g1", "g2", "g3", "g4"}


def test_nothing_is_drawn_before_the_first_month_is_over(park: Park) -> None:
    assert drawn(park, dt.date(2025, 9, 30)) == {}
    assert drawn(park, dt.date(2025, 9, 1)) == {}
    assert len(drawn(park, dt.date(2025, 10, 1))["g1"].points) == 2


def test_what_nobody_had_reported_yet_is_unknown_and_not_zero(park: Park) -> None:
    values = [point.value for point in drawn(park)["g4"].points]  # the first output told is of December 2025
    assert values[:3] == [None, None, None]
    assert None not in values[3:]


def test_a_long_way_is_drawn_as_its_last_two_years(park: Park) -> None:
    with park.open() as con:
        cards = goal_cards(con, NEWEST)
        old = [replace(card, goal=replace(card.goal, base_on=dt.date(2020, 1, 1))) for card in cards]
        points = courses(con, old)["g1"].points
    assert len(points) == MOST_POINTS
    assert (points[0].on, points[-1].on) == (dt.date(2024, 11, 30), NEWEST)
