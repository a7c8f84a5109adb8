"""The median wait against published Kaplan–Meier estimates, and what is said of few."""

from __future__ import annotations

import pytest

from analytics.waiting import Wait, wait

# Weeks in remission of 21 children on 6-MP and 21 on placebo, Freireich et al. (1963) as in Cox & Oakes: published medians 23 and 8.
TREATED = [(6, True, 3), (6, False, 1), (7, True, 1), (9, False, 1), (10, True, 1), (10, False, 1), (11, False, 1), (13, True, 1), (16, True, 1), (17, False, 1),
           (19, False, 1), (20, False, 1), (22, True, 1), (23, True, 1), (25, False, 1), (32, False, 2), (34, False, 1), (35, False, 1)]
PLACEBO = [(each, True, 1) for each in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


@pytest.mark.parametrize(("observed", "size", "over", "median"), [(TREATED, 21, 9, 23), (PLACEBO, 21, 21, 8)])
def test_the_median_is_the_published_one(observed: list[tuple[int, bool, int]], size: int, over: int, median: int) -> None:
    found = wait(observed)
    assert (found.size, found.over, found.median_days) == (size, over, median)


def test_leaving_out_who_still_waits_would_say_less() -> None:
    assert wait(each for each in TREATED if each[1]).median_days == 10


def test_a_median_that_is_not_reached_is_none_and_says_how_long_was_watched() -> None:
    assert wait([(5, True, 2), (9, False, 4), (40, False, 1)]) == Wait(size=7, over=2, median_days=None, watched_days=9)


def test_four_have_no_median_and_nobody_has_nothing() -> None:
    assert wait([(3, True, 4)]) == Wait(size=4, over=4, median_days=None, watched_days=3)
    assert wait([]) == Wait(size=0, over=0, median_days=None, watched_days=0)
