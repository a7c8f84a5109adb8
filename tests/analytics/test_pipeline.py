"""The pipeline Monte Carlo against closed forms and other people's simulations, and what must never happen when the past or a lever changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, nbinom

from analytics import pipeline
from analytics.pipeline import Array, Change, Observed, Stage, conversion, dispersion, futures, stay

YEAR = np.array([6.0, 12.0])
SURE = 10_000_000  # events of which nothing is left to guess
PARK = Observed(
    months=13.0, arrivals=(3, 6, 5, 5, 3, 5, 2, 5, 4, 3, 4, 2, 5), entered={"poc": 40, "small": 12, "pilot": 1}, outcomes=(5, 9, 1),
    stages={"poc": Stage(open=37, months=410, exits=2, advances={"pilot": 2, "small": 27}), "small": Stage(open=58, months=718, exits=9, advances={"pilot": 11}),
            "pilot": Stage(open=32, months=400, exits=2, advances={"landed": 13})})


def known_rates(advance: float, leave: float, *, inside: int = 0, to: str) -> Stage:
    """A stage whose monthly rates are known as if seen for ever."""
    return Stage(open=inside, months=SURE, exits=round(SURE * leave), advances={to: round(SURE * advance)})


def added(observed: Observed, goal: str = "g2", **asked: Any) -> Array:
    return futures(observed, YEAR, **{"draws": 4000, **asked}).added[goal]


def nobody_comes(**stages: Stage) -> Observed:
    return Observed(months=float(SURE), stages=stages)


def test_open_projects_land_as_often_as_competing_exponentials_say() -> None:
    landed = added(nobody_comes(pilot=known_rates(0.10, 0.05, inside=30, to="landed")), "g3")
    for number, months in enumerate(YEAR):
        share = 0.10 / 0.15 * (1 - np.exp(-0.15 * months))
        assert landed[number].mean() == pytest.approx(30 * share, rel=0.02)
        assert (landed[number] >= 14).mean() == pytest.approx(binom.sf(13, 30, share), abs=0.03)


def test_two_stages_after_each_other_take_as_long_as_the_sum_of_two_exponentials() -> None:
    fast, slow = 0.30, 0.08
    way = nobody_comes(small=known_rates(fast, 0.0, inside=40, to="pilot"), pilot=known_rates(slow, 0.0, to="landed"))
    expected = 1 - (fast * np.exp(-slow * YEAR) - slow * np.exp(-fast * YEAR)) / (fast - slow)
    assert added(way, "g3").mean(axis=1) == pytest.approx(40 * expected, rel=0.02)


def test_a_certain_and_instant_pipeline_lands_everything() -> None:
    way = nobody_comes(poc=known_rates(5, 0, inside=3, to="small"), small=known_rates(5, 0, inside=4, to="pilot"), pilot=known_rates(5, 0, inside=5, to="landed"))
    ways = futures(replace(way, outcomes=(0, SURE)), np.array([12.0]), draws=500).added
    assert ways["g1"].max() == 0  # an open project has arrived before
    assert set(ways["g2"][0]) == {7.0} and set(ways["g3"][0]) == {12.0}


def test_arrivals_are_the_posterior_predictive_of_a_dispersed_gamma_poisson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "DRIFT", 0.0)
    seen = Observed(months=12.0, arrivals=(0, 9, 1, 0, 7, 3, 0, 0, 8, 2, 5, 5), entered={"poc": 40})
    spread = dispersion(seen.arrivals)
    assert spread == pytest.approx((1.5 * 6 + np.var(seen.arrivals, ddof=1) / np.mean(seen.arrivals) * 12) / 18)
    numbers = np.random.default_rng(1)
    rate = numbers.gamma(40.5 / spread, spread / 12, 40_000)
    drawn = numbers.negative_binomial(rate * 12 / (spread - 1), 1 / spread)
    ours = added(seen, "g1", draws=10_000)[1]
    assert ours.mean() == pytest.approx(drawn.mean(), rel=0.02) and ours.std() == pytest.approx(drawn.std(), rel=0.04)
    for needed in (30, 40, 55):
        assert (ours >= needed).mean() == pytest.approx((drawn >= needed).mean(), abs=0.02)


def test_arrivals_without_dispersion_or_drift_are_gamma_poisson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "DRIFT", 0.0)
    monkeypatch.setattr(pipeline, "LEAST_DISPERSION", 1.001)
    monkeypatch.setattr(pipeline, "PRIOR_DISPERSION", 1.0)
    ours = futures(Observed(months=12.0, arrivals=(1,) * 10 + (0, 0), entered={"poc": 10}), np.array([15.0]), draws=20_000).added["g1"][0]
    assert (ours >= 20).mean() == pytest.approx(nbinom.sf(19, 10.5, 12 / 27), abs=0.01)  # 0.124


def test_outcomes_by_project_are_those_observed_shrunk_to_one() -> None:
    way = nobody_comes(pilot=known_rates(5, 0, inside=40, to="landed"))
    assert added(replace(way, outcomes=(0, 0, SURE)), "g3")[1].mean() == pytest.approx(80, rel=0.001)
    assert added(way, "g3")[1].mean() == pytest.approx(40)
    assert added(replace(way, outcomes=(4,)), "g3")[1].mean() == pytest.approx(20, rel=0.03)


def test_the_same_past_gives_the_same_futures() -> None:
    one, other = futures(PARK, YEAR, draws=300), futures(PARK, YEAR, draws=300)
    assert all((one.added[goal] == other.added[goal]).all() for goal in ("g1", "g2", "g3"))
    assert not (futures(PARK, YEAR, draws=300, seed=1).added["g2"] == one.added["g2"]).all()


ONE_MORE = {
    "out of small-scale, today": {"small": Stage(open=57, months=718, exits=9, advances={"pilot": 12}), "pilot": replace(PARK.stage("pilot"), open=33)},
    "out of small-scale, long ago": {"small": Stage(open=57, months=708, exits=9, advances={"pilot": 12}),
                                     "pilot": replace(PARK.stage("pilot"), open=33, months=410)},
    "out of proof of concept": {"poc": Stage(open=36, months=410, exits=2, advances={"pilot": 3, "small": 27}), "pilot": replace(PARK.stage("pilot"), open=33)},
}


@pytest.mark.parametrize("entry", ONE_MORE)
def test_one_more_pilot_entry_lowers_the_pilots_of_no_future(entry: str) -> None:
    more = replace(PARK, stages={**PARK.stages, **ONE_MORE[entry]})
    assert (added(more) + 1 >= added(PARK)).all()


def test_one_more_project_that_begins_at_pilot_scale_lowers_the_pilots_of_no_future() -> None:
    more = replace(PARK, entered={**PARK.entered, "pilot": 2}, stages={**PARK.stages, "pilot": replace(PARK.stage("pilot"), open=33)})
    assert (added(more) + 1 >= added(PARK)).all() and (added(more) > added(PARK)).any()


FASTER = {"arrivals": Change(arrivals=1.3)} | {f"{stage} {what}": change for stage in pipeline.STAGES for what, change in (
    ("odds", Change(odds={stage: 1.5})), ("stay", Change(stay={stage: 0.7})), ("advance", Change(advance={stage: 1.2})))}


@pytest.mark.parametrize("lever", FASTER)
def test_what_is_faster_or_surer_lowers_no_future_and_raises_some(lever: str) -> None:
    base, faster = futures(PARK, YEAR, draws=1500), futures(PARK, YEAR, draws=1500, change=FASTER[lever])
    assert all((faster.added[goal] >= base.added[goal]).all() for goal in ("g1", "g2", "g3"))
    assert (faster.added["g3"].sum() if lever != "arrivals" else faster.added["g1"].sum()) > (base.added["g3"] if lever != "arrivals" else base.added["g1"]).sum()


def test_a_future_never_falls_with_time() -> None:
    ways = futures(PARK, np.arange(1.0, 15.0), draws=800).added
    assert all((np.diff(each, axis=0) >= 0).all() for each in ways.values())


@pytest.mark.parametrize("seen", [
    Observed(months=8.0), Observed(months=8.0, arrivals=(0,) * 7), Observed(months=0.03, stages={"pilot": Stage(open=1)}),
    Observed(months=8.0, entered={"poc": 1}, arrivals=(1, 0), stages={"poc": Stage(open=1, months=3)}),
    Observed(months=8.0, entered={"poc": 50}, arrivals=(25, 25), stages={"poc": Stage(open=50, months=200)}),
    Observed(months=8.0, entered={"poc": 50}, arrivals=(50, 0), stages={"poc": Stage(months=0.0, exits=50)})],
    ids=["no project", "months of nothing", "first day", "one project", "all still open", "all ended on the day they came"])
def test_the_smallest_worlds_have_futures(seen: Observed) -> None:
    ways = futures(seen, YEAR, draws=400).added
    assert all(np.isfinite(each).all() and (each >= 0).all() for each in ways.values())


def test_where_all_ended_at_once_hardly_any_goes_on() -> None:
    ended = Observed(months=8.0, entered={"poc": 50}, arrivals=(50, 0), stages={"poc": Stage(months=0.0, exits=50)})
    assert conversion(ended, "poc") < 0.05 and stay(ended, "poc") < 0.5
    assert added(ended)[1].mean() < 0.2 * added(PARK)[1].mean()


def test_a_pool_of_many_is_drawn_by_few_without_a_shift() -> None:
    landed = added(nobody_comes(pilot=known_rates(0.10, 0.05, inside=300_000, to="landed")), "g3")[1]
    assert landed.mean() == pytest.approx(300_000 * (0.10 / 0.15 * (1 - np.exp(-0.15 * 12))), rel=0.01)


def test_many_arrivals_are_drawn_by_few_without_a_shift() -> None:
    many = added(Observed(months=10.0, arrivals=(5000,) * 10, entered={"poc": 50_000}), "g1", draws=3000)[1]
    assert many.mean() == pytest.approx(60_000 * np.exp(0.25**2 / 2), rel=0.03)
