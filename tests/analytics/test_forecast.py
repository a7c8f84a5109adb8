"""The forecast of the goals from facts made by hand: what it is made of, what limits it, when there is none, and how it is kept and judged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import duckdb
import numpy as np
import pytest
from park import Park

from analytics import backtest
from analytics.backtest import Trial, brier, calibration, covered
from analytics.forecast import Aim, Facts, Forecast, facts, forecast
from analytics.forecast_record import kept, made_of, rows
from analytics.output_forecast import OutputSeen, month_ends_after
from analytics.pipeline import AS_IT_IS, Change, Observed, Stage
from analytics.whatif import change_of, levers

BASE, DEADLINE, V = dt.date(2025, 9, 29), dt.date(2027, 12, 31), dt.date(2026, 10, 31)
PARK = Observed(
    months=13.04, arrivals=(3, 6, 5, 5, 3, 5, 2, 5, 4, 3, 4, 2, 5), entered={"poc": 40, "small": 12, "pilot": 1}, outcomes=(5, 9, 1),
    stages={"poc": Stage(open=37, months=410, exits=2, advances={"pilot": 2, "small": 27}), "small": Stage(open=58, months=718, exits=9, advances={"pilot": 11}),
            "pilot": Stage(open=32, months=400, exits=2, advances={"landed": 13})})
LINES = OutputSeen(per_month=(30e6, 20e6, 10e6, 5e6), reported_upto=(V,) * 4, landed_on=(dt.date(2026, 8, 1),))


def aim(goal_id: str, target: float, now: float) -> Aim:
    return Aim(goal_id=goal_id, metric_id=f"{goal_id}_metric", target=target, base_on=BASE, deadline_on=DEADLINE, now=now)


KNOWN = Facts(as_of=V, aims=(aim("g1", 100, 52), aim("g2", 30, 14), aim("g3", 20, 9), aim("g4", 1.2e9, 0)), observed=PARK, output=LINES,
              output_months=tuple((dt.date(2026, month, 28), 60e6) for month in range(5, 11)))


def made(known: Facts = KNOWN, **asked: object) -> Forecast:
    return forecast(known, **{"draws": 1200, "is_limited": False} | asked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def whole() -> Forecast:
    return forecast(KNOWN, draws=1200)


def test_each_goal_has_its_range_at_every_month_end_up_to_the_deadline(whole: Forecast) -> None:
    assert [goal.goal_id for goal in whole.goals] == ["g1", "g2", "g3", "g4"]
    for goal in whole.goals:
        assert [point.on for point in goal.path] == list(month_ends_after(V, DEADLINE)) and goal.end.on == DEADLINE
        assert all(point.low <= point.middle <= point.high for point in goal.path)
        assert 0 < (goal.probability or 0) < 1
        assert (goal.end.middle >= goal.target) == ((goal.probability or 0) >= 0.5)
    g1 = whole.goals[0]
    assert g1.path[0].low >= 52 and g1.end.planned == 100 and g1.end.on_plan == g1.probability


def test_all_goals_together_are_as_likely_as_the_draws_say_and_not_as_the_product(whole: Forecast) -> None:
    single = [goal.probability or 0 for goal in whole.goals]
    assert whole.joint is not None and whole.joint_of == ("g1", "g2", "g3", "g4")
    assert np.prod(single) + 0.02 < whole.joint <= min(single)


def test_the_limiting_transition_is_the_one_that_helps_most(whole: Forecast) -> None:
    by_goal = {goal.goal_id: goal for goal in whole.goals}
    assert by_goal["g1"].limiting == "arrivals" and by_goal["g1"].events == 52  # nothing else can help
    for goal_id in ("g2", "g3"):
        helps = {name: made(change=change, draws=2000).goal(goal_id) for name, change in {
            "arrivals": Change(arrivals=1.2), **{stage: Change(advance={stage: 1.2}) for stage in ("poc", "small", "pilot")}}.items()}
        chances = {name: found.probability for name, found in helps.items() if found and found.probability is not None}
        assert by_goal[goal_id].limiting == max(chances, key=lambda name: chances[name])
        base = made(draws=2000).goal(goal_id)
        assert base and base.probability is not None
        assert by_goal[goal_id].raises == pytest.approx(max(chances.values()) - base.probability)


@pytest.mark.parametrize(("known", "goal_id", "is_enough"), [
    (KNOWN, "g2", True), (replace(KNOWN, observed=replace(PARK, months=5.9)), "g2", False),
    (replace(KNOWN, observed=replace(PARK, stages={**PARK.stages, "small": Stage(open=58, months=718, advances={"pilot": 4})})), "g2", False),
    (replace(KNOWN, aims=(aim("g2", 30, 30),), observed=replace(PARK, months=2.0)), "g2", True)],
    ids=["thirteen months, eleven events", "under six months", "four events", "reached already"])
def test_a_word_needs_six_months_and_five_events(known: Facts, goal_id: str, is_enough: bool) -> None:
    found = forecast(known, draws=300)
    goal = found.goal(goal_id)
    assert goal and found.is_enough(goal) is is_enough


def test_with_two_outcomes_that_report_there_is_no_chance_of_output_and_the_others_go_on() -> None:
    found = made(replace(KNOWN, output=OutputSeen(per_month=(9e7, 9e7), reported_upto=(V, V))))
    money = found.goal("g4")
    assert money and money.probability is None and money.path == ()
    assert found.joint_of == ("g1", "g2", "g3")


def test_output_is_what_the_years_months_bring() -> None:
    """Without anything new or uncertain, twelve months at the present rate; the trailing year starts from what was reported."""
    certain = OutputSeen(per_month=(30e6,) * 40, reported_upto=(V,) * 40)
    found = made(replace(KNOWN, output=certain, observed=Observed(months=1e9))).goal("g4")
    assert found and found.end.middle == pytest.approx(40 * 12 * 30e6, rel=0.03)
    assert found.path[0].middle == pytest.approx(6 * 60e6 + 40 * 30e6, rel=0.03)  # May to October as reported, and November
    assert found.largest_share == pytest.approx(2 / 40, abs=0.02)


def test_what_outcomes_have_reported_already_is_not_forecast_again() -> None:
    ahead = OutputSeen(per_month=(30e6,) * 40, reported_upto=(dt.date(2027, 2, 28),) * 40)
    found = made(replace(KNOWN, output=ahead, observed=Observed(months=1e9))).goal("g4")
    assert found and found.end.middle == pytest.approx(40 * 10 * 30e6, rel=0.03)


def test_without_the_largest_outcome_the_target_is_harder(whole: Forecast) -> None:
    money = whole.goal("g4")
    assert money and money.without_largest is not None and money.without_largest < (money.probability or 0)
    assert money.largest_share and 30 / 65 / 2 < money.largest_share < 30 / 65


def test_kept_rows_make_the_same_forecast_again(whole: Forecast) -> None:
    assert made_of(json.loads(json.dumps(rows(whole)))) == whole


def test_every_lever_moves_the_chances_one_way_through_all_its_places() -> None:
    for lever in levers(PARK):
        places = sorted(lever.codes, key=int)
        chances = []
        for code in places:
            found = made(change=change_of(PARK, {lever.name: code}), draws=500)
            chances.append([(goal.probability or 0, goal.end.middle) for goal in found.goals])
        order = chances[::-1] if lever.name.endswith("_stay") else chances
        for before, after in pairwise(order):
            assert all(one[0] <= other[0] and one[1] <= other[1] + 1e-6 for one, other in zip(before, after, strict=True)), lever.name
        assert chances[0] != chances[-1], lever.name


def test_levers_left_alone_change_nothing() -> None:
    assert made(change=change_of(PARK, {})) == made(change=AS_IT_IS)
    assert all(lever.codes["0"].endswith("（现状）") for lever in levers(PARK))
    assert levers(PARK)[0].codes["0"] == "4.0 项（现状）"


def trial(said: float, actual: float, *, planned: float = 10, low: float = 8, high: float = 12) -> Trial:
    return Trial(goal_id="g1", made_of=V, on=DEADLINE, low=low, middle=10, high=high, planned=planned, said=said, actual=actual)


def test_forecasts_are_scored_against_what_came() -> None:
    tried = [trial(0.9, 11), trial(0.9, 9), trial(0.1, 7), trial(0.5, 10)]
    assert brier(tried) == pytest.approx((0.01 + 0.81 + 0.01 + 0.25) / 4)
    assert covered(tried) == 0.75
    assert [(each.low, each.trials, each.said, each.came_true) for each in calibration(tried)] == [
        (0.0, 1, pytest.approx(0.1), 0), (0.4, 1, 0.5, 1), (0.8, 2, pytest.approx(0.9), 1)]
    assert brier([]) is None and covered([]) is None and calibration([]) == ()


@pytest.fixture
def con(read_only: Park) -> Iterator[duckdb.DuckDBPyConnection]:
    with read_only.open() as con:
        yield con


def test_the_forecast_kept_with_a_snapshot_is_made_again_from_it_alone(read_only: Park, con: duckdb.DuckDBPyConnection) -> None:
    known = facts(con, dt.date(2026, 10, 31))
    found = kept(con)
    assert known and found and found == forecast(known)
    assert [goal.now for goal in found.goals[:3]] == [float(read_only.value(each)) for each in ('g1_poc_small', 'g2_pilot', 'g3_landed')]


def test_the_backtest_looks_only_at_what_had_happened(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "LEAST_MONTHS", 10.5)
    monkeypatch.setattr(backtest, "DRAWS", 300)
    tried = backtest.past(con, dt.date(2026, 10, 31))
    assert {(each.made_of, each.on) for each in tried} == {(dt.date(2026, 8, 31), dt.date(2026, 9, 30)), (dt.date(2026, 9, 30), dt.date(2026, 10, 31))}
    early = facts(con, dt.date(2026, 8, 31))
    assert early
    first = forecast(early, draws=300, is_limited=False).goal("g1")
    assert first and next(each for each in tried if each.goal_id == "g1").said == first.path[0].on_plan


@pytest.mark.parametrize("as_of", [BASE, DEADLINE, dt.date(2028, 1, 31)])
def test_there_is_no_forecast_before_the_first_day_or_after_the_deadline(con: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    assert facts(con, as_of) is None
