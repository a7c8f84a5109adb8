"""Where those who started together are after a time, against what is known by hand and against simpler estimates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.incidence import incidence
from analytics.occupation import occupation

Step = tuple[int, int, int, int]


def shares(steps: list[Step], upto: int, states: int = 4) -> list[float]:
    days, come, gone, counts = zip(*steps, strict=True) if steps else ((), (), (), ())
    return [float(share) for share in occupation(days, come, gone, counts, states=states, start=0, upto=upto)]


def test_without_anyone_still_under_way_it_is_what_was_seen() -> None:
    steps = [(-1, -1, 0, 10), (5, 0, 1, 6), (7, 1, 2, 3), (9, 0, 3, 4), (9, 1, 2, 1)]
    assert shares(steps, 4) == [1, 0, 0, 0]
    assert shares(steps, 9) == pytest.approx([0, 0.2, 0.4, 0.4])


def test_two_of_four_lost_from_sight_by_hand() -> None:
    """Four begin, two move on at day 2, one of the other two is last seen at day 3; of one at risk one ends at day 4: (1 − 2/4)·(1 − 1/1)."""
    steps = [(-1, -1, 0, 4), (2, 0, 1, 2), (3, 0, -1, 1), (4, 0, 3, 1)]
    assert shares(steps, 3) == pytest.approx([0.5, 0.5, 0, 0])
    assert shares(steps, 4) == pytest.approx([0, 0.5, 0, 0.5])


def test_a_course_that_goes_back_may_still_arrive() -> None:
    steps = [(-1, -1, 0, 1), (3, 0, 1, 1), (6, 1, 0, 1), (9, 0, 2, 1)]
    assert [shares(steps, day).index(1) for day in (0, 3, 6, 9)] == [0, 1, 0, 2]


def test_a_skipped_state_makes_the_product_of_steps_wrong_and_this_right() -> None:
    """Half skip state 1 altogether: 5 of 10 go straight to 2; of the 5 in state 1 none arrives. Steps: 5/10 × 0/5 = 0, arrived: a half."""
    steps = [(-1, -1, 0, 10), (4, 0, 2, 5), (4, 0, 1, 5), (8, 1, 3, 5)]
    assert shares(steps, 9)[2] == pytest.approx(0.5)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from([1, 2, -1])), min_size=1, max_size=30))
def test_with_two_ends_it_is_aalen_johansen(ends: list[tuple[int, int]]) -> None:
    steps: list[Step] = [(-1, -1, 0, len(ends)), *((day, 0, to, 1) for day, to in ends)]
    curve = incidence([day for day, _ in ends], [max(to, 0) for _, to in ends])
    found = shares(steps, 15, states=3)
    assert found == pytest.approx([curve.stay(15), curve.share(1, 15), curve.share(2, 15)])
    assert np.sum(found) == pytest.approx(1)
