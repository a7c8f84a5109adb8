"""Money in and out by period, with lines over it: the J-curve of a fund, or what may come year by year."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, lines, mix

HEIGHT = 340
SCHEMA = {"on": pl.String, "out": pl.Float64, "back": pl.Float64, "net": pl.Float64, "worth": pl.Float64, "said": pl.String}


def cash_flow(periods: pl.DataFrame, *, names: Mapping[str, str], palette: Palette, is_yearly: bool = False) -> Drawing:
    """Bars below the line for money out (`out`, negative), above it for money back; `net` a line, `worth` a dashed one; null has no mark.

    `periods` as SCHEMA has it, oldest first, `on` ISO days or, if `is_yearly`, years. `names`: of the four, in words.
    """
    on = periods["on"].to_list()
    traces: list[Part] = []
    for column, colour in (("out", mix(palette.second, palette.paper, 0.35)), ("back", mix(palette.accent, palette.paper, 0.45))):
        traces.append({"type": "bar", "x": on, "y": periods[column].to_list(), "name": names[column], "marker": {"color": colour, "line": {"width": 0}},
                       "hoverinfo": "skip"})
    for column, dash, colour in (("net", "solid", palette.accent), ("worth", "dash", palette.ink)):
        values = periods[column].to_list()
        if any(each is not None for each in values):
            traces.append({"type": "scatter", "x": on, "y": values, "name": names[column], "mode": "lines", "hoverinfo": "skip", "connectgaps": False,
                           "line": {"color": colour, "width": 2.2 if dash == "solid" else 1.6, "dash": dash}})
    traces.append({"type": "scatter", "x": on, "y": [0] * len(on), "mode": "lines", "line": {"color": palette.line, "width": 1}, "showlegend": False,
                   "text": lines(periods["said"]), "hovertemplate": "%{text}<extra></extra>"})
    return drawing(traces, palette, height=HEIGHT, barmode="relative", hovermode="x unified", bargap=0.3 if is_yearly else 0.05, margin={"t": 34},
                   hoverlabel={"align": "left"}, yaxis={"nticks": 6, "exponentformat": "none", "separatethousands": True},
                   xaxis={"nticks": 8, **({"type": "category"} if is_yearly else {"type": "date", "tickformat": "%Y-%m"})})
