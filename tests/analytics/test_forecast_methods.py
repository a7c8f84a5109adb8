"""The simpler methods against published numbers."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast_methods import dispersed_gamma_poisson, gamma_poisson, linear, plug_in, throughput


@pytest.mark.parametrize(("done", "needed", "gamma", "poisson"), [(10, 20, 0.124, 0.031), (39, 61, 0.146, 0.050)])
def test_the_published_vectors(done: int, needed: int, gamma: float, poisson: float) -> None:
    assert gamma_poisson(done, 12, needed, 15) == pytest.approx(gamma, abs=0.0005)
    assert plug_in(done, 12, needed, 15) == pytest.approx(poisson, abs=0.0005)


def test_gamma_poisson_is_what_drawing_the_rate_first_gives() -> None:
    numbers = np.random.default_rng(1)
    drawn = numbers.poisson(numbers.gamma(10.5, 1 / 12, 200_000) * 15)
    assert gamma_poisson(10, 12, 20, 15) == pytest.approx((drawn >= 20).mean(), abs=0.003)


def test_months_that_vary_more_leave_more_open() -> None:
    steady, rushed = [4] * 12, [0, 0, 0, 0, 0, 24] * 2
    assert dispersed_gamma_poisson(steady, 61, 12) < dispersed_gamma_poisson(rushed, 61, 12) < 0.5
    assert dispersed_gamma_poisson(steady, 48, 12) == pytest.approx(0.5, abs=0.08)


def test_linear_is_sure_either_way() -> None:
    assert (linear(10, 12, 12, 15), linear(10, 12, 13, 15)) == (1.0, 0.0)


def test_throughput_draws_past_months() -> None:
    assert throughput([3] * 12, 45, 15, draws=50, seed=1) == 1.0 and throughput([3] * 12, 46, 15, draws=50, seed=1) == 0.0
    assert throughput([0, 2], 15, 15, draws=20_000, seed=1) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("method", [plug_in, gamma_poisson])
def test_what_is_reached_is_certain(method: object) -> None:
    assert callable(method) and method(30, 12, 0, 15) == 1.0 and dispersed_gamma_poisson([30], -2, 15) == 1.0
