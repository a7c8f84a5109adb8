"""A metric by zone: one bar a zone, in the order given, its value at its end."""

from __future__ import annotations

import polars as pl

from charts.bars import colours, still
from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines, wrapped

BAR = 30  # pixels a bar
LONGEST = 26  # Latin letters of a name on one line


def by_zone(bars: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> Drawing:
    """Horizontal bars of a frame as charts.bars.SCHEMA has it, the first on top; null values have no bar. A bar carries its code as customdata."""
    top = max((each for each in bars["value"].to_list() if each is not None), default=0)
    bar = {"type": "bar", "orientation": "h", "y": bars["name"].to_list(), "x": bars["value"].to_list(), "customdata": bars["code"].to_list(),
           "text": bars["label"].to_list(), "textposition": "outside", "textfont": {"color": palette.ink}, "cliponaxis": False, "hovertext": lines(bars["said"]),
           "hovertemplate": "%{hovertext}<extra></extra>", "marker": {"color": colours(bars, palette, chosen), "cornerradius": 3}, **still()}
    return drawing([bar], palette, height=BAR * len(bars) + 44, showlegend=False, margin={"t": 4}, xaxis={"range": [0, top * 1.18 or 1], "visible": False},
                   yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"color": palette.ink}, "tickmode": "array", "tickvals": bars["name"].to_list(),
                          "ticktext": [wrapped(name, LONGEST) for name in bars["name"].to_list()]})
