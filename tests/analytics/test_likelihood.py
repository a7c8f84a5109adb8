"""How probabilities are said."""

from __future__ import annotations

import pytest

from analytics.likelihood import band, rounded, settled


@pytest.mark.parametrize(("probability", "said"), [
    (0.0, "<5%"), (0.0499, "<5%"), (0.05, "约 5%"), (0.07, "约 5%"), (0.08, "约 10%"), (0.63, "约 65%"), (0.62, "约 60%"),
    (0.95, "约 95%"), (0.951, ">95%"), (1.0, ">95%")])
def test_numbers_go_in_steps_of_five_and_never_to_the_ends(probability: float, said: str) -> None:
    assert rounded(probability) == said


@pytest.mark.parametrize(("probability", "said"), [
    (1.0, "很可能（≥80%）"), (0.8, "很可能（≥80%）"), (0.799, "较可能（60–80%）"), (0.6, "较可能（60–80%）"), (0.5, "难定（40–60%）"), (0.4, "难定（40–60%）"),
    (0.39, "较难（20–40%）"), (0.2, "较难（20–40%）"), (0.19, "很难（<20%）"), (0.0, "很难（<20%）")])
def test_a_word_always_comes_with_its_band(probability: float, said: str) -> None:
    assert band(probability).said == said


@pytest.mark.parametrize(("published", "word"), [
    ([0.63], "较可能"), ([0.63, 0.58], "较可能"), ([0.63, 0.54], "难定"), ([0.63, 0.58, 0.59], "难定"), ([0.63, 0.58, 0.61, 0.58], "较可能"),
    ([0.63, 0.82], "较可能"), ([0.63, 0.85], "很可能"), ([0.63, 0.30], "较难"), ([0.63, 0.58, 0.39], "较难"), ([0.10, 0.24, 0.10], "很难")])
def test_a_word_changes_past_a_threshold_by_five_points_or_at_the_second_time(published: list[float], word: str) -> None:
    assert settled(published).word == word
