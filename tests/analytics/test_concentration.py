"""Concentration against the published vector, and what must hold of any amounts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.concentration import concentration, curve

amounts = st.lists(st.integers(1, 10**12).map(float), min_size=1, max_size=60)


def test_the_golden_vector_of_seven_amounts() -> None:
    found = concentration([300, 200, 200, 100, 100, 50, 50])
    assert found
    assert round(found.hhi, 4) == 0.1950
    assert round(found.effective, 3) == 5.128
    assert found.corrected is not None
    assert round(found.corrected, 4) == 0.0608
    assert (found.largest, round(found.five_largest, 6)) == (0.3, 0.9)


def test_equal_amounts_are_as_many_as_they_are() -> None:
    found = concentration([7.0] * 8)
    assert found
    assert found.effective == pytest.approx(8)
    assert found.corrected == pytest.approx(0, abs=1e-12)


def test_one_amount_alone_has_no_corrected_index() -> None:
    found = concentration([5.0])
    assert found
    assert (found.hhi, found.corrected) == (1, None)


@pytest.mark.parametrize("nothing", [[], [0.0, 0.0]])
def test_nothing_has_no_concentration(nothing: list[float]) -> None:
    assert concentration(nothing) is None
    assert curve(nothing) == ()


@pytest.mark.parametrize("wrong", [[1.0, -1.0], [float("nan")], [float("inf")]])
def test_an_amount_that_is_none_is_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="amounts"):
        concentration(wrong)


@given(amounts, st.sampled_from([0.0001, 10.0, 1e4, 1e8]), st.randoms(use_true_random=False))
def test_another_unit_and_another_order_change_nothing(given_: list[float], scale: float, dice: object) -> None:
    shuffled = [each * scale for each in given_]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = concentration(given_), concentration(shuffled)
    assert one
    assert other
    assert other.hhi == pytest.approx(one.hhi)
    assert other.five_largest == pytest.approx(one.five_largest)


@given(amounts)
def test_the_index_lies_between_equal_parts_and_one(given_: list[float]) -> None:
    found = concentration(given_)
    assert found
    assert 1 / found.n - 1e-9 <= found.hhi <= 1 + 1e-9
    assert found.largest <= found.five_largest + 1e-12


@given(amounts, st.integers(5, 40))
def test_the_curve_rises_ever_slower_from_nothing_to_all(given_: list[float], most: int) -> None:
    points = curve(given_, most)
    assert list(points[0]) == [0, 0]
    assert points[-1][0] == len(given_)
    assert points[-1][1] == pytest.approx(1)
    slopes = [(after - before) / (k - j) for (j, before), (k, after) in pairwise(points)]
    assert all(one >= other - 1e-9 for one, other in pairwise(slopes))
