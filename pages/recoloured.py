"""Colours drawn for one scheme, shown as another scheme has them: of what a style cannot reach, because it is drawn with its colours in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FIXED = (1, 2, 3)  # places of the colours that count thrice: ink and the two of most figures


def recoloured(drawn: Sequence[str], wanted: Sequence[str]) -> str:
    """The values of an SVG colour matrix that turns the one list of #RRGGBB into the other, paper first, then ink and the two of most figures.

    A map of the colours that takes paper to paper exactly and the others to theirs as nearly as one linear map can (least squares). A tint, which lies
    between a colour and the paper, lies there afterwards too.
    """
    (before, *colours), (after, *others) = (_channels(each) for each in (drawn, wanted))
    turn = np.linalg.lstsq(np.array(colours) - before, np.array(others) - after, rcond=None)[0].T
    offset = np.array(after) - turn @ before
    rows = [[*line, 0.0, move] for line, move in zip(turn.tolist(), offset.tolist(), strict=True)]
    return " ".join(f"{value:.4f}" for row in [*rows, [0.0, 0.0, 0.0, 1.0, 0.0]] for value in row)


def _channels(colours: Sequence[str]) -> list[list[float]]:
    counted = [*colours, *(colours[at] for at in FIXED * 2)]
    return [[int(each[at:at + 2], 16) / 255 for at in (1, 3, 5)] for each in counted]
