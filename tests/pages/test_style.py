"""What is drawn for a dark screen, on paper."""

from __future__ import annotations

import colorsys
import re
from urllib.parse import unquote

import numpy as np

from pages.recoloured import recoloured
from pages.style import _style, drawn_in


def as_printed(colours: list[str]) -> list[list[float]]:
    """Through the matrix, as a browser does: red, green and blue from 0 to 1."""
    matrix = np.array(recoloured(drawn_in("dark"), drawn_in("light")).split(), dtype=float).reshape(4, 5)[:3, [0, 1, 2, 4]]
    channels = [[int(each[at:at + 2], 16) / 255 for at in (1, 3, 5)] for each in colours]
    found: list[list[float]] = np.clip(np.c_[channels, np.ones(len(channels))] @ matrix.T, 0, 1).tolist()
    return found


def test_printed_from_a_dark_screen_a_figure_stands_on_white_with_dark_ink_and_keeps_its_hues() -> None:
    paper, ink, *series = as_printed(drawn_in("dark")[:-2])
    assert min(paper) > 0.995, "white paper stays white"
    assert max(ink) < 0.2
    light = [[int(each[at:at + 2], 16) / 255 for at in (1, 3, 5)] for each in drawn_in("light")[2:-2]]
    for printed, wanted in zip(series, light, strict=True):
        apart = abs(colorsys.rgb_to_hsv(*printed)[0] - colorsys.rgb_to_hsv(*wanted)[0])
        assert min(apart, 1 - apart) < 0.06, (printed, wanted)  # of a full turn: teal stays teal, orange orange
        assert np.mean(printed) < 0.75, "what is drawn can be seen on the sheet"


def test_only_a_dark_screen_is_recoloured_for_paper() -> None:
    assert "feColorMatrix" not in unquote(_style(is_dark=False))
    [rule] = re.findall(r"@media print\{[^{]*\{filter:url\('data:image/svg\+xml,(.*?)#light'\)\}\}", _style(is_dark=True))
    assert 'id="light"' in unquote(rule) and "'" not in rule
