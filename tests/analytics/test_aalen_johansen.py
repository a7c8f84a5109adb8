"""The cumulative incidence against a vector computed twice by hand."""

from __future__ import annotations

import pytest

from analytics.aalen_johansen import incidence


def test_the_known_vector_comes_out() -> None:
    steps = incidence(zip((2, 3, 3, 5, 6, 6, 8, 10), (1, 2, 0, 1, 0, 1, 2, 0), strict=True))
    assert [each.first for each in steps] == pytest.approx([0.125, 0.125, 0.275, 0.425, 0.425, 0.425])
    assert [each.second for each in steps] == pytest.approx([0, 0.125, 0.125, 0.125, 0.35, 0.35])
    assert all(each.first + each.second + each.open == pytest.approx(1) for each in steps)
    assert [each.at_risk for each in steps] == [8, 7, 5, 4, 2, 1]
