"""Steps of one amount inside each other, a bar within a bar: budget, allocated, received, spent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines, mix

BAR = 48  # pixels a bar


def nested(bars: pl.DataFrame, *, steps: Sequence[str], names: Mapping[str, str], palette: Palette) -> Drawing:
    """One bar a row, from the widest and palest step to the thinnest and darkest. `bars`: name, said and one column of numbers for each step; null has no bar."""
    traces = []
    for at, step in enumerate(steps):
        rest = (len(steps) - 1 - at) / max(len(steps) - 1, 1)
        traces.append({
            "type": "bar", "orientation": "h", "y": bars["name"].to_list(), "x": bars[step].to_list(), "name": names[step], "width": 0.26 + 0.5 * rest,
            "marker": {"color": mix(palette.accent, palette.paper, 0.86 * rest), "line": {"width": 0}}, "text": lines(bars["said"]), "textposition": "none",
            "hovertemplate": "%{text}<extra></extra>"})
    return drawing(traces, palette, height=BAR * len(bars) + 60, barmode="overlay", margin={"t": 34}, legend={"traceorder": "normal"},
                   xaxis={"showgrid": True, "gridcolor": palette.line, "nticks": 6, "rangemode": "tozero", "exponentformat": "none", "separatethousands": True},
                   yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"size": 12, "color": palette.ink}})
