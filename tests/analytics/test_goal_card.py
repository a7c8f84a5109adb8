"""What follows from a goal's numbers, in cases worked by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from goals_by_hand import BASE, DEADLINE, card

from analytics.share import percent, points


def test_on_22_november_2026_419_of_823_days_are_over() -> None:
    seen = card(value=0, as_of=dt.date(2026, 11, 22))
    assert (DEADLINE - BASE).days == 823
    assert seen.elapsed_share == Decimal(419) / 823
    assert percent(seen.elapsed_share) == "50.9%"


@pytest.mark.parametrize(("as_of", "share"), [(dt.date(2025, 1, 1), 0), (BASE, 0), (DEADLINE, 1), (dt.date(2030, 1, 1), 1)])
def test_no_more_than_all_and_no_less_than_none_of_the_time_is_over(as_of: dt.date, share: int) -> None:
    assert card(value=0, as_of=as_of).elapsed_share == share


def test_the_required_rate_is_the_distance_by_the_months_of_30_44_days_left() -> None:
    seen = card(value=52, as_of=dt.date(2026, 10, 31), months=(5, 4, 3, 4, 2, 5))
    assert seen.remaining_months == Decimal(426) / Decimal("30.44")
    assert seen.required_per_month is not None and round(seen.required_per_month, 3) == Decimal("3.430")
    assert seen.mean_per_month is not None and round(seen.mean_per_month, 3) == Decimal("3.833")
    assert seen.pace == "rate"
    assert seen.gap == 48


def test_lead_is_the_share_reached_less_the_share_of_time() -> None:
    assert card(value=60).lead == Decimal("0.6") - Decimal(411) / 823


def test_nothing_follows_from_what_is_unknown() -> None:
    seen = card(value=None, months=(1, 2, None))
    assert seen.pace == "unknown"
    assert {seen.share, seen.lead, seen.gap, seen.required_per_month, seen.mean_per_month} == {None}


def test_zero_is_a_number_that_has_a_rate() -> None:
    seen = card(value=0, months=(0, 0))
    assert seen.pace == "rate"
    assert seen.share == 0
    assert seen.mean_per_month == 0
    assert seen.gap == 100


def test_a_reached_goal_requires_nothing_more() -> None:
    seen = card(value=120)
    assert seen.pace == "reached"
    assert seen.gap == 0
    assert seen.required_per_month is None
    assert seen.share == Decimal("1.2")


def test_after_the_deadline_only_the_gap_is_left() -> None:
    seen = card(value=90, as_of=DEADLINE)
    assert seen.pace == "ended"
    assert seen.gap == 10
    assert seen.required_per_month is None


def test_a_trailing_window_has_a_gap_but_no_required_rate_and_no_lead() -> None:
    seen = card("g4", value=40, kind="window", metric_id="g4a_output_year", headline_id="g4a_output_12m")
    assert seen.pace == "gap"
    assert seen.gap == 60
    assert seen.required_per_month is None
    assert seen.lead is None
    assert seen.reading == "近十二个月"
    assert seen.share == Decimal("0.4")


def test_a_high_trailing_year_is_not_yet_the_year_of_the_goal() -> None:
    assert card("g4", value=130, kind="window", metric_id="g4a_output_year", headline_id="g4a_output_12m").pace == "gap"
    assert card("g4", value=130, kind="window", metric_id="g4a_output_year").pace == "reached"


def test_milestones_have_no_percentage() -> None:
    seen = card("g5", value=6, target=13, kind="stock")
    assert seen.share is None
    assert seen.lead is None
    assert seen.gap == 7
    assert seen.pace == "gap"


def test_the_mean_is_unknown_where_a_month_is() -> None:
    assert card(value=5, months=(3, None)).mean_per_month is None
    assert card(value=5).mean_per_month is None


@pytest.mark.parametrize(("share", "said"), [("0", "0.0%"), ("0.48238", "48.2%"), ("0.4667", "46.7%"), ("0.9996", "99.9%"), ("1", "100.0%"),
                                             ("1.2345", "123.5%")])
def test_a_share_is_said_with_one_decimal_and_never_as_all_before_it_is(share: str, said: str) -> None:
    assert percent(Decimal(share)) == said


def test_points_are_said_without_their_sign() -> None:
    assert points(Decimal("-0.0153")) == points(Decimal("0.0153")) == "1.5"
