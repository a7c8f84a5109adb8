"""Durations with some still running: against published results, against what is known by hand, and on worlds in which the truth is known."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.incidence import Incidence, incidence
from analytics.rate import jeffreys, loglog, proportion, rate

PUBLISHED = Path(__file__).parent / "published"
# Miller (1997), Survival Analysis: remission of acute myelogenous leukaemia in weeks; the set `aml` of the R package survival.
MAINTAINED = ((9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161), (1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0))
NOT_MAINTAINED = ((5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45), (1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1))


def read(name: str) -> tuple[list[int], list[int]]:
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [int(row["time"]) for row in rows], [int(row["status"]) for row in rows]


def test_the_vector_of_the_definition() -> None:
    curve = incidence([2, 3, 3, 5, 6, 6, 8, 10], [1, 2, 0, 1, 0, 1, 2, 0])
    assert curve.times.tolist() == [2, 3, 5, 6, 8]
    assert curve.shares[0] == pytest.approx([0.1250, 0.1250, 0.2750, 0.4250, 0.4250])
    assert curve.shares[1] == pytest.approx([0, 0.1250, 0.1250, 0.1250, 0.3500])
    assert curve.staying == pytest.approx([0.8750, 0.7500, 0.6000, 0.4500, 0.2250])
    assert curve.happened(1, 10) / curve.size == 0.375


def test_survival_with_maintained_chemotherapy_is_as_published() -> None:
    """summary(survfit(Surv(time, status) ~ x, data = aml)) of R survival."""
    kept, not_kept = incidence(*MAINTAINED, kinds=1), incidence(*NOT_MAINTAINED, kinds=1)
    assert kept.times.tolist() == [9, 13, 18, 23, 31, 34, 48]
    assert kept.at_risk.tolist() == [11, 10, 8, 7, 5, 4, 2]
    assert kept.staying == pytest.approx([0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], abs=0.0005)
    assert np.sqrt(kept.staying_variance) == pytest.approx([0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535], abs=0.00005)
    assert not_kept.staying == pytest.approx([0.8333, 0.6667, 0.5833, 0.4861, 0.3889, 0.2917, 0.1944, 0.0972, 0], abs=0.00005)
    assert (kept.quantile(0.5), not_kept.quantile(0.5)) == (31, 23)


def test_survival_of_lung_cancer_is_as_published() -> None:
    """print(survfit(Surv(time, status) ~ 1, lung)): n 228, events 165, median 310; after a year 0.409, standard error 0.0358."""
    times, status = read("lung")
    curve = incidence(times, status, kinds=1)
    assert (curve.size, curve.happened(1, 2000), curve.quantile(0.5)) == (228, 165, 310)
    assert curve.stay(365) == pytest.approx(0.409, abs=0.0005)
    assert float(np.sqrt(curve.staying_variance[curve.times <= 365][-1])) == pytest.approx(0.0358, abs=0.00005)


def test_deaths_after_melanoma_are_as_published() -> None:
    """cuminc(Melanoma$time, Melanoma$status, cencode = 2) of R cmprsk at 1000 … 5000 days, with its variances, which are asymptotic and not quite ours."""
    times, status = read("melanoma")
    curve = incidence(times, [{1: 1, 2: 0, 3: 2}[each] for each in status])
    days = (1000, 2000, 3000, 4000, 5000)
    assert [curve.share(1, day) for day in days] == pytest.approx([0.12745714, 0.23013963, 0.30962017, 0.3387175, 0.3387175], abs=1e-7)
    assert [curve.share(2, day) for day in days] == pytest.approx([0.03426709, 0.05045644, 0.05811143, 0.1059471, 0.1059471], abs=1e-7)
    published = (0.0005481186, 0.0009001172, 0.0013789328, 0.0016907)
    assert [curve.deviation(1, day) ** 2 for day in days[:4]] == pytest.approx(published, rel=0.02)


@pytest.mark.parametrize(("time", "cause"), [([], []), ([0, 0, 0, 0, 0], [2] * 5), ([7], [0]), ([4] * 6, [0] * 6)])
def test_nobody_all_ended_on_the_first_day_one_alone_and_all_still_running_have_a_curve(time: list[int], cause: list[int]) -> None:
    curve = incidence(time, cause)
    said = rate(curve, 1, 3)
    assert curve.size == len(time)
    assert said.said == {0: "nothing", 1: "counts"}.get(len(time), "jeffreys")
    assert curve.quantile(0.5) == (0 if cause and cause[0] == 2 else None)
    if cause and cause[0] == 2:
        assert (curve.share(1, 0), curve.share(2, 0), curve.stay(0)) == (0, 1, 0)


def test_who_is_watched_only_later_is_at_risk_only_then() -> None:
    """Two of four watched from day 5 on: until then two are at risk, the event on day 5 itself among them."""
    curve = incidence([3, 5, 8, 9], [1, 1, 1, 0], observed=[0, 0, 5, 5])
    assert curve.at_risk.tolist() == [2, 1, 2]
    never = incidence([3, 5], [1, 1], observed=[0, 7])
    assert never.size == 1


def test_a_curve_stops_where_fewer_than_three_are_at_risk() -> None:
    curve = incidence([1, 2, 3, 4, 5, 6], [1, 1, 0, 1, 1, 0])
    assert curve.until == 4
    assert rate(curve, 1, 5).said == "unseen"
    assert rate(curve, 1, 5).until == 4
    assert rate(curve, 1, 4).said == "jeffreys"
    assert incidence([1, 2, 3, 4], [1, 2, 1, 2]).until == float("inf")


@pytest.mark.parametrize("late", [0, 1, 2, 3])
def test_what_all_have_done_is_said_so_though_the_sum_of_its_parts_is_all_but_for_rounding(late: int) -> None:
    for size in range(5, 60):
        told = rate(incidence(range(1, size + 1), [1] * size, observed=[0] * (size - late) + [size - 3] * late), 1, size)
        assert (told.share, told.high) == (1.0, 1.0), size
        assert told.low == jeffreys(size, size)[0], size


def test_few_are_said_as_counts_some_with_jeffreys_and_many_with_log_log() -> None:
    assert jeffreys(3, 8) == pytest.approx((0.119, 0.705), abs=0.0005)
    def said(size: int) -> str:
        return rate(incidence([1] * size, [1, 0] * (size // 2) + [1] * (size % 2)), 1, 1).said
    assert [said(size) for size in (4, 5, 19, 20)] == ["counts", "jeffreys", "jeffreys", "loglog"]
    assert proportion(0, 0).said == "nothing"
    whole = rate(incidence([1] * 3 + [2] * 5, [1] * 3 + [2] * 5), 1, 3)
    assert (whole.low, whole.high) == pytest.approx(jeffreys(3, 8))
    low, high = loglog(0.5, 0.1)
    assert 0 < low < 0.5 < high < 1


Observation = st.tuples(st.integers(0, 30), st.sampled_from([0, 0, 1, 2]), st.sampled_from([0, 0, 0, 3, 9]))


@given(st.lists(Observation, max_size=40))
def test_advanced_ended_and_still_there_are_always_everyone(observations: list[tuple[int, int, int]]) -> None:
    curve = incidence([each[0] for each in observations], [each[1] for each in observations], observed=[each[2] for each in observations])
    assert curve.shares[0] + curve.shares[1] + curve.staying == pytest.approx(np.ones(len(curve.times)))
    assert all((np.diff(share) >= -1e-12).all() for share in curve.shares)
    assert (np.diff(curve.staying) <= 1e-12).all()


@given(st.lists(Observation, min_size=1, max_size=25), st.integers(1, 4))
def test_a_line_that_counts_several_is_as_several_lines(observations: list[tuple[int, int, int]], times: int) -> None:
    day, cause, observed = (list(each) for each in zip(*observations, strict=True))
    once = incidence(day, cause, observed=observed, counts=[times] * len(day))
    each = incidence(day * times, cause * times, observed=observed * times)
    assert once.shares[0] == pytest.approx(each.shares[0])
    assert (once.size, once.until) == (each.size, each.until)


def cohort(rng: np.random.Generator, size: int, watched: int) -> tuple[np.ndarray, np.ndarray]:
    """Projects that entered evenly over the last `watched` days; 60 % go on after some 200 days, 40 % are ended after some 300."""
    goes_on = rng.random(size) < 0.6
    end = np.where(goes_on, rng.gamma(4, 50, size), rng.gamma(4, 75, size))
    age = rng.uniform(0, watched, size)
    return np.minimum(end, age).round(), np.where(end <= age, np.where(goes_on, 1, 2), 0)


def test_the_plain_ratio_is_too_low_where_projects_are_still_under_way_and_ours_is_not() -> None:
    rng = np.random.default_rng(6)
    truth = float((rng.gamma(4, 50, 400_000) <= 365).mean()) * 0.6
    naive, ours, one_minus_km = [], [], []
    for _ in range(200):
        time, cause = cohort(rng, 120, 540)
        naive.append((cause == 1).mean())
        ours.append(incidence(time, cause).share(1, 365))
        one_minus_km.append(1 - incidence(time, np.where(cause == 1, 1, 0), kinds=1).stay(365))
    assert abs(np.mean(ours) - truth) < 0.01
    assert np.mean(naive) - truth < -0.15
    assert np.mean(one_minus_km) - truth > 0.05


def test_survivors_alone_read_too_long_unless_they_are_at_risk_only_from_when_they_were_seen() -> None:
    """Half the projects come onto the register only on day 100, and those that ended before never do."""
    rng = np.random.default_rng(7)
    end = rng.exponential(150, 6000).round()
    seen_from = np.where(np.arange(6000) % 2, 100, 0)
    kept = end > seen_from
    truth = float(np.exp(-200 / 150))
    late = incidence(end[kept], np.ones(kept.sum()), kinds=1).stay(200)
    ours = incidence(end[kept], np.ones(kept.sum()), observed=seen_from[kept], kinds=1).stay(200)
    assert late - truth > 0.05
    assert abs(ours - truth) < 0.015


def test_nine_intervals_in_ten_hold_the_truth_or_more() -> None:
    rng = np.random.default_rng(8)
    truth, held = 0.6 * float((rng.gamma(4, 50, 400_000) <= 270).mean()), []
    for size in (12, 40):
        for _ in range(200):
            said = rate(_watched(rng, size), 1, 270)
            if said.low is not None and said.high is not None:
                held.append(said.low <= truth <= said.high)
    assert len(held) > 300
    assert np.mean(held) > 0.9


def _watched(rng: np.random.Generator, size: int) -> Incidence:
    return incidence(*cohort(rng, size, 900))
