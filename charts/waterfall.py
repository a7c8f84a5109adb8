"""A waterfall: how amounts lead from one whole to the next."""

from __future__ import annotations

import polars as pl

from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines, wrapped

LONGEST = 12  # Latin letters of a name on one line: five columns stand side by side on a telephone

SCHEMA = {"code": pl.String, "name": pl.String, "value": pl.Float64, "is_whole": pl.Boolean, "said": pl.String, "label": pl.String}


def waterfall(steps: pl.DataFrame, *, palette: Palette, height: int = 300, floor: float = 0.0) -> Drawing:
    """Steps of a frame as SCHEMA has it, from left to right: a whole stands on the ground, its value is what has been reached; a step adds or, below 0, takes.

    `floor`: where the axis begins; above 0 only where the steps would not be seen beside the wholes, and then the page says so.
    """
    values = steps["value"].to_list()
    reached, tops = 0.0, [floor]
    for value, is_whole in zip(values, steps["is_whole"].to_list(), strict=True):
        reached = value if is_whole else reached + value
        tops.append(reached)
    fall = {
        "type": "waterfall", "x": [wrapped(each, LONGEST, break_long_words=False) for each in steps["name"].to_list()], "y": values,
        "measure": ["absolute" if is_whole else "relative" for is_whole in steps["is_whole"].to_list()],
        "customdata": steps["code"].to_list(), "text": steps["label"].to_list(), "textposition": "outside", "textfont": {"color": palette.ink}, "cliponaxis": False,
        "hovertext": lines(steps["said"]), "hovertemplate": "%{hovertext}<extra></extra>", "connector": {"line": {"color": palette.line, "width": 1}},
        "increasing": {"marker": {"color": palette.faint}}, "decreasing": {"marker": {"color": palette.second}}, "totals": {"marker": {"color": palette.accent}}}
    low, high = min(tops), max(tops)
    return drawing([fall], palette, height=height, showlegend=False, xaxis={"tickfont": {"color": palette.ink}, "tickangle": 0},
                   yaxis={"range": [low - (high - low) * 0.06 if low < 0 else floor, high + (high - low) * 0.16 or 1], "visible": False})
